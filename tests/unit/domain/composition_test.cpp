#include "libs/domain/desordres/composition.hpp"

#include <random>

#include <catch2/catch.hpp>

#include "tests/unit/domain/shipped.hpp"

using namespace histologe::desordres;
using testing::setOf;
using testing::shipped;
using testing::slugs;

namespace {

const std::string kPrefix = "desordres_type_composition_logement_";

std::vector<std::string> named(std::vector<std::string> endings) {
    for (auto& ending : endings) ending = kPrefix + ending;
    return endings;
}

std::vector<std::string> after(const Faits& faits, const std::vector<std::string>& before = {}) {
    auto precisions = setOf(before);
    updateComposition(shipped(), faits, precisions);
    return slugs(precisions);
}

Reponse anyAnswer(std::mt19937& random) {
    return static_cast<Reponse>(random() % 4);
}

Faits anyDwelling(std::mt19937& random) {
    Faits faits;
    for (auto* answer : {&faits.sousComblesSansFenetre, &faits.sousSolSansFenetre, &faits.pieceAVivre9m, &faits.cuisine,
                         &faits.cuisineCollective, &faits.salleDeBain, &faits.salleDeBainCollective, &faits.wc,
                         &faits.wcCollectif, &faits.wcCuisine, &faits.allocation}) {
        *answer = anyAnswer(random);
    }
    faits.pieceUnique = random() % 2 == 0;
    if (random() % 4 != 0) faits.superficie = 1.0 + static_cast<double>(random() % 600) / 10;
    faits.nombreOccupants = static_cast<int>(random() % 9);
    faits.nombrePieces = static_cast<int>(random() % 6);
    return faits;
}

}  // namespace

TEST_CASE("each lack of the dwelling has its précision") {
    Faits faits;
    CHECK(after(faits).empty());
    faits.sousComblesSansFenetre = Reponse::Oui;
    CHECK(after(faits) == named({"sous_combles"}));
    faits = {};
    faits.sousSolSansFenetre = Reponse::Oui;
    CHECK(after(faits) == named({"sous_sol"}));
    faits = {};
    faits.pieceUnique = true;
    CHECK(after(faits).empty());
    faits.superficie = 8.99;
    CHECK(after(faits) == named({"piece_unique_superficie"}));
    faits.superficie = 9;
    CHECK(after(faits).empty());
    faits = {};
    faits.pieceAVivre9m = Reponse::Non;
    CHECK(after(faits) == named({"plusieurs_pieces_aucune_piece_9"}));
    faits = {};
    faits.wc = Reponse::Oui;
    faits.wcCuisine = Reponse::Oui;
    CHECK(after(faits) == named({"wc_cuisine_ensemble"}));
}

TEST_CASE("a room that is missing is shared, missing altogether, or counted as shared") {
    Faits faits;
    faits.cuisine = faits.salleDeBain = faits.wc = Reponse::Non;
    CHECK(after(faits) == named({"cuisine_collective_oui", "douche_collective_oui", "wc_collectif_oui"}));
    faits.cuisineCollective = faits.salleDeBainCollective = faits.wcCollectif = Reponse::Non;
    CHECK(after(faits) == named({"cuisine_collective_non", "douche_collective_non", "wc_collectif_non"}));
    // The rooms exist after all: every trace goes.
    faits.cuisine = faits.salleDeBain = faits.wc = Reponse::Oui;
    CHECK(after(faits, named({"cuisine_collective_oui", "cuisine_collective_non", "douche_collective_non",
                              "wc_collectif_oui", "wc_cuisine_ensemble"}))
              .empty());
}

TEST_CASE("a précision goes with the question that led to it, where the service of reference keeps it (quirk 6)") {
    Faits faits;
    faits.pieceUnique = true;
    faits.superficie = 20;
    CHECK(after(faits, named({"plusieurs_pieces_aucune_piece_9"})).empty());
    faits = {};
    faits.wc = Reponse::Non;
    CHECK(after(faits, named({"wc_cuisine_ensemble"})) == named({"wc_collectif_oui"}));
}

TEST_CASE("désordres that were ticked are left alone, and a second run changes nothing") {
    std::mt19937 random(34);
    for (int round = 0; round < 2000; ++round) {
        PrecisionSet precisions;
        for (int draw = 0; draw < 20; ++draw) {
            precisions.add(static_cast<PrecisionIndex>(random() % shipped().precisions().size()));
        }
        const auto before = precisions;
        const auto faits = anyDwelling(random);
        updateComposition(shipped(), faits, precisions);
        updateSuroccupation(shipped(), faits, Retrait::Permis, precisions);
        const auto once = precisions;
        updateComposition(shipped(), faits, precisions);
        updateSuroccupation(shipped(), faits, Retrait::Permis, precisions);
        REQUIRE(precisions == once);
        for (std::size_t at = 0; at < shipped().precisions().size(); ++at) {
            const auto index = static_cast<PrecisionIndex>(at);
            const bool ofTheDwelling = shipped().precision(index).slug.starts_with(kPrefix);
            if (!ofTheDwelling) REQUIRE(once.contains(index) == before.contains(index));
        }
    }
}

TEST_CASE("overcrowding goes by surface for those paid a benefit, by rooms for the others") {
    const auto& of = shipped().logement();
    Faits faits;
    faits.allocation = Reponse::Oui;
    faits.nombreOccupants = 3;
    CHECK(suroccupationOf(shipped(), faits) == std::nullopt);
    faits.superficie = 24.99;
    CHECK(suroccupationOf(shipped(), faits) == of.suroccupationAllocataire);
    faits.superficie = 25;
    CHECK(suroccupationOf(shipped(), faits) == std::nullopt);
    faits.nombreOccupants = 0;
    faits.superficie = 1;
    CHECK(suroccupationOf(shipped(), faits) == std::nullopt);

    for (const auto allocation : {Reponse::Non, Reponse::Absente, Reponse::Autre}) {
        faits.allocation = allocation;
        const auto crowded = [&](int people, int rooms) {
            faits.nombreOccupants = people;
            faits.nombrePieces = rooms;
            return suroccupationOf(shipped(), faits) == of.suroccupationNonAllocataire;
        };
        CHECK(crowded(3, 1));
        CHECK_FALSE(crowded(4, 2));
        CHECK(crowded(5, 2));
        CHECK_FALSE(crowded(9, 0));
    }
    faits.nombreOccupants = 9;
    faits.nombrePieces = 1;
    faits.foyerConnu = false;
    CHECK(suroccupationOf(shipped(), faits) == std::nullopt);
}

TEST_CASE("one more occupant never ends overcrowding, one more square metre or room never starts it") {
    std::mt19937 random(46);
    for (int round = 0; round < 5000; ++round) {
        auto faits = anyDwelling(random);
        const bool crowded = suroccupationOf(shipped(), faits).has_value();
        auto more = faits;
        ++more.nombreOccupants;
        if (crowded) REQUIRE(suroccupationOf(shipped(), more).has_value());
        auto larger = faits;
        if (larger.superficie) *larger.superficie += 1;
        if (larger.nombrePieces > 0) ++larger.nombrePieces;
        if (!crowded) REQUIRE_FALSE(suroccupationOf(shipped(), larger).has_value());
    }
}

TEST_CASE("overcrowding chosen by hand is removed only where that is allowed") {
    const auto chosen = named({"suroccupation_allocataire", "suroccupation_non_allocataire"});
    auto precisions = setOf(chosen);
    updateSuroccupation(shipped(), {}, Retrait::Interdit, precisions);
    CHECK(slugs(precisions).size() == 2);
    updateSuroccupation(shipped(), {}, Retrait::Permis, precisions);
    CHECK(precisions.empty());
}
