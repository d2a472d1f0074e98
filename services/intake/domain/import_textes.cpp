#include "services/intake/domain/import_textes.hpp"

#include <algorithm>
#include <array>

#include "services/intake/domain/import_ligne.hpp"
#include "services/intake/domain/lecture.hpp"

namespace histologe::intake {

std::optional<int> entierStrict(std::string_view texte) {
    if (texte.empty() || texte.size() > 9 || !std::all_of(texte.begin(), texte.end(), estChiffre)) return std::nullopt;
    return std::stoi(std::string(texte));
}

std::optional<std::chrono::sys_days> jourValide(int annee, int mois, int jour) {
    const std::chrono::year_month_day date(std::chrono::year(annee), std::chrono::month(static_cast<unsigned>(mois)),
                                           std::chrono::day(static_cast<unsigned>(jour)));
    if (annee < 1 || annee > 9999 || mois < 1 || jour < 1 || !date.ok()) return std::nullopt;
    return std::chrono::sys_days(date);
}

std::string couper(std::string_view texte, std::size_t longueur) {
    std::size_t fin = 0;
    for (std::size_t n = 0; fin < texte.size() && n < longueur; ++n) {
        ++fin;
        while (fin < texte.size() && (static_cast<unsigned char>(texte[fin]) & 0xc0) == 0x80) ++fin;
    }
    return std::string(texte.substr(0, fin));
}

std::vector<std::string> entreesDe(std::string_view texte) {
    std::vector<std::string> toutes(1);
    for (std::size_t i = 0; i < texte.size(); ++i) {
        const bool estAuBord = i == 0 || texte[i - 1] == ' ' || texte[i - 1] == '\n' || texte[i - 1] == '\t';
        if (texte[i] == '-' && estAuBord) {
            toutes.emplace_back();
        } else {
            toutes.back() += texte[i];
        }
    }
    return toutes;
}

std::vector<double> nombresDe(std::string_view texte) {
    std::vector<double> nombres;
    std::string courant;
    for (const char c : std::string(texte) + " ") {
        if (estChiffre(c) || c == '.' || c == '-') {
            courant += c;
        } else if (!courant.empty()) {
            if (const auto lu = nombreDe(courant)) nombres.push_back(*lu);
            courant.clear();
        }
    }
    return nombres;
}

std::optional<std::chrono::sys_days> jourDImport(std::string_view texte) {
    std::array<std::string_view, 3> parties;
    const auto un = texte.find('/');
    const auto deux = un == std::string_view::npos ? un : texte.find('/', un + 1);
    if (deux == std::string_view::npos) return std::nullopt;
    parties = {texte.substr(0, un), texte.substr(un + 1, deux - un - 1), texte.substr(deux + 1)};
    const auto a = entierStrict(parties[0]);
    const auto b = entierStrict(parties[1]);
    const auto c = entierStrict(parties[2]);
    if (!a || !b || !c || parties[1].size() > 2) return std::nullopt;
    if (parties[0].size() == 4 && parties[2].size() <= 2) return jourValide(*a, *b, *c);
    if (parties[0].size() > 2) return std::nullopt;
    if (parties[2].size() == 2) return jourValide(*c + (*c < 70 ? 2000 : 1900), *b, *a);
    return parties[2].size() == 4 ? jourValide(*c, *b, *a) : std::nullopt;
}

std::optional<std::pair<int, int>> referenceDImport(std::string_view texte, int anneeDeCreation) {
    const auto annee = std::to_string(anneeDeCreation);
    if (texte.starts_with("20") && texte.substr(0, 4) == annee && texte.size() > 5 && texte[4] == '-') {
        if (const auto numero = entierStrict(texte.substr(5)); numero && *numero > 0)
            return std::pair(anneeDeCreation, *numero);
    }
    std::string chiffres;
    std::copy_if(texte.begin(), texte.end(), std::back_inserter(chiffres), estChiffre);
    for (auto place = chiffres.find(annee); place != std::string::npos; place = chiffres.find(annee))
        chiffres.erase(place, 4);
    const auto numero = entierStrict(chiffres);
    if (!numero || *numero <= 0) return std::nullopt;
    return std::pair(anneeDeCreation, *numero);
}

}  // namespace histologe::intake
