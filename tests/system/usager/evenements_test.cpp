// What the space says to the other services is what api/events describes. The last of its program: it looks at
// everything that the tests before it led to.
#include <filesystem>
#include <map>

#include <catch2/catch.hpp>

#include "libs/core/files.hpp"
#include "libs/http/schema.hpp"
#include "tests/system/usager/usager.hpp"

using namespace histologe;
using namespace histologe::usager;

TEST_CASE("every event of the space matches its schema, and its data name nobody") {
    const auto dossier = declare();
    const auto mine = token(dossier);
    REQUIRE(ask(mine, "POST", "/espace-usager/messages", {{"texte", "Un message de plus."}}).status == 201);
    REQUIRE(suivis(dossier, "MESSAGE_USAGER", "1") == "1");
    environment::Sql sql(product::platform().superuserUrl());
    int checked = 0;
    for (const std::string type : {"usager.acte", "usager.tiers_invite", "usager.courriel_a_confirmer", "suivi.cree"}) {
        auto schema = core::parseJson(core::readFile(HISTOLOGE_SOURCE_DIR "/api/events/" + type + ".json"));
        for (const char* name : {"$schema", "$id"}) schema.erase(name);
        http::SchemaCompiler compiler(core::Json::object());
        const auto compiled = compiler.compile(schema, type);
        const std::string service = type == "suivi.cree" ? "routing" : "intake";
        for (const auto& row : sql.rows("SELECT id, sujet, cree_le, donnees, personnel FROM " + service +
                                        ".evenements WHERE type = '" + type + "'")) {
            const core::Json event = {{"specversion", "1.0"},
                                      {"id", *row[0]},
                                      {"type", type},
                                      {"source", service},
                                      {"subject", *row[1]},
                                      {"time", core::toRfc3339(*core::parseInstant(*row[2]))},
                                      {"datacontenttype", "application/json"},
                                      {"data", core::parseJson(*row[3])},
                                      {"personnel", core::parseJson(*row[4])}};
            for (const auto& violation : compiled.check(event)) {
                FAIL_CHECK(type << ": " << violation.champ << " " << violation.code << " " << *row[3]);
            }
            for (const char* secret : {"@example.org", "Ficelle", "Aidante", "+33"}) {
                CHECK(row[3]->find(secret) == std::string::npos);
            }
            ++checked;
        }
    }
    CHECK(checked > 2);
    for (const auto* service : {"intake", "routing", "notification"}) {
        const auto log = core::readFile(product::platform().log(std::string(service) + "-0"));
        for (const char* secret : {"@example.org", "Ficelle", "7KQM", "Aidante"}) {
            INFO(service << " " << secret);
            CHECK(log.find(secret) == std::string::npos);
        }
        CHECK(waitFor(std::string("SELECT count(*) FROM ") + service + ".lettres_mortes", "0") == "0");
    }
}
