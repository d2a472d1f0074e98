#include "libs/domain/desordres/faits.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/domain/shipped.hpp"

using namespace histologe::desordres;
using histologe::core::Json;
using testing::shipped;

namespace {

Faits with(const std::string& name, const Json& value, Origine origine = Origine::Formulaire) {
    return faitsOf(shipped(), Json{{name, value}}, origine);
}

}  // namespace

TEST_CASE("an answer is oui, non, something else or nothing") {
    const auto answer = [](const Json& value) { return with("type_logement_commodites_wc", value).wc; };
    CHECK(answer("oui") == Reponse::Oui);
    CHECK(answer("non") == Reponse::Non);
    CHECK(answer("nsp") == Reponse::Autre);
    CHECK(answer("OUI") == Reponse::Autre);
    CHECK(answer(1) == Reponse::Autre);
    CHECK(answer(true) == Reponse::Autre);
    CHECK(answer("") == Reponse::Absente);
    CHECK(answer(nullptr) == Reponse::Absente);
    CHECK(faitsOf(shipped(), Json::object()).wc == Reponse::Absente);
}

TEST_CASE("a surface is a number of m² above 0, or nothing") {
    const auto surface = [](const Json& value) { return with("composition_logement_superficie", value).superficie; };
    CHECK(surface("23") == 23.0);
    CHECK(surface("8.9") == 8.9);
    CHECK(surface(" 8.9 m2") == 8.9);
    CHECK(surface(23) == 23.0);
    CHECK(surface(8.5) == 8.5);
    for (const Json& nothing :
         {Json("0"), Json(0), Json(""), Json(nullptr), Json("-5"), Json("grand"), Json("nan"), Json("inf"),
          Json("-inf"), Json("1e999"), Json(true), Json::array({9}), Json::object()}) {
        INFO(nothing.dump());
        CHECK(surface(nothing) == std::nullopt);
    }
    CHECK(surface("1e300") == 1e9);
}

TEST_CASE("a form rounds its numbers of things up, a stored document cuts them") {
    const std::string pieces = "composition_logement_nb_pieces";
    CHECK(with(pieces, "1.2").nombrePieces == 2);
    CHECK(with(pieces, 1.2).nombrePieces == 2);
    CHECK(with(pieces, "3").nombrePieces == 3);
    CHECK(with(pieces, "3 pièces").nombrePieces == 3);
    CHECK(with(pieces, "1.9", Origine::Document).nombrePieces == 1);
    CHECK(with(pieces, "").nombrePieces == 0);
    CHECK(with(pieces, "99999999999999999999").nombrePieces == 1000000000);
    CHECK(with("composition_logement_nombre_personnes", "2.2").nombreOccupants == 3);
    CHECK(with("composition_logement_nombre_personnes", -4).nombreOccupants == 0);
}

TEST_CASE("the energy certificate is read with its year, class and figures") {
    const auto faits = faitsOf(shipped(), {{"bail_dpe_dpe", "oui"},
                                           {"bail_dpe_classe_energetique", "G"},
                                           {"desordres_logement_chauffage_details_dpe_annee", "before2023"},
                                           {"desordres_logement_chauffage_details_dpe_conso", "22500"},
                                           {"desordres_logement_chauffage_details_dpe_conso_finale", "451.9"}});
    CHECK(faits.dpe == Reponse::Oui);
    CHECK(faits.classeEnergetique == "G");
    CHECK(faits.dpeAvant2023);
    CHECK(faits.dpeConso == 22500);
    CHECK(faits.dpeConsoFinale == 451);
    const auto empty = faitsOf(shipped(), {{"bail_dpe_classe_energetique", ""},
                                           {"desordres_logement_chauffage_details_dpe_conso", ""},
                                           {"desordres_logement_chauffage_details_dpe_conso_finale", "0"}});
    CHECK(empty.classeEnergetique == std::nullopt);
    CHECK(empty.dpeConso == std::nullopt);
    CHECK(empty.dpeConsoFinale == std::nullopt);
    CHECK_FALSE(empty.dpeAvant2023);
}

TEST_CASE("what is not an object says nothing") {
    for (const Json& document : {Json(nullptr), Json("oui"), Json(1), Json::array({"oui"})}) {
        CHECK(faitsOf(shipped(), document).wc == Reponse::Absente);
        CHECK(faitsOf(shipped(), document).nombreOccupants == 0);
    }
}
