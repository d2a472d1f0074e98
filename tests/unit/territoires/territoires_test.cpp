#include "libs/domain/territoires/territoires.hpp"

#include <algorithm>
#include <tuple>

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

TEST_CASE("D-43 the INSEE code decides, not the postcode: communes served by the post of another department") {
    const std::vector<std::tuple<const char*, const char*, const char*>> expected{
        {"01200", "74109", "74"}, {"34260", "12067", "12"}, {"82160", "12167", "12"},
        {"44590", "35124", "35"}, {"73670", "38446", "38"}, {"52100", "51478", "51"},
    };
    for (const auto& [cp, code, zip] : expected) {
        INFO(cp << " " << code);
        CHECK(realCommunes().find(postal(cp), insee(code)).has_value());
        CHECK(realTerritoires().territoireOf(insee(code))->code.str() == zip);
        const auto desserte = desserteOf(realTerritoires(), realCommunes(), postal(cp), insee(code));
        CHECK(desserte.etat != EtatDesserte::CommuneInconnue);
        CHECK(desserte.territoire->str() == zip);
    }
}

TEST_CASE("D-44 a Corsican code is a code like any other") {
    CHECK(CodeInsee::parse("2A004")->str() == "2A004");
    CHECK(territoire<CodeInsee>("2A004") == "2A");
    CHECK(desserteOf(realTerritoires(), realCommunes(), postal("20000"), insee("2A004")).etat == EtatDesserte::Ouvert);
}

TEST_CASE("D-45 D-47 a whole city's code becomes an arrondissement first, then the pair is checked") {
    const Communes& communes = realCommunes();
    CHECK(codeActuel(communes, postal("13001"), insee("13055")) == insee("13201"));
    CHECK(codeActuel(communes, postal("69001"), insee("69123")) == insee("69381"));
    CHECK(desserteOf(realTerritoires(), communes, postal("13001"), insee("13055")).etat == EtatDesserte::Ouvert);
    // A pair that is really in no row is refused.
    CHECK(desserteOf(realTerritoires(), communes, postal("13002"), insee("13055")).etat == EtatDesserte::CommuneInconnue);
    CHECK(desserteOf(realTerritoires(), communes, postal("44000"), insee("13201")).etat == EtatDesserte::CommuneInconnue);
}

TEST_CASE("D-48 both codes of a merged commune lead to the new one") {
    const auto communes = realCommunes().withFusions({{insee("49069"), insee("49126"), "Orée-d'Anjou"}});
    CHECK(communes.actuelle(insee("49069")) == insee("49126"));
    CHECK(communes.actuelle(insee("49126")) == insee("49126"));
    CHECK(communes.size() == realCommunes().size());
    CHECK(communes.find(postal("49530"), insee("49126"))->nom == "Orée-d'Anjou");
    CHECK_FALSE(communes.find(postal("49530"), insee("49069")).has_value());
    for (const auto* code : {"49069", "49126"}) {
        const auto desserte = desserteOf(realTerritoires(), communes, postal("49530"), insee(code));
        CHECK(desserte.etat == EtatDesserte::Ouvert);
        CHECK(desserte.territoire->str() == "49");
    }
    // Without the merger the new code is unknown, which is how the form came to refuse it.
    CHECK(desserteOf(realTerritoires(), realCommunes(), postal("49530"), insee("49126")).etat ==
          EtatDesserte::CommuneInconnue);
}

TEST_CASE("mergers follow each other, and one in a circle is none") {
    const auto chain = realCommunes().withFusions({{insee("01001"), insee("01002"), "B"}, {insee("01002"), insee("01004"), "C"}});
    CHECK(chain.actuelle(insee("01001")) == insee("01004"));
    CHECK(chain.actuelle(insee("01002")) == insee("01004"));
    const auto later = realCommunes()
                           .withFusions({{insee("01001"), insee("01002"), "B"}})
                           .withFusions({{insee("01002"), insee("01004"), "C"}});
    CHECK(later.actuelle(insee("01001")) == insee("01004"));
    const auto circle = realCommunes().withFusions({{insee("01001"), insee("01002"), "B"}, {insee("01002"), insee("01001"), "A"}});
    CHECK(circle.actuelle(insee("01001")) == insee("01001"));
    CHECK(circle.size() == realCommunes().size());
    CHECK(realCommunes().withFusions({}).size() == realCommunes().size());
    // The order of the file within a postcode is that of before.
    CHECK(realCommunes().withFusions({}).ofPostal(postal("13005"))[0].codeInsee == insee("13204"));
}

TEST_CASE("a merged commune is open as the one that it became, and changes territoire with it") {
    const auto merged = realCommunes().withFusions({{insee("29019"), insee("29999"), "Brest Nouvelle"},
                                                    {insee("49144"), insee("44180"), "Vallons-de-l'Erdre"}});
    const auto territoires = codesActuels(realTerritoires(), merged);
    CHECK(territoires.isOpen(insee("29999")));
    CHECK_FALSE(realTerritoires().isOpen(insee("29999")));
    CHECK_FALSE(territoires.isOpen(insee("29019")));
    CHECK(territoires.territoireOf(merged.actuelle(insee("49144")))->code.str() == "44");
}

TEST_CASE("a list of open communes closes the others of its territoire, and Rhône's two lists close 177") {
    std::size_t closed = 0;
    std::size_t all = 0;
    std::string last;
    for (std::size_t row = 0; row < realCommunes().size(); ++row) {
        const auto code = realCommunes().at(row).codeInsee;
        if (!code.view().starts_with("69") || code.str() == last) continue;
        last = code.str();
        ++all;
        closed += realTerritoires().isOpen(code) ? 0 : 1;
    }
    CHECK(all == 275);
    CHECK(closed == 177);
}

TEST_CASE("the closed territoires of a new installation are those of the reference, and closing is data") {
    const std::vector<std::string> expected{"05", "11", "15", "22", "56", "61", "65", "74", "75",
                                            "77", "79", "82", "83", "91", "92", "94", "95", "976"};
    std::vector<std::string> closed;
    for (const auto& one : realTerritoires().all()) {
        if (!one.actif) closed.push_back(one.code.str());
    }
    std::sort(closed.begin(), closed.end());
    CHECK(closed == expected);
}

TEST_CASE("overseas territoires live in their own time") {
    const std::vector<std::pair<const char*, const char*>> zones{{"971", "America/Guadeloupe"},
                                                                 {"972", "America/Martinique"},
                                                                 {"973", "America/Cayenne"},
                                                                 {"974", "Indian/Reunion"},
                                                                 {"976", "Indian/Mayotte"}};
    for (const auto& [code, zone] : zones) {
        CHECK(realTerritoires().find(*CodeTerritoire::parse(code))->fuseau == zone);
    }
    for (const auto& one : realTerritoires().all()) {
        if (one.code.view().size() < 3 || one.code.str() == "69A") CHECK(one.fuseau == "Europe/Paris");
    }
    for (const auto* none : {"975", "977", "978", "986", "987", "988"}) {
        CHECK(realTerritoires().find(*CodeTerritoire::parse(none)) == nullptr);
    }
}
