// In whose name a system acts: the worked examples of the reference of the partner API, 3.1.
#include "services/routing/domain/comptes_api.hpp"

#include <catch2/catch.hpp>

using namespace histologe::routing;

namespace {

const PartenaireApi kA{"a", "ARS", "34", false};
const PartenaireApi kB{"b", "COMMUNE_SCHS", "34", false};
const PartenaireApi kFerme{"f", "ARS", "34", true};
const PartenaireApi kSansTerritoire{"s", "AUTRE", std::nullopt, false};

PermissionApi un(const char* partenaire) {
    return {partenaire, std::nullopt, std::nullopt};
}
PermissionApi groupe(std::optional<std::string> type, std::optional<std::string> territoire) {
    return {std::nullopt, std::move(type), std::move(territoire)};
}

}  // namespace

TEST_CASE("a permission covers a partner, a kind, a territory, or a kind in a territory") {
    CHECK(couvre(un("a"), kA));
    CHECK_FALSE(couvre(un("a"), kB));
    CHECK(couvre(groupe("ARS", std::nullopt), kA));
    CHECK_FALSE(couvre(groupe("ARS", std::nullopt), kB));
    CHECK(couvre(groupe(std::nullopt, "34"), kB));
    CHECK_FALSE(couvre(groupe(std::nullopt, "30"), kB));
    CHECK(couvre(groupe("COMMUNE_SCHS", "34"), kB));
    CHECK_FALSE(couvre(groupe("COMMUNE_SCHS", "30"), kB));
    CHECK_FALSE(couvre(groupe("ARS", "30"), kA));
    // An archived partner never; one without territory only by its kind or its name.
    CHECK_FALSE(couvre(un("f"), kFerme));
    CHECK_FALSE(couvre(groupe("ARS", "34"), kFerme));
    CHECK(couvre(groupe("AUTRE", std::nullopt), kSansTerritoire));
    CHECK_FALSE(couvre(groupe("AUTRE", "34"), kSansTerritoire));
}

TEST_CASE("a row names a partner or a group, not both and not neither") {
    CHECK(estBienFormee(un("a")));
    CHECK(estBienFormee(groupe("ARS", "34")));
    CHECK_FALSE(estBienFormee({}));
    CHECK_FALSE(estBienFormee({"a", "ARS", std::nullopt}));
    CHECK_FALSE(couvre({"a", "ARS", std::nullopt}, kA));
}

TEST_CASE("without partenaireUuid a write needs exactly one row, which names a partner") {
    CHECK(partenaireDeLaDemande({un("a")}, "", nullptr).partenaire == "a");
    const auto deux = partenaireDeLaDemande({un("a"), un("b")}, "", nullptr);
    CHECK(deux.partenaire.empty());
    CHECK(deux.refus == "Vous n'avez accès à aucun partenaire ou vous devez préciser un partenaireUuid.");
    CHECK(partenaireDeLaDemande({groupe("ARS", std::nullopt)}, "", nullptr).partenaire.empty());
    CHECK(partenaireDeLaDemande({}, "", nullptr).partenaire.empty());
}

TEST_CASE("a partenaireUuid must exist, be open and be permitted") {
    CHECK(partenaireDeLaDemande({un("a")}, "b", &kB).refus ==
          "Vous n'avez pas les permissions pour accéder à ce partenaire.");
    CHECK(partenaireDeLaDemande({un("a")}, "x", nullptr).refus == "Le partenaire n'existe pas.");
    CHECK(partenaireDeLaDemande({groupe("ARS", "34")}, "f", &kFerme).refus == "Le partenaire n'existe pas.");
    CHECK(partenaireDeLaDemande({groupe("ARS", std::nullopt)}, "a", &kA).partenaire == "a");
    CHECK(partenaireDeLaDemande({groupe(std::nullopt, "34")}, "a", &kA).partenaire == "a");
}
