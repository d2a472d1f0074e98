#include "services/statistics/domain/desordres.hpp"

#include <catch2/catch.hpp>

using namespace histologe;
using namespace histologe::statistics;

namespace {

const desordres::Catalogue& catalogue() {
    static const auto kCatalogue = desordres::loadShippedCatalogue();
    return kCatalogue;
}

}  // namespace

TEST_CASE("each précision counts under its critère, in its zone") {
    const auto criteres = criteresParZone(
        catalogue(), {"desordres_batiment_isolation_infiltration_eau_au_sol_non",
                      "desordres_batiment_isolation_infiltration_eau_maison_individuelle",
                      "desordres_logement_humidite_piece_a_vivre_details_fuite_non", "desordres_logement_inconnu"});
    CHECK(criteres.batiment == std::vector<std::string>(2, "desordres_batiment_isolation_infiltration_eau"));
    CHECK(criteres.logement == std::vector<std::string>{"desordres_logement_humidite_piece_a_vivre"});
    CHECK(criteres.inconnues == std::vector<std::string>{"desordres_logement_inconnu"});
}

TEST_CASE("the humidity of four rooms is one désordre") {
    const auto places = palmares(catalogue(), {{"desordres_logement_humidite_tout", 1},
                                               {"desordres_logement_humidite_piece_a_vivre", 2},
                                               {"desordres_logement_humidite_cuisine", 3},
                                               {"desordres_logement_humidite_salle_de_bain", 4},
                                               {"desordres_logement_securite_plomb", 9}});
    REQUIRE(places.size() == kPlaces);
    CHECK(places[0].nombre == 10);
    CHECK(places[0].libelle == "Humidité");
    CHECK(places[1].nombre == 9);
}

TEST_CASE("a list of fewer than five désordres is filled with empty places") {
    const auto places = palmares(catalogue(), {{"desordres_logement_securite_plomb", 1}});
    REQUIRE(places.size() == 5);
    CHECK_FALSE(places[0].libelle.empty());
    CHECK(std::vector<Place>(places.begin() + 1, places.end()) == std::vector<Place>(4, Place{"", 0}));
    CHECK(palmares(catalogue(), {}) == std::vector<Place>(5, Place{"", 0}));
}

TEST_CASE("equal numbers stand in the order of their slugs, and the sixth falls out") {
    // Slugs that the catalogue does not have go by their slug.
    const auto places = palmares(catalogue(), {{"b", 2}, {"a", 2}, {"f", 1}, {"e", 2}, {"d", 2}, {"c", 3}});
    CHECK(places == std::vector<Place>{{"c", 3}, {"a", 2}, {"b", 2}, {"d", 2}, {"e", 2}});
}
