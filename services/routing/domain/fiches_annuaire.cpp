#include "services/routing/domain/fiches_annuaire.hpp"

#include <algorithm>
#include <set>

#include "libs/core/text.hpp"
#include "libs/domain/vocabulaire/partenaires.hpp"
#include "services/routing/domain/comptes.hpp"
#include "services/routing/domain/criteres.hpp"

namespace histologe::routing {
namespace {

using core::Json;
using domain::CodeInsee;
using domain::CodeTerritoire;
using domain::Qualification;
using domain::TypePartenaire;

// The procedures that a rule may ask for.
constexpr domain::Qualifications kProcedures{Qualification::Assurantiel,   Qualification::Insalubrite,
                                             Qualification::NonDecence,    Qualification::NonDecenceEnergetique,
                                             Qualification::Rsd,           Qualification::Danger,
                                             Qualification::Suroccupation, Qualification::Salete};

void refuser(Refus& refus, std::string champ, const char* code, std::string message) {
    refus.push_back({std::move(champ), code, std::move(message)});
}

std::string texte(const Json& fiche, const char* nom) {
    const auto place = fiche.find(nom);
    return place == fiche.end() || !place->is_string() ? std::string()
                                                       : std::string(core::trim(place->get_ref<const std::string&>()));
}

void lireNom(Json& fiche, const char* champ, Refus& refus) {
    fiche[champ] = texte(fiche, champ);
    const auto longueur = core::countCharacters(fiche.at(champ).get_ref<const std::string&>());
    if (longueur == 0) refuser(refus, champ, "requis", "Donnez un nom.");
    if (longueur > kNomDeFicheMax) refuser(refus, champ, "trop_long", "Ce nom dépasse 255 caractères.");
}

const domain::Territoire* lireTerritoire(Json& fiche, const domain::Territoires& territoires, Refus& refus) {
    const auto code = CodeTerritoire::parse(texte(fiche, "territoire"));
    const auto* territoire = code ? territoires.find(*code) : nullptr;
    if (territoire == nullptr) {
        refuser(refus, "territoire", "territoire_inconnu", "Ce territoire n'existe pas.");
    } else {
        fiche["territoire"] = code->view();
    }
    return territoire;
}

// The texts of a list, each once, in their order; refused when there is another kind of value.
std::vector<std::string> textes(const Json& fiche, const char* champ, Refus& refus) {
    std::vector<std::string> tous;
    const auto place = fiche.find(champ);
    if (place == fiche.end() || place->is_null()) return tous;
    if (!place->is_array()) {
        refuser(refus, champ, "liste_attendue", "Une liste est attendue.");
        return tous;
    }
    for (const auto& un : *place) {
        if (!un.is_string()) {
            refuser(refus, champ, "texte_attendu", "Une liste de textes est attendue.");
            return {};
        }
        auto lu = std::string(core::trim(un.get_ref<const std::string&>()));
        if (!lu.empty() && std::find(tous.begin(), tous.end(), lu) == tous.end()) tous.push_back(std::move(lu));
    }
    return tous;
}

void lireCommunes(Json& fiche, const char* champ, const domain::Territoire* territoire,
                  const domain::Territoires& territoires, Refus& refus) {
    std::set<std::string> codes;
    for (const auto& un : textes(fiche, champ, refus)) {
        const auto code = CodeInsee::parse(un);
        if (!code) {
            refuser(refus, champ, "code_insee_invalide", "Ce code INSEE est mal formé : " + un + ".");
            continue;
        }
        const auto* sien = territoires.territoireOf(*code);
        if (territoire != nullptr && (sien == nullptr || sien->code != territoire->code)) {
            refuser(refus, champ, "commune_hors_territoire",
                    "La commune " + code->str() + " n'est pas dans ce territoire.");
            continue;
        }
        codes.insert(code->str());
    }
    if (codes.size() > kCommunesMax) refuser(refus, champ, "trop_de_communes", "Cette liste compte trop de communes.");
    fiche[champ] = codes;
}

template <typename Enum>
std::optional<Enum> lireTerme(Json& fiche, const char* champ, const char* defaut, Refus& refus) {
    auto lu = texte(fiche, champ);
    if (lu.empty() && defaut != nullptr) lu = defaut;
    const auto valeur = domain::parseNameOrLabel<Enum>(lu);
    if (!valeur) {
        refuser(refus, champ, lu.empty() ? "requis" : "valeur_inconnue",
                lu.empty() ? "Ce champ est obligatoire." : "Cette valeur est inconnue : " + lu + ".");
        return std::nullopt;
    }
    fiche[champ] = domain::nameOf(*valeur);
    return valeur;
}

void lireQualifications(Json& fiche, const char* champ, domain::Qualifications permises, Refus& refus) {
    domain::Qualifications lues;
    for (const auto& un : textes(fiche, champ, refus)) {
        const auto valeur = domain::parseNameOrLabel<Qualification>(un);
        if (!valeur || !permises.contains(*valeur)) {
            refuser(refus, champ, "valeur_inconnue", "Cette valeur n'est pas admise : " + un + ".");
            continue;
        }
        lues.insert(*valeur);
    }
    auto noms = Json::array();
    for (const auto une : lues.list()) noms.push_back(domain::nameOf(une));
    fiche[champ] = noms;
}

domain::Qualifications competencesPossibles() {
    domain::Qualifications toutes;
    for (const auto& terme : domain::termes<Qualification>()) {
        if (terme.valeur != Qualification::Danger) toutes.insert(terme.valeur);
    }
    return toutes;
}

void lireZones(Json& fiche, const char* champ, const References& connus, Refus& refus) {
    const auto territoire = texte(fiche, "territoire");
    const auto ids = textes(fiche, champ, refus);
    for (const auto& id : ids) {
        const auto zone = connus.zones.find(id);
        if (zone == connus.zones.end() || zone->second != territoire) {
            refuser(refus, champ, "zone_inconnue", "Cette zone n'existe pas dans ce territoire : " + id + ".");
        }
    }
    fiche[champ] = ids;
}

void lireBailleurDuPartenaire(Json& fiche, TypePartenaire type, const References& connus, Refus& refus) {
    const auto id = texte(fiche, "bailleur");
    if (type != TypePartenaire::BailleurSocial || id.empty()) {
        fiche["bailleur"] = nullptr;
        return;
    }
    fiche["bailleur"] = id;
    const auto bailleur = connus.bailleurs.find(id);
    const bool estLa = bailleur != connus.bailleurs.end() &&
                       std::find(bailleur->second.begin(), bailleur->second.end(), texte(fiche, "territoire")) !=
                           bailleur->second.end();
    if (!estLa) refuser(refus, "bailleur", "bailleur_inconnu", "Ce bailleur n'existe pas dans ce territoire.");
}

void lireDrapeau(Json& fiche, const char* champ, bool defaut, Refus& refus) {
    const auto place = fiche.find(champ);
    if (place == fiche.end() || place->is_null()) {
        fiche[champ] = defaut;
    } else if (!place->is_boolean()) {
        refuser(refus, champ, "oui_ou_non", "Vrai ou faux est attendu.");
    }
}

}  // namespace

Refus lirePartenaire(Json& fiche, const domain::Territoires& territoires, const References& connus) {
    Refus refus;
    lireNom(fiche, "nom", refus);
    const auto type = lireTerme<TypePartenaire>(fiche, "type", nullptr, refus);
    const auto* territoire = lireTerritoire(fiche, territoires, refus);
    const auto courriel = courrielCanonique(texte(fiche, "courriel"));
    fiche["courriel"] = courriel;
    if (!courriel.empty() && (!estCourriel(courriel) || courriel.size() > kCourrielDePartenaireMax)) {
        refuser(refus, "courriel", "courriel_invalide", "Écrivez une adresse de courriel, de cent caractères au plus.");
    }
    lireDrapeau(fiche, "notifiable", true, refus);
    lireDrapeau(fiche, "archive", false, refus);
    lireCommunes(fiche, "communes", territoire, territoires, refus);
    lireZones(fiche, "zones", connus, refus);
    lireZones(fiche, "zonesExclues", connus, refus);
    for (const auto& zone : fiche.at("zonesExclues")) {
        const auto& zones = fiche.at("zones");
        if (std::find(zones.begin(), zones.end(), zone) != zones.end()) {
            refuser(refus, "zonesExclues", "zone_des_deux_cotes",
                    "Une zone ne peut pas être à la fois couverte et exclue.");
        }
    }
    auto epcis = textes(fiche, "epcis", refus);
    if (type == TypePartenaire::CommuneSchs) epcis.clear();
    for (const auto& code : epcis) {
        if (!connus.epcis.contains(code))
            refuser(refus, "epcis", "epci_inconnu", "Cet EPCI n'existe pas : " + code + ".");
    }
    fiche["epcis"] = epcis;
    lireBailleurDuPartenaire(fiche, type.value_or(TypePartenaire::Autre), connus, refus);
    static const auto kPossibles = competencesPossibles();
    lireQualifications(fiche, "competences", kPossibles, refus);
    return refus;
}

Refus lireRegle(Json& fiche, const domain::Territoires& territoires, const References& connus) {
    Refus refus;
    const auto* territoire = lireTerritoire(fiche, territoires, refus);
    lireDrapeau(fiche, "active", true, refus);
    const auto type = lireTerme<TypePartenaire>(fiche, "typePartenaire", nullptr, refus);
    lireTerme<ProfilVise>(fiche, "profil", "all", refus);
    lireTerme<ParcVise>(fiche, "parc", "all", refus);
    lireTerme<AllocataireVise>(fiche, "allocataire", "all", refus);
    lireCommunes(fiche, "communesIncluses", territoire, territoires, refus);
    lireCommunes(fiche, "communesExclues", territoire, territoires, refus);
    auto exclus = textes(fiche, "partenairesExclus", refus);
    std::sort(exclus.begin(), exclus.end());
    for (const auto& id : exclus) {
        const auto partenaire = connus.partenaires.find(id);
        if (partenaire == connus.partenaires.end() || partenaire->second.first != texte(fiche, "territoire")) {
            refuser(refus, "partenairesExclus", "partenaire_inconnu",
                    "Ce partenaire n'existe pas dans ce territoire : " + id + ".");
        } else if (type && partenaire->second.second != domain::nameOf(*type)) {
            refuser(refus, "partenairesExclus", "partenaire_d_un_autre_type",
                    "Ce partenaire n'est pas du type que la règle vise : " + id + ".");
        }
    }
    fiche["partenairesExclus"] = exclus;
    lireQualifications(fiche, "procedures", kProcedures, refus);
    return refus;
}

Refus lireZone(Json& fiche, const domain::Territoires& territoires, const std::optional<Forme>& forme) {
    Refus refus;
    lireNom(fiche, "nom", refus);
    lireTerme<domain::TypeZone>(fiche, "type", nullptr, refus);
    const auto* territoire = lireTerritoire(fiche, territoires, refus);
    if (!forme) return refus;
    fiche["wkt"] = forme->wkt;
    fiche["reparation"] = forme->reparation ? Json(*forme->reparation) : Json(nullptr);
    if (territoire != nullptr && territoire->emprise && !seTouchent(forme->emprise, *territoire->emprise)) {
        refuser(refus, "wkt", "zone_hors_territoire",
                "Cette géométrie est hors du territoire. La longitude vient avant la latitude.");
    }
    return refus;
}

Refus lireBailleur(Json& fiche, const domain::Territoires& territoires) {
    Refus refus;
    lireNom(fiche, "nom", refus);
    fiche["raisonSociale"] = texte(fiche, "raisonSociale");
    if (core::countCharacters(fiche.at("raisonSociale").get_ref<const std::string&>()) > kNomDeFicheMax) {
        refuser(refus, "raisonSociale", "trop_long", "Cette raison sociale dépasse 255 caractères.");
    }
    auto siret = texte(fiche, "siret");
    siret.erase(std::remove(siret.begin(), siret.end(), ' '), siret.end());
    if (!siret.empty() && (siret.size() != 14 || siret.find_first_not_of("0123456789") != std::string::npos)) {
        refuser(refus, "siret", "siret_invalide", "Un SIRET compte quatorze chiffres.");
    }
    fiche["siret"] = siret;
    std::set<std::string> codes;
    for (const auto& un : textes(fiche, "territoires", refus)) {
        const auto code = CodeTerritoire::parse(un);
        if (code && territoires.find(*code) != nullptr) {
            codes.insert(code->str());
        } else {
            refuser(refus, "territoires", "territoire_inconnu", "Ce territoire n'existe pas : " + un + ".");
        }
    }
    fiche["territoires"] = codes;
    return refus;
}

Refus lireEtiquette(Json& fiche, const domain::Territoires& territoires) {
    Refus refus;
    lireNom(fiche, "libelle", refus);
    lireTerritoire(fiche, territoires, refus);
    return refus;
}

Json competencesUsuelles(const std::string& type) {
    static const Json kUsuelles = {
        {"ADIL", {"ACCOMPAGNEMENT_JURIDIQUE", "CONCILIATION", "NON_DECENCE_ENERGETIQUE"}},
        {"ARS", {"ARRETES", "SALETE", "INSALUBRITE", "VISITES"}},
        {"BAILLEUR_SOCIAL",
         {"SALETE", "HEBERGEMENT_RELOGEMENT", "MISE_EN_SECURITE_PERIL", "NON_DECENCE", "NUISIBLES", "RSD",
          "NON_DECENCE_ENERGETIQUE"}},
        {"CAF_MSA", {"CONSIGNATION_AL", "NON_DECENCE", "VISITES", "NON_DECENCE_ENERGETIQUE"}},
        {"CCAS", {"ACCOMPAGNEMENT_SOCIAL", "CONCILIATION", "SALETE"}},
        {"COMMUNE_SCHS",
         {"ARRETES", "CONCILIATION", "SALETE", "INSALUBRITE", "MISE_EN_SECURITE_PERIL", "NUISIBLES", "RSD", "VISITES",
          "NON_DECENCE_ENERGETIQUE"}},
        {"CONCILIATEURS", Json::array({"CONCILIATION"})},
        {"CONSEIL_DEPARTEMENTAL", {"ACCOMPAGNEMENT_SOCIAL", "ACCOMPAGNEMENT_TRAVAUX", "FSL"}},
        {"DDETS", Json::array({"DALO", "HEBERGEMENT_RELOGEMENT"})},
        {"DDT_M", {"ARRETES", "CONCILIATION", "DALO", "HEBERGEMENT_RELOGEMENT"}},
        {"DISPOSITIF_RENOVATION_HABITAT",
         {"ACCOMPAGNEMENT_TRAVAUX", "CONCILIATION", "VISITES", "NON_DECENCE_ENERGETIQUE"}},
        {"EPCI", Json::array({"CONCILIATION"})},
        {"OPERATEUR_VISITES_ET_TRAVAUX",
         {"ACCOMPAGNEMENT_TRAVAUX", "CONCILIATION", "NON_DECENCE_ENERGETIQUE", "VISITES"}},
        {"PREFECTURE", Json::array({"DALO"})}};
    const auto connu = domain::parseNameOrLabel<TypePartenaire>(type);
    return connu ? kUsuelles.value(std::string(domain::nameOf(*connu)), Json::array()) : Json::array();
}

Difference difference(const Json& avant, const Json& apres) {
    Difference d;
    for (const auto& [nom, valeur] : apres.items()) {
        const auto place = avant.find(nom);
        if (place != avant.end() && *place == valeur) continue;
        d.avant[nom] = place == avant.end() ? Json(nullptr) : *place;
        d.apres[nom] = valeur;
    }
    for (const auto& [nom, valeur] : avant.items()) {
        if (apres.contains(nom)) continue;
        d.avant[nom] = valeur;
        d.apres[nom] = nullptr;
    }
    return d;
}

}  // namespace histologe::routing
