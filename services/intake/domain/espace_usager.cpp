#include "services/intake/domain/espace_usager.hpp"

#include <algorithm>

#include "libs/core/text.hpp"
#include "services/intake/domain/lecture.hpp"

namespace histologe::intake {
namespace {

// The first letter or figure of a folded name, whole when it takes several bytes.
std::string_view premiereLettre(std::string_view plie) {
    const auto compte = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
    };
    const auto debut = std::ranges::find_if(plie, compte);
    if (debut == plie.end()) return {};
    const auto de = static_cast<std::size_t>(debut - plie.begin());
    std::size_t fin = de + 1;
    while (fin < plie.size() && (static_cast<unsigned char>(plie[fin]) & 0xC0U) == 0x80U) ++fin;
    return plie.substr(de, fin - de);
}

}  // namespace

bool initialeConcorde(std::string_view saisie, std::string_view nom) {
    const auto lettre = core::trim(saisie);
    if (!core::isUtf8(lettre)) return false;
    const auto pliee = core::fold(lettre);
    const auto plie = core::fold(nom);
    const auto attendue = premiereLettre(plie);
    // An accent may come as a character of its own after its letter.
    return !attendue.empty() && (core::countCharacters(lettre) == 1 || core::countCharacters(pliee) == 1) &&
           premiereLettre(pliee) == attendue;
}

std::string_view refusDuTexte(std::string_view texte) {
    const auto nu = core::trim(texte);
    if (!core::isUtf8(nu)) return "caractere_interdit";
    const auto mesure = mesurer(nu);
    if (mesure.interdits) return "caractere_interdit";
    if (nu.find(";base64,") != std::string_view::npos && nu.find("data:") != std::string_view::npos)
        return "image_collee";
    if (mesure.caracteres < kTexteMin) return "trop_court";
    if (mesure.caracteres > kTexteMax) return "trop_long";
    return {};
}

std::string_view motsDuRefus(std::string_view refus) noexcept {
    if (refus == "trop_court") return "Écrivez au moins 10 caractères.";
    if (refus == "trop_long") return "Ce texte est trop long : 10 000 caractères au plus.";
    if (refus == "image_collee") return "Une image ne peut pas être collée dans le texte. Ajoutez-la comme fichier.";
    return "Ce texte contient des caractères qui ne peuvent pas être enregistrés.";
}

}  // namespace histologe::intake
