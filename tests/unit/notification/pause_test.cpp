#include "services/notification/domain/pause.hpp"

#include <catch2/catch.hpp>

using namespace histologe;
using namespace histologe::notification;
using namespace std::chrono_literals;

namespace {
const core::Instant kDebut = *core::parseInstant("2026-11-25T08:00:00Z");
}

TEST_CASE("a server in trouble is left alone longer each time, up to a bound") {
    PauseServeur pause({1s, 8s, 0.0, 3});
    core::Instant now = kDebut;
    CHECK_FALSE(pause.enPause(now));
    CHECK_FALSE(pause.doute());
    for (const auto attendue : {1s, 2s, 4s, 8s, 8s, 8s}) {
        pause.echec(now, 0.5);
        CHECK(pause.enPause(now));
        CHECK(pause.jusquA() == now + attendue);
        CHECK(pause.doute());
        now = pause.jusquA();
        CHECK_FALSE(pause.enPause(now));
    }
}

TEST_CASE("connections that fail together make one pause") {
    PauseServeur pause({1s, 60s, 0.0, 3});
    for (int i = 0; i < 4; ++i) pause.echec(kDebut, 0.5);
    CHECK(pause.jusquA() == kDebut + 1s);
    pause.echec(kDebut + 1s, 0.5);
    CHECK(pause.jusquA() == kDebut + 3s);
}

TEST_CASE("pauses are jittered") {
    PauseServeur courte({1s, 60s, 0.2, 3});
    courte.echec(kDebut, 0.0);
    CHECK(courte.jusquA() == kDebut + 800ms);
    PauseServeur longue({1s, 60s, 0.2, 3});
    longue.echec(kDebut, 1.0);
    CHECK(longue.jusquA() == kDebut + 1200ms);
}

TEST_CASE("an answer ends the pause, and a breakdown only after several failures in a row") {
    PauseServeur pause({1s, 60s, 0.0, 3});
    CHECK_FALSE(pause.succes());
    pause.echec(kDebut, 0.5);
    CHECK_FALSE(pause.succes());
    CHECK_FALSE(pause.enPause(kDebut));
    CHECK_FALSE(pause.doute());
    for (int i = 0; i < 3; ++i) pause.echec(kDebut + i * 10s, 0.5);
    CHECK(pause.succes());
    CHECK_FALSE(pause.succes());
    pause.echec(kDebut, 0.5);
    CHECK(pause.jusquA() == kDebut + 1s);
}
