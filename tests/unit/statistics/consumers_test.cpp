#include "services/statistics/consumers/consumers.hpp"

#include <catch2/catch.hpp>

#include "libs/core/error.hpp"
#include "services/statistics/consumers/lecture.hpp"

using namespace histologe;
using namespace histologe::statistics;
using namespace std::chrono_literals;

namespace {

const core::Instant kStart{std::chrono::sys_days{std::chrono::year{2026} / 8 / 7}};

streams::Event event(core::Json data, core::Instant time = kStart) {
    streams::Event made;
    made.type = "signalement.depose";
    made.subject = "00000000-0000-4000-8000-000000000001";
    made.time = time;
    made.data = std::move(data);
    return made;
}

struct Row {
    std::string key;
    int value;
};
Row read(const streams::Event& event) {
    return {texte(event, "k"), static_cast<int>(nombre(event, "v"))};
}

}  // namespace

TEST_CASE("members of another kind, and absent ones that must be there, are refused by name") {
    const auto wrong = event({{"a", 1}, {"b", "x"}, {"c", nullptr}, {"d", {1}}, {"e", ""}, {"t", "hier"}});
    const auto refused = [&](const std::string& champ) {
        return Catch::Matchers::Contains("signalement.depose: " + champ);
    };
    CHECK_THROWS_WITH(texte(wrong, "a"), refused("a"));
    CHECK_THROWS_WITH(texte(wrong, "c"), refused("c"));
    CHECK_THROWS_WITH(texte(wrong, "e"), refused("e"));
    CHECK_THROWS_WITH(texte(wrong, "absent"), refused("absent"));
    CHECK_THROWS_WITH(texteOuRien(wrong, "a"), refused("a"));
    CHECK_THROWS_WITH(nombre(wrong, "b"), refused("b"));
    CHECK_THROWS_WITH(drapeau(wrong, "c"), refused("c"));
    CHECK_THROWS_WITH(drapeauOuRien(wrong, "a"), refused("a"));
    CHECK_THROWS_WITH(instant(wrong, "t"), refused("t"));
    CHECK_THROWS_WITH(textes(wrong, "d"), refused("d"));
    CHECK_THROWS_WITH(textes(wrong, "c"), refused("c"));
    CHECK_FALSE(texteOuRien(wrong, "c").has_value());
    CHECK_FALSE(texteOuRien(wrong, "absent").has_value());
    CHECK_FALSE(drapeauOuRien(wrong, "absent").has_value());
    auto shapeless = event("not an object");
    CHECK_THROWS_AS(texte(shapeless, "a"), core::Error);
    shapeless.subject = "territoire:13";
    CHECK_THROWS_WITH(signalementDe(shapeless), refused("subject"));
}

TEST_CASE("of several events with one key the one said last is kept, in order of key") {
    const auto late = event({{"k", "b"}, {"v", 1}}, kStart + 2s);
    const auto early = event({{"k", "b"}, {"v", 2}}, kStart + 1s);
    const auto first = event({{"k", "a"}, {"v", 3}});
    const auto second = event({{"k", "a"}, {"v", 4}});
    const auto rows = derniers({&late, &early, &first, &second}, &Row::key, read);
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].key == "a");
    CHECK(rows[0].value == 4);  // of the same instant, the last
    CHECK(rows[1].value == 1);
}

TEST_CASE("territories are heard before the dossiers that they date") {
    const auto catalogue = desordres::loadShippedCatalogue();
    streams::Subscriptions subscriptions;
    subscribe(subscriptions, catalogue);
    REQUIRE(subscriptions.all().size() == 10);
    CHECK(subscriptions.all().front().first == "annuaire.territoire_modifie");
    CHECK(subscriptions.find("signalement.evalue") != nullptr);
    CHECK(subscriptions.find("suivi.cree") == nullptr);
}
