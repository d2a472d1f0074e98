#include "services/intake/domain/secrets.hpp"

#include <array>

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include "libs/core/error.hpp"
#include "services/intake/domain/brouillon.hpp"

namespace histologe::intake {
namespace {

constexpr std::string_view kAlphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
static_assert(kAlphabet.size() == 32, "a random byte modulo 32 favours no character");
constexpr std::size_t kLongueur = 16;
constexpr std::size_t kGroupe = 4;

std::string enGroupes(std::string_view caracteres) {
    std::string code;
    for (std::size_t i = 0; i < caracteres.size(); ++i) {
        if (i > 0 && i % kGroupe == 0) code += '-';
        code += caracteres[i];
    }
    return code;
}

}  // namespace

bool memeSecret(std::string_view un, std::string_view autre) {
    const auto a = empreinteDuSecret(un);
    const auto b = empreinteDuSecret(autre);
    return CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string empreinteDuSecret(std::string_view secret) {
    return empreinteDe(secret, "");
}

std::string nouveauCodeBailleur() {
    std::array<unsigned char, kLongueur> hasard{};
    if (RAND_bytes(hasard.data(), static_cast<int>(hasard.size())) != 1) {
        throw core::Error(core::ErrorKind::Internal, "hasard_indisponible",
                          "Une erreur est survenue. Merci de réessayer.");
    }
    std::string caracteres;
    for (const auto octet : hasard) caracteres += kAlphabet[octet % kAlphabet.size()];
    return enGroupes(caracteres);
}

std::string codeBailleurNormalise(std::string_view saisie) {
    std::string caracteres;
    for (const char c : saisie) {
        if (c == '-' || c == ' ') continue;
        const char majuscule = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
        if (kAlphabet.find(majuscule) == std::string_view::npos || caracteres.size() == kLongueur) return {};
        caracteres += majuscule;
    }
    return caracteres.size() == kLongueur ? enGroupes(caracteres) : std::string();
}

}  // namespace histologe::intake
