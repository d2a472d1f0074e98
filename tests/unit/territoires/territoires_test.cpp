#include "libs/domain/territoires/territoires.hpp"

#include <catch2/catch.hpp>

#include "libs/core/error.hpp"
#include "libs/domain/territoires/desserte.hpp"
#include "tests/unit/territoires/data.hpp"

using namespace histologe::domain;

namespace {

template <typename Code>
std::string territoire(std::string_view text) {
    const auto* found = realTerritoires().territoireOf(Code::parse(text).value());
    return found == nullptr ? "none" : found->code.str();
}

Territoires withCommunes(std::string_view code, std::vector<CodeInsee> communes, bool actif = true) {
    Territoire changed;
    changed.code = CodeTerritoire::parse(code).value();
    changed.actif = actif;
    changed.communesAutorisees = std::move(communes);
    return realTerritoires().with(changed);
}

}  // namespace

TEST_CASE("the shipped table holds the 102 territories") {
    const auto& table = realTerritoires();
    REQUIRE(table.all().size() == 102);
    const auto* rhone = table.find(*CodeTerritoire::parse("69"));
    const auto* metropole = table.find(*CodeTerritoire::parse("69A"));
    REQUIRE(rhone != nullptr);
    REQUIRE(metropole != nullptr);
    CHECK(rhone->communesAutorisees.size() == 31);
    CHECK(metropole->communesAutorisees.size() == 68);
    CHECK(table.find(*CodeTerritoire::parse("29"))->communesAutorisees.size() == 2);
    CHECK(table.find(*CodeTerritoire::parse("974"))->fuseau == "Indian/Reunion");
    CHECK(table.find(*CodeTerritoire::parse("20")) == nullptr);
    CHECK(table.find(*CodeTerritoire::parse("975")) == nullptr);
    std::size_t closed = 0;
    for (const auto& one : table.all()) closed += one.actif ? 0 : 1;
    CHECK(closed == 18);
}

TEST_CASE("the territory of a commune") {
    const std::vector<std::pair<const char*, const char*>> expected{
        {"13202", "13"},   {"01173", "01"},   {"1173", "01"},    {"2A004", "2A"},   {"2B033", "2B"},
        {"69123", "69A"},  {"69381", "69A"},  {"69091", "69A"},  {"69264", "69"},   {"69060", "69"},
        {"97411", "974"},  {"97209", "972"},  {"97608", "976"},  {"97502", "none"}, {"97701", "none"},
        {"97801", "none"}, {"98611", "none"}, {"98735", "none"}, {"98818", "none"}, {"98000", "none"},
        {"00001", "none"}, {"20004", "2A"},   {"96001", "none"}, {"75056", "75"},
    };
    for (const auto& [code, zip] : expected) {
        INFO(code);
        CHECK(territoire<CodeInsee>(code) == zip);
    }
}

TEST_CASE("the territory of a postcode") {
    const std::vector<std::pair<const char*, const char*>> expected{
        {"20167", "2A"},  {"20000", "2A"},  {"20200", "2B"}, {"20600", "2B"},   {"20300", "none"},
        {"97400", "974"}, {"97200", "972"}, {"13002", "13"}, {"97500", "none"}, {"69123", "69A"},
    };
    for (const auto& [code, zip] : expected) {
        INFO(code);
        CHECK(territoire<CodePostal>(code) == zip);
    }
}

TEST_CASE("every commune of the table has its territory") {
    std::size_t orphans = 0;
    std::size_t open = 0;
    for (std::size_t row = 0; row < realCommunes().size(); ++row) {
        const auto code = realCommunes().at(row).codeInsee;
        orphans += realTerritoires().territoireOf(code) == nullptr ? 1 : 0;
        open += realTerritoires().isOpen(code) ? 1 : 0;
    }
    CHECK(orphans == 0);
    CHECK(open > 20000);
    CHECK(open < realCommunes().size());
}

TEST_CASE("open means active and listed") {
    CHECK(realTerritoires().isOpen(insee("13202")));
    CHECK(realTerritoires().isOpen(insee("2A004")));
    CHECK(realTerritoires().isOpen(insee("69381")));
    CHECK(realTerritoires().isOpen(insee("69054")));
    CHECK(realTerritoires().isOpen(insee("29232")));
    CHECK_FALSE(realTerritoires().isOpen(insee("29001")));
    CHECK_FALSE(realTerritoires().isOpen(insee("69264")));
    CHECK_FALSE(realTerritoires().isOpen(insee("75101")));
    CHECK_FALSE(realTerritoires().isOpen(insee("97701")));
}

TEST_CASE("a changed territory makes a new table and leaves the old one alone") {
    const auto closed = withCommunes("13", {}, false);
    CHECK_FALSE(closed.isOpen(insee("13202")));
    CHECK(realTerritoires().isOpen(insee("13202")));
    CHECK(closed.all().size() == 102);

    const auto narrowed = withCommunes("13", {insee("13204"), insee("13202"), insee("13202")});
    CHECK(narrowed.isOpen(insee("13202")));
    CHECK_FALSE(narrowed.isOpen(insee("13201")));
    CHECK(narrowed.find(*CodeTerritoire::parse("13"))->communesAutorisees.size() == 2);

    const auto grown = withCommunes("975", {});
    CHECK(grown.all().size() == 103);
    CHECK(grown.isOpen(insee("97502")));

    // A commune that leaves the list of 69A falls back to 69.
    const auto without = withCommunes("69A", {insee("69381")});
    CHECK(without.territoireOf(insee("69123"))->code.str() == "69");
}

TEST_CASE("whole-city codes become their first arrondissement, nothing else moves") {
    CHECK(normaliseInsee(postal("13001"), insee("13055")) == insee("13201"));
    CHECK(normaliseInsee(postal("69001"), insee("69123")) == insee("69381"));
    CHECK(normaliseInsee(postal("13002"), insee("13202")) == insee("13202"));
    CHECK(normaliseInsee(postal("13002"), insee("13055")) == insee("13055"));
    CHECK(normaliseInsee(postal("69002"), insee("69123")) == insee("69123"));
}

TEST_CASE("the first screen of the form") {
    const auto ask = [](std::string_view cp, std::string_view code) {
        return desserteOf(realTerritoires(), realCommunes(), postal(cp), CodeInsee::parse(code));
    };
    CHECK(ask("13002", "13202").etat == EtatDesserte::Ouvert);
    CHECK(ask("13002", "13202").territoire->str() == "13");
    CHECK(ask("13001", "13055").etat == EtatDesserte::Ouvert);
    CHECK(ask("69001", "69123").territoire->str() == "69A");
    CHECK(ask("13002", "13201").etat == EtatDesserte::CommuneInconnue);
    CHECK(ask("75001", "75101").etat == EtatDesserte::Ferme);
    CHECK(ask("75001", "75101").territoire->str() == "75");

    CHECK(ask("13002", "").etat == EtatDesserte::Ouvert);
    CHECK(ask("75001", "").etat == EtatDesserte::Ferme);
    CHECK(ask("99999", "").etat == EtatDesserte::Ferme);
    CHECK_FALSE(ask("99999", "").territoire.has_value());
    // The commune decides, not the postcode: 05110 also serves Claret (04058), of an open department.
    CHECK(ask("05110", "").territoire->str() == "04");
    CHECK(ask("05110", "").etat == EtatDesserte::Ouvert);
}

TEST_CASE("a table that cannot be read stops with a code") {
    const auto refusal = [](const std::string& text) -> std::string {
        try {
            Territoires::fromJson(text);
        } catch (const histologe::core::Error& error) {
            return error.code();
        }
        return "accepted";
    };
    CHECK(refusal("[") == "json_malforme");
    CHECK(refusal("{}") == "territoires_illisibles");
    CHECK(refusal(R"({"territoires": [{"code": "x"}]})") == "territoires_illisibles");
    const std::string ain =
        R"({"code":"01","nom":"Ain","actif":true,"fuseau":"Europe/Paris","emprise":null,"communesAutorisees":[],)"
        R"("grilleVisiteDesactivee":false})";
    CHECK(refusal("{\"territoires\":[" + ain + "]}") == "accepted");
    CHECK(refusal("{\"territoires\":[" + ain + "," + ain + "]}") == "territoire_en_double");
}
