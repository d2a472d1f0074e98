#include "services/intake/domain/courriel.hpp"

namespace histologe::intake {
namespace {

constexpr bool estLettreOuChiffre(char c) noexcept {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

constexpr std::string_view kSignesLocaux = "!#$%&'*+-/=?^_`{|}~";

// Dot-separated parts, none empty.
bool partieLocaleValide(std::string_view partie) noexcept {
    if (partie.empty() || partie.size() > 64) return false;
    bool apresPoint = true;
    for (const char c : partie) {
        if (c == '.') {
            if (apresPoint) return false;
            apresPoint = true;
            continue;
        }
        if (!estLettreOuChiffre(c) && kSignesLocaux.find(c) == std::string_view::npos) return false;
        apresPoint = false;
    }
    return !apresPoint;
}

bool domaineValide(std::string_view domaine) noexcept {
    if (domaine.empty() || domaine.size() > 253) return false;
    std::size_t etiquettes = 0;
    bool derniereToutEnChiffres = true;
    while (true) {
        const std::size_t point = domaine.find('.');
        const std::string_view etiquette = domaine.substr(0, point);
        if (etiquette.empty() || etiquette.size() > 63 || etiquette.front() == '-' || etiquette.back() == '-')
            return false;
        derniereToutEnChiffres = true;
        for (const char c : etiquette) {
            if (!estLettreOuChiffre(c) && c != '-') return false;
            if (c < '0' || c > '9') derniereToutEnChiffres = false;
        }
        ++etiquettes;
        if (point == std::string_view::npos) break;
        domaine.remove_prefix(point + 1);
    }
    // A name of one label is of no use outside its network, and no top-level domain is a number.
    return etiquettes >= 2 && !derniereToutEnChiffres;
}

}  // namespace

bool courrielValide(std::string_view texte) noexcept {
    if (texte.size() > 254) return false;
    const std::size_t arobase = texte.rfind('@');
    if (arobase == std::string_view::npos) return false;
    return partieLocaleValide(texte.substr(0, arobase)) && domaineValide(texte.substr(arobase + 1));
}

}  // namespace histologe::intake
