#include "services/routing/http/dossiers_vue.hpp"

#include <cmath>

#include "libs/auth/droits.hpp"

namespace histologe::routing {
namespace {

using core::Json;

template <typename Valeur>
Json ouNul(const std::optional<Valeur>& valeur) {
    return valeur ? Json(*valeur) : Json(nullptr);
}
Json ouNul(const std::optional<core::Instant>& instant) {
    return instant ? Json(core::toRfc3339(*instant)) : Json(nullptr);
}

// The value at a path of what is personal; null when there is none, or no more.
Json personnel(const Json& contenu, const char* chemin) {
    const Json::json_pointer place(chemin);
    return contenu.is_object() && contenu.contains(place) ? contenu.at(place) : Json(nullptr);
}

Json adresseDe(const Json& contenu) {
    auto voie = personnel(contenu, "/adresse/voie");
    return voie.is_string() ? voie : personnel(contenu, "/adresse/libelle");
}

std::string nomDe(const Annuaire& annuaire, const std::string& partenaire) {
    const auto* trouve = annuaire.partenaire(PartenaireId{partenaire});
    return trouve == nullptr ? std::string() : trouve->nom;
}

// A tenth of a metre: what a map needs, and no noise of the average.
double arrondi(double degres) { return std::round(degres * 1e6) / 1e6; }

}  // namespace

Json montrerLigne(const LigneDossier& ligne, const Annuaire& annuaire) {
    auto affectations = Json::array();
    for (const auto& [partenaire, statut] : ligne.affectations) {
        affectations.push_back({{"partenaire", partenaire}, {"nom", nomDe(annuaire, partenaire)}, {"statut", statut}});
    }
    Json dernierSuivi = nullptr;
    if (ligne.dernierSuiviLe) {
        dernierSuivi = {{"le", core::toRfc3339(*ligne.dernierSuiviLe)}, {"par", ligne.dernierSuiviPar}};
    }
    return {{"uuid", ligne.signalement},
            {"reference", ouNul(ligne.reference)},
            {"territoire", ligne.territoire},
            {"statut", ligne.statut},
            {"deposeLe", core::toRfc3339(ligne.deposeLe)},
            {"commune", ouNul(ligne.commune)},
            {"codePostal", ouNul(ligne.codePostal)},
            {"codeInsee", ouNul(ligne.codeInsee)},
            {"adresse", adresseDe(ligne.personnel)},
            {"nomOccupant", personnel(ligne.personnel, "/occupant/nom")},
            {"prenomOccupant", personnel(ligne.personnel, "/occupant/prenom")},
            {"source", ligne.source},
            {"importe", ligne.importe},
            {"typeDeclarant", ligne.profil},
            {"natureParc", ligne.parc},
            {"score", ouNul(ligne.score)},
            {"procedures", ligne.procedures},
            {"affectations", affectations},
            {"dernierSuivi", dernierSuivi}};
}

Json montrerDossier(const DossierDetail& dossier, const Annuaire& annuaire, const auth::Principal& lecteur) {
    const auto& contenu = dossier.personnel;
    Json position = nullptr;
    if (dossier.longitude && dossier.latitude) {
        position = {{"longitude", *dossier.longitude}, {"latitude", *dossier.latitude}};
    }
    Json evaluation = nullptr;
    if (dossier.evalueLe) {
        evaluation = {{"score", dossier.score},
                      {"scoreBatiment", dossier.scoreBatiment},
                      {"scoreLogement", dossier.scoreLogement},
                      {"qualifications", dossier.qualifications},
                      {"evalueLe", core::toRfc3339(*dossier.evalueLe)}};
    }
    auto affectations = Json::array();
    for (const auto& une : dossier.affectations) {
        affectations.push_back({{"id", une.id},
                                {"partenaire", une.partenaire},
                                {"nom", nomDe(annuaire, une.partenaire)},
                                {"statut", une.statut},
                                {"creeLe", core::toRfc3339(une.creeLe)},
                                {"laVotre", lecteur.actsFor(une.partenaire)}});
    }
    auto suivis = Json::array();
    for (const auto& un : dossier.suivis) {
        suivis.push_back({{"id", un.id},
                          {"categorie", un.categorie},
                          {"auteur", un.auteur},
                          {"description", un.description},
                          {"visibleUsager", un.visibleUsager},
                          {"creeLe", core::toRfc3339(un.creeLe)}});
    }
    return {{"uuid", dossier.vise.signalement},
            {"reference", ouNul(dossier.reference)},
            {"territoire", dossier.vise.territoire},
            {"statut", domain::nameOf(dossier.vise.statut)},
            {"deposeLe", core::toRfc3339(dossier.deposeLe)},
            {"valideLe", ouNul(dossier.valideLe)},
            {"source", dossier.source},
            {"importe", dossier.importe},
            {"typeDeclarant", dossier.profil},
            {"natureParc", dossier.parc},
            {"allocataire", dossier.allocataire},
            {"enfantsM6", dossier.enfants},
            {"adresse",
             {{"commune", ouNul(dossier.commune)},
              {"codePostal", ouNul(dossier.codePostal)},
              {"codeInsee", ouNul(dossier.codeInsee)},
              {"position", position},
              {"detail", personnel(contenu, "/adresse")}}},
            {"occupant", personnel(contenu, "/occupant")},
            {"declarant", personnel(contenu, "/declarant")},
            {"proprietaire", personnel(contenu, "/proprietaire")},
            {"bailleurSocial", ouNul(dossier.bailleur)},
            {"motifCloture", ouNul(dossier.motifCloture)},
            {"evaluation", evaluation},
            {"affectations", affectations},
            {"suivis", suivis},
            {"droits", {{"modifier", auth::mayEdit(lecteur, dossier.vise)}}}};
}

Json montrerAmas(const Amas& amas) {
    Json proprietes = {{"nombre", amas.nombre}};
    if (!amas.signalement.empty()) {
        proprietes["uuid"] = amas.signalement;
        proprietes["statut"] = amas.statut;
    }
    return {{"type", "Feature"},
            {"geometry",
             {{"type", "Point"}, {"coordinates", Json::array({arrondi(amas.longitude), arrondi(amas.latitude)})}}},
            {"properties", proprietes}};
}

}  // namespace histologe::routing
