#include "services/intake/domain/adresse.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "libs/core/text.hpp"
#include "services/intake/domain/brouillon.hpp"

namespace histologe::intake {
namespace {

// Typographic apostrophes and dashes, as UTF-8.
constexpr std::array<std::string_view, 6> kSignes = {"\u2019", "\u2018", "\u02BC", "\u2010", "\u2013", "\u2014"};

constexpr std::array<std::pair<std::string_view, std::string_view>, 15> kAbreges = {{{"av", "avenue"},
                                                                                     {"ave", "avenue"},
                                                                                     {"bd", "boulevard"},
                                                                                     {"bld", "boulevard"},
                                                                                     {"blvd", "boulevard"},
                                                                                     {"boul", "boulevard"},
                                                                                     {"che", "chemin"},
                                                                                     {"chem", "chemin"},
                                                                                     {"imp", "impasse"},
                                                                                     {"pl", "place"},
                                                                                     {"res", "residence"},
                                                                                     {"rte", "route"},
                                                                                     {"sq", "square"},
                                                                                     {"st", "saint"},
                                                                                     {"ste", "sainte"}}};

bool estChiffre(char c) noexcept {
    return c >= '0' && c <= '9';
}

bool estLettre(char c) noexcept {
    return c >= 'a' && c <= 'z';
}

// Words of letters or of figures, without what stands between.
std::vector<std::string> motsDe(std::string_view texte) {
    std::string plie = core::fold(texte);
    for (const auto signe : kSignes) {
        for (auto at = plie.find(signe); at != std::string::npos; at = plie.find(signe, at)) {
            plie.replace(at, signe.size(), " ");
        }
    }
    std::vector<std::string> mots(1);
    for (const char c : plie) {
        const bool separe = c == ' ' || c == '\'' || c == '-' || c == ',' || c == '.' || c == ';' || c == '`';
        const bool change =
            !separe && !mots.back().empty() &&
            ((estChiffre(c) && estLettre(mots.back().back())) || (estLettre(c) && estChiffre(mots.back().back())));
        if ((separe || change) && !mots.back().empty()) mots.emplace_back();
        if (!separe) mots.back() += c;
    }
    if (mots.back().empty()) mots.pop_back();
    return mots;
}

std::string recolle(std::vector<std::string> mots) {
    std::string texte;
    for (auto& mot : mots) {
        const auto abrege =
            std::ranges::find(kAbreges, std::string_view(mot), [](const auto& paire) { return paire.first; });
        if (!texte.empty()) texte += ' ';
        texte += abrege == kAbreges.end() ? std::string_view(mot) : abrege->second;
    }
    return texte;
}

}  // namespace

std::string voiePliee(std::string_view voie) {
    return recolle(motsDe(voie));
}

std::string communeEntiere(std::string_view codeInsee) {
    std::string code(codeInsee);
    for (char& c : code) {
        if (estLettre(c)) c = static_cast<char>(c - 32);
    }
    struct Ville {
        std::string_view premier, dernier, ville;
    };
    constexpr std::array<Ville, 3> kVilles = {
        {{"13201", "13216", "13055"}, {"69381", "69389", "69123"}, {"75101", "75120", "75056"}}};
    for (const auto& [premier, dernier, ville] : kVilles) {
        if (code.size() == 5 && code >= premier && code <= dernier) return std::string(ville);
    }
    return code;
}

std::string cleAdresse(std::string_view voie, std::string_view codePostal, std::string_view codeInsee) {
    return voiePliee(voie) + '|' + std::string(codePostal) + '|' + communeEntiere(codeInsee);
}

std::vector<std::string> clesAdresse(std::string_view voie, std::string_view codePostal, std::string_view commune,
                                     const domain::Communes& communes) {
    std::vector<std::string> cles;
    const auto code = domain::CodePostal::parse(codePostal);
    if (!code) return cles;
    const auto cherchee = voiePliee(communePliee(commune));
    for (const auto& une : communes.ofPostal(*code)) {
        if (voiePliee(communePliee(une.nom)) != cherchee) continue;
        auto cle = cleAdresse(voie, code->view(), une.codeInsee.view());
        if (std::ranges::find(cles, cle) == cles.end()) cles.push_back(std::move(cle));
    }
    return cles;
}

}  // namespace histologe::intake
