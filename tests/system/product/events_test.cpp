// What the services say to each other is what api/events describes, and holds no more of a person than that.
#include <catch2/catch.hpp>
#include <filesystem>
#include <map>

#include "libs/core/clock.hpp"
#include "libs/core/files.hpp"
#include "libs/http/schema.hpp"
#include "tests/system/product/platform.hpp"

using namespace histologe;
using namespace histologe::product;

namespace {

constexpr char kDefinitions[] = "#/$defs/";

// The schemas by event type; what only names a document is no rule.
std::map<std::string, http::Schema> schemas() {
    std::map<std::string, http::Schema> compiled;
    for (const auto& file : std::filesystem::directory_iterator(HISTOLOGE_SOURCE_DIR "/api/events")) {
        if (file.path().extension() != ".json") continue;
        // The compiler knows the references of an OpenAPI document: a schema's own definitions become its components.
        auto text = core::readFile(file.path());
        for (auto at = text.find(kDefinitions); at != std::string::npos; at = text.find(kDefinitions)) {
            text.replace(at, sizeof kDefinitions - 1, "#/components/schemas/");
        }
        auto schema = core::parseJson(text);
        const auto definitions = schema.contains("$defs") ? schema.at("$defs") : core::Json::object();
        for (const char* name : {"$schema", "$id", "$defs"}) schema.erase(name);
        http::SchemaCompiler compiler(definitions);
        compiled.emplace(schema.at("title").get<std::string>(), compiler.compile(schema, file.path().filename()));
    }
    return compiled;
}

}  // namespace

TEST_CASE("every event that a report leads to matches its schema") {
    auto payload = sample("locataire_all_in.json");
    const auto draft = beginDraft(payload);
    REQUIRE(submit(draft, payload).status == 200);
    environment::Sql sql(platform().superuserUrl());
    const auto id = *sql.rows("SELECT uuid FROM intake.signalements WHERE brouillon = $1::uuid", {draft})[0][0];
    REQUIRE(waitFor("SELECT count(*) FROM routing.affectations WHERE signalement = '" + id + "'", "6") == "6");
    REQUIRE(waitFor("SELECT count(*) FROM notification.evenements WHERE sujet = '" + id + "'", "8") == "8");

    const auto known = schemas();
    std::map<std::string, int> seen;
    for (const auto& service : environment::services()) {
        for (const auto& row : sql.rows("SELECT id, type, sujet, cree_le, donnees, personnel FROM " + service +
                                        ".evenements ORDER BY numero")) {
            core::Json event = {{"specversion", "1.0"},
                                {"id", *row[0]},
                                {"type", *row[1]},
                                {"source", service},
                                {"subject", *row[2]},
                                {"time", core::toRfc3339(*core::parseInstant(*row[3]))},
                                {"datacontenttype", "application/json"},
                                {"data", core::parseJson(*row[4])}};
            if (*row[5] != "{}") event["personnel"] = core::parseJson(*row[5]);
            ++seen[*row[1]];
            const auto schema = known.find(*row[1]);
            REQUIRE(schema != known.end());
            for (const auto& violation : schema->second.check(event)) {
                FAIL_CHECK(*row[1] << ": " << violation.champ << " " << violation.code);
            }
        }
    }
    CHECK(seen.size() == 8);  // the eight types of asyncapi.yaml
}

TEST_CASE("no name, address or number of a person is in the data of an event, nor in a log") {
    environment::Sql sql(platform().superuserUrl());
    for (const auto& service : environment::services()) {
        for (const char* secret : {"@example.org", "+33", "Ficelle", "Rue de la republique"}) {
            INFO(service << " " << secret);
            CHECK(sql.rows("SELECT count(*) FROM " + service + ".evenements WHERE position($1 in donnees::text) > 0",
                           {secret})[0][0] == "0");
            CHECK(core::readFile(platform().log(service + "-0")).find(secret) == std::string::npos);
        }
    }
}
