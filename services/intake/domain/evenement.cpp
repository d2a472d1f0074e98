#include "services/intake/domain/evenement.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace histologe::intake {
namespace {

using core::Json;

constexpr std::size_t kMotMax = 40;

Json ou(const TexteOptionnel& texte) {
    return texte ? Json(*texte) : Json(nullptr);
}
Json ou(const std::optional<bool>& valeur) {
    return valeur ? Json(*valeur) : Json(nullptr);
}

constexpr std::array<std::string_view, 4> kPrefixes = {"desordres_", "type_logement_", "composition_logement_",
                                                       "bail_dpe_"};
constexpr std::array<std::string_view, 2> kCles = {"logement_social_allocation", "info_procedure_assurance_contactee"};
// Under these prefixes, but written by people or naming a dwelling in the tax registers.
constexpr std::array<std::string_view, 2> kExclues = {"type_logement_nature_autre_precision", "bail_dpe_invariant"};

bool motDeChoix(std::string_view texte) noexcept {
    return texte.size() <= kMotMax && std::all_of(texte.begin(), texte.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
                      c == '-' || c == '.';
           });
}

Json categories(const Json& choisies) {
    Json gardees = Json::object();
    if (!choisies.is_object()) return gardees;
    for (const char* zone : {"batiment", "logement"}) {
        const auto liste = choisies.find(zone);
        if (liste == choisies.end() || !liste->is_array()) continue;
        Json slugs = Json::array();
        for (const Json& slug : *liste) {
            if (slug.is_string() && motDeChoix(slug.get_ref<const std::string&>())) slugs.push_back(slug);
        }
        gardees[zone] = std::move(slugs);
    }
    return gardees;
}

Json personne(const TexteOptionnel& nom, const TexteOptionnel& prenom, const TexteOptionnel& courriel,
              const TexteOptionnel& telephone) {
    Json json = Json::object();
    json["nom"] = ou(nom);
    json["prenom"] = ou(prenom);
    json["courriel"] = ou(courriel);
    json["telephone"] = ou(telephone);
    return json;
}

}  // namespace

bool estLueParEvaluation(std::string_view cle) noexcept {
    if (cle.ends_with("_upload") || cle.ends_with("_type_nuisibles")) return false;
    if (std::find(kExclues.begin(), kExclues.end(), cle) != kExclues.end()) return false;
    if (std::find(kCles.begin(), kCles.end(), cle) != kCles.end()) return true;
    return std::any_of(kPrefixes.begin(), kPrefixes.end(), [cle](std::string_view p) { return cle.starts_with(p); });
}

Json reponsesPourEvaluation(const Json& charge) {
    Json reponses = Json::object();
    auto& gardees = reponses.get_ref<Json::object_t&>();
    for (const auto& [cle, valeur] : charge.get_ref<const Json::object_t&>()) {
        if (cle == "categorieDisorders") {
            gardees.emplace_hint(gardees.end(), cle, categories(valeur));
        } else if (estLueParEvaluation(cle)) {
            const bool passe = valeur.is_boolean() || valeur.is_number() || valeur.is_null() ||
                               (valeur.is_string() && motDeChoix(valeur.get_ref<const std::string&>()));
            if (passe) gardees.emplace_hint(gardees.end(), cle, valeur);
        }
    }
    return reponses;
}

Evenement evenementDepose(const Signalement& signalement, const Demande& demande,
                          const Enregistrement& enregistrement) {
    const AdresseDuLogement& adresse = signalement.adresse;
    Json geoloc = nullptr;
    if (adresse.geoloc) geoloc = {{"lat", adresse.geoloc->lat}, {"lng", adresse.geoloc->lng}};
    Evenement evenement;
    Json& donnees = evenement.donnees;
    donnees["reference"] = ou(enregistrement.reference);
    donnees["statut"] = enregistrement.statut;
    donnees["creeLe"] = core::toRfc3339(enregistrement.creeLe);
    donnees["profilDeclarant"] = codeDe(signalement.profilDeclarant);
    donnees["territoire"] = ou(signalement.territoire);
    donnees["codeInsee"] = adresse.codeInsee;
    donnees["codePostal"] = adresse.codePostal;
    donnees["commune"] = adresse.commune;
    donnees["geoloc"] = std::move(geoloc);
    donnees["logementSocial"] = ou(signalement.logement.social);
    donnees["allocataire"] = ou(signalement.foyer.allocataire);
    donnees["reponses"] = reponsesPourEvaluation(demande.charge());
    const Occupant& o = signalement.occupant;
    const Declarant& d = signalement.declarant;
    const Proprietaire& p = signalement.proprietaire;
    Json proprietaire = personne(p.nom, p.prenom, p.courriel, p.telephone);
    proprietaire["denomination"] = ou(p.denomination);
    Json declarant = personne(d.nom, d.prenom, d.courriel, d.telephone);
    declarant["structure"] = ou(d.structure);
    Json logement = Json::object();
    logement["libelle"] = adresse.libelle;
    logement["voie"] = ou(adresse.voie);
    logement["etage"] = ou(adresse.etage);
    logement["escalier"] = ou(adresse.escalier);
    logement["numeroAppartement"] = ou(adresse.numeroAppartement);
    logement["complement"] = ou(adresse.complement);
    Json& personnel = evenement.personnel;
    personnel["occupant"] = personne(o.nom, o.prenom, o.courriel, o.telephone);
    personnel["declarant"] = std::move(declarant);
    personnel["proprietaire"] = std::move(proprietaire);
    personnel["adresse"] = std::move(logement);
    return evenement;
}

}  // namespace histologe::intake
