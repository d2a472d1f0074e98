// The operation: what is asked, what is answered.
#include <catch2/catch.hpp>

#include "libs/http/contract.hpp"
#include "libs/http/schema.hpp"
#include "tests/system/statistics/support.hpp"

using namespace histologe;
using namespace histologe::statistics;
using namespace histologe::statistics::essai;

namespace {

std::vector<core::Violation> violations(const http::Response& response) {
    const auto contract = http::Contract::load(HISTOLOGE_BINARY_DIR "/api/openapi.json");
    const auto* operation = contract.find("getStatistiquesPubliques");
    REQUIRE(operation != nullptr);
    CHECK(operation->service == "statistics");
    CHECK(operation->path == "/statistiques-filter");
    CHECK(operation->scope.empty());
    const auto& schema = operation->responseSchemas.at("200").at("application/json");
    return http::SchemaCompiler(contract.schemas()).compile(schema, "answer").check(core::parseJson(response.body));
}

std::string describe(const std::vector<core::Violation>& list) {
    std::string text;
    for (const auto& one : list) text += one.champ + " " + one.code + "\n";
    return text;
}

}  // namespace

TEST_CASE("the answer is what the contract says, empty and full") {
    Base base;
    const auto empty = base.get();
    CHECK(empty.status == 200);
    CHECK(empty.headers.get("Content-Type") == "application/json; charset=utf-8");
    CHECK(empty.headers.get("Cache-Control") == "no-cache");
    CHECK(describe(violations(empty)).empty());

    base.apply({territoire("13", "Bouches-du-Rhône"), depose(uuid(1), {}), cree(uuid(1), "ACTIVE"),
                modifie(uuid(1), "CLOSED", present(), "RSD"), depose(uuid(2), {}), cree(uuid(2), "NEED_VALIDATION"),
                evalue(uuid(2), {"desordres_batiment_proprete_interieur",
                                 "desordres_logement_humidite_piece_a_vivre_details_machine_non"})});
    CHECK(describe(violations(base.get())).empty());
    CHECK(describe(violations(base.get("13"))).empty());
    CHECK(base.chiffres().at("count_signalement") == 2);
}

TEST_CASE("whatever is no territory means the whole country") {
    Base base;
    base.apply({territoire("13", "Bouches-du-Rhône"), territoire("75", "Paris", false), depose(uuid(1), {}),
                cree(uuid(1), "ACTIVE"), depose(uuid(2), {{"territoire", "69A"}}), cree(uuid(2), "ACTIVE")});
    const auto whole = base.chiffres();
    CHECK(whole.at("signalement_per_statut").at("ACTIVE").at("count") == 2);
    for (const std::string value :
         {"", "all", "ALL", "99", "0", "-1", "1", "1e3", "13,69A", "13' OR '1'='1", "13; DROP TABLE dossiers", "null",
          "%31%33", "../13", "13\n69A", "１３", "Bouches-du-Rhône", "\xF0\x9F\x8F\xA0", "13\x01"}) {
        INFO(value);
        CHECK(base.chiffres(value) == whole);
    }
    CHECK(base.chiffres(std::string(100'000, '1')) == whole);

    CHECK(base.chiffres("13").at("signalement_per_statut").at("ACTIVE").at("count") == 1);
    CHECK(base.chiffres(" 13 ") == base.chiffres("13"));
    // Dossiers make a territory known before the directory says so; either case of its letter will do.
    CHECK(base.chiffres("69a").at("signalement_per_statut").at("ACTIVE").at("count") == 1);
    // A territory that is closed to the service is a territory all the same.
    CHECK(base.chiffres("75").at("signalement_per_statut").dump() == "{}");
    CHECK(base.chiffres("75").at("count_signalement") == 2);
}

TEST_CASE("figures may be as old as they are allowed to be, and say so") {
    Base base;
    StatistiquesPubliques publiques(base.pool(), catalogue(), base.clock(), std::chrono::seconds(3));
    const auto count = [&] { return core::parseJson(publiques.get({}).body).at("count_signalement").get<int>(); };
    CHECK(publiques.get({}).headers.get("Cache-Control") == "public, max-age=3");
    CHECK(count() == 0);
    base.apply({depose(uuid(1), {}), cree(uuid(1), "ACTIVE")});
    CHECK(count() == 0);
    base.clock().advance(std::chrono::seconds(3));
    CHECK(count() == 1);
}
