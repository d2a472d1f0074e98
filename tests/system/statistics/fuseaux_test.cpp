// Months and years are those of the territory's calendar.
#include <catch2/catch.hpp>

#include "libs/postgres/connection.hpp"
#include "tests/system/statistics/support.hpp"

using namespace histologe;
using namespace histologe::statistics;
using namespace histologe::statistics::essai;
using namespace std::chrono_literals;

namespace {

core::Instant at(const char* text) {
    return *core::parseInstant(text);
}

std::string monthOf(Base& base, const std::string& code, const std::string& utc) {
    const auto id = uuid(1);
    base.apply({depose(id, {{"territoire", code}}, *core::parseInstant(utc)), cree(id, "ACTIVE")});
    return base.lignes("SELECT to_char(mois, 'YYYY-MM') FROM dossiers");
}

}  // namespace

TEST_CASE("a dossier stands in the month in which people of its territory declared it") {
    Base base;
    base.apply({territoire("13", "Bouches-du-Rhône"), territoire("974", "La Réunion", true, "Indian/Reunion"),
                territoire("976", "Mayotte", true, "Indian/Mayotte"),
                territoire("972", "Martinique", true, "America/Martinique")});
    CHECK(monthOf(base, "13", "2026-07-31T21:59:59Z") == "2026-07\n");  // summer time, UTC+2
    CHECK(monthOf(base, "13", "2026-07-31T22:00:00Z") == "2026-08\n");
    CHECK(monthOf(base, "13", "2026-01-31T22:59:59Z") == "2026-01\n");  // winter time, UTC+1
    CHECK(monthOf(base, "13", "2026-01-31T23:00:00Z") == "2026-02\n");
    CHECK(monthOf(base, "974", "2025-12-31T19:59:59Z") == "2025-12\n");  // UTC+4
    CHECK(monthOf(base, "974", "2025-12-31T20:00:00Z") == "2026-01\n");
    CHECK(monthOf(base, "976", "2025-12-31T20:59:59Z") == "2025-12\n");  // UTC+3
    CHECK(monthOf(base, "976", "2025-12-31T21:00:00Z") == "2026-01\n");
    CHECK(monthOf(base, "972", "2026-01-01T03:59:59Z") == "2025-12\n");  // UTC-4
    CHECK(monthOf(base, "972", "2026-01-01T04:00:00Z") == "2026-01\n");
    CHECK(monthOf(base, "99", "2026-01-31T23:00:00Z") == "2026-02\n");  // not known: that of Paris
    CHECK(base.ecarts().empty());
}

TEST_CASE("this year is the year of the territory, for the country that of Paris") {
    Base base;
    base.apply({territoire("974", "La Réunion", true, "Indian/Reunion"), territoire("13", "Bouches-du-Rhône"),
                depose(uuid(1), {{"territoire", "974"}}, at("2025-12-31T20:30:00Z")), cree(uuid(1), "ACTIVE"),
                depose(uuid(2), {{"territoire", "13"}}, at("2025-12-31T20:30:00Z")), cree(uuid(2), "ACTIVE")});
    base.clock().set(at("2025-12-31T20:31:00Z"));
    CHECK(base.chiffres("974").at("signalement_per_month_this_year").dump() == R"({"Janvier 2026":1})");
    CHECK(base.chiffres("13").at("signalement_per_month_this_year").dump() == R"({"Décembre 2025":1})");
    CHECK(base.chiffres().at("signalement_per_month_this_year").dump() == R"({"Décembre 2025":1})");
    base.clock().set(at("2025-12-31T23:00:00Z"));
    CHECK(base.chiffres("13").at("signalement_per_month_this_year").dump() == "{}");
    CHECK(base.chiffres().at("signalement_per_month_this_year").dump() == R"({"Janvier 2026":1})");
}

TEST_CASE("when a territory's zone becomes known its dossiers move to their months, counters with them") {
    Base base;
    base.apply({depose(uuid(1), {{"territoire", "974"}}, at("2025-12-31T20:30:00Z")), cree(uuid(1), "ACTIVE"),
                evalue(uuid(1), {"desordres_batiment_proprete_interieur"})});
    CHECK(base.chiffres("974").at("signalement_per_month").dump() == R"({"Décembre 2025":1})");
    base.apply({territoire("974", "La Réunion", true, "Indian/Reunion")});
    CHECK(base.chiffres("974").at("signalement_per_month").dump() == R"({"Janvier 2026":1})");
    CHECK(base.lignes("SELECT annee::text FROM compteurs_desordres WHERE nombre <> 0") == "2026\n");
    CHECK(base.ecarts().empty());

    SECTION("what was said of the territory earlier changes nothing") {
        base.apply({territoire("974", "Ancien nom", false, "Europe/Paris", present() - 1h)});
        CHECK(base.chiffres().at("list_territoires").dump() == R"({"974":"974 - La Réunion"})");
        CHECK(base.chiffres("974").at("signalement_per_month").dump() == R"({"Janvier 2026":1})");
    }
    SECTION("a zone that does not exist is refused whole") {
        CHECK_THROWS_AS(base.apply({territoire("974", "La Réunion", true, "Indian/Nulle_Part", present() + 1h)}),
                        postgres::SqlError);
        CHECK(base.lignes("SELECT fuseau FROM territoires") == "Indian/Reunion\n");
    }
}
