#include "services/statistics/domain/chiffres_publics.hpp"

#include <catch2/catch.hpp>

#include "services/statistics/domain/vocabulaire.hpp"

using namespace histologe;
using namespace histologe::statistics;
using Json = nlohmann::ordered_json;

namespace {

Json chiffres(const Releve& releve) {
    static const auto kCatalogue = desordres::loadShippedCatalogue();
    return chiffresPublics(releve, kCatalogue);
}

std::vector<std::string> keys(const Json& object) {
    std::vector<std::string> list;
    for (const auto& [key, value] : object.items()) list.push_back(key);
    return list;
}

}  // namespace

TEST_CASE("with nothing counted the document is whole: maps are {} where the original served []") {
    const auto document = chiffres({});
    CHECK(
        document.dump() ==
        R"({"response":"success","count_signalement_resolus":0,"count_signalement":0,"count_territory":0,)"
        R"("percent_validation":"-","percent_cloture":"-","percent_refused":"-","count_imported":0,)"
        R"("list_territoires":{},"signalement_per_territoire":{},"signalement_per_month":{},)"
        R"("signalement_per_month_this_year":{},"signalement_per_statut":{},"signalement_per_statut_this_year":{},)"
        R"("signalement_per_motif_cloture":{},"signalement_per_motif_cloture_this_year":{},)"
        R"("signalement_per_desordres_categories":{"BATIMENT":{"label":"Bâtiment","color":"#2F4077","count":0},)"
        R"("LOGEMENT":{"label":"Logement","color":"#447049","count":0}},"signalement_per_desordres_categories_this_year":)"
        R"({"BATIMENT":{"label":"Bâtiment","color":"#2F4077","count":0},"LOGEMENT":{"label":"Logement",)"
        R"("color":"#447049","count":0}},"signalement_per_logement_desordres":[)"
        R"({"label":"","color":"#2F4077","count":0},{"label":"","color":"#447049","count":0},)"
        R"({"label":"","color":"#6E445A","count":0},{"label":"","color":"#716043","count":0},)"
        R"({"label":"","color":"#8D533E","count":0}],"signalement_per_logement_desordres_this_year":[)"
        R"({"label":"","color":"#2F4077","count":0},{"label":"","color":"#447049","count":0},)"
        R"({"label":"","color":"#6E445A","count":0},{"label":"","color":"#716043","count":0},)"
        R"({"label":"","color":"#8D533E","count":0}],"signalement_per_batiment_desordres":[)"
        R"({"label":"","color":"#2F4077","count":0},{"label":"","color":"#447049","count":0},)"
        R"({"label":"","color":"#6E445A","count":0},{"label":"","color":"#716043","count":0},)"
        R"({"label":"","color":"#8D533E","count":0}],"signalement_per_batiment_desordres_this_year":[)"
        R"({"label":"","color":"#2F4077","count":0},{"label":"","color":"#447049","count":0},)"
        R"({"label":"","color":"#6E445A","count":0},{"label":"","color":"#716043","count":0},)"
        R"({"label":"","color":"#8D533E","count":0}]})");
}

TEST_CASE("the national figures leave out excluded statuses and count imports apart") {
    Releve releve;
    releve.nationaux = {{"13", "NEED_VALIDATION", false, "", 3},
                        {"13", "ACTIVE", false, "", 4},
                        {"13", "CLOSED", false, "TRAVAUX_FAITS_OU_EN_COURS", 2},
                        {"01", "CLOSED", false, "DOUBLON", 1},
                        {"01", "REFUSED", false, "", 6},
                        {"01", "CLOSED", true, "RSD", 5},
                        {"01", "ARCHIVED", true, "", 7},
                        {"01", "ARCHIVED", false, "", 11},
                        {"01", "DRAFT", false, "", 13},
                        {"01", "DRAFT_ARCHIVED", false, "", 17},
                        {"01", "INJONCTION_BAILLEUR", false, "", 19},
                        {"01", "INJONCTION_CLOSED", false, "", 23}};
    const auto document = chiffres(releve);
    CHECK(document["count_signalement"] == 16);
    CHECK(document["count_signalement_resolus"] == 2);
    CHECK(document["percent_validation"] == 81.3);  // 13 of 16
    CHECK(document["percent_cloture"] == 18.8);     // 3 of 16
    CHECK(document["percent_refused"] == 37.5);     // 6 of 16
    CHECK(document["count_imported"] == 5);
}

TEST_CASE("the map adds the métropole de Lyon to Rhône, whichever of them there is") {
    Releve releve;
    releve.territoires = {{"69", "Rhône", true}, {"69A", "Métropole de Lyon", true}, {"2A", "Corse-du-Sud", false}};
    releve.nationaux = {{"69A", "ACTIVE", false, "", 2}};
    auto document = chiffres(releve);
    CHECK(document["signalement_per_territoire"].dump() == R"({"69":{"name":"Rhône","zip":"69","count":2}})");
    CHECK(document["count_territory"] == 2);
    CHECK(document["list_territoires"].dump() == R"({"69":"69 - Rhône","69A":"69A - Métropole de Lyon"})");

    releve.nationaux = {{"69", "ACTIVE", false, "", 1},
                        {"69A", "CLOSED", false, "", 2},
                        {"2A", "ACTIVE", false, "", 4},
                        {"987", "ACTIVE", false, "", 8},
                        {"", "ACTIVE", false, "", 16}};
    document = chiffres(releve);
    CHECK(keys(document["signalement_per_territoire"]) == std::vector<std::string>{"2A", "69", "987"});
    CHECK(document["signalement_per_territoire"]["69"]["count"] == 3);
    // A territory that was not heard of yet goes by its code.
    CHECK(document["signalement_per_territoire"]["987"]["name"] == "987");
    CHECK(document["count_signalement"] == 31);
}

TEST_CASE("for Rhône only the monthly series takes the métropole de Lyon") {
    CHECK(territoiresDeLaSerie("69") == std::vector<std::string>{"69", "69A"});
    CHECK(territoiresDeLaSerie("69A") == std::vector<std::string>{"69A"});
    CHECK(territoiresDeLaSerie("13") == std::vector<std::string>{"13"});
    Releve releve;
    releve.selection = "69";
    releve.effectifs = {{"69", {2026, 1}, "ACTIVE", "", 1},
                        {"69A", {2026, 1}, "ACTIVE", "", 2},
                        {"69A", {2026, 3}, "CLOSED", "RSD", 4}};
    const auto document = chiffres(releve);
    CHECK(document["signalement_per_month"].dump() == R"({"Janvier 2026":3,"Février 2026":0,"Mars 2026":4})");
    CHECK(document["signalement_per_statut"].dump() ==
          R"({"ACTIVE":{"label":"En cours","color":"#000091","count":1}})");
    CHECK(document["signalement_per_motif_cloture"].dump() == "{}");
}

TEST_CASE("each figure of the selection has its twin of the current year") {
    Releve releve;
    releve.anneeCourante = 2026;
    releve.effectifs = {{"", {2025, 12}, "NEED_VALIDATION", "", 1}, {"", {2026, 1}, "REFUSED", "", 2},
                        {"", {2026, 2}, "CLOSED", "RSD", 4},        {"", {2025, 1}, "CLOSED", "RSD", 8},
                        {"", {2025, 1}, "CLOSED", "DOUBLON", 16},   {"", {2025, 1}, "CLOSED", "", 32},
                        {"", {2026, 3}, "ARCHIVED", "", 64}};
    releve.desordres = {{2025, "BATIMENT", "desordres_batiment_proprete_interieur", true, 3},
                        {2026, "BATIMENT", "desordres_batiment_proprete_interieur", false, 5},
                        {2026, "LOGEMENT", "desordres_logement_securite_plomb", true, 7}};
    const auto document = chiffres(releve);
    CHECK(document["signalement_per_month"].size() == 14);
    CHECK(document["signalement_per_month_this_year"].dump() == R"({"Janvier 2026":2,"Février 2026":4})");
    // The chart's order; an excluded status is not in it.
    CHECK(keys(document["signalement_per_statut"]) == std::vector<std::string>{"REFUSED", "CLOSED", "NEED_VALIDATION"});
    CHECK(document["signalement_per_statut"]["CLOSED"]["count"] == 60);
    CHECK(keys(document["signalement_per_statut_this_year"]) == std::vector<std::string>{"REFUSED", "CLOSED"});
    // By code, named by label; a dossier closed without a motif is not there.
    CHECK(document["signalement_per_motif_cloture"].dump() == R"({"Doublon":16,"RSD":12})");
    CHECK(document["signalement_per_motif_cloture_this_year"].dump() == R"({"RSD":4})");
    CHECK(document["signalement_per_desordres_categories"]["BATIMENT"]["count"] == 8);
    CHECK(document["signalement_per_desordres_categories_this_year"]["BATIMENT"]["count"] == 5);
    CHECK(document["signalement_per_batiment_desordres"][0]["count"] == 3);
    CHECK(document["signalement_per_batiment_desordres_this_year"][0]["count"] == 0);
    CHECK(document["signalement_per_logement_desordres_this_year"][0]["count"] == 7);
    CHECK(document["signalement_per_logement_desordres_this_year"].size() == 5);
}

TEST_CASE("a motif that we do not know goes by its code") {
    CHECK(libelleMotif("NON_DECENCE") == "Non décence");
    CHECK(libelleMotif("INCONNU") == "INCONNU");
}
