// Hostile and broken requests through the gateway: always a problem document with a 4xx, and the service goes on.
#include <catch2/catch.hpp>

#include "tests/system/product/platform.hpp"

using namespace histologe;
using namespace histologe::product;

namespace {

void refused(const Answer& answer, int status) {
    CHECK(answer.status == status);
    CHECK(answer.isProblem());
}

void stillServing() { CHECK(request("GET", "/checkterritory?cp=13002&insee=13202").status == 200); }

}  // namespace

TEST_CASE("bodies that are not what they should be") {
    const std::string path = "/signalement-draft/envoi";
    for (const std::string& body : {std::string(), std::string("{"), std::string("null"), std::string("[]"),
                                    std::string("\"texte\""), std::string("{}"), std::string("{\"profil\": \"\xff\xfe\"}"),
                                    std::string("{\"profil\":\"locataire\",\"profil\":\"bailleur\"}"),
                                    std::string(10000, '[') + std::string(10000, ']'), std::string(10000, '['),
                                    "{\"a\":" + std::string(10000, '[') + std::string(10000, ']') + "}",
                                    std::string("{\"profil\": 12}"), std::string("{\"profil\": {\"a\": 1}}"),
                                    std::string("{\"profil\": \"locataire\", \"x\": \"a\\u0000b\"}")}) {
        INFO(body.substr(0, 40));
        refused(request("POST", path, body), 400);
    }
    refused(request("POST", path, "profil=locataire", "application/x-www-form-urlencoded"), 415);
    refused(request("POST", path, "{}", "text/plain"), 415);
    refused(request("POST", path, "{\"a\":\"" + std::string(1100 * 1024, 'x') + "\"}"), 413);
    stillServing();
}

TEST_CASE("wrong types of every answer are violations, never a failure") {
    const auto payload = sample("step__validation_signalement__locataire.json");
    for (const auto& wrong : {core::Json(nullptr), core::Json(-1), core::Json(true), core::Json::array({1}),
                              core::Json{{"a", 1}}, core::Json(std::string(3000, 'x')), core::Json("\xF0\x9F\x8F\x9A")}) {
        auto broken = payload;
        for (auto& [key, value] : broken.items()) {
            if (key != "profil" && key != "currentStep") value = wrong;
        }
        const auto answer = request("POST", "/signalement-draft/envoi", core::dumpJson(broken));
        INFO(core::dumpJson(wrong).substr(0, 30));
        refused(answer, 400);
        CHECK(answer.json().at("violations").size() > 3);
    }
    stillServing();
}

TEST_CASE("unknown paths, methods and drafts") {
    refused(request("GET", "/nulle/part"), 404);
    refused(request("GET", "/signalement-draft/" + std::string(36, 'a') + "/informations"), 404);
    refused(request("GET", "/signalement-draft/00000000-0000-4000-8000-000000000000/informations"), 404);
    refused(request("GET", "/signalement-draft/'%20OR%201=1--/informations"), 404);
    const auto method = request("DELETE", "/signalement-draft/envoi");
    refused(method, 405);
    CHECK_FALSE(method.header("Allow").empty());
    refused(request("GET", "/checkterritory?cp=" + std::string(300, '1')), 400);
    refused(request("GET", "/checkterritory?cp=%FF%FE"), 400);
    stillServing();
}

TEST_CASE("oversized headers and targets") {
    const auto target = request("GET", "/checkterritory?cp=" + std::string(20000, 'a'));
    CHECK(target.status == 414);
    CHECK(target.isProblem());
    const auto headers = request("GET", "/checkterritory?cp=13002", {}, {}, {{"X-Long", std::string(70000, 'a')}});
    CHECK((headers.status == 431 || headers.status == 400));
    CHECK(headers.isProblem());
    stillServing();
}

TEST_CASE("a front of another origin may call us, and only a configured one") {
    const Headers preflight = {{"Origin", platform().settings().frontOrigin},
                               {"Access-Control-Request-Method", "PUT"},
                               {"Access-Control-Request-Headers", "content-type"}};
    const auto allowed = request("OPTIONS", "/signalement-draft/00000000-0000-4000-8000-000000000000/envoi", {}, {}, preflight);
    CHECK(allowed.status == 204);
    CHECK(allowed.header("Access-Control-Allow-Origin") == platform().settings().frontOrigin);
    const auto simple = request("GET", "/public/api/dictionary", {}, {}, {{"Origin", platform().settings().frontOrigin}});
    CHECK(simple.header("Access-Control-Allow-Origin") == platform().settings().frontOrigin);
    const auto stranger = request("GET", "/public/api/dictionary", {}, {}, {{"Origin", "https://ailleurs.example"}});
    CHECK(stranger.header("Access-Control-Allow-Origin").empty());
}

TEST_CASE("an Idempotency-Key makes a repeated creation one creation") {
    const auto body = core::dumpJson(sample("step__validation_signalement__locataire.json"));
    const Headers key = {{"Idempotency-Key", "essai-une-fois"}};
    const auto first = request("POST", "/signalement-draft/envoi", body, "application/json", key);
    const auto second = request("POST", "/signalement-draft/envoi", body, "application/json", key);
    CHECK(first.status == 200);
    CHECK(second.body == first.body);
    CHECK(second.header("Idempotency-Replayed") == "true");
    const auto other = request("POST", "/signalement-draft/envoi",
                               core::dumpJson(sample("locataire_all_in.json")), "application/json", key);
    refused(other, 422);
}

TEST_CASE("limits are told before they are reached") {
    const auto answer = request("GET", "/checkterritory?cp=13002&insee=13202");
    CHECK(answer.header("RateLimit-Limit") == "6000");
    CHECK_FALSE(answer.header("RateLimit-Remaining").empty());
    CHECK_FALSE(answer.header("RateLimit-Reset").empty());
}
