#include "services/scoring/domain/premiere_generation.hpp"

#include <catch2/catch.hpp>

#include "libs/core/error.hpp"

using namespace histologe;
using domain::Qualification;
using domain::StatutQualification;
using scoring::LignePremiereGeneration;
using scoring::scoreOf;
using scoring::updateQualifications;

namespace {

const scoring::Criticites& shipped() {
    static const auto criticites = scoring::loadShippedCriticites();
    return criticites;
}

}  // namespace

TEST_CASE("the 141 criticités are there, 25 of them dangerous") {
    CHECK(shipped().all().size() == 141);
    CHECK(std::ranges::count_if(shipped().all(), &scoring::Criticite::danger) == 25);
    CHECK(shipped().find(0) == nullptr);
    CHECK(shipped().find(142) == nullptr);
}

TEST_CASE("all of them together stay at 100, and an unknown number weighs nothing") {
    std::vector<int> all;
    for (const auto& one : shipped().all()) all.push_back(one.id);
    CHECK(scoreOf(shipped(), all, true).score == 100);
    CHECK(scoreOf(shipped(), {9999}, true).score == 0);
}

TEST_CASE("children of any age count, by what their answers hold") {
    CHECK_FALSE(scoring::hasEnfants(std::nullopt, std::nullopt));
    CHECK_FALSE(scoring::hasEnfants("", "0"));
    CHECK(scoring::hasEnfants("0", "2"));
    CHECK(scoring::hasEnfants("00", std::nullopt));
    CHECK(scoring::hasEnfants(std::nullopt, "4+"));
    CHECK(scoreOf(shipped(), {30}, true).score == Approx(scoreOf(shipped(), {30}, false).score * 1.1));
}

TEST_CASE("what a visit found outlives every new evaluation") {
    // The service of reference replaces it by the suspicion (quirk 9 of the reference of scoring).
    const LignePremiereGeneration found{
        Qualification::Insalubrite, StatutQualification::InsalubriteAveree, true, {}, {}};
    auto lignes = updateQualifications(shipped(), {}, 20, {found});
    lignes = updateQualifications(shipped(), {}, 35, lignes);
    CHECK(std::ranges::count(lignes, found) == 1);
    const auto suspicion = std::ranges::find_if(lignes, [](const auto& ligne) {
        return ligne.qualification == Qualification::Insalubrite && ligne.postVisite != true;
    });
    REQUIRE(suspicion != lignes.end());
    CHECK(suspicion->statut == StatutQualification::InsalubriteAVerifier);
    CHECK(lignes.size() == 4);
}

TEST_CASE("a suspicion ends with its reason, and its criticités are those of today") {
    auto lignes = updateQualifications(shipped(), {95, 56}, 5);
    CHECK(lignes.size() == 4);  // NON_DECENCE, RSD, DANGER, NON_DECENCE_ENERGETIQUE
    CHECK(lignes[2].criticites == std::vector{95});
    lignes = updateQualifications(shipped(), {42, 95}, 5, lignes);
    CHECK(lignes.size() == 3);
    CHECK(lignes[2].criticites == std::vector{42, 95});
    CHECK(updateQualifications(shipped(), {}, 5, lignes).size() == 2);
}

TEST_CASE("a catalogue that cannot be read is refused by name") {
    const auto refused = [](const char* one) {
        try {
            scoring::Criticites::fromJson({{"version", "x"}, {"criticites", {core::parseJson(one)}}});
        } catch (const core::Error& error) {
            return error.code();
        }
        return std::string("accepted");
    };
    CHECK(refused(R"({"id":1,"zone":"CAVE","critere":"","libelle":"","poids":1})") == "criticites_illisibles");
    CHECK(refused(R"({"id":1,"zone":"LOGEMENT","critere":"","libelle":"","poids":1,"qualifications":["MAGIE"]})") ==
          "criticites_illisibles");
}
