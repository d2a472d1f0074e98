#include "libs/domain/desordres/lecture.hpp"

#include <fstream>
#include <random>
#include <sstream>

#include <catch2/catch.hpp>

#include "tests/unit/domain/shipped.hpp"

using namespace histologe::desordres;
using histologe::core::Json;
using testing::shipped;
using testing::slugs;
using Slugs = std::vector<std::string>;

namespace {

// A payload that went through one catégorie.
Json payload(const std::string& categorie, Json answers) {
    const bool batiment = categorie.starts_with("desordres_batiment");
    answers["categorieDisorders"] = {{"batiment", Json::array()}, {"logement", Json::array()}};
    answers["categorieDisorders"][batiment ? "batiment" : "logement"].push_back(categorie);
    return answers;
}

Slugs read(const std::string& categorie, const Json& answers) {
    return slugs(precisionsOf(shipped(), payload(categorie, answers)));
}

Json samplePayload(const std::string& name) {
    std::ifstream input(HISTOLOGE_SOURCE_DIR "/tests/golden/payloads/" + name);
    std::stringstream text;
    text << input.rdbuf();
    return histologe::core::parseJson(text.str());
}

const std::string kHumidite = "desordres_logement_humidite_cuisine";

}  // namespace

TEST_CASE("nothing is declared outside the catégories that were gone through") {
    const Json ticked{{"desordres_batiment_securite_toit", 1}, {"type_logement_sous_comble_sans_fenetre", "oui"}};
    CHECK(precisionsOf(shipped(), ticked).empty());
    for (const Json& none : {Json(nullptr), Json::object(), Json::array(), Json("desordres_batiment_securite")}) {
        auto answers = ticked;
        answers["categorieDisorders"] = none;
        CHECK(precisionsOf(shipped(), answers).empty());
    }
    // Gone through without anything to say: the dwelling itself still counts.
    auto answers = ticked;
    answers["categorieDisorders"] = {{"batiment", Json::array()}, {"logement", Json::array()}};
    CHECK(slugs(precisionsOf(shipped(), answers)) == Slugs{"desordres_type_composition_logement_sous_combles"});
    CHECK(read("desordres_batiment_bruit", ticked) == Slugs{"desordres_type_composition_logement_sous_combles"});
    CHECK(read("desordres_batiment_securite", ticked) ==
          Slugs{"desordres_batiment_securite_toit", "desordres_type_composition_logement_sous_combles"});
    // A catégorie of the building listed under the dwelling.
    answers["categorieDisorders"] = {{"logement", {"desordres_batiment_securite"}}};
    CHECK(slugs(precisionsOf(shipped(), answers)) == Slugs{"desordres_type_composition_logement_sous_combles"});
}

TEST_CASE("a box is ticked by the integer 1 and nothing else") {
    for (const Json& value : {Json(1), Json(1U)}) {
        CHECK(read("desordres_batiment_securite", {{"desordres_batiment_securite_toit", value}}).size() == 1);
    }
    for (const Json& value :
         {Json("1"), Json(true), Json(1.0), Json(2), Json(0), Json(-1), Json(nullptr), Json::array({1})}) {
        INFO(value.dump());
        CHECK(read("desordres_batiment_securite", {{"desordres_batiment_securite_toit", value}}).empty());
    }
}

TEST_CASE("rooms: one by one, all three, or the only one there is") {
    const std::string slug = "desordres_logement_securite_balcons";
    Json answers{{slug, 1}, {slug + "_pieces_cuisine", 1}};
    CHECK(read("desordres_logement_securite", answers) == Slugs{slug + "_pieces_cuisine"});
    answers[slug + "_pieces_salle_de_bain"] = 1;
    CHECK(read("desordres_logement_securite", answers) ==
          Slugs{slug + "_pieces_cuisine", slug + "_pieces_salle_de_bain"});
    answers[slug + "_pieces_piece_a_vivre"] = 1;
    CHECK(read("desordres_logement_securite", answers) == Slugs{slug + "_pieces_tout"});
    CHECK(read("desordres_logement_securite", {{slug, 1}}).empty());
    CHECK(read("desordres_logement_securite", {{slug, 1}, {"composition_logement_piece_unique", "piece_unique"}}) ==
          Slugs{slug + "_pieces_tout"});
    answers.erase(slug);
    CHECK(read("desordres_logement_securite", answers).empty());
}

TEST_CASE("no heating and poor upkeep are declared without a box of their own") {
    const std::string heating = "desordres_logement_chauffage_type_aucun";
    CHECK(read("desordres_logement_chauffage",
               {{"desordres_logement_chauffage_type", "aucun"}, {heating + "_pieces_cuisine", 1}}) ==
          Slugs{heating + "_pieces_cuisine"});
    CHECK(read("desordres_logement_chauffage",
               {{"desordres_logement_chauffage_type", "gaz"}, {heating + "_pieces_cuisine", 1}})
              .empty());
    CHECK(read("desordres_logement_proprete", {{"desordres_logement_proprete_pieces_cuisine", 1}}) ==
          Slugs{"desordres_logement_proprete_pieces_cuisine"});
    CHECK(read("desordres_logement_proprete", {{"composition_logement_piece_unique", "piece_unique"}}).empty());
}

TEST_CASE("humidity: each question answered adds its précision") {
    CHECK(read("desordres_logement_humidite", {{kHumidite, 1}}).empty());
    CHECK(read("desordres_logement_humidite", {{kHumidite, 1},
                                               {kHumidite + "_details_machine", "oui"},
                                               {kHumidite + "_details_fuite", "non"},
                                               {kHumidite + "_details_moisissure_apres_nettoyage", "peut-être"}}) ==
          Slugs{kHumidite + "_details_machine_oui", kHumidite + "_details_moisissure_apres_nettoyage_nsp",
                kHumidite + "_details_fuite_non"});
    CHECK(read("desordres_logement_humidite", {{kHumidite, 1}, {kHumidite + "_details_machine", ""}}).empty());
    CHECK(read("desordres_logement_humidite", {{kHumidite, 1}, {kHumidite + "_details_machine", nullptr}}).empty());
}

TEST_CASE("a leak of which nothing is known (fuite = nsp) yields no précision and loses nothing else") {
    CHECK(read("desordres_logement_humidite", {{kHumidite, 1}, {kHumidite + "_details_fuite", "nsp"}}).empty());
    CHECK(read("desordres_logement_humidite",
               {{kHumidite, 1}, {kHumidite + "_details_machine", "non"}, {kHumidite + "_details_fuite", "nsp"}}) ==
          Slugs{kHumidite + "_details_machine_non"});
}

TEST_CASE("lead: not knowing stays not knowing, where the service of reference reads no diagnosis (quirk 8)") {
    const std::string slug = "desordres_logement_securite_plomb";
    const auto with = [&](const char* answer) {
        return read("desordres_logement_securite",
                    {{slug, 1}, {slug + "_details_diagnostique", answer}, {slug + "_pieces_cuisine", 1}});
    };
    CHECK(with("oui") == Slugs{slug + "_pieces_cuisine_diagnostique_oui"});
    CHECK(with("non") == Slugs{slug + "_pieces_cuisine_diagnostique_non"});
    CHECK(with("nsp") == Slugs{slug + "_pieces_cuisine_diagnostique_nsp"});
    CHECK(with("").empty());
}

TEST_CASE("a low ceiling is given by its height, and three rooms remain three") {
    const std::string slug = "desordres_logement_lumiere_plafond_trop_bas";
    CHECK(read("desordres_logement_lumiere",
               {{slug, 1}, {slug + "_piece_a_vivre", "210"}, {slug + "_cuisine", 1}, {slug + "_salle_de_bain", true}})
              .size() == 3);
    CHECK(read("desordres_logement_lumiere",
               {{slug, 1}, {slug + "_piece_a_vivre", "0"}, {slug + "_cuisine", ""}, {slug + "_salle_de_bain", false}})
              .empty());
    CHECK(read("desordres_logement_lumiere", {{slug, 1}, {"composition_logement_piece_unique", "piece_unique"}}) ==
          Slugs{slug + "_toutes_pieces"});
}

TEST_CASE("one critère alone, whether or not its catégorie is listed") {
    const auto alone = [](const std::string& slug, const Json& answers) {
        return slugs(precisionsOfCritere(shipped(), *shipped().findCritere(slug), answers));
    };
    const std::string nuisibles = "desordres_logement_nuisibles_rongeurs";
    CHECK(alone(nuisibles, {{nuisibles, 1}, {nuisibles + "_details_date", "x"}}) ==
          Slugs{nuisibles + "_details_date_nsp"});
    CHECK(alone(nuisibles, {{nuisibles + "_details_date", "x"}}).empty());
    CHECK(alone("desordres_logement_chauffage_type_aucun", {{"composition_logement_piece_unique", "piece_unique"}}) ==
          Slugs{"desordres_logement_chauffage_type_aucun_pieces_tout"});
    CHECK(alone("desordres_service_secours_autre", {{"desordres_service_secours_autre", 1}}).empty());
    CHECK(alone("desordres_type_composition_logement_sous_sol", {{"type_logement_sous_sol_sans_fenetre", "oui"}})
              .empty());
}

TEST_CASE("the order of the answers and of the catégories never matters") {
    std::mt19937 random(11);
    const auto reference = samplePayload("locataire_all_in.json");
    const auto expected = precisionsOf(shipped(), reference);
    REQUIRE(expected.size() == 64);
    std::vector<std::pair<std::string, Json>> answers;
    for (const auto& [name, value] : reference.items()) answers.emplace_back(name, value);
    for (int round = 0; round < 50; ++round) {
        std::shuffle(answers.begin(), answers.end(), random);
        std::string text = "{";
        for (auto& [name, value] : answers) {
            if (name == "categorieDisorders") {
                for (const char* zone : {"batiment", "logement"}) {
                    std::shuffle(value[zone].begin(), value[zone].end(), random);
                }
            }
            text += (text.size() > 1 ? "," : "") + Json(name).dump() + ":" + value.dump();
        }
        REQUIRE(precisionsOf(shipped(), histologe::core::parseJson(text + "}")) == expected);
    }
}

TEST_CASE("nothing that a payload may contain makes the reading fail") {
    std::mt19937 random(1515);
    const std::vector<Json> oddities{Json(nullptr),
                                     Json(true),
                                     Json(1),
                                     Json(-1),
                                     Json(1.5),
                                     Json(""),
                                     Json("nsp"),
                                     Json("0"),
                                     Json(Json::array()),
                                     Json{{"a", 1}},
                                     Json("\xff"),
                                     Json(1e300),
                                     Json(std::string(100000, '9'))};
    const auto reference = samplePayload("locataire_all_in.json");
    std::vector<std::string> names;
    for (const auto& [name, value] : reference.items()) names.push_back(name);
    for (int round = 0; round < 1000; ++round) {
        auto answers = reference;
        for (int change = 0; change < 40; ++change) {
            answers[names[random() % names.size()]] = oddities[random() % oddities.size()];
        }
        const auto lecture = read(shipped(), answers);
        REQUIRE(lecture.precisions.size() <= shipped().precisions().size());
        REQUIRE(lecture.faits.nombreOccupants >= 0);
    }
    for (const auto& document : oddities) CHECK(precisionsOf(shipped(), document).empty());
    auto zones = reference;
    zones["categorieDisorders"] = {{"batiment", "x"},
                                   {"logement", {1, nullptr, "desordres_logement_bruit", "inconnue"}}};
    CHECK(slugs(precisionsOf(shipped(), zones)).size() > 2);
}

TEST_CASE("every sample of the form reads as the reference says") {
    const std::vector<std::pair<std::string, std::size_t>> samples{
        {"bailleur.json", 0},
        {"bailleur_occupant.json", 3},
        {"locataire.json", 5},
        {"locataire_all_in.json", 64},
        {"locataire_injonction.json", 3},
        {"post_check__locataire.json", 0},
        {"service_secours.json", 0},
        {"step__info_procedure_bail__tiers_particulier.json", 0},
        {"step__validation_signalement__bailleur.json", 1},
        {"step__validation_signalement__bailleur_occupant.json", 1},
        {"step__validation_signalement__locataire.json", 2},
        {"step__validation_signalement__service_secours.json", 1},
        {"tiers_particulier.json", 2},
        {"tiers_pro.json", 0},
    };
    for (const auto& [name, count] : samples) {
        INFO(name);
        CHECK(precisionsOf(shipped(), samplePayload(name)).size() == count);
    }
}
