#include "services/intake/domain/reference.hpp"

#include <catch2/catch.hpp>

using namespace histologe::intake;

TEST_CASE("a reference is read as the procedure of the moment wants it") {
    CHECK(referenceAffichee("NEED_VALIDATION", 2026, 42, std::nullopt) == "2026-42");
    CHECK(referenceAffichee("DRAFT", 2026, std::nullopt, std::nullopt) == "2026-TEMPORAIRE");
    CHECK(referenceAffichee("INJONCTION_BAILLEUR", 2026, std::nullopt, 2363) == "INJ-2363");
    CHECK(referenceAffichee("INJONCTION_CLOSED", 2026, std::nullopt, 2363) == "INJ-2363");
    // Out of the injonction it has a number of its territory, and keeps the national one unseen.
    CHECK(referenceAffichee("ACTIVE", 2026, 7, 2363) == "2026-7");
    CHECK(referenceAffichee("INJONCTION_BAILLEUR", 2026, 7, std::nullopt) == "2026-7");
    CHECK(estInjonction("INJONCTION_CLOSED"));
    CHECK_FALSE(estInjonction("CLOSED"));
}
