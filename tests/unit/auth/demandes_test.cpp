// Reproductions of what went wrong elsewhere.
#include <catch2/catch.hpp>

#include "libs/auth/droits.hpp"
#include "tests/unit/territoires/data.hpp"

using namespace histologe;

TEST_CASE("D-55: who runs the métropole of Lyon is not admitted to the rest of the Rhône, nor the other way round") {
    const auto territoireOf = [](const char* insee) {
        return realTerritoires().territoireOf(*domain::CodeInsee::parse(insee))->code.str();
    };
    const auto admitted = [&](const char* territoire, const char* insee) {
        auth::Principal manager;
        manager.role = auth::Role::ResponsableTerritoire;
        manager.territoires = {territoire};
        const auto dossier = auth::dossierVise("00000000-0000-4000-8000-000000000001", territoireOf(insee), "ACTIVE");
        return auth::maySee(manager, *dossier);
    };
    for (const auto* lyon : {"69123", "69381", "69091"}) {
        CHECK(admitted("69A", lyon));
        CHECK_FALSE(admitted("69", lyon));
    }
    CHECK(admitted("69", "69264"));
    CHECK_FALSE(admitted("69A", "69264"));
}
