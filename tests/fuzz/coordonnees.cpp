// Any text as a phone number, an e-mail address, a date or a number: what is taken is what it says it is.
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "libs/core/text.hpp"
#include "services/intake/domain/courriel.hpp"
#include "services/intake/domain/lecture.hpp"
#include "services/intake/domain/telephone.hpp"

using namespace histologe;
using namespace histologe::intake;

namespace {

void exiger(bool vrai) {
    if (!vrai) std::abort();
}

bool estChiffre(char c) {
    return c >= '0' && c <= '9';
}

void telephone(std::string_view saisie, std::string_view pays) {
    const auto garde = telephoneNormalise(saisie, pays);
    exiger(garde.starts_with("+"));
    if (telephoneValide(garde)) {
        // Digits, a sign in front, and what people put between.
        std::size_t chiffres = 0;
        for (const char c : garde) {
            if (estChiffre(c)) ++chiffres;
            exiger(estChiffre(c) || std::string_view("+ -().").find(c) != std::string_view::npos);
        }
        exiger(chiffres >= 3 && chiffres <= 20);
        exiger(garde.find('+', 1) == std::string::npos);
    }
    // A kept French number stays what it is.
    if (pays == "FR:33" && telephoneValide(garde)) exiger(telephoneNormalise(garde, pays) == garde);
    (void)telephoneValide(saisie);
}

void courriel(std::string_view texte) {
    if (!courrielValide(texte)) return;
    exiger(texte.size() <= 254);
    std::size_t arobases = 0;
    for (const char c : texte) {
        exiger(c > ' ' && c < 0x7f && c != ',' && c != ';' && c != '<' && c != '>' && c != '"');
        if (c == '@') ++arobases;
    }
    exiger(arobases == 1 && texte.front() != '@' && texte.back() != '@' && texte.find("..") == std::string_view::npos);
}

void dates(std::string_view texte) {
    if (const auto jour = jourDe(texte)) exiger(texteDe(*jour) == texte);
    if (const auto mois = moisDe(texte)) {
        const auto jour = texteDe(*mois);
        exiger(jour.substr(8) == "01" && jour.substr(5, 2) == texte.substr(0, 2) &&
               jour.substr(0, 4) == texte.substr(3));
    }
}

void nombres(std::string_view texte) {
    if (const auto lu = nombreDe(texte)) {
        exiger(std::isfinite(*lu));
        const auto ecrit = texteDe(*lu);
        exiger(nombreDe(ecrit) == lu);
    }
    if (const auto compte = entierDe(texte)) exiger(*compte >= 0 && *compte <= 999999999);
    if (const auto montant = montantDe(texte)) exiger(std::isfinite(*montant) && *montant >= 0);
    const auto mesure = mesurer(texte);
    exiger(mesure.caracteres <= texte.size());
    if (core::isUtf8(texte)) exiger(mesure.caracteres == core::countCharacters(texte));
}

}  // namespace

// The text; after a line break, the country that was chosen.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t taille) {
    const std::string_view tout(reinterpret_cast<const char*>(octets), taille);
    const auto fin = tout.find('\n');
    const auto texte = tout.substr(0, fin);
    telephone(texte, fin == std::string_view::npos ? "FR:33" : tout.substr(fin + 1));
    courriel(texte);
    dates(texte);
    nombres(texte);
    return 0;
}
