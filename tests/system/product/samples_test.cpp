// The real drafts, as the public form sends them.
#include <catch2/catch.hpp>
#include <future>
#include <set>

#include "tests/system/product/platform.hpp"

using namespace histologe;
using namespace histologe::product;

namespace {

std::set<std::string> properties(const Answer& answer) {
    std::set<std::string> names;
    const auto body = answer.json();
    for (const auto& violation : body.at("violations")) {
        names.insert(violation.at("propertyPath").get<std::string>());
    }
    return names;
}

std::set<std::string> expectedProperties(const core::Json& outcome, const char* list) {
    std::set<std::string> names;
    for (const auto& violation : outcome.at(list)) names.insert(violation.at(0).get<std::string>());
    return names;
}

}  // namespace

TEST_CASE("each sample has the outcome that the table says") {
    const auto outcomes = expectedOutcomes();
    for (const auto& [name, outcome] : outcomes.items()) {
        INFO(name);
        const auto payload = sample(name);
        const auto declared = expectedProperties(outcome, "violations_at_declared_step");
        const auto begun = request("POST", "/signalement-draft/envoi", core::dumpJson(payload));
        if (!declared.empty()) {
            CHECK(begun.status == 400);
            CHECK(begun.isProblem());
            CHECK(properties(begun) == declared);
            continue;
        }
        REQUIRE(begun.status == 200);
        const auto draft = begun.json().at("uuid").get<std::string>();
        const auto kept = request("GET", "/signalement-draft/" + draft + "/informations");
        CHECK(kept.status == 200);
        CHECK(kept.json().at("signalement").at("payload") == payload);

        const auto answer = submit(draft, payload);
        const auto late = expectedProperties(outcome, "additional_violations_when_submitted_as_validation_signalement");
        if (!late.empty()) {
            CHECK(answer.status == 400);
            CHECK(properties(answer) == late);
            continue;
        }
        REQUIRE(answer.status == 200);
        const auto body = answer.json();
        CHECK(body.at("uuid") == draft);
        CHECK(body.contains("signalementReference") == outcome.at("built").get<bool>());
        if (outcome.at("built").get<bool>()) {
            CHECK(body.at("signalementStatus") == "NEED_VALIDATION");
            CHECK(request("GET", "/signalement-draft/" + draft + "/informations").json().at("signalement").is_null());
            CHECK(submit(draft, payload).json().at("signalementReference") == body.at("signalementReference"));
        }
    }
}

TEST_CASE("answers that declare nothing keep the draft and say why") {
    auto payload = sample("step__validation_signalement__locataire.json");
    payload["categorieDisorders"] = {{"batiment", core::Json::array()}, {"logement", core::Json::array()}};
    payload.erase("desordres_logement_nuisibles_rongeurs");
    payload.erase("type_logement_commodites_wc_cuisine");
    const auto draft = beginDraft(payload);
    const auto answer = submit(draft, payload);
    CHECK(answer.status == 200);
    CHECK_FALSE(answer.json().contains("signalementReference"));
    CHECK(answer.json().at("incomplet").at("code") == "aucun_desordre");
    CHECK(request("GET", "/signalement-draft/" + draft + "/informations").json().at("signalement").at("uuid") == draft);
}

TEST_CASE("twenty parallel final saves of one draft make one signalement") {
    const auto payload = sample("step__validation_signalement__locataire.json");
    const auto draft = beginDraft(payload);
    std::vector<std::future<Answer>> saves;
    for (int i = 0; i < 20; ++i) {
        saves.push_back(std::async(std::launch::async, [&] { return submit(draft, payload); }));
    }
    std::set<std::string> references;
    for (auto& save : saves) {
        const auto answer = save.get();
        REQUIRE(answer.status == 200);
        references.insert(answer.json().at("signalementReference").get<std::string>());
    }
    CHECK(references.size() == 1);
    environment::Sql sql(platform().superuserUrl());
    CHECK(sql.rows("SELECT count(*) FROM intake.signalements WHERE brouillon = $1::uuid", {draft})[0][0] == "1");
}

TEST_CASE("a second report of the same dwelling is recognised, whatever its accents and case") {
    auto payload = sample("step__validation_signalement__locataire.json");
    payload["vos_coordonnees_occupant_email"] = "deja.signale@example.org";
    REQUIRE(submit(beginDraft(payload), payload).status == 200);
    payload["adresse_logement_adresse_detail_numero"] = "88 RUE DE LA RÉPUBLIQUE";
    payload["adresse_logement_adresse_detail_commune"] = "MARSEILLE 2e Arrondissement";
    const auto answer = request("POST", "/signalement-draft/check", core::dumpJson(payload)).json();
    CHECK(answer.at("already_exists") == true);
    CHECK(answer.at("type") == "signalement");
    CHECK(answer.at("has_created_recently") == true);
    CHECK(answer.at("signalements").size() == 1);
}

TEST_CASE("a draft can be archived once, and is then unknown") {
    const auto payload = sample("step__validation_signalement__locataire.json");
    const auto draft = beginDraft(payload);
    const auto body = core::dumpJson({{"uuid", draft}});
    CHECK(request("POST", "/signalement-draft/archive", body).json() == core::Json{{"success", true}});
    const auto again = request("POST", "/signalement-draft/archive", body);
    CHECK(again.status == 400);
    CHECK(again.json() == core::Json{{"response", "error"}});
    CHECK(submit(draft, payload).status == 404);
}

TEST_CASE("the territory check answers the shapes of the form") {
    CHECK(request("GET", "/checkterritory").status == 400);
    const auto open = request("GET", "/checkterritory?cp=13002&insee=13202").json();
    CHECK(open == core::Json{{"success", true}, {"territoryCode", "13"}});
    const auto wrong = request("GET", "/checkterritory?cp=13002&insee=75056").json();
    CHECK(wrong.at("success") == false);
    CHECK(wrong.at("label") == "Erreur");
    const auto closed = request("GET", "/checkterritory?cp=05000&insee=05061").json();
    CHECK(closed.at("label") == "Avertissement");
    // One of the 177 communes of the Rhône that neither of its two territories serves.
    CHECK(request("GET", "/checkterritory?cp=69400&insee=69264").json().at("label") == "Avertissement");
    CHECK(request("GET", "/checkterritory?cp=69003&insee=69383").json().at("territoryCode") == "69A");
}

TEST_CASE("the questionnaire is served for each profile") {
    CHECK(request("GET", "/public/api/dictionary").json().is_object());
    for (const char* profil : {"tous", "locataire", "bailleur_occupant", "tiers_particulier", "tiers_pro", "bailleur",
                               "service_secours"}) {
        INFO(profil);
        CHECK_FALSE(request("GET", std::string("/public/api/questions?profil=") + profil).json().empty());
    }
    CHECK(request("GET", "/public/api/questions?profil=inconnu").json() == core::Json::array());
    CHECK_FALSE(request("GET", "/public/api/desordres?profil=locataire").json().empty());
    CHECK(request("GET", "/public/api/desordres?profil=tous").json() == core::Json::array());
}
