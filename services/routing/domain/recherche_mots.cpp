#include "services/routing/domain/recherche_mots.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "libs/core/text.hpp"

namespace histologe::routing {
namespace {

constexpr std::size_t kMotMax = 64;
constexpr std::size_t kPrefixe = 3;
constexpr long long kNumeros = 10'000'000;  // of one year

// Typographic apostrophes, dashes and blanks, as UTF-8.
constexpr std::array<std::string_view, 8> kSignes = {"\u2019", "\u2018", "\u02BC", "\u2010",
                                                     "\u2013", "\u2014", "\u00A0", "\u202F"};

enum class Genre { Separateur, Chiffre, Lettre };

Genre genreDe(char c) noexcept {
    if (c >= '0' && c <= '9') return Genre::Chiffre;
    const bool estLettre = (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
    return estLettre ? Genre::Lettre : Genre::Separateur;
}

// At most kMotMax bytes, and whole characters.
void couper(std::string& mot) {
    if (mot.size() <= kMotMax) return;
    auto fin = kMotMax;
    while (fin > 0 && (static_cast<unsigned char>(mot[fin]) & 0xC0) == 0x80) --fin;
    mot.resize(fin);
}

}  // namespace

std::vector<std::string> motsDe(std::string_view texte) {
    auto plie = core::fold(texte);
    for (const auto signe : kSignes) {
        for (auto at = plie.find(signe); at != std::string::npos; at = plie.find(signe, at)) {
            plie.replace(at, signe.size(), " ");
        }
    }
    std::vector<std::string> mots;
    auto avant = Genre::Separateur;
    for (const char c : plie) {
        const auto genre = genreDe(c);
        if (genre != Genre::Separateur) {
            if (genre != avant) mots.emplace_back();
            mots.back() += c;
        }
        avant = genre;
    }
    for (auto& mot : mots) couper(mot);
    return mots;
}

std::string motDeCourriel(std::string_view courriel) {
    auto mot = core::fold(courriel);
    couper(mot);
    return mot;
}

std::string requeteDeMots(std::string_view cherche) {
    std::string requete;
    const auto ajouter = [&](const std::string& mot, bool estDebut) {
        requete += requete.empty() ? "'" : " & '";
        for (const char c : mot) {
            if (c == '\'' || c == '\\') requete += c;
            requete += c;
        }
        requete += estDebut ? "':*" : "'";
    };
    for (const auto& partie : core::split(core::fold(cherche), ' ')) {
        if (partie.find('@') != std::string::npos && partie.size() > kPrefixe) {
            ajouter(motDeCourriel(partie), true);
            continue;
        }
        for (const auto& mot : motsDe(partie)) {
            ajouter(mot, mot.size() >= kPrefixe && genreDe(mot.front()) == Genre::Lettre);
        }
    }
    return requete;
}

std::string cleDeVoie(std::string_view voie, std::string_view codePostal, std::string_view codeInsee) {
    std::string cle;
    for (const auto& mot : motsDe(voie)) cle += (cle.empty() ? "" : " ") + mot;
    if (cle.empty()) return cle;
    return cle + '|' + std::string(codePostal) + '|' + std::string(codeInsee);
}

long long rangDeReference(std::string_view reference) noexcept {
    const auto tiret = reference.find('-');
    if (tiret == std::string_view::npos) return 0;
    const auto nombre = [](std::string_view texte) {
        long long valeur = 0;
        const auto [fin, erreur] = std::from_chars(texte.data(), texte.data() + texte.size(), valeur);
        const bool estEntier = erreur == std::errc() && fin == texte.data() + texte.size();
        return estEntier && valeur >= 0 && valeur < kNumeros ? valeur : -1;
    };
    const auto annee = nombre(reference.substr(0, tiret));
    const auto numero = nombre(reference.substr(tiret + 1));
    return annee < 0 || numero < 0 ? 0 : annee * kNumeros + numero;
}

}  // namespace histologe::routing
