#include "services/notification/domain/adresse_courriel.hpp"

#include <algorithm>

#include "libs/core/text.hpp"

namespace histologe::notification {
namespace {

constexpr std::size_t kLongueurMax = 254;
constexpr std::size_t kLongueurLocaleMax = 64;
constexpr std::size_t kLongueurLabelMax = 63;

bool octetAdmis(char c) {
    const auto octet = static_cast<unsigned char>(c);
    if (octet <= 0x20 || octet == 0x7f) return false;
    return std::string_view("\"<>()[],;:\\").find(c) == std::string_view::npos;
}

bool pointsBienPlaces(std::string_view texte) {
    return !texte.empty() && texte.front() != '.' && texte.back() != '.' && texte.find("..") == std::string_view::npos;
}

bool domaineAdmis(std::string_view domaine) {
    if (!pointsBienPlaces(domaine) || domaine.find('.') == std::string_view::npos) return false;
    for (const std::string& label : core::split(domaine, '.')) {
        if (label.size() > kLongueurLabelMax || label.front() == '-' || label.back() == '-') return false;
        const bool lettres = std::all_of(label.begin(), label.end(), [](char c) {
            const auto octet = static_cast<unsigned char>(c);
            return octet >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
        });
        if (!lettres) return false;
    }
    return true;
}

}  // namespace

std::optional<std::string> adresseCourriel(std::string_view texte) {
    std::string adresse(core::trim(texte));
    if (adresse.size() > kLongueurMax || !core::isUtf8(adresse)) return std::nullopt;
    if (!std::all_of(adresse.begin(), adresse.end(), octetAdmis)) return std::nullopt;
    std::transform(adresse.begin(), adresse.end(), adresse.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    const std::size_t arobase = adresse.find('@');
    if (arobase == std::string::npos || adresse.find('@', arobase + 1) != std::string::npos) return std::nullopt;
    const std::string_view vue(adresse);
    const std::string_view locale = vue.substr(0, arobase);
    if (locale.size() > kLongueurLocaleMax || !pointsBienPlaces(locale)) return std::nullopt;
    if (!domaineAdmis(vue.substr(arobase + 1))) return std::nullopt;
    return adresse;
}

}  // namespace histologe::notification
