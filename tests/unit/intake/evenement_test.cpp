// The event of a submission: what it says, and what it must never say.
#include "services/intake/domain/evenement.hpp"

#include <catch2/catch.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "libs/domain/desordres/lecture.hpp"
#include "services/intake/domain/construction.hpp"
#include "tests/unit/intake/commun.hpp"

using namespace histologe;
using namespace histologe::intake;
using namespace histologe::intake::essais;
using core::Json;

namespace {

const Json& attendus() {
    static const Json tous = core::parseJson(fichier("tests/golden/payloads_expected.json")).at("payloads");
    return tous;
}

Evenement evenementDe(const Json& charge) {
    const Demande demande(charge);
    return evenementDepose(construire(demande, "13"), demande,
                           {"2026-41", "NEED_VALIDATION", *core::parseInstant("2026-08-07T09:00:00Z")});
}

// The first way in which a document breaks the schema of the event; empty when it holds.
std::string manquementAuSchema(const Json& document) {
    static const Json texte = core::parseJson(fichier("api/events/signalement.depose.json"));
    valijson::Schema schema;
    valijson::SchemaParser(valijson::SchemaParser::kDraft7)
        .populateSchema(valijson::adapters::NlohmannJsonAdapter(texte), schema);
    valijson::ValidationResults resultats;
    valijson::Validator validateur;
    if (validateur.validate(schema, valijson::adapters::NlohmannJsonAdapter(document), &resultats)) return {};
    valijson::ValidationResults::Error erreur;
    std::string premier = "invalid";
    while (resultats.popError(erreur)) {
        premier += ' ';
        for (const auto& pas : erreur.context) premier += pas;
        premier += ' ' + erreur.description;
    }
    return premier;
}

}  // namespace

TEST_CASE("the event of every sample holds its schema") {
    for (const auto& [nom, attendu] : attendus().items()) {
        // A draft that is refused never becomes an event.
        if (!attendu["violations_at_declared_step"].empty()) continue;
        CAPTURE(nom);
        const Evenement evenement = evenementDe(core::parseJson(fichier("tests/golden/payloads/" + nom)));
        CHECK(manquementAuSchema({{"data", evenement.donnees}, {"personnel", evenement.personnel}}) == "");
    }
}

TEST_CASE("the schema refuses what must not travel") {
    Evenement evenement = evenementDe(echantillon("locataire_all_in"));
    evenement.donnees["reponses"]["vos_coordonnees_occupant_nom"] = "Toutdesordre";
    CHECK(manquementAuSchema({{"data", evenement.donnees}}) != "");
    evenement.donnees["reponses"].erase("vos_coordonnees_occupant_nom");
    evenement.donnees["reponses"]["desordres_logement_nuisibles_autres"] = "un texte libre";
    CHECK(manquementAuSchema({{"data", evenement.donnees}}) != "");
    evenement.donnees["reponses"].erase("desordres_logement_nuisibles_autres");
    CHECK(manquementAuSchema({{"data", evenement.donnees}}) == "");
    evenement.donnees["nomOccupant"] = "Toutdesordre";
    CHECK(manquementAuSchema({{"data", evenement.donnees}}) != "");
}

TEST_CASE("scoring reads the same précisions from the event as from the payload") {
    const auto catalogue = desordres::loadShippedCatalogue();
    for (const auto& [nom, attendu] : attendus().items()) {
        CAPTURE(nom);
        const Json charge = core::parseJson(fichier("tests/golden/payloads/" + nom));
        const Json reponses = reponsesPourEvaluation(charge);
        CHECK(desordres::read(catalogue, reponses).precisions == desordres::read(catalogue, charge).precisions);
        CHECK(desordres::read(catalogue, reponses).precisions.size() ==
              attendu["desordres"]["precisions_count"].get<std::size_t>());
    }
}

TEST_CASE("no name, contact, address line, free text or file stands in the data part") {
    for (const auto& [nom, attendu] : attendus().items()) {
        CAPTURE(nom);
        const Json charge = core::parseJson(fichier("tests/golden/payloads/" + nom));
        const std::string donnees = evenementDe(charge).donnees.dump();
        for (const auto& [cle, valeur] : charge.items()) {
            const bool personnelle = cle.starts_with("vos_coordonnees") || cle.starts_with("coordonnees_") ||
                                     cle.starts_with("message_") || cle.ends_with("_reponse") ||
                                     cle == "adresse_logement_adresse" || cle == "logement_social_date_naissance";
            if (!personnelle || !valeur.is_string() || cle.ends_with("countrycode") || cle.ends_with("_civilite"))
                continue;
            const auto& texte = valeur.get_ref<const std::string&>();
            // The commune and the postcode of the landlord may be the dwelling's.
            if (texte.empty() || cle.find("_detail_") != std::string::npos) continue;
            CAPTURE(cle);
            CHECK(donnees.find(texte) == std::string::npos);
        }
        CHECK(donnees.find("_upload") == std::string::npos);
    }
}

TEST_CASE("answers pass only as boxes, numbers and words of a choice") {
    const Json reponses = reponsesPourEvaluation(
        {{"desordres_logement_bruit_voisins", 1},
         {"desordres_logement_humidite_cuisine_details_fuite", "oui"},
         {"desordres_batiment_eau", nullptr},
         {"desordres_logement_nuisibles_autres_details_type_nuisibles", "rats"},
         {"desordres_invente", "M. Martin, 06 39 98 00 01"},
         {"desordres_liste", {1, 2}},
         {"desordres_logement_photos_upload", {{{"file", "a"}}}},
         {"desordres_long", std::string(41, 'a')},
         {"bail_dpe_invariant", "123456789012"},
         {"bail_dpe_date_emmenagement", "2020-01-01"},
         {"type_logement_nature_autre_precision", "bateau"},
         {"composition_logement_superficie", "45.5"},
         {"logement_social_allocation", "oui"},
         {"logement_social_numero_allocataire", "1234567"},
         {"info_procedure_assurance_contactee", "nsp"},
         {"info_procedure_bail_reponse", "non"},
         {"vos_coordonnees_occupant_nom", "Testou"},
         {"categorieDisorders",
          {{"batiment", {"desordres_batiment_eau", "un texte libre", 1}}, {"logement", "x"}, {"autre", {"y"}}}}});
    CHECK(reponses == Json{{"desordres_logement_bruit_voisins", 1},
                           {"desordres_logement_humidite_cuisine_details_fuite", "oui"},
                           {"desordres_batiment_eau", nullptr},
                           {"bail_dpe_date_emmenagement", "2020-01-01"},
                           {"composition_logement_superficie", "45.5"},
                           {"logement_social_allocation", "oui"},
                           {"info_procedure_assurance_contactee", "nsp"},
                           {"categorieDisorders", {{"batiment", {"desordres_batiment_eau"}}}}});
}

TEST_CASE("the event tells the place and keeps the people apart") {
    const Evenement evenement = evenementDe(echantillon("step__validation_signalement__locataire"));
    CHECK(evenement.donnees["reference"] == "2026-41");
    CHECK(evenement.donnees["creeLe"] == "2026-08-07T09:00:00Z");
    CHECK(evenement.donnees["territoire"] == "13");
    CHECK(evenement.donnees["codeInsee"] == "13202");
    CHECK(evenement.donnees["geoloc"] == Json{{"lat", 43.30282}, {"lng", 5.368984}});
    CHECK(evenement.donnees["logementSocial"] == false);
    CHECK(evenement.donnees["allocataire"] == "CAF");
    CHECK(evenement.personnel["occupant"] == Json{{"nom", "Ficelle"},
                                                  {"prenom", "Marin"},
                                                  {"courriel", "locataire-12@example.org"},
                                                  {"telephone", "+330639980014"}});
    CHECK(evenement.personnel["declarant"]["nom"].is_null());
    CHECK(evenement.personnel["proprietaire"]["nom"] == "Foncière Inventée");
    CHECK(evenement.personnel["adresse"]["libelle"] == "88 Rue de la republique 13002 Marseille");
}
