// What holds of every report, whatever its answers: tried on reports drawn at random.
#include <algorithm>
#include <fstream>
#include <sstream>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "libs/domain/desordres/suspicions.hpp"
#include "services/scoring/domain/evaluation_json.hpp"
#include "services/scoring/domain/explication.hpp"
#include "tests/unit/domain/shipped.hpp"

using namespace histologe;
using core::Json;
using desordres::PrecisionIndex;
using desordres::PrecisionSet;
using desordres::testing::shipped;

namespace {

const Json& fullForm() {
    static const Json kForm = [] {
        std::ifstream input(HISTOLOGE_SOURCE_DIR "/tests/golden/payloads/locataire_all_in.json");
        std::stringstream text;
        text << input.rdbuf();
        return core::parseJson(text.str());
    }();
    return kForm;
}

using Answer = std::pair<std::string, Json>;

// Some of the answers of the full form.
std::vector<Answer> someAnswers() {
    std::vector<Answer> answers;
    for (const auto& [key, value] : fullForm().items()) {
        if (key == "categorieDisorders" || *rc::gen::inRange(0, 4) > 0) answers.emplace_back(key, value);
    }
    return answers;
}

template <class T>
void shuffle(std::vector<T>& list) {
    for (std::size_t at = list.size(); at > 1; --at) {
        std::swap(list[at - 1], list[*rc::gen::inRange<std::size_t>(0, at)]);
    }
}

// Written by hand, so that the members stand in the order of the list and not in that of the keys.
std::string written(const std::vector<Answer>& answers) {
    std::string text = "{";
    for (const auto& [key, value] : answers) {
        if (text.size() > 1) text += ",";
        text += Json(key).dump() + ":" + value.dump();
    }
    return text + "}";
}

Json evaluated(const std::string& text) {
    return scoring::toJson(shipped(), scoring::evaluate(shipped(), core::parseJson(text)));
}

std::vector<PrecisionIndex> somePrecisions() {
    const auto count = static_cast<PrecisionIndex>(shipped().precisions().size());
    return *rc::gen::container<std::vector<PrecisionIndex>>(rc::gen::inRange<PrecisionIndex>(0, count));
}

PrecisionSet setOf(const std::vector<PrecisionIndex>& list) {
    PrecisionSet set;
    for (const auto precision : list) set.add(precision);
    return set;
}

}  // namespace

TEST_CASE("the order of the answers never matters") {
    CHECK(rc::check("answers and catégories in another order give the same evaluation", [] {
        auto answers = someAnswers();
        const auto before = evaluated(written(answers));
        for (auto& [key, value] : answers) {
            if (key != "categorieDisorders") continue;
            for (auto& zone : value) {
                auto list = zone.get<std::vector<std::string>>();
                shuffle(list);
                zone = list;
            }
        }
        shuffle(answers);
        RC_ASSERT(evaluated(written(answers)) == before);
    }));
    CHECK(rc::check("précisions listed in another order are the same report", [] {
        auto list = somePrecisions();
        const auto before = setOf(list);
        shuffle(list);
        RC_ASSERT(setOf(list) == before);
        RC_ASSERT(desordres::scoreOf(shipped(), setOf(list), true) == desordres::scoreOf(shipped(), before, true));
    }));
}

TEST_CASE("one more précision never lowers a score, and every score is from 0 to 100") {
    CHECK(rc::check("adding a précision", [](bool enfants) {
        auto precisions = setOf(somePrecisions());
        const auto before = desordres::scoreOf(shipped(), precisions, enfants);
        const auto count = static_cast<PrecisionIndex>(shipped().precisions().size());
        precisions.add(*rc::gen::inRange<PrecisionIndex>(0, count));
        const auto after = desordres::scoreOf(shipped(), precisions, enfants);
        RC_ASSERT(after.scoreBatiment >= before.scoreBatiment);
        RC_ASSERT(after.scoreLogement >= before.scoreLogement);
        RC_ASSERT(after.score >= before.score);
        RC_ASSERT(before.score >= 0 && after.score <= desordres::kScoreMax);
    }));
    PrecisionSet everything;
    for (std::size_t at = 0; at < shipped().precisions().size(); ++at) everything.add(static_cast<PrecisionIndex>(at));
    CHECK(desordres::scoreOf(shipped(), everything, true).score == desordres::kScoreMax);
    CHECK(desordres::scoreOf(shipped(), {}, true) == desordres::Score{});
}

TEST_CASE("an authority is needed exactly when danger or insalubrité is suspected") {
    CHECK(rc::check("intake's rule and scoring's lines", [](bool enfants) {
        const auto precisions = setOf(somePrecisions());
        desordres::Faits faits;
        faits.enfants = enfants ? desordres::Reponse::Oui : desordres::Reponse::Non;
        const auto score = desordres::scoreOf(shipped(), precisions, enfants).score;
        const auto lignes = scoring::updateQualifications(shipped(), precisions, faits, score);
        const bool isSuspected = std::any_of(lignes.begin(), lignes.end(), [](const auto& ligne) {
            return ligne.qualification == domain::Qualification::Danger ||
                   ligne.qualification == domain::Qualification::Insalubrite;
        });
        RC_ASSERT(desordres::appelleUneAutorite(shipped(), precisions, faits) == isSuspected);
    }));
}

TEST_CASE("children never lower a score") {
    CHECK(rc::check("the factor", [] {
        const auto precisions = setOf(somePrecisions());
        const auto without = desordres::scoreOf(shipped(), precisions, false);
        const auto with = desordres::scoreOf(shipped(), precisions, true);
        RC_ASSERT(with.score >= without.score);
        RC_ASSERT(with.scoreBatiment == without.scoreBatiment);
        RC_ASSERT(with.scoreLogement == without.scoreLogement);
    }));
}

TEST_CASE("the points of an explanation add up to the mean that it explains") {
    CHECK(rc::check("sum of the contributions", [](bool enfants) {
        const auto precisions = setOf(somePrecisions());
        const auto explication = scoring::explain(shipped(), precisions, enfants);
        double points = 0;
        for (const auto& one : explication.contributions) points += one.points;
        RC_ASSERT(explication.contributions.size() == precisions.size());
        RC_ASSERT(std::abs(points - explication.moyenne) < 1e-9);
        RC_ASSERT(explication.score == desordres::scoreOf(shipped(), precisions, enfants));
    }));
}
