#include "tools/environment/variables.hpp"

#include <catch2/catch.hpp>

#include "tools/environment/environment.hpp"

using namespace histologe::environment;

namespace {

const std::map<std::string, std::string> kFacts{{"databaseUrl", "postgresql://x"},
                                                {"port", "8101"},
                                                {"adminPort", "9101"},
                                                {"uploadPort", "8201"},
                                                {"redisUrl", "redis://x"},
                                                {"smtpUrl", "smtp"},
                                                {"apiDocument", "doc"},
                                                {"dataDir", "data"},
                                                {"filesDir", "fichiers"},
                                                {"antivirus", "none"},
                                                {"linkSecrets", "secret"},
                                                {"authKeysFile", "cles.json"},
                                                {"accessKeyFile", "acces.json"},
                                                {"signingKeyFile", "cle.json"},
                                                {"frontOrigins", ""},
                                                {"publicUrl", "http://x"},
                                                {"logLevel", "info"},
                                                {"partitions", "16"}};

}  // namespace

TEST_CASE("every service gets its own variables and no other's") {
    for (const auto& service : services()) {
        INFO(service);
        const auto variables = serviceVariables(service, kFacts);
        std::string capitals = service;
        std::transform(capitals.begin(), capitals.end(), capitals.begin(), ::toupper);
        CHECK(variables.at("HISTOLOGE_" + capitals + "_PORT") == "8101");
        CHECK(variables.at("HISTOLOGE_" + capitals + "_DATABASE_URL") == "postgresql://x");
        CHECK(variables.count("HISTOLOGE_INTAKE_UPLOAD_PORT") == (service == "intake" ? 1 : 0));
        CHECK(variables.count("HISTOLOGE_NOTIFICATION_SMTP_URL") == (service == "notification" ? 1 : 0));
        for (const auto& [name, value] : variables) {
            CHECK(name.find('{') == std::string::npos);
        }
    }
}

TEST_CASE("a fact that is missing is named") {
    CHECK_THROWS_WITH(serviceVariables("scoring", {{"databaseUrl", "x"}}), Catch::Contains("{port}"));
}
