// What holds of every set of précisions and every set of answers.
#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "libs/domain/desordres/lecture.hpp"
#include "services/scoring/domain/evaluation.hpp"
#include "services/scoring/domain/evaluation_json.hpp"
#include "services/scoring/domain/explication.hpp"
#include "tests/unit/domain/shipped.hpp"

using namespace histologe;
using core::Json;
using desordres::testing::shipped;

namespace {

desordres::PrecisionSet anySet() {
    desordres::PrecisionSet set;
    const auto count = static_cast<int>(shipped().precisions().size());
    for (const int index : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, count))) {
        set.add(static_cast<desordres::PrecisionIndex>(index));
    }
    return set;
}

// Answers under the names that the form uses, with the words that it offers and others.
std::vector<std::pair<std::string, Json>> anyAnswers() {
    std::vector<std::string> names;
    for (const auto& critere : shipped().criteres()) {
        names.push_back(critere.slug);
        for (const auto* end : {"_pieces_cuisine", "_pieces_piece_a_vivre", "_details_machine", "_details_date"}) {
            names.push_back(critere.slug + end);
        }
    }
    for (const auto* name :
         {"composition_logement_piece_unique", "composition_logement_superficie", "composition_logement_nb_pieces",
          "composition_logement_nombre_personnes", "composition_logement_enfants", "type_logement_commodites_wc",
          "bail_dpe_dpe", "type_logement_sous_comble_sans_fenetre", "bail_dpe_classe_energetique"}) {
        names.emplace_back(name);
    }
    const std::vector<Json> values{1, 0, "oui", "non", "nsp", "piece_unique", "G", "8", 3, nullptr, true};
    std::map<std::string, Json> answers;
    const auto picked = *rc::gen::container<std::vector<std::pair<int, int>>>(rc::gen::pair(
        rc::gen::inRange(0, static_cast<int>(names.size())), rc::gen::inRange(0, static_cast<int>(values.size()))));
    for (const auto& [name, value] : picked) {
        answers[names[static_cast<std::size_t>(name)]] = values[static_cast<std::size_t>(value)];
    }
    return {answers.begin(), answers.end()};
}

Json payloadOf(const std::vector<std::pair<std::string, Json>>& answers, bool reversed) {
    std::vector<std::string> batiment;
    std::vector<std::string> logement;
    for (const auto& critere : shipped().criteres()) {
        (critere.zone == desordres::Zone::Batiment ? batiment : logement).push_back(critere.slugCategorie);
    }
    if (reversed) {
        std::reverse(batiment.begin(), batiment.end());
        std::reverse(logement.begin(), logement.end());
    }
    Json payload{{"categorieDisorders", {{"batiment", batiment}, {"logement", logement}}}};
    for (const auto& [name, value] : answers) payload[name] = value;
    return payload;
}

}  // namespace

TEST_CASE("the score stays between 0 and 100, for every set of précisions and with children or without") {
    CHECK(rc::check([] {
        const auto set = anySet();
        for (const bool enfants : {false, true}) {
            const auto score = scoring::scoreOf(shipped(), set, enfants);
            RC_ASSERT(score.score >= 0);
            RC_ASSERT(score.score <= 100);
            RC_ASSERT(score.scoreBatiment >= 0);
            RC_ASSERT(score.scoreLogement >= 0);
        }
    }));
}

TEST_CASE("adding a précision never lowers a zone's score nor the whole") {
    CHECK(rc::check([] {
        const auto set = anySet();
        auto more = set;
        more.add(static_cast<desordres::PrecisionIndex>(
            *rc::gen::inRange(0, static_cast<int>(shipped().precisions().size()))));
        const bool enfants = *rc::gen::arbitrary<bool>();
        const auto before = scoring::scoreOf(shipped(), set, enfants);
        const auto after = scoring::scoreOf(shipped(), more, enfants);
        RC_ASSERT(after.scoreBatiment >= before.scoreBatiment);
        RC_ASSERT(after.scoreLogement >= before.scoreLogement);
        RC_ASSERT(after.score >= before.score);
    }));
}

TEST_CASE("the order of answers and of catégories never matters") {
    CHECK(rc::check([] {
        const auto answers = anyAnswers();
        const auto one = scoring::evaluate(shipped(), payloadOf(answers, false));
        auto backwards = answers;
        std::reverse(backwards.begin(), backwards.end());
        const auto other = scoring::evaluate(shipped(), payloadOf(backwards, true));
        RC_ASSERT(scoring::toJson(shipped(), one) == scoring::toJson(shipped(), other));
    }));
}

TEST_CASE("scoring the same answers again changes nothing") {
    CHECK(rc::check([] {
        const auto payload = payloadOf(anyAnswers(), false);
        const auto once = scoring::evaluate(shipped(), payload);
        const auto twice = scoring::evaluate(shipped(), payload, once.qualifications);
        RC_ASSERT(scoring::toJson(shipped(), once) == scoring::toJson(shipped(), twice));
    }));
}

TEST_CASE("the points of the précisions add up to the score") {
    CHECK(rc::check([] {
        const auto explication = scoring::explain(shipped(), anySet(), *rc::gen::arbitrary<bool>());
        double points = 0;
        for (const auto& one : explication.contributions) points += one.points;
        RC_ASSERT(std::abs(points - explication.moyenne) < 1e-9);
        const double whole = std::min(100.0, explication.moyenne * explication.facteurEnfants);
        RC_ASSERT(std::abs(whole - explication.score.score) < 1e-9);
    }));
}
