// Normalisation, fields read from a draft, files.
#include <catch2/catch.hpp>

#include "services/intake/domain/fichiers.hpp"
#include "tests/unit/intake/commun.hpp"

using namespace histologe::intake;
using namespace histologe::intake::essais;
using histologe::core::Json;

namespace {

std::optional<std::string> lu(const Json& charge, Champ champ) {
    const Demande demande(charge);
    const auto texte = demande.texte(champ);
    return texte ? std::optional(std::string(*texte)) : std::nullopt;
}

}  // namespace

TEST_CASE("counts are rounded up, and zero is a count") {
    const auto pieces = [](Json valeur) {
        return lu({{"composition_logement_nb_pieces", std::move(valeur)}}, Champ::CompositionLogementNbPieces);
    };
    CHECK(pieces("2.2") == "3");
    CHECK(pieces(2.2) == "3");
    CHECK(pieces("0") == "0");
    CHECK(pieces(0) == "0");
    CHECK(pieces(4) == "4");
    CHECK(pieces("007") == "7");
    CHECK(pieces(" 5 ") == "5");
    CHECK(pieces("-0.5") == "0");
    CHECK(pieces("cinq") == "cinq");
    CHECK_FALSE(pieces(""));
    CHECK_FALSE(pieces(nullptr));
    CHECK_FALSE(pieces(false));
    CHECK(lu({{"informations_complementaires_logement_nombre_etages", "2.5"}},
             Champ::InformationsComplementairesLogementNombreEtages) == "3");
}

TEST_CASE("other falsy values are null, other numbers are their text") {
    const auto etage = [](Json valeur) {
        return lu({{"adresse_logement_complement_adresse_etage", std::move(valeur)}},
                  Champ::AdresseLogementComplementAdresseEtage);
    };
    // Decision: the ground floor is a floor (the reference loses it).
    CHECK(etage("0") == "0");
    CHECK(etage(0) == "0");
    CHECK_FALSE(etage(false));
    CHECK_FALSE(lu({{"adresse_logement_complement_adresse_autre", "0"}}, Champ::AdresseLogementComplementAdresseAutre));
    CHECK_FALSE(etage(""));
    CHECK(etage("00") == "00");
    CHECK(etage(3) == "3");
    CHECK(etage(-1) == "-1");
    CHECK(etage(2.5) == "2.5");
    CHECK(etage(18446744073709551615ULL) == "18446744073709551615");
}

TEST_CASE("a message that says nothing is N/C; a month that is none is null") {
    for (const Json& vide : {Json(nullptr), Json(""), Json(" \n "), Json(0)}) {
        CHECK(lu({{"message_administration", vide}}, Champ::MessageAdministration) == "N/C");
    }
    CHECK(lu(Json::object(), Champ::MessageAdministration) == "N/C");
    CHECK(lu({{"message_administration", "Bonjour"}}, Champ::MessageAdministration) == "Bonjour");
    CHECK(lu({{"info_procedure_bail_date", "08/2025"}}, Champ::InfoProcedureBailDate) == "08/2025");
    for (const Json& autre : {Json("8/2025"), Json("13/2025"), Json("2025-08"), Json(82025), Json("08/2200")}) {
        CHECK_FALSE(lu({{"info_procedure_bail_date", autre}}, Champ::InfoProcedureBailDate));
    }
}

TEST_CASE("phones are dropped when empty and kept in their form otherwise") {
    for (const Json& vide : {Json(""), Json(nullptr), Json("0"), Json(0), Json::array()}) {
        CHECK_FALSE(lu({{"coordonnees_bailleur_tel", vide}}, Champ::CoordonneesBailleurTel));
    }
    CHECK(lu({{"coordonnees_bailleur_tel", "06 39 98 00 01"}, {"coordonnees_bailleur_tel_countrycode", "FR:33"}},
             Champ::CoordonneesBailleurTel) == "+330639980001");
    CHECK(lu({{"vos_coordonnees_tiers_tel_secondaire", "470123456"},
              {"vos_coordonnees_tiers_tel_secondaire_countrycode", "BE:32"}},
             Champ::VosCoordonneesTiersTelSecondaire) == "+32470123456");
}

TEST_CASE("profile, step, consents, categories") {
    const Json charge = echantillon("step__validation_signalement__locataire");
    const Demande demande(charge);
    CHECK(demande.profil() == Profil::Locataire);
    CHECK(demande.etapeFinale());
    CHECK(demande.consentementsMontres());
    CHECK(demande.coche(Champ::UtilisationServiceOkVisite));
    CHECK(demande.categorieChoisie("desordres_logement_nuisibles"));
    CHECK_FALSE(demande.categorieChoisie("desordres_logement_eau"));
    const Json vide = Json::object();
    const Demande rien(vide);
    CHECK_FALSE(rien.profil());
    CHECK_FALSE(rien.etapeFinale());
    CHECK_FALSE(rien.consentementsMontres());
    CHECK_FALSE(rien.categorieChoisie(""));
    for (const Json& hostile : {Json("a"), Json::array({1}), Json({{"logement", "desordres_logement_eau"}}),
                                Json({{"logement", {1, nullptr}}})}) {
        const Json autre = {{"categorieDisorders", hostile}};
        CHECK_FALSE(Demande(autre).categorieChoisie("desordres_logement_eau"));
    }
}

TEST_CASE("uploads are gathered under the critère they show") {
    const Json fichier = Json::array({{{"file", "x.jpg"}}});
    const Json charge = {{"desordres_logement_humidite_cuisine_details_photos_upload", fichier},
                         {"desordres_batiment_proprete_photos_upload", fichier},
                         {"bail_dpe_bail_upload", fichier},
                         {"_upload", fichier},
                         {"bail_dpe_dpe_upload", ""}};
    const Demande demande(charge);
    std::vector<std::string> slugs;
    for (const auto& televersement : demande.televersements()) slugs.emplace_back(televersement.slug);
    CHECK(slugs == Liste{"bail_dpe_bail_upload", "desordres_batiment_proprete", "desordres_logement_humidite_cuisine"});
}

TEST_CASE("types of document") {
    CHECK(typeDeDocument("desordres_logement_securite_plomb_details_diagnostique_upload") ==
          "SITUATION_DIAGNOSTIC_PLOMB_AMIANTE");
    CHECK(typeDeDocument("desordres_logement_humidite") == "PHOTO_SITUATION");
    CHECK(typeDeDocument("bail_dpe_bail_upload") == "SITUATION_FOYER_BAIL");
    CHECK(typeDeDocument("bail_dpe_dpe_upload") == "SITUATION_FOYER_DPE");
    CHECK(typeDeDocument("bail_dpe_etat_des_lieux_upload") == "SITUATION_FOYER_ETAT_DES_LIEUX");
    CHECK(typeDeDocument("message_administration_documents_upload") == "AUTRE");
}

TEST_CASE("files: where they lie, how they are called") {
    std::string longue;
    for (int i = 0; i < 300; ++i) longue += "é";
    const Json charge = {{"desordres_logement_humidite_photos_upload",
                          {{{"file", "2026/08/a.jpg"},
                            {"filePath", "tmp/2026/08/a.jpg"},
                            {"titre", "cuisine.jpg"},
                            {"description", longue}},
                           {{"file", "2026/08/b.jpg"}}}},
                         {"bail_dpe_bail_upload", {{{"file", "../x"}}, 1, nullptr}}};
    const auto fichiers = fichiersDe(Demande(charge));
    REQUIRE(fichiers.size() == 2);
    CHECK(fichiers[0].cle == "tmp/2026/08/a.jpg");
    CHECK(fichiers[0].titre == "cuisine.jpg");
    CHECK(fichiers[0].typeDocument == "PHOTO_SITUATION");
    CHECK(fichiers[0].desordreSlug == "desordres_logement_humidite");
    CHECK(fichiers[0].description == longue.substr(0, 510));
    CHECK(fichiers[1].cle == "2026/08/b.jpg");
    CHECK(fichiers[1].titre == "b.jpg");
    CHECK_FALSE(fichiers[1].description);
}
