// The rules of the builder that the sample drafts do not show.
#include "services/intake/domain/construction.hpp"

#include <catch2/catch.hpp>

#include "services/intake/domain/lieu.hpp"
#include "tests/unit/intake/commun.hpp"

using namespace histologe;
using namespace histologe::intake;
using namespace histologe::intake::essais;
using core::Json;

namespace {

Signalement construit(Json charge, const char* profil = "locataire") {
    charge["profil"] = profil;
    return construire(Demande(static_cast<const Json&>(charge)), "13");
}

constexpr const char* kProfils[] = {"locataire", "bailleur_occupant", "tiers_particulier",
                                    "tiers_pro", "bailleur",          "service_secours"};

}  // namespace

TEST_CASE("what was not given stays unknown: area, counts, amounts, answers") {
    for (const char* profil : kProfils) {
        const Signalement s = construit(Json::object(), profil);
        CHECK_FALSE(s.logement.superficie);
        CHECK_FALSE(s.logement.nbPieces);
        CHECK_FALSE(s.logement.nbNiveaux);
        CHECK_FALSE(s.logement.nbOccupants);
        CHECK_FALSE(s.logement.loyer);
        CHECK_FALSE(s.logement.social);
        CHECK_FALSE(s.logement.vacant);
        CHECK_FALSE(s.logement.constructionAvant1949);
        CHECK_FALSE(s.foyer.allocataire);
        CHECK_FALSE(s.foyer.relogement);
        CHECK_FALSE(s.proprietaire.averti);
        CHECK_FALSE(s.tiersInvite);
        CHECK(s.message == "N/C");
    }
}

TEST_CASE("the allowance: by whom, or only that there is one") {
    const auto allocataire = [](Json charge) { return construit(std::move(charge)).foyer.allocataire; };
    CHECK(allocataire({{"logement_social_allocation", "oui"}, {"logement_social_allocation_caisse", "msa"}}) == "MSA");
    CHECK(allocataire({{"logement_social_allocation", "oui"}}) == "1");
    CHECK(allocataire({{"logement_social_allocation", "non"}, {"logement_social_allocation_caisse", "caf"}}) == "0");
    CHECK_FALSE(allocataire({{"logement_social_allocation", "nsp"}}));
}

TEST_CASE("social housing is answered under another key by rescue services") {
    const Json charge = {{"signalement_concerne_logement_social_service_secours", "oui"},
                         {"signalement_concerne_logement_social_autre_tiers", "non"}};
    CHECK(construit(charge, "service_secours").logement.social == true);
    CHECK(construit(charge, "tiers_pro").logement.social == false);
    CHECK_FALSE(construit({{"signalement_concerne_logement_social_service_secours", "ne-sais-pas"}}, "service_secours")
                    .logement.social);
}

TEST_CASE("who the occupant is") {
    const Json charge = {{"signalement_concerne_profil_detail_profil_occupant", "bailleur_occupant"}};
    CHECK(construit(charge, "locataire").occupant.profil == "LOCATAIRE");
    CHECK(construit(charge, "bailleur").occupant.profil == "LOCATAIRE");
    CHECK(construit(charge, "bailleur_occupant").occupant.profil == "BAILLEUR_OCCUPANT");
    CHECK(construit(charge, "tiers_pro").occupant.profil == "BAILLEUR_OCCUPANT");
    CHECK_FALSE(construit({{"signalement_concerne_profil_detail_profil_occupant", "nsp"}}, "tiers_particulier")
                    .occupant.profil);
    CHECK_FALSE(construit(Json::object(), "service_secours").occupant.profil);
}

TEST_CASE("the link between declarant and occupant") {
    const Json charge = {{"vos_coordonnees_tiers_lien", "voisin"}};
    CHECK(construit(charge, "tiers_particulier").declarant.lien == "VOISIN");
    CHECK(construit(charge, "tiers_pro").declarant.lien == "PRO");
    CHECK(construit(charge, "bailleur").declarant.lien == "BAILLEUR");
    CHECK(construit(charge, "service_secours").declarant.lien == "SECOURS");
    CHECK_FALSE(construit(charge, "locataire").declarant.lien);
    CHECK_FALSE(construit(Json::object(), "tiers_particulier").declarant.lien);
}

TEST_CASE("an organisation that owns is called by its name") {
    const Json occupant = {{"vos_coordonnees_occupant_nom", "Foncière"},
                           {"vos_coordonnees_occupant_nom_organisme", "SCI"},
                           {"signalement_concerne_profil_detail_bailleur_proprietaire", "organisme_societe"}};
    const Signalement s = construit(occupant, "bailleur_occupant");
    CHECK(s.proprietaire.type == "ORGANISME_SOCIETE");
    CHECK(s.proprietaire.denomination == "Foncière");
    CHECK(s.declarant.structure == "SCI");
    CHECK_FALSE(s.proprietaire.bailleurRecherche);
    const Signalement b = construit({{"vos_coordonnees_tiers_nom", "Loueur"},
                                     {"signalement_concerne_profil_detail_bailleur_bailleur", "particulier"}},
                                    "bailleur");
    CHECK(b.proprietaire.nom == "Loueur");
    CHECK_FALSE(b.proprietaire.denomination);
    CHECK_FALSE(b.proprietaire.adresse);
}

TEST_CASE("the landlord is looked for in social housing only, and its commune may be long") {
    Json charge = {{"coordonnees_bailleur_nom", "Habitat"},
                   {"coordonnees_bailleur_adresse_detail_commune", std::string(255, 'v')},
                   {"signalement_concerne_logement_social_autre_tiers", "oui"}};
    const Signalement s = construit(charge);
    CHECK(s.proprietaire.bailleurRecherche == "Habitat");
    CHECK(s.proprietaire.commune->size() == 255);
    charge["signalement_concerne_logement_social_autre_tiers"] = "non";
    CHECK_FALSE(construit(charge).proprietaire.bailleurRecherche);
    CHECK_FALSE(construit(charge).proprietaire.denomination);
}

TEST_CASE("dates of entry and requests to move stand in other answers for tiers") {
    const Json charge = {{"bail_dpe_date_emmenagement", "2020-01-02"},
                         {"informations_complementaires_situation_occupants_date_emmenagement", "2019-03-04"},
                         {"logement_social_demande_relogement", "oui"},
                         {"informations_complementaires_situation_occupants_demande_relogement", "non"}};
    CHECK(construit(charge, "locataire").logement.dateEntree == std::chrono::sys_days(std::chrono::year(2020) / 1 / 2));
    CHECK(construit(charge, "tiers_pro").logement.dateEntree == std::chrono::sys_days(std::chrono::year(2019) / 3 / 4));
    CHECK(construit(charge, "locataire").foyer.relogement == true);
    CHECK(construit(charge, "bailleur").foyer.relogement == false);
    CHECK_FALSE(construit(charge, "service_secours").foyer.relogement);
    Json repli = charge;
    repli.erase("bail_dpe_date_emmenagement");
    CHECK(construit(repli, "locataire").logement.dateEntree == std::chrono::sys_days(std::chrono::year(2019) / 3 / 4));
}

TEST_CASE("the year of construction, not kept for rescue services") {
    const Json charge = {{"informations_complementaires_logement_annee_construction", "1948"},
                         {"informations_complementaires_logement_nombre_etages", "3"}};
    CHECK(construit(charge).logement.constructionAvant1949 == true);
    const Signalement secours = construit(charge, "service_secours");
    CHECK_FALSE(secours.logement.anneeConstruction);
    CHECK(secours.informationComplementaire == Json::object());
    CHECK(construit({{"informations_complementaires_logement_annee_construction", "1949"}})
              .logement.constructionAvant1949 == false);
}

TEST_CASE("the month of the warning counts only when the landlord was told") {
    const auto averti = [](const char* prevenu) {
        return construit({{"info_procedure_bailleur_prevenu", prevenu}, {"info_procedure_bail_date", "11/2024"}})
            .proprietaire;
    };
    CHECK(averti("oui").avertiLe == std::chrono::sys_days(std::chrono::year(2024) / 11 / 1));
    CHECK_FALSE(averti("non").avertiLe);
    CHECK(averti("non").averti == false);
    CHECK_FALSE(averti("nsp").averti);
}

TEST_CASE("amounts read as in the reference") {
    const Signalement s = construit({{"informations_complementaires_logement_montant_loyer", "1 200,50"},
                                     {"logement_social_montant_allocation", "300.5 €"}});
    CHECK(s.logement.loyer == 120050.0);
    CHECK(s.foyer.montantAllocation == 300.5);
}

TEST_CASE("an invitation needs name, first name and e-mail") {
    Json charge = {{"travailleur_social_accompagnement_inviter_referent_comme_tiers_nom", "A"},
                   {"travailleur_social_accompagnement_inviter_referent_comme_tiers_prenom", "B"},
                   {"travailleur_social_accompagnement_inviter_referent_comme_tiers_email", "a@b.fr"}};
    REQUIRE(construit(charge).tiersInvite);
    CHECK(construit(charge).tiersInvite->courriel == "a@b.fr");
    charge.erase("travailleur_social_accompagnement_inviter_referent_comme_tiers_prenom");
    CHECK_FALSE(construit(charge).tiersInvite);
}

TEST_CASE("free words on désordres are kept with the category they belong to") {
    Json charge = {{"categorieDisorders",
                    {{"batiment", {"desordres_batiment_nuisibles"}},
                     {"logement", {"desordres_logement_lumiere", "desordres_logement_chauffage"}}}},
                   {"desordres_batiment_nuisibles_autres_details_type_nuisibles", "pigeons"},
                   {"desordres_logement_nuisibles_autres_details_type_nuisibles", "fourmis"},
                   {"desordres_logement_lumiere_plafond_trop_bas_cuisine_taille", 190},
                   {"desordres_logement_lumiere_plafond_trop_bas_salle_de_bain_taille_nsp", 1},
                   {"desordres_logement_chauffage_type", "gaz"}};
    CHECK(construit(charge).precisionsLibres ==
          Json{{"desordres_batiment_nuisibles_autres", "pigeons"},
               {"desordres_logement_lumiere_plafond_trop_bas_cuisine", "190"},
               {"desordres_logement_lumiere_plafond_trop_bas_salle_de_bain", "Ne sait pas"},
               {"desordres_logement_chauffage", "Chauffage au gaz, bois, éthanol ou fioul"}});
    charge.erase("categorieDisorders");
    CHECK(construit(charge).precisionsLibres == Json::object());
}

TEST_CASE("the declared position is kept when it is one") {
    const auto geoloc = [](Json lat, Json lng) {
        return construit({{"adresse_logement_adresse_detail_geoloc_lat", std::move(lat)},
                          {"adresse_logement_adresse_detail_geoloc_lng", std::move(lng)}})
            .adresse.geoloc;
    };
    REQUIRE(geoloc(43.3, 5.36));
    CHECK(geoloc(43.3, 5.36)->lat == 43.3);
    CHECK(geoloc(-21, 55));
    CHECK_FALSE(geoloc(0, 0));
    CHECK_FALSE(geoloc(91, 5));
    CHECK_FALSE(geoloc(43, 181));
    CHECK_FALSE(geoloc("43.3", "5.36"));
    CHECK_FALSE(geoloc(43.3, nullptr));
}

TEST_CASE("whatever the answers, building and writing do not throw") {
    const Json valeurs[] = {Json(nullptr),
                            Json(1e308),
                            Json(std::string(10000, '9')),
                            Json::array({1, "a"}),
                            Json({{"a", 1}}),
                            Json(true),
                            Json("😀"),
                            Json(std::string("\0", 1)),
                            Json(-1)};
    const Json base = echantillon("locataire_all_in");
    for (const char* profil : kProfils) {
        for (const Json& valeur : valeurs) {
            Json charge = base;
            for (auto& [cle, ancienne] : charge.items()) ancienne = valeur;
            charge["profil"] = profil;
            const Demande demande(charge);
            const Json ecrit = enJson(construire(demande, std::nullopt));
            CHECK(ecrit["profilDeclarant"] == codeDe(*demande.profil()));
            CHECK(ecrit["territoire"].is_null());
        }
    }
}

TEST_CASE("a signalement as our JSON") {
    const Json charge = echantillon("step__validation_signalement__locataire");
    const Json ecrit = enJson(construire(Demande(charge), "13"));
    CHECK(ecrit["adresse"]["codeInsee"] == "13202");
    CHECK(ecrit["adresse"]["geoloc"] == Json{{"lat", 43.30282}, {"lng", 5.368984}});
    CHECK(ecrit["occupant"]["telephone"] == "+330639980014");
    CHECK(ecrit["logement"]["dateEntree"] == "1998-07-12");
    CHECK(ecrit["logement"]["superficie"] == 100.0);
    CHECK(ecrit["proprietaire"]["avertiLe"] == "2025-08-01");
    CHECK(ecrit["declarant"]["nom"].is_null());
    CHECK(ecrit["debutDesordres"] == "MONTHS_6_TO_12");
    CHECK(ecrit["typeCompositionLogement"]["type_logement_nature"] == "appartement");
}

TEST_CASE("the place of a dwelling, by the shared rules") {
    const auto territoires = domain::Territoires::fromJson(fichier("data/territoires.json"));
    const auto communes = domain::Communes::fromCsv(fichier("data/communes.csv"));
    const auto lieu = [&](const char* postal, const char* insee) {
        return situationDuLieu(territoires, communes, postal, insee);
    };
    CHECK(lieu("13002", "13202").communeConnue);
    CHECK(lieu("13002", "13202").territoireOuvert);
    CHECK_FALSE(lieu("13002", "75101").communeConnue);
    CHECK_FALSE(lieu("x", "y").communeConnue);
    CHECK(lieu("13001", "13055").communeConnue);  // the whole city counts as its first arrondissement
    CHECK(territoireDe(territoires, {}, "13002", "13202") == "13");
    CHECK(territoireDe(territoires, {}, "69001", "69123") == "69A");
    CHECK(territoireDe(territoires, {}, "20000", "2A004") == "2A");
    CHECK_FALSE(territoireDe(territoires, {}, "97701", "97701"));
    CHECK_FALSE(territoireDe(territoires, {}, "", ""));
}
