#include "services/notification/domain/reprise.hpp"

#include <catch2/catch.hpp>

#include "services/notification/domain/message_id.hpp"

using namespace histologe::notification;
using namespace std::chrono_literals;

TEST_CASE("delays grow, the last one repeats") {
    const PolitiqueReprise politique;
    CHECK(politique.delai(1, 0.5) == 30s);
    CHECK(politique.delai(2, 0.5) == 2min);
    CHECK(politique.delai(3, 0.5) == 10min);
    CHECK(politique.delai(4, 0.5) == 1h);
    CHECK(politique.delai(5, 0.5) == 6h);
    CHECK(politique.delai(60, 0.5) == 6h);
    CHECK(politique.delai(0, 0.5) == 30s);
    for (int essai = 1; essai < 5; ++essai) CHECK(politique.delai(essai, 1.0) < politique.delai(essai + 1, 0.0));
}

TEST_CASE("delays are jittered by a fifth at most, either way") {
    const PolitiqueReprise politique;
    CHECK(politique.delai(1, 0.0) == 24s);
    CHECK(politique.delai(1, 1.0) == 36s);
    CHECK(politique.delai(1, -4.0) == 24s);
    CHECK(politique.delai(1, 0.25) == 27s);
    PolitiqueReprise sans;
    sans.gigue = 0;
    CHECK(sans.delai(2, 0.0) == sans.delai(2, 0.99));
    sans.delais.clear();
    CHECK(sans.delai(3, 0.5) == 0ms);
}

TEST_CASE("a refusal for good ends it, a temporary one lasts five days") {
    const PolitiqueReprise politique;
    CHECK(politique.apres(Issue::Definitive, 1, 0ms, 0.5).suite == Suite::Abandonner);
    const Reprise encore = politique.apres(Issue::Temporaire, 3, 24h, 0.5);
    CHECK(encore.suite == Suite::Reessayer);
    CHECK(encore.dans == 10min);
    CHECK(politique.apres(Issue::Temporaire, 9, 24h * 5 - 1ms, 0.5).suite == Suite::Reessayer);
    CHECK(politique.apres(Issue::Temporaire, 9, 24h * 5, 0.5).suite == Suite::Abandonner);
}

TEST_CASE("the Message-ID follows from the row alone") {
    const std::string id = "0193a5b0-0000-7000-8000-000000000001";
    CHECK(messageId(id, "exemple.fr") == "<courriel." + id + "@exemple.fr>");
    CHECK(messageId(id, "exemple.fr") == messageId(id, "exemple.fr"));
}
