#include "libs/domain/desordres/catalogue.hpp"

#include <chrono>
#include <fstream>
#include <sstream>

#include <catch2/catch.hpp>

#include "libs/core/error.hpp"
#include "tests/unit/domain/shipped.hpp"

using namespace histologe::desordres;
using histologe::core::Error;
using histologe::core::Json;
using testing::shipped;

namespace {

Json dataFile() {
    std::ifstream input(HISTOLOGE_SOURCE_DIR "/libs/domain/desordres/data/catalogue-desordres.json");
    std::stringstream text;
    text << input.rdbuf();
    return histologe::core::parseJson(text.str());
}

std::string refusal(const Json& document) {
    try {
        Catalogue::fromJson(document);
    } catch (const Error& error) {
        return error.code() + " | " + error.what();
    }
    return "accepted";
}

std::size_t countPrecisions(bool Precision::*flag) {
    const auto& all = shipped().precisions();
    return static_cast<std::size_t>(
        std::count_if(all.begin(), all.end(), [&](const Precision& one) { return one.*flag; }));
}

}  // namespace

TEST_CASE("the catalogue in service holds what the reference counts") {
    const auto& catalogue = shipped();
    CHECK(catalogue.version() == "2026-06-05");
    CHECK(catalogue.categories().size() == 16);
    CHECK(catalogue.criteres().size() == 84);
    CHECK(catalogue.precisions().size() == 195);
    const auto inZone = [](const auto& list, Zone zone) {
        return std::count_if(list.begin(), list.end(), [&](const auto& one) { return one.zone == zone; });
    };
    CHECK(inZone(catalogue.criteres(), Zone::Batiment) == 34);
    CHECK(inZone(catalogue.criteres(), Zone::Logement) == 50);
    CHECK(inZone(catalogue.precisions(), Zone::Batiment) == 44);
    CHECK(inZone(catalogue.precisions(), Zone::Logement) == 151);
    const auto& criteres = catalogue.criteres();
    CHECK(std::count_if(criteres.begin(), criteres.end(), [&](const Critere& one) {
              return catalogue.categories()[one.categorie].contexte == Contexte::ServiceSecours;
          }) == 12);
    CHECK(std::count_if(criteres.begin(), criteres.end(),
                        [](const Critere& one) { return one.identifiantApi.has_value(); }) == 72);

    CHECK(countPrecisions(&Precision::danger) == 45);
    CHECK(countPrecisions(&Precision::insalubrite) == 11);
    CHECK(countPrecisions(&Precision::suroccupation) == 2);
    CHECK(countPrecisions(&Precision::unique) == 53);
    CHECK(catalogue.dangerous().size() == 45);
    CHECK(catalogue.insalubres().size() == 11);
    CHECK(catalogue.suroccupations().size() == 2);
    CHECK(catalogue.carrying(Qualification::NonDecence).size() == 144);
    CHECK(catalogue.carrying(Qualification::Rsd).size() == 134);
    CHECK(catalogue.carrying(Qualification::MiseEnSecuritePeril).size() == 53);
    CHECK(catalogue.carrying(Qualification::Insalubrite).size() == 45);
    CHECK(catalogue.carrying(Qualification::NonDecenceEnergetique).size() == 12);
    CHECK(catalogue.carrying(Qualification::Salete).size() == 5);
    CHECK(catalogue.carrying(Qualification::Assurantiel).size() == 4);
    CHECK(catalogue.carrying(Qualification::Danger).empty());
    CHECK(catalogue.carrying(Qualification::Suroccupation).empty());
}

TEST_CASE("the weights of each zone add up to what the reference says") {
    const auto& catalogue = shipped();
    int batiment = 0;
    int logement = 0;
    for (const auto& critere : catalogue.criteres()) {
        int highest = 0;
        for (const auto index : critere.precisions) highest = std::max(highest, catalogue.precision(index).poids);
        (critere.zone == Zone::Batiment ? batiment : logement) += highest;
    }
    CHECK(batiment == 84 * kPoidsParUnite);
    CHECK(logement == 158 * kPoidsParUnite);
}

TEST_CASE("a précision and its critère know each other, and have labels where people need them") {
    const auto& catalogue = shipped();
    for (std::size_t at = 0; at < catalogue.precisions().size(); ++at) {
        const auto& precision = catalogue.precisions()[at];
        const auto& critere = catalogue.critere(precision.critere);
        INFO(precision.slug);
        CHECK(catalogue.findPrecision(precision.slug) == static_cast<PrecisionIndex>(at));
        CHECK(std::count(critere.precisions.begin(), critere.precisions.end(), at) == 1);
        CHECK(precision.zone == critere.zone);
        CHECK((!precision.libelle.empty() || critere.precisions.size() == 1));
    }
    for (const auto& critere : catalogue.criteres()) {
        CHECK_FALSE(critere.libelle.empty());
        CHECK_FALSE(critere.precisions.empty());
        CHECK(catalogue.critere(*catalogue.findCritere(critere.slug)).slug == critere.slug);
    }
    CHECK(catalogue.findPrecision("inconnue") == std::nullopt);
    CHECK(catalogue.findCritere("inconnu") == std::nullopt);
}

TEST_CASE("slugs become a set, and a set its slugs and critères") {
    const auto& catalogue = shipped();
    const auto set =
        catalogue.setOf({"desordres_logement_bruit_voisins", "desordres_batiment_securite_sol_details_plancher_abime",
                         "desordres_batiment_securite_sol_details_plancher_effondre"});
    CHECK(set.size() == 3);
    CHECK(catalogue.slugsOf(set).size() == 3);
    const auto criteres = catalogue.criteresOf(set);
    REQUIRE(criteres.size() == 2);
    CHECK(catalogue.critere(criteres[0]).slug == "desordres_batiment_securite_sol");
    CHECK(catalogue.critere(criteres[1]).slug == "desordres_logement_bruit_voisins");
    CHECK(catalogue.poidsOf(set, Zone::Batiment) == 9 * kPoidsParUnite);
    CHECK(catalogue.poidsOf(set, Zone::Logement) == 1 * kPoidsParUnite);
    const auto codeOf = [&](const std::vector<std::string>& slugs) {
        try {
            return std::to_string(catalogue.setOf(slugs).size());
        } catch (const Error& error) {
            return error.code();
        }
    };
    CHECK(codeOf({"desordres_logement_bruit_voisins", "inconnue"}) == "precision_inconnue");
    CHECK(codeOf({}) == "0");
}

TEST_CASE("a catalogue that contradicts itself is refused, and the log says where") {
    const auto good = dataFile();
    REQUIRE(refusal(good) == "accepted");
    const auto broken = [&](const std::string& pointer, const Json& value) {
        auto document = good;
        document[Json::json_pointer(pointer)] = value;
        return refusal(document);
    };
    CHECK(broken("/precisions/1/slug", good["precisions"][0]["slug"]).find("précision twice") != std::string::npos);
    CHECK(broken("/criteres/1/slug", good["criteres"][0]["slug"]).find("critère twice") != std::string::npos);
    CHECK(broken("/precisions/3/coef", 0.03).find("weight of") != std::string::npos);
    CHECK(broken("/precisions/3/coef", -1).find("weight of") != std::string::npos);
    CHECK(broken("/precisions/3/coef", "3").find("catalogue_invalide") == 0);
    CHECK(broken("/precisions/3/marques", {"dangereux"}).find("mark dangereux") != std::string::npos);
    CHECK(broken("/precisions/3/qualifications", {"DIOGENE"}).find("qualification of") != std::string::npos);
    CHECK(broken("/precisions/3/critere", "inconnu").find("critère of") != std::string::npos);
    CHECK(broken("/criteres/3/zone", "CAVE").find("no zone CAVE") != std::string::npos);
    CHECK(broken("/criteres/3/categorie", "INCONNUE").find("no catégorie INCONNUE") != std::string::npos);
    CHECK(broken("/criteres/3/lecture/regle", "deviner").find("rule deviner") != std::string::npos);
    auto incomplete = good;
    incomplete["precisions"].erase(incomplete["precisions"].end() - 1);
    CHECK(refusal(incomplete).find("no précision under") != std::string::npos);
    CHECK(refusal(Json::object()).find("catalogue_invalide") == 0);
    CHECK(refusal(Json::array()).find("catalogue_invalide") == 0);
}

TEST_CASE("loading takes far less than a tenth of a second") {
    const auto start = std::chrono::steady_clock::now();
    const auto catalogue = loadShippedCatalogue();
    const auto elapsed = std::chrono::steady_clock::now() - start;
    CHECK(catalogue.precisions().size() == 195);
    CHECK(elapsed < std::chrono::milliseconds(100));
}
