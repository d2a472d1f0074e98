#include "services/scoring/domain/evaluation.hpp"

#include <fstream>
#include <sstream>

#include <catch2/catch.hpp>

#include "libs/core/error.hpp"
#include "services/scoring/domain/evaluation_json.hpp"
#include "tests/unit/domain/shipped.hpp"

using namespace histologe;
using core::Json;
using desordres::testing::setOf;
using desordres::testing::shipped;
using scoring::evaluate;

namespace {

Json sample(const std::string& name) {
    std::ifstream input(HISTOLOGE_SOURCE_DIR "/tests/golden/payloads/" + name);
    std::stringstream text;
    text << input.rdbuf();
    return core::parseJson(text.str());
}

std::string refusal(const Json& ligne) {
    try {
        scoring::ligneFromJson(shipped(), ligne);
    } catch (const core::Error& error) {
        return error.code();
    }
    return "accepted";
}

}  // namespace

TEST_CASE("the samples of the form are scored as the reference says") {
    struct Expected {
        std::string name;
        std::size_t criteres;
        std::size_t precisions;
        double score;
    };
    const std::vector<Expected> samples{
        {"locataire.json", 5, 5, 2.2724},
        {"locataire_all_in.json", 56, 64, 98.0525},
        {"locataire_injonction.json", 3, 3, 0.6548},
        {"bailleur_occupant.json", 3, 3, 5.5462},
        {"tiers_particulier.json", 2, 2, 1.4706},
        {"step__validation_signalement__locataire.json", 2, 2, 1.6176},
        {"step__validation_signalement__bailleur.json", 1, 1, 1.6176},
        {"step__validation_signalement__bailleur_occupant.json", 1, 1, 0},
        {"step__validation_signalement__service_secours.json", 1, 1, 0},
    };
    for (const auto& expected : samples) {
        INFO(expected.name);
        const auto evaluation = evaluate(shipped(), sample(expected.name));
        CHECK(evaluation.declares());
        CHECK(evaluation.criteres.size() == expected.criteres);
        CHECK(evaluation.precisions.size() == expected.precisions);
        CHECK(evaluation.score.score == Approx(expected.score).margin(0.00005));
        CHECK(evaluation.catalogue == shipped().version());
    }
    CHECK_FALSE(evaluate(shipped(), sample("tiers_pro.json")).declares());
}

TEST_CASE("an edit looks again at what it changed") {
    desordres::Faits faits;
    faits.sousSolSansFenetre = desordres::Reponse::Oui;
    faits.nombreOccupants = 5;
    faits.nombrePieces = 1;
    scoring::Modification modification;
    const auto crowded =
        scoring::reevaluate(shipped(), setOf({"desordres_batiment_bruit_exterieur"}), faits, modification);
    CHECK(shipped().slugsOf(crowded.precisions).size() == 2);
    modification.composition = true;
    const auto both = scoring::reevaluate(shipped(), crowded.precisions, faits, modification, crowded.qualifications);
    CHECK(shipped().slugsOf(both.precisions).size() == 3);
    CHECK(both.score.scoreLogement == Approx(100.0 * 24 / 102).margin(1e-9));
    faits.nombreOccupants = 1;
    const auto fewer = scoring::reevaluate(shipped(), both.precisions, faits, modification, both.qualifications);
    CHECK(shipped().slugsOf(fewer.precisions).size() == 2);
    modification.suroccupation = false;
    const auto unasked = scoring::reevaluate(shipped(), both.precisions, faits, modification, both.qualifications);
    CHECK(unasked.precisions == both.precisions);
}

TEST_CASE("reports of the first generation are told by their source") {
    CHECK_FALSE(scoring::usesPrecisions("FORM_USAGER_V1"));
    CHECK_FALSE(scoring::usesPrecisions("IMPORT"));
    for (const char* source : {"FORM_USAGER_V2", "FORM_PRO_BO", "FORM_SERVICE_SECOURS", "API", ""}) {
        CHECK(scoring::usesPrecisions(source));
    }
}

TEST_CASE("an evaluation is written with slugs and codes") {
    const auto evaluation = evaluate(shipped(), sample("step__validation_signalement__locataire.json"));
    const auto json = scoring::toJson(shipped(), evaluation);
    CHECK(json.at("catalogue") == shipped().version());
    CHECK(json.at("score").get<double>() == Approx(1.6176).margin(0.0001));
    CHECK(json.at("scoreBatiment") == 0);
    CHECK(json.at("criteres") ==
          Json{"desordres_type_composition_logement_wc", "desordres_logement_nuisibles_rongeurs"});
    CHECK(json.at("precisions") == Json{"desordres_type_composition_logement_wc_cuisine_ensemble",
                                        "desordres_logement_nuisibles_rongeurs_details_date_before_movein"});
    REQUIRE(json.at("qualifications").size() == evaluation.qualifications.size());
    CHECK(json.at("qualifications")[0] == Json{{"qualification", "NON_DECENCE"},
                                               {"statut", "NON_DECENCE_CHECK"},
                                               {"precisions", json.at("precisions")},
                                               {"postVisite", false}});
}

TEST_CASE("lines of qualification survive being written and read") {
    for (const char* name : {"locataire_all_in.json", "locataire.json", "bailleur_occupant.json"}) {
        for (const auto& ligne : evaluate(shipped(), sample(name)).qualifications) {
            CHECK(scoring::ligneFromJson(shipped(), scoring::toJson(shipped(), ligne)) == ligne);
        }
    }
    const Json good{{"qualification", "RSD"}, {"statut", "RSD_CHECK"}, {"precisions", Json::array()}};
    const auto with = [&](const char* name, const Json& value) {
        auto ligne = good;
        ligne[name] = value;
        return refusal(ligne);
    };
    CHECK(refusal(good) == "accepted");
    CHECK(with("qualification", "RDS") == "qualification_illisible");
    CHECK(with("statut", "RSD") == "qualification_illisible");
    CHECK(with("statut", 3) == "qualification_illisible");
    CHECK(with("postVisite", "oui") == "qualification_illisible");
    CHECK(with("precisions", {"inconnue"}) == "precision_inconnue");
    CHECK(refusal(Json::object()) == "qualification_illisible");
}
