// What we decided, each under its number in the demands of users (D) or in the quirks of the reference of scoring (8).
#include <catch2/catch.hpp>

#include "libs/domain/desordres/catalogues.hpp"
#include "services/scoring/domain/evaluation.hpp"
#include "tests/unit/domain/shipped.hpp"

using namespace histologe;
using core::Json;
using desordres::testing::setOf;
using desordres::testing::shipped;

namespace {

Json damp() {
    return {{"categorieDisorders", {{"batiment", Json::array()}, {"logement", {"desordres_logement_humidite"}}}},
            {"desordres_logement_humidite_tout", 1},
            {"desordres_logement_humidite_tout_details_machine", "non"},
            {"desordres_logement_humidite_tout_details_moisissure_apres_nettoyage", "oui"}};
}

}  // namespace

TEST_CASE("D-119: the same answers scored by another version give another score, and both can be told") {
    const auto catalogues = desordres::Catalogues::shipped();
    const auto versions = catalogues.versions();
    REQUIRE(versions == std::vector<std::string>{"2026-06-05", "2026-06-05-humidite-simple"});
    const auto high = scoring::evaluate(*catalogues.find(versions[0]), damp());
    const auto low = scoring::evaluate(*catalogues.find(versions[1]), damp());
    CHECK(high.catalogue == versions[0]);
    CHECK(low.catalogue == versions[1]);
    CHECK(high.score.scoreLogement == Approx(14 * 100.0 / 102));
    CHECK(low.score.scoreLogement == Approx(7 * 100.0 / 102));
    CHECK(catalogues.find("2024-02-14") == nullptr);
}

TEST_CASE("the two versions differ by the six disputed coefficients and by nothing else") {
    const auto catalogues = desordres::Catalogues::shipped();
    const auto& high = *catalogues.find("2026-06-05");
    const auto& low = *catalogues.find("2026-06-05-humidite-simple");
    REQUIRE(high.precisions().size() == low.precisions().size());
    int differing = 0;
    for (std::size_t i = 0; i < high.precisions().size(); ++i) {
        const auto& one = high.precisions()[i];
        const auto& other = low.precisions()[i];
        CHECK(one.slug == other.slug);
        CHECK(one.danger == other.danger);
        if (one.poids == other.poids) continue;
        ++differing;
        CHECK(one.slug.starts_with("desordres_logement_humidite_tout_details_"));
        CHECK(one.poids == 2 * other.poids);
    }
    CHECK(differing == 6);
}

TEST_CASE("quirk 5: danger and overcrowding name the précisions of the day") {
    const auto roof = setOf({"desordres_batiment_securite_toit"});
    const auto balconies = setOf({"desordres_batiment_securite_balcons"});
    const auto before = scoring::updateQualifications(shipped(), roof, {}, 4);
    const auto after = scoring::updateQualifications(shipped(), balconies, {}, 4, before);
    const auto danger = std::find_if(after.begin(), after.end(), [](const auto& ligne) {
        return ligne.qualification == domain::Qualification::Danger;
    });
    REQUIRE(danger != after.end());
    CHECK(danger->precisions == balconies);
}

TEST_CASE("quirk 6: an edit of the dwelling leaves no sibling behind") {
    desordres::Faits faits;
    faits.cuisine = desordres::Reponse::Non;
    faits.cuisineCollective = desordres::Reponse::Non;
    desordres::PrecisionSet precisions;
    desordres::updateComposition(shipped(), faits, precisions);
    faits.cuisineCollective = desordres::Reponse::Oui;
    desordres::updateComposition(shipped(), faits, precisions);
    CHECK(precisions == setOf({"desordres_type_composition_logement_cuisine_collective_oui"}));
}

TEST_CASE("quirk 8: a diagnosis of lead of which nothing is known stays unknown") {
    const Json payload{
        {"categorieDisorders", {{"batiment", Json::array()}, {"logement", {"desordres_logement_securite"}}}},
        {"composition_logement_piece_unique", "piece_unique"},
        {"desordres_logement_securite_plomb", 1},
        {"desordres_logement_securite_plomb_details_diagnostique", "nsp"}};
    CHECK(desordres::precisionsOf(shipped(), payload)
              .contains(*shipped().findPrecision("desordres_logement_securite_plomb_pieces_tout_diagnostique_nsp")));
}
