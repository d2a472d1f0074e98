#include "services/routing/domain/recherche_fiche.hpp"

#include <algorithm>

#include "libs/core/text.hpp"
#include "services/routing/domain/cellules.hpp"
#include "services/routing/domain/recherche_mots.hpp"

namespace histologe::routing {
namespace {

using core::Json;

constexpr char kNonRenseigne[] = "non_renseigne";

// The text at a path of objects; empty when there is none.
std::string texte(const Json& document, const char* chemin) {
    const Json::json_pointer place(chemin);
    if (!document.contains(place)) return {};
    const auto& valeur = document.at(place);
    return valeur.is_string() ? valeur.get<std::string>() : std::string();
}

std::string parcDe(const Json& data) {
    const auto social = data.find("logementSocial");
    if (social == data.end() || !social->is_boolean()) return kNonRenseigne;
    return social->get<bool>() ? "public" : "privee";
}

std::string allocataireDe(const Json& data) {
    const auto valeur = core::fold(texte(data, "/allocataire"));
    if (valeur == "caf" || valeur == "msa") return valeur;
    if (valeur == "1" || valeur == "oui") return "oui";
    if (valeur == "0" || valeur == "non") return "non";
    return kNonRenseigne;
}

std::string enfantsDe(const Json& data) {
    const auto reponse = texte(data, "/reponses/composition_logement_enfants");
    if (reponse == "oui" || reponse == "non") return reponse;
    const Json::json_pointer importe("/enfants/moinsDeSix");
    if (!data.contains(importe) || !data.at(importe).is_boolean()) return kNonRenseigne;
    return data.at(importe).get<bool>() ? "oui" : "non";
}

}  // namespace

FicheRecherche ficheRecherche(const Json& data, const Json& personnel) {
    FicheRecherche fiche;
    fiche.importe = data.value("importe", false);
    if (auto source = texte(data, "/source"); !source.empty()) fiche.source = std::move(source);
    fiche.parc = parcDe(data);
    fiche.allocataire = allocataireDe(data);
    fiche.enfants = enfantsDe(data);
    fiche.bailEnCours = texte(data, "/reponses/bail_dpe_bail") == "oui";
    if (auto motif = texte(data, "/importation/cloture/motif"); !motif.empty()) fiche.motifCloture = std::move(motif);
    const auto reference = texte(data, "/reference");
    const auto commune = texte(data, "/commune");
    fiche.rang = rangDeReference(reference);
    fiche.communeTri = core::fold(commune);
    if (const auto geoloc = data.find("geoloc"); geoloc != data.end() && geoloc->is_object()) {
        fiche.cellule = celluleDe(geoloc->at("lng").get<double>(), geoloc->at("lat").get<double>());
    }
    fiche.nomTri = core::fold(texte(personnel, "/occupant/nom"));
    auto voie = texte(personnel, "/adresse/voie");
    if (voie.empty()) voie = texte(personnel, "/adresse/libelle");
    if (auto cle = cleDeVoie(voie, texte(data, "/codePostal"), texte(data, "/codeInsee")); !cle.empty()) {
        fiche.adresseCle = std::move(cle);
    }
    for (const auto& source :
         {reference, commune, voie, texte(personnel, "/occupant/nom"), texte(personnel, "/occupant/prenom"),
          texte(personnel, "/occupant/courriel"), texte(personnel, "/declarant/nom"), texte(personnel, "/proprietaire/nom"),
          texte(personnel, "/proprietaire/denomination")}) {
        for (auto& mot : motsDe(source)) fiche.mots.push_back(std::move(mot));
    }
    if (const auto courriel = texte(personnel, "/occupant/courriel"); !courriel.empty()) {
        fiche.mots.push_back(motDeCourriel(courriel));
    }
    std::sort(fiche.mots.begin(), fiche.mots.end());
    fiche.mots.erase(std::unique(fiche.mots.begin(), fiche.mots.end()), fiche.mots.end());
    fiche.personnel = Json::object();
    for (const auto* part : {"occupant", "declarant", "proprietaire", "adresse"}) {
        if (const auto found = personnel.find(part); found != personnel.end()) fiche.personnel[part] = *found;
    }
    return fiche;
}

std::vector<std::string> proceduresCherchables(const Json& qualifications) {
    std::vector<std::string> procedures;
    for (const auto& une : qualifications) {
        if (une.value("postVisite", false)) continue;
        auto nom = une.at("qualification").get<std::string>();
        const auto statut = texte(une, "/statut");
        if (nom == "NON_DECENCE_ENERGETIQUE" && statut != "NDE_AVEREE" && statut != "NDE_CHECK") continue;
        if (std::find(procedures.begin(), procedures.end(), nom) == procedures.end()) procedures.push_back(std::move(nom));
    }
    return procedures;
}

}  // namespace histologe::routing
