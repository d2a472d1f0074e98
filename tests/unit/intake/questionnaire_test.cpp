// The questionnaire served to the public form: nothing without words, nothing that leads nowhere, nothing that the
// server would refuse.
#include <functional>
#include <map>
#include <set>

#include <catch2/catch.hpp>

#include "libs/core/text.hpp"
#include "services/intake/domain/regles.hpp"
#include "tests/unit/intake/commun.hpp"

using namespace histologe;
using namespace histologe::intake;
using namespace histologe::intake::essais;
using core::Json;

namespace {

constexpr const char* kListes[] = {
    "questions-tous",      "questions-locataire", "questions-bailleur_occupant", "questions-tiers_particulier",
    "questions-tiers_pro", "questions-bailleur",  "questions-service_secours",   "desordres-occupant",
    "desordres-tiers"};

const Json& liste(const std::string& nom) {
    static std::map<std::string, Json> lues;
    const auto [it, nouvelle] = lues.try_emplace(nom);
    if (nouvelle) it->second = core::parseJson(fichier("data/questionnaire/" + nom + ".json"));
    return it->second;
}

// Every component of a list, at any depth.
void parcourir(const Json& composants, const std::function<void(const Json&)>& visite) {
    for (const char* place : {"body", "footer"}) {
        if (!composants.contains(place)) continue;
        for (const Json& composant : composants[place]) {
            visite(composant);
            if (composant.contains("components")) parcourir(composant["components"], visite);
        }
    }
}

void parcourir(const char* nom, const std::function<void(const Json&)>& visite) {
    for (const Json& ecran : liste(nom)) parcourir(ecran["components"], visite);
}

bool aDesMots(const Json& objet, const char* champ) {
    return objet.contains(champ) && objet[champ].is_string() && !core::trim(objet[champ].get<std::string>()).empty();
}

}  // namespace

TEST_CASE("every screen, component and choice has words") {
    for (const char* nom : kListes) {
        CAPTURE(nom);
        REQUIRE(!liste(nom).empty());
        std::set<std::string> ecrans;
        for (const Json& ecran : liste(nom)) {
            CAPTURE(ecran["slug"]);
            CHECK(aDesMots(ecran, "label"));
            CHECK(aDesMots(ecran, "description"));
            CHECK(ecran["type"] == "SignalementFormScreen");
            CHECK(ecrans.insert(ecran["slug"]).second);
        }
        parcourir(nom, [](const Json& composant) {
            CAPTURE(composant["slug"]);
            CHECK(aDesMots(composant, "label"));
            CHECK(composant["type"].get<std::string>().starts_with("SignalementForm"));
            CHECK(composant.contains("show") == composant.contains("conditional"));
            if (!composant.contains("values")) return;
            CHECK(!composant["values"].empty());
            for (const Json& choix : composant["values"]) CHECK(aDesMots(choix, "label"));
        });
    }
}

TEST_CASE("the number of screens of each list") {
    const std::map<std::string, std::size_t> nombres = {{"questions-tous", 6},
                                                        {"questions-locataire", 23},
                                                        {"questions-bailleur_occupant", 18},
                                                        {"questions-tiers_particulier", 22},
                                                        {"questions-tiers_pro", 22},
                                                        {"questions-bailleur", 19},
                                                        {"questions-service_secours", 18},
                                                        {"desordres-occupant", 24},
                                                        {"desordres-tiers", 25}};
    for (const auto& [nom, nombre] : nombres) {
        CAPTURE(nom);
        CHECK(liste(nom).size() == nombre);
    }
}

TEST_CASE("every screen that a button leads to exists for the profile") {
    for (const auto& [profil, desordres] :
         std::map<std::string, std::string>{{"locataire", "desordres-occupant"},
                                            {"bailleur_occupant", "desordres-occupant"},
                                            {"tiers_particulier", "desordres-tiers"},
                                            {"tiers_pro", "desordres-tiers"},
                                            {"bailleur", "desordres-tiers"},
                                            {"service_secours", "desordres-tiers"}}) {
        CAPTURE(profil);
        const std::string questions = "questions-" + profil;
        std::set<std::string> ecrans;
        for (const std::string& nom : {std::string("questions-tous"), questions, desordres}) {
            for (const Json& ecran : liste(nom)) ecrans.insert(ecran["slug"]);
        }
        parcourir(questions.c_str(), [&](const Json& composant) {
            if (!composant.contains("navigation") || composant["navigation"]["verb"] != "goto") return;
            CAPTURE(composant["slug"]);
            CHECK(ecrans.count(composant["navigation"]["target"].get<std::string>()) == 1);
        });
    }
}

TEST_CASE("what the form lets answer, the server takes") {
    for (const char* nom : kListes) {
        CAPTURE(nom);
        parcourir(nom, [](const Json& composant) {
            const auto champ = champDe(composant["slug"].get<std::string>());
            if (!champ) return;
            CAPTURE(composant["slug"]);
            const Regle& regle = regleDe(*champ);
            const Json& regles = composant.contains("validate") ? composant["validate"] : Json::object();
            // A count is bounded by its value; all other texts say their greatest length.
            const auto type = composant["type"].get<std::string>().substr(15);
            if (regle.longueurMax != 0 && regle.bornes == nullptr &&
                (type == "Textfield" || type == "Textarea" || type == "Emailfield" || type == "Counter")) {
                REQUIRE(regles.contains("maxLength"));
                CHECK(regles["maxLength"].get<unsigned>() <= regle.longueurMax);
            }
            if (!composant.contains("values") || regle.choix.empty()) return;
            for (const Json& choix : composant["values"]) {
                const auto valeur = choix["value"].get<std::string>();
                CAPTURE(valeur);
                CHECK(std::find(regle.choix.begin(), regle.choix.end(), valeur) != regle.choix.end());
            }
        });
    }
}

TEST_CASE("conditions are told twice, as data and as an expression") {
    std::map<std::string, std::string> expressions;
    for (const char* nom : kListes) {
        parcourir(nom, [&](const Json& composant) {
            if (composant.contains("conditional")) {
                expressions[std::string(composant["slug"])] = composant["conditional"]["show"].get<std::string>();
            }
        });
    }
    CHECK(expressions.at("signalement_concerne_profil_detail_occupant") ==
          "formStore.data.signalement_concerne_profil === 'logement_occupez'");
    CHECK(expressions.at("composition_logement_enfants") == "formStore.data.composition_logement_nombre_enfants > 0");
    CHECK(expressions.at("signalement_concerne_logement_social_autre_tiers") ==
          "(((formStore.data.signalement_concerne_profil ?? '') !== '') && "
          "formStore.data.signalement_concerne_profil_detail_tiers !== 'service_secours')");
    CHECK(expressions.at("desordres_renseignes_next_autre") == "formStore.hasDesordre('desordres_') === true");
    // Two conditions that could never hold in the form in service.
    CHECK(expressions.at("desordres_logement_chauffage_type_aucun_pieces").find("=== 'aucun'") != std::string::npos);
    for (const Json& ecran : liste("questions-service_secours")) {
        if (ecran["slug"] != "coordonnees_bailleur") continue;
        CHECK(ecran["components"]["body"][0]["conditional"]["show"].get<std::string>().find("'ne-sais-pas'") !=
              std::string::npos);
    }
}

TEST_CASE("the dictionary holds every slug and choice") {
    const Json& dictionnaire = liste("dictionary");
    for (const auto& [nom, mots] : dictionnaire.items()) {
        CAPTURE(nom);
        CHECK(aDesMots(mots, "default"));
    }
    for (const char* nom : kListes) {
        parcourir(nom, [&](const Json& composant) {
            if (composant["type"] == "SignalementFormButton") return;
            CAPTURE(composant["slug"]);
            CHECK(dictionnaire.contains(composant["slug"].get<std::string>()));
            for (const char* parties : {"parts", "values"}) {
                if (!composant.contains(parties)) continue;
                for (const Json& partie : composant[parties]) {
                    const auto mot = partie[parties == std::string("parts") ? "slug" : "value"].get<std::string>();
                    CAPTURE(mot);
                    CHECK(dictionnaire.contains(mot));
                }
            }
        });
        for (const Json& ecran : liste(nom)) CHECK(dictionnaire.contains(ecran["slug"].get<std::string>()));
    }
    // What a list of reports shows: every critère and every catégorie of the catalogue.
    const Json catalogue = core::parseJson(fichier("libs/domain/desordres/data/catalogue-desordres.json"));
    for (const Json& critere : catalogue["criteres"]) {
        CHECK(dictionnaire.contains(critere["slug"].get<std::string>()));
        CHECK(dictionnaire.contains(critere["slugCategorie"].get<std::string>()));
    }
    CHECK(dictionnaire["oui"]["default"] == "Oui");
    CHECK(dictionnaire["logement_social_date_naissance"] ==
          Json{{"default", "Votre date de naissance"}, {"tiers", "Sa date de naissance"}});
}
