// What is kept of the answers of the registers (reference of intake, 3.4 and 10).
#include "services/intake/domain/localisation.hpp"

#include <catch2/catch.hpp>

#include "libs/core/error.hpp"
#include "services/intake/domain/localisation_dite.hpp"
#include "tests/unit/territoires/data.hpp"

using namespace histologe;
using namespace histologe::intake;

namespace {

// Typed by hand: nothing was chosen on a map.
AdresseDeclaree tapee() {
    AdresseDeclaree adresse;
    adresse.voie = "12 av du General Leclerc";
    adresse.codePostal = "13003";
    adresse.commune = "Marseille";
    adresse.codeInsee = "13203";
    return adresse;
}

AdresseDeclaree choisie() {
    auto adresse = tapee();
    adresse.choisie = true;
    adresse.geoloc = Geoloc{43.31, 5.38};
    return adresse;
}

ReponseBan reponse() {
    return {0.97,    "13203_4111_00012", "12",    "12 Avenue du Général Leclerc",
            "13003", "Marseille",        "13203", Geoloc{43.3102, 5.3811}};
}

Localisation localise(const AdresseDeclaree& adresse, const Trouvailles& trouvailles,
                      std::string_view territoire = "13") {
    return localiser(adresse, trouvailles, realTerritoires(), realCommunes(), territoire);
}

Trouvailles trouve(ReponseBan une) {
    Trouvailles trouvailles;
    trouvailles.adresse = std::move(une);
    return trouvailles;
}

bool estEn(const Localisation& l, double lat, double lng) {
    return l.position && l.position->lat == lat && l.position->lng == lng;
}

}  // namespace

TEST_CASE("an answer counts above 0.9 only") {
    auto une = reponse();
    une.score = 0.9;
    CHECK_FALSE(estAcceptee(tapee(), une));
    une.score = 0.9000001;
    CHECK(estAcceptee(tapee(), une));
    une.id.clear();
    CHECK_FALSE(estAcceptee(tapee(), une));
    une = reponse();
    une.codeInsee = "Marseille";
    CHECK_FALSE(estAcceptee(tapee(), une));
}

TEST_CASE("the middle of a street is not the dwelling, nor is the house next door") {
    auto rue = reponse();
    rue.numero.clear();
    rue.voie = "Avenue du Général Leclerc";
    CHECK_FALSE(estAcceptee(tapee(), rue));
    auto voisin = reponse();
    voisin.numero = "14";
    CHECK_FALSE(estAcceptee(tapee(), voisin));
    auto bis = tapee();
    bis.voie = "12bis avenue du general leclerc";
    CHECK(estAcceptee(bis, reponse()));
    CHECK(localise(bis, trouve(reponse())).voie == "12bis avenue du general leclerc");
    auto lieuDit = tapee();
    lieuDit.voie = "Les Granges";
    CHECK(estAcceptee(lieuDit, rue));
}

TEST_CASE("an accepted answer corrects what was typed by hand") {
    const auto l = localise(tapee(), trouve(reponse()));
    CHECK(l.precision == PrecisionLieu::Adresse);
    CHECK(l.banId == "13203_4111_00012");
    CHECK(l.voie == "12 Avenue du Général Leclerc");
    CHECK(estEn(l, 43.3102, 5.3811));
    CHECK(l.score == 0.97);
    auto sansCommune = tapee();
    sansCommune.codeInsee.clear();
    CHECK(localise(sansCommune, trouve(reponse())).codeInsee == "13203");
}

TEST_CASE("what was chosen is never replaced: it gains an identifier") {
    const auto l = localise(choisie(), trouve(reponse()));
    CHECK(l.banId == "13203_4111_00012");
    CHECK(l.voie == "12 av du General Leclerc");
    CHECK(estEn(l, 43.31, 5.38));
    auto ailleurs = reponse();
    ailleurs.codeInsee = "13201";
    const auto ecartee = localise(choisie(), trouve(ailleurs));
    CHECK(ecartee.banId == "0");
    CHECK(ecartee.codeInsee == "13203");
    CHECK(ecartee.codeInseeEcarte == "13201");
    CHECK_FALSE(ecartee.territoireEcarte);
    CHECK(estEn(ecartee, 43.31, 5.38));
}

TEST_CASE("a correction that leaves the territoire is told, not followed") {
    auto ailleurs = reponse();
    ailleurs.codeInsee = "84007";
    ailleurs.commune = "Avignon";
    const auto l = localise(tapee(), trouve(ailleurs));
    CHECK(l.codeInsee == "13203");
    CHECK(l.commune == "Marseille");
    CHECK(l.codeInseeEcarte == "84007");
    CHECK(l.territoireEcarte == "84");
    CHECK_FALSE(l.position);
    // Within the territoire it is followed.
    auto autre = reponse();
    autre.codeInsee = "13201";
    CHECK(localise(tapee(), trouve(autre)).codeInsee == "13201");
    // 69 and 69A are two territoires of one department.
    auto lyon = tapee();
    lyon.codePostal = "69001";
    lyon.codeInsee = "69381";
    auto villefranche = reponse();
    villefranche.codeInsee = "69264";
    CHECK(localise(lyon, trouve(villefranche), "69A").territoireEcarte == "69");
}

TEST_CASE("D-50 the address service recognises only the commune: commune and INSEE kept, coordinates empty, BAN id 0") {
    Trouvailles trouvailles;
    trouvailles.commune =
        ReponseBan{0.95, "13203", "", "Marseille", "13003", "Marseille", "13203", Geoloc{43.29, 5.37}};
    const auto l = localise(tapee(), trouvailles);
    CHECK(l.precision == PrecisionLieu::Commune);
    CHECK(l.banId == "0");
    CHECK(l.codeInsee == "13203");
    CHECK(l.commune == "Marseille");
    CHECK_FALSE(l.position);
    auto sansCode = tapee();
    sansCode.codeInsee.clear();
    CHECK(localise(sansCode, trouvailles).codeInsee == "13203");
}

TEST_CASE("D-51 a city is asked for under its own name, whatever its arrondissement") {
    auto adresse = tapee();
    adresse.commune = "Marseille 2e Arrondissement";
    CHECK(questionAdresse(adresse) == "12 av du General Leclerc 13003 Marseille");
    CHECK(questionCommune(adresse) == "13003 Marseille");
    adresse.commune = "Paris 1er Arrondissement";
    CHECK(questionCommune(adresse) == "13003 Paris");
    adresse.voie.reset();
    CHECK(questionAdresse(adresse).empty());
    adresse.voie = std::string(250, 'x') + "é";
    CHECK(questionAdresse(adresse).size() == 200);
}

TEST_CASE("a failure leaves everything as it was declared") {
    const auto l = localise(choisie(), {});
    CHECK(l.precision == PrecisionLieu::Aucune);
    CHECK(l.banId == "0");
    CHECK(l.codeInsee == "13203");
    CHECK(l.voie == "12 av du General Leclerc");
    CHECK(estEn(l, 43.31, 5.38));
    auto faible = reponse();
    faible.score = 0.4;
    faible.codeInsee = "84007";
    CHECK(localise(choisie(), trouve(faible)).codeInsee == "13203");
    CHECK(localise(choisie(), trouve(faible)).score == 0.4);
}

TEST_CASE("exactly one building at the address is its building") {
    auto trouvailles = trouve(reponse());
    trouvailles.batiments = {{"B1", Geoloc{43.4, 5.4}}};
    auto l = localise(choisie(), trouvailles);
    CHECK(l.rnbId == "B1");
    CHECK(l.precision == PrecisionLieu::Batiment);
    CHECK(estEn(l, 43.4, 5.4));
    trouvailles.batiments.push_back({"B2", Geoloc{43.5, 5.5}});
    l = localise(choisie(), trouvailles);
    CHECK_FALSE(l.rnbId);
    CHECK(l.precision == PrecisionLieu::Adresse);
    CHECK(estEn(l, 43.31, 5.38));
}

TEST_CASE("a building that was chosen on the map stays, and gives its position even where the BAN knows nothing") {
    auto adresse = tapee();
    adresse.rnbId = "CHOISI";
    Trouvailles trouvailles;
    trouvailles.positionDuBatimentChoisi = Geoloc{43.6, 5.6};
    auto l = localise(adresse, trouvailles);
    CHECK(l.rnbId == "CHOISI");
    CHECK(l.banId == "0");
    CHECK(estEn(l, 43.6, 5.6));
    trouvailles = trouve(reponse());
    trouvailles.batiments = {{"AUTRE", Geoloc{1, 1}}};
    l = localise(adresse, trouvailles);
    CHECK(l.rnbId == "CHOISI");
    CHECK(estEn(l, 43.3102, 5.3811));
}

TEST_CASE("merged communes are one: the register's old code is the one that was declared") {
    const auto communes = realCommunes().withFusions(
        {{*domain::CodeInsee::parse("49069"), *domain::CodeInsee::parse("49126"), "Orée-d'Anjou"}});
    AdresseDeclaree adresse{"3 rue du Port", "49530", "Orée-d'Anjou", "49126", {}, true, Geoloc{47.3, -1.2}};
    ReponseBan une{0.98,    "49069_0200_00003", "3",     "3 Rue du Port",
                   "49530", "Orée d'Anjou",     "49069", Geoloc{47.3, -1.2}};
    const auto l = localiser(adresse, trouve(une), realTerritoires(), communes, "49");
    CHECK(l.banId == "49069_0200_00003");
    CHECK(l.codeInsee == "49126");
    CHECK_FALSE(l.codeInseeEcarte);
}

TEST_CASE("answers are read, and nonsense is an answer that was not given") {
    const auto une = lireReponseBan(
        R"({"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[5.38,43.31]},)"
        R"("properties":{"score":0.93,"id":"13203_4111_00012","housenumber":"12","name":"12 Avenue X","postcode":"13003",)"
        R"("city":"Marseille","citycode":"13203","type":"housenumber"}}]})");
    REQUIRE(une);
    CHECK(une->score == 0.93);
    CHECK(une->codeInsee == "13203");
    CHECK(une->position->lat == 43.31);
    CHECK_FALSE(lireReponseBan(R"({"features":[]})"));
    // Of the wrong kind, a member is as good as absent.
    const auto vide = lireReponseBan(R"({"features":[{"properties":{"score":"haut","id":3},"geometry":null}]})");
    REQUIRE(vide);
    CHECK_FALSE(estAcceptee(tapee(), *vide));
    for (const auto* texte : {"", "<html>", "[]", "null", "{}", R"({"features":{}})", R"({"features":[1]})",
                              R"({"features":[{"properties":7}]})"}) {
        INFO(texte);
        CHECK_THROWS_AS(lireReponseBan(texte), core::Error);
    }
    const auto batiments = lireBatiments(
        R"({"results":[{"rnb_id":"B1","point":{"type":"Point","coordinates":[5.3,43.2]}},{"rnb_id":"B2"}]})");
    REQUIRE(batiments.size() == 2);
    CHECK(batiments[0].position->lng == 5.3);
    CHECK_FALSE(batiments[1].position);
    CHECK(lireBatiment(R"({"rnb_id":"B1","point":{"coordinates":[5.3,43.2]}})").id == "B1");
    CHECK_THROWS_AS(lireBatiments(R"({"results":[{}]})"), core::Error);
    CHECK_THROWS_AS(lireBatiment("[]"), core::Error);
}

TEST_CASE("the declared address is read from the document") {
    const auto lue = adresseDeclaree({{"voie", "1 rue X"},
                                      {"codePostal", "13003"},
                                      {"commune", "Marseille"},
                                      {"codeInsee", "13203"},
                                      {"rnbId", nullptr},
                                      {"saisieManuelle", false},
                                      {"geoloc", {{"lat", 43.1}, {"lng", 5.1}}}});
    CHECK(lue.choisie);
    CHECK_FALSE(lue.rnbId);
    CHECK_FALSE(
        adresseDeclaree({{"saisieManuelle", true}, {"codeInsee", "13203"}, {"geoloc", {{"lat", 43.1}, {"lng", 5.1}}}})
            .choisie);
    CHECK_FALSE(adresseDeclaree({{"codeInsee", "13203"}, {"geoloc", nullptr}}).choisie);
    CHECK(adresseDeclaree(nullptr).codePostal.empty());
}

TEST_CASE("tries come later and later, not together, and never end") {
    using namespace std::chrono_literals;
    CHECK(delaiDeRecherche(1, 0.5) == 10s);
    CHECK(delaiDeRecherche(1, 0) == 8s);
    CHECK(delaiDeRecherche(2, 0.5) == 60s);
    CHECK(delaiDeRecherche(6, 0.5) == 6h);
    CHECK(delaiDeRecherche(100000, 0.5) == 6h);
    CHECK(delaiDeRecherche(0, 2) == 12s);
}

TEST_CASE("the street is told in the part that anonymisation erases") {
    const auto dite = evenementLocalise(localise(tapee(), trouve(reponse())), "13");
    CHECK(dite.personnel == core::Json{{"adresse", {{"voie", "12 Avenue du Général Leclerc"}}}});
    CHECK_FALSE(dite.donnees.contains("voie"));
    CHECK(dite.donnees.at("territoire") == "13");
    CHECK(dite.donnees.dump().find("Leclerc") == std::string::npos);
}
