#include <set>

#include "libs/core/text.hpp"
#include "services/intake/domain/import_colonnes.hpp"
#include "services/intake/domain/import_ligne.hpp"

namespace histologe::intake {

using tables::kColonnes;

std::span<const std::string_view> colonnesDImport() noexcept {
    return kColonnes;
}

EnteteDImport::EnteteDImport(const LigneCsv& ligne, std::vector<Remarque>& remarques) : largeur_(ligne.champs.size()) {
    std::map<std::string, std::string_view> connues;
    for (const auto colonne : kColonnes) connues.emplace(core::fold(colonne), colonne);
    std::set<std::string_view> vues;
    for (std::size_t i = 0; i < ligne.champs.size(); ++i) {
        const auto connue = connues.find(core::fold(core::trim(ligne.champs[i])));
        if (connue == connues.end()) {
            if (!core::trim(ligne.champs[i]).empty()) {
                remarques.push_back({ligne.ligne, ligne.champs[i], "colonne_inconnue", "Cette colonne n'est pas lue.",
                                     ligne.champs[i], false});
            }
        } else if (!vues.insert(connue->second).second) {
            remarques.push_back({ligne.ligne,
                                 std::string(connue->second),
                                 "colonne_en_double",
                                 "Cette colonne est là deux fois.",
                                 {},
                                 true});
        } else {
            places_.emplace(std::string(connue->second), i);
        }
    }
    for (const auto colonne : kColonnes) {
        if (vues.contains(colonne)) continue;
        const bool estNecessaire = colonne == kColonnes[0];
        remarques.push_back(
            {ligne.ligne, std::string(colonne), "colonne_absente", "Cette colonne manque.", {}, estNecessaire});
    }
}

std::string_view EnteteDImport::cellule(const LigneCsv& ligne, std::string_view colonne) const {
    const auto place = places_.find(colonne);
    if (place == places_.end() || place->second >= ligne.champs.size()) return {};
    const auto valeur = core::trim(ligne.champs[place->second]);
    return valeur == "NSP" ? std::string_view() : valeur;
}

}  // namespace histologe::intake
