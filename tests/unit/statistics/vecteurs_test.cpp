// The golden vectors that need no data: months without the gaps and the future months of the original, rates, motifs.
#include <catch2/catch.hpp>

#include "services/statistics/domain/vocabulaire.hpp"
#include "tests/unit/statistics/golden.hpp"
#include "tools/golden_runner/statistics_vectors.hpp"

using namespace histologe;

TEST_CASE("the unit vectors of the public figures hold") {
    const auto vectors = golden::unitVectors(statistics::readGolden("statistics_expected.json"));
    CHECK(vectors.size() == 3 + 5 + 5);
    for (const auto& vector : vectors) {
        INFO(vector.id);
        CHECK(vector.actual == vector.expected);
    }
}

TEST_CASE("no other motif ends bad housing") {
    for (const auto* other : {"", "NON_DECENCE", "LOGEMENT_MIS_EN_CONFORMITE", "DOUBLON", "AUTRE"}) {
        CHECK_FALSE(statistics::estResolu(other));
    }
}
