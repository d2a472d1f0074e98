#include "services/scoring/domain/changements.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "services/scoring/domain/evaluation.hpp"
#include "tests/unit/domain/shipped.hpp"

using namespace histologe;
using namespace histologe::scoring;
using desordres::testing::setOf;
using desordres::testing::shipped;
using domain::Qualification;
using domain::StatutQualification;
using Codes = std::vector<Qualification>;

namespace {

LigneQualification ligne(Qualification qualification, StatutQualification statut, std::optional<bool> postVisite) {
    return {qualification, statut, postVisite, {}, std::nullopt};
}

}  // namespace

TEST_CASE("a first evaluation makes its suspicions appear, in the order of the vocabulary") {
    const auto rsd = ligne(Qualification::Rsd, StatutQualification::RsdAVerifier, false);
    const auto nonDecence = ligne(Qualification::NonDecence, StatutQualification::NonDecenceAVerifier, false);
    const auto changements = changementsOf({}, {rsd, nonDecence});
    CHECK(changements == changementsOf({}, {nonDecence, rsd}));
    CHECK(changements.apparues.size() == 2);
    CHECK(changements.terminees.empty());
    CHECK(toJson(changements).at("apparues").size() == 2);
    CHECK(changementsOf({rsd}, {rsd}) == Changements{});
}

TEST_CASE("an archived or deleted suspicion has ended, and appears again when it is written again") {
    const auto active = ligne(Qualification::Rsd, StatutQualification::RsdAVerifier, false);
    const auto archived = ligne(Qualification::Rsd, StatutQualification::Archivee, false);
    CHECK(changementsOf({active}, {archived}).terminees == Codes{Qualification::Rsd});
    CHECK(changementsOf({active}, {}).terminees == Codes{Qualification::Rsd});
    CHECK(changementsOf({archived}, {active}).apparues == Codes{Qualification::Rsd});
    CHECK(changementsOf({archived}, {}) == Changements{});
    CHECK(toJson(changementsOf({active}, {archived})) ==
          core::Json{{"apparues", core::Json::array()}, {"terminees", {"RSD"}}});
}

TEST_CASE("an energy certificate in order is no suspicion") {
    const auto conforme = ligne(Qualification::NonDecenceEnergetique, StatutQualification::NdeConforme, std::nullopt);
    const auto averee = ligne(Qualification::NonDecenceEnergetique, StatutQualification::NdeAveree, std::nullopt);
    CHECK(changementsOf({}, {conforme}) == Changements{});
    CHECK(changementsOf({averee}, {conforme}).terminees == Codes{Qualification::NonDecenceEnergetique});
}

TEST_CASE("what a visit found is neither a suspicion nor changed by an evaluation") {
    const auto constat = ligne(Qualification::Rsd, StatutQualification::RsdAvere, true);
    CHECK(changementsOf({}, {constat}) == Changements{});
    CHECK(changementsOf({constat}, {}) == Changements{});
    const auto precisions = setOf({"desordres_batiment_bruit_exterieur"});
    auto before = evaluate(shipped(), core::Json::object()).qualifications;
    addConclusions({"RSD", "INSALUBRITE"}, before);
    const auto suspected = reevaluate(shipped(), precisions, {}, {}, before);
    const auto lifted = reevaluate(shipped(), {}, {}, {}, suspected.qualifications);
    for (const auto& one : before) {
        for (const auto* lignes : {&suspected.qualifications, &lifted.qualifications}) {
            CHECK(std::count(lignes->begin(), lignes->end(), one) == 1);
        }
    }
    const auto appeared = changementsOf(before, suspected.qualifications);
    CHECK(std::count(appeared.apparues.begin(), appeared.apparues.end(), Qualification::Rsd) == 1);
    CHECK(changementsOf(suspected.qualifications, lifted.qualifications).terminees == appeared.apparues);
}
