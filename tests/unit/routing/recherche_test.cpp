// Words, references, squares of the map, and what a declaration says to the lists.
#include <catch2/catch.hpp>

#include "libs/core/text.hpp"
#include "services/routing/domain/cellules.hpp"
#include "services/routing/domain/recherche_fiche.hpp"
#include "services/routing/domain/recherche_mots.hpp"
#include "services/routing/domain/zones.hpp"

using namespace histologe::routing;
using histologe::core::Json;

TEST_CASE("words know neither case, accents nor punctuation, and letters are apart from figures") {
    CHECK(motsDe("12bis, rue de l’Été") == std::vector<std::string>{"12", "bis", "rue", "de", "l", "ete"});
    CHECK(motsDe("Cœur-Joli") == std::vector<std::string>{"coeur", "joli"});
    CHECK(motsDe(" ._-%' ").empty());
    CHECK(motsDe(std::string(500, 'a')) == std::vector<std::string>{std::string(64, 'a')});
    // A word is cut between two characters.
    std::string long_;
    for (int i = 0; i < 30; ++i) long_ += "\u6F22";
    CHECK(motsDe(long_) == std::vector<std::string>{long_.substr(0, 63)});
    CHECK(histologe::core::isUtf8(requeteDeMots(long_)));
}

TEST_CASE("what is looked for is the beginning of long words, the whole of short ones and of numbers") {
    CHECK(requeteDeMots("Élodie 12 de") == "'elodie':* & '12' & 'de'");
    CHECK(requeteDeMots("o'neil@Exemple.FR") == "'o''neil@exemple.fr':*");
    CHECK(requeteDeMots("a\\b@c d") == "'a\\\\b@c':* & 'd'");
    CHECK(requeteDeMots("_ % '").empty());
}

TEST_CASE("one place has one key, however it is written") {
    CHECK(cleDeVoie("12bis rue de l'Été", "13001", "13201") == cleDeVoie("12 BIS, RUE DE L’ETE", "13001", "13201"));
    CHECK(cleDeVoie("12 rue de l'Été", "13001", "13201") != cleDeVoie("12 bis rue de l'Été", "13001", "13201"));
    CHECK(cleDeVoie("12 rue", "13001", "13201") != cleDeVoie("12 rue", "13002", "13202"));
    CHECK(cleDeVoie("", "13001", "13201").empty());
}

TEST_CASE("references are ordered by year, then by number") {
    CHECK(rangDeReference("2025-9") < rangDeReference("2025-10"));
    CHECK(rangDeReference("2025-999999") < rangDeReference("2026-1"));
    for (const auto* aucune : {"", "2026", "2026-", "2026-TEMPORAIRE", "-1", "2026-1-2"}) CHECK(rangDeReference(aucune) == 0);
}

TEST_CASE("a coarser square is the beginning of the finer one's number, and numbers grow to the east and the south") {
    const auto marseille = celluleDe(5.37, 43.30);
    CHECK(celluleDe(5.3701, 43.3001) >> 10 == marseille >> 10);
    CHECK(celluleDe(2.35, 48.85) >> 24 != marseille >> 24);
    CHECK(celluleDe(5.37, 43.30) <= celluleDe(5.40, 43.28));
    CHECK(celluleDe(-180, 90) == 0);
    CHECK(celluleDe(180, -90) == (std::int64_t{1} << 40) - 1);
}

TEST_CASE("a declaration's blanks are values of their own, and a modification does not say where it came from") {
    const Json data = {{"reference", "2026-4"}, {"codePostal", "13001"}, {"codeInsee", "13201"}, {"commune", "Marseille 1er"},
                       {"logementSocial", nullptr}, {"allocataire", "0"}, {"geoloc", nullptr}, {"reponses", Json::object()}};
    const Json personnel = {{"occupant", {{"nom", "Durand"}, {"courriel", nullptr}}}, {"adresse", {{"libelle", "1 rue A"}, {"voie", nullptr}}}};
    const auto fiche = ficheRecherche(data, personnel);
    CHECK(fiche.parc == "non_renseigne");
    CHECK(fiche.allocataire == "non");
    CHECK(fiche.enfants == "non_renseigne");
    CHECK_FALSE(fiche.source.has_value());
    CHECK_FALSE(fiche.cellule.has_value());
    CHECK(fiche.adresseCle == "1 rue a|13001|13201");
    CHECK(fiche.nomTri == "durand");
    const auto vide = ficheRecherche(data, Json::object());  // after anonymisation
    CHECK(vide.nomTri.empty());
    CHECK(vide.personnel.empty());
    CHECK(vide.mots == std::vector<std::string>{"1", "2026", "4", "er", "marseille"});
}

TEST_CASE("procedures that a visit found, or energy that is in order, are not those looked for") {
    const Json qualifications = Json::parse(R"([{"qualification":"RSD","statut":"RSD_CHECK"},
        {"qualification":"DANGER","statut":"DANGER_CHECK","postVisite":true},
        {"qualification":"NON_DECENCE_ENERGETIQUE","statut":"NDE_OK"},
        {"qualification":"INSALUBRITE","statut":"ARCHIVED"}])");
    CHECK(proceduresCherchables(qualifications) == std::vector<std::string>{"RSD", "INSALUBRITE"});
}

TEST_CASE("a zone's polygons come with their holes, repaired as zones are") {
    const auto trouee = surfacesDe("POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0), (1 1, 2 1, 2 2, 1 2, 1 1))");
    REQUIRE(trouee.size() == 1);
    CHECK(trouee[0].contour.size() == 5);
    CHECK(trouee[0].trous.size() == 1);
    CHECK(surfacesDe("POLYGON ((0 0, 2 2, 2 0, 0 2, 0 0))").size() == 2);  // a bow tie is two triangles
    CHECK(surfacesDe("POINT (1 1)").empty());
}
