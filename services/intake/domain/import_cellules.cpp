#include "services/intake/domain/import_cellules.hpp"

#include <algorithm>

#include "libs/core/text.hpp"
#include "services/intake/domain/courriel.hpp"
#include "services/intake/domain/import_textes.hpp"
#include "services/intake/domain/lecture.hpp"

namespace histologe::intake {

void CellulesDImport::refuser(std::string_view colonne, std::string code, std::string texte, std::string_view valeur) {
    refusee_ = true;
    remarques_.push_back(
        {ligne_.ligne, std::string(colonne), std::move(code), std::move(texte), std::string(valeur), true});
}

void CellulesDImport::prevenir(std::string_view colonne, std::string code, std::string texte, std::string_view valeur) {
    remarques_.push_back(
        {ligne_.ligne, std::string(colonne), std::move(code), std::move(texte), std::string(valeur), false});
}

std::optional<std::chrono::sys_days> CellulesDImport::jour(std::string_view colonne) {
    const auto texte = cellule(colonne);
    if (texte.empty()) return std::nullopt;
    auto lu = jourDImport(texte);
    if (!lu) prevenir(colonne, "date_illisible", "Cette date n'est pas lisible ; elle est laissée vide.", texte);
    return lu;
}

std::optional<std::string> CellulesDImport::texte(std::string_view colonne, std::size_t longueur) {
    const auto valeur = cellule(colonne);
    if (valeur.empty()) return std::nullopt;
    auto coupe = couper(valeur, longueur);
    if (coupe.size() != valeur.size()) {
        prevenir(colonne, "texte_coupe", "Ce texte est coupé à " + std::to_string(longueur) + " caractères.",
                 valeur);
    }
    return coupe;
}

std::optional<bool> CellulesDImport::ouiNon(std::string_view colonne) const {
    const auto valeur = cellule(colonne);
    if (valeur.empty()) return std::nullopt;
    return core::fold(valeur).starts_with('o');
}

std::optional<int> CellulesDImport::compte(std::string_view colonne) const {
    const auto valeur = cellule(colonne);
    const auto debut = std::find_if(valeur.begin(), valeur.end(), estChiffre);
    const auto fin = std::find_if_not(debut, valeur.end(), estChiffre);
    return entierStrict(std::string_view(valeur).substr(static_cast<std::size_t>(debut - valeur.begin()),
                                                        static_cast<std::size_t>(fin - debut)));
}

std::optional<double> CellulesDImport::nombre(std::string_view colonne) {
    std::string valeur(cellule(colonne));
    if (valeur.empty()) return std::nullopt;
    std::replace(valeur.begin(), valeur.end(), ',', '.');
    std::erase(valeur, ' ');
    auto lu = nombreDe(valeur);
    if (!lu || *lu < 0 || *lu > 1e9) {
        prevenir(colonne, "nombre_illisible", "Ce nombre n'est pas lisible ; il est laissé vide.",
                 cellule(colonne));
        return std::nullopt;
    }
    return lu;
}

std::optional<std::string> CellulesDImport::telephone(std::string_view colonne) {
    auto numero = texte(colonne, 128);
    // A spreadsheet ate the zero in front.
    if (numero && numero->size() == 9 && std::all_of(numero->begin(), numero->end(), estChiffre))
        numero = "0" + *numero;
    return numero;
}

std::optional<std::string> CellulesDImport::courriel(std::string_view colonne) {
    auto adresseLue = texte(colonne);
    if (adresseLue && !courrielValide(*adresseLue)) {
        prevenir(colonne, "courriel_illisible",
                 "Cette adresse de courriel n'en est pas une ; elle est laissée vide.", *adresseLue);
        return std::nullopt;
    }
    return adresseLue;
}

std::vector<std::string> CellulesDImport::liste(std::string_view colonne, bool aussiVirgule) const {
    std::string texteLu(cellule(colonne));
    if (aussiVirgule) std::replace(texteLu.begin(), texteLu.end(), ',', '|');
    std::vector<std::string> noms;
    for (const auto& nom : core::split(texteLu, '|')) {
        if (const auto propre = core::trim(nom); !propre.empty()) noms.emplace_back(propre);
    }
    return noms;
}

}  // namespace histologe::intake
