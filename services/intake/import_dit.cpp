#include "services/intake/import_dit.hpp"

#include "services/intake/domain/evenement_fiche.hpp"
#include "services/intake/domain/reference.hpp"
#include "services/intake/import.hpp"

namespace histologe::intake {
namespace {

using core::Json;

Json ou(const std::optional<std::string>& texte) {
    return texte ? Json(*texte) : Json(nullptr);
}

Json jour(const std::optional<std::chrono::sys_days>& un) {
    return un ? Json(core::toRfc3339(core::Instant(*un)).substr(0, 10)) : Json(nullptr);
}

// What belongs to the dossier and not to the declaration.
Json vieDuDossier(const SignalementImporte& lu) {
    Json cloture = nullptr;
    if (lu.statut == "CLOSED") cloture = {{"motif", ou(lu.motifCloture)}, {"le", jour(lu.closLe)}};
    Json visite = nullptr;
    if (lu.visiteLe || lu.conclusionVisite) {
        visite = {{"le", jour(lu.visiteLe)},
                  {"occupantPresent", lu.occupantPresentVisite ? Json(*lu.occupantPresentVisite) : Json(nullptr)}};
    }
    return {{"partenaires", lu.partenaires}, {"cloture", cloture}, {"visite", visite}};
}

Json suivis(const SignalementImporte& lu) {
    Json liste = Json::array();
    for (const auto& un : lu.suivis) liste.push_back({{"le", jour(un.jour)}, {"texte", un.texte}});
    return liste;
}

}  // namespace

Json contenuImporte(const SignalementImporte& lu) {
    auto contenu = lu.contenu;
    contenu["criticites"] = lu.criticites;
    contenu["importation"] = vieDuDossier(lu);
    contenu["importation"]["conclusionVisite"] = ou(lu.conclusionVisite);
    contenu["importation"]["suivis"] = suivis(lu);
    contenu["importation"]["fichiers"] = lu.fichiers;
    return contenu;
}

Evenement evenementImporte(const SignalementImporte& lu, const Json& contenu, core::Instant creeLe) {
    auto said =
        evenementDeFiche({contenu, Json::object()}, {referenceDefinitive(lu.annee, lu.numero), lu.statut, creeLe});
    said.donnees["source"] = "IMPORT";
    said.donnees["importation"] = vieDuDossier(lu);
    said.personnel["suivis"] = suivis(lu);
    said.personnel["conclusionVisite"] = ou(lu.conclusionVisite);
    return said;
}

std::string enLigneDeRapport(const std::vector<std::string>& cellules) {
    std::string ligne;
    for (std::size_t i = 0; i < cellules.size(); ++i) {
        if (i > 0) ligne += ';';
        auto cellule = cellules[i];
        // A spreadsheet would take it for a formula.
        if (!cellule.empty() && std::string_view("=+-@\t\r").find(cellule[0]) != std::string_view::npos)
            cellule.insert(0, 1, '\'');
        ligne += '"';
        for (const char c : cellule) {
            if (c == '"') ligne += '"';
            ligne += c;
        }
        ligne += '"';
    }
    return ligne + "\r\n";
}

}  // namespace histologe::intake
