// Who has already declared what, and where (reference of intake, 2.3); the link that is sent to them.
#include "services/intake/store/doublons.hpp"

#include <catch2/catch.hpp>

#include "libs/core/ids.hpp"
#include "tests/system/intake/banc.hpp"

using namespace histologe;
using namespace histologe::intake;
using namespace histologe::intake::essais;
using namespace std::chrono_literals;

namespace {

Json locataire() {
    return echantillon("step__validation_signalement__locataire");
}

Json verifie(Banc& banc, const Json& charge) {
    const auto reponse = banc.lit(banc.appelle("checkBrouillon", charge));
    REQUIRE(reponse.contains("already_exists"));
    return reponse;
}

// The uuid of the newest signalement.
std::string dernier(Banc& banc) {
    return banc.lignes("SELECT uuid FROM signalements ORDER BY cree_le DESC, numero DESC LIMIT 1").substr(0, 36);
}

void statut(Banc& banc, const std::string& valeur) {
    banc.execute("UPDATE signalements SET statut = '" + valeur + "'");
}

}  // namespace

TEST_CASE("D-03 the same occupant at the same address within ninety days is told, and the form is closed to him") {
    Banc banc;
    banc.signale(locataire());
    const auto uuid = dernier(banc);
    statut(banc, "ACTIVE");
    banc.horloge().advance(24h * 10);
    const auto reponse = verifie(banc, locataire());
    CHECK(reponse == Json{{"already_exists", true},
                          {"type", "signalement"},
                          {"signalements", Json::array({{{"uuid", uuid},
                                                         {"created_at", "2026-08-07T12:00:00+00:00"},
                                                         {"has_created_recently", true},
                                                         {"prenom_occupant", "Marin"},
                                                         {"nom_occupant", "Ficelle"},
                                                         {"complement_adresse_occupant", "Résidence A"}}})},
                          {"has_created_recently", true},
                          {"draft_exists", false},
                          {"draft_uuid", nullptr}});
    CHECK(banc.lignes("SELECT count(*) FROM brouillons WHERE statut = 'EN_COURS'") == "0\n");
    banc.horloge().advance(24h * 81 - 1us);
    CHECK(verifie(banc, locataire()).at("has_created_recently") == true);
    banc.horloge().advance(1us);
    CHECK(verifie(banc, locataire()).at("has_created_recently") == false);
    // Decision: what the form forbids the server does not refuse, so that no report is lost to a rule about another
    // one.
    CHECK(banc.appelle("createBrouillon", locataire()).status == 200);
}

TEST_CASE("D-04 a signalement to validate or in injonction counts as one that is active, a closed one does not") {
    Banc banc;
    banc.signale(locataire());
    for (const char* vivant : {"ACTIVE", "NEED_VALIDATION", "INJONCTION_BAILLEUR"}) {
        statut(banc, vivant);
        CHECK(verifie(banc, locataire()).at("type") == "signalement");
    }
    for (const char* fini : {"CLOSED", "REFUSED", "ARCHIVED", "INJONCTION_CLOSED", "DRAFT"}) {
        statut(banc, fini);
        const auto reponse = verifie(banc, locataire());
        CHECK(reponse.value("type", "draft") == "draft");
    }
}

TEST_CASE("D-05 a tiers declares several occupants of one address") {
    Banc banc;
    banc.signale(tiers());
    CHECK(verifie(banc, tiers()).at("type") == "signalement");
    auto autre = tiers();
    autre["coordonnees_occupant_nom"] = "Dupont";
    CHECK(verifie(banc, autre).at("already_exists") == false);
    auto sansNom = tiers();
    sansNom.erase("coordonnees_occupant_nom");
    sansNom["currentStep"] = "coordonnees_occupant";
    // A draft with his mail and that address is there now; no signalement is.
    CHECK(verifie(banc, sansNom).at("type") == "draft");
    auto autreTiers = tiers();
    autreTiers["vos_coordonnees_tiers_email"] = "autre@example.org";
    CHECK(verifie(banc, autreTiers).at("already_exists") == false);
}

TEST_CASE("a tiers is shown all he declared for that occupant, newest first; an occupant the newest") {
    Banc banc;
    for (int i = 0; i < 3; ++i) {
        banc.signale(tiers());
        banc.horloge().advance(1h);
    }
    const auto liste = verifie(banc, tiers()).at("signalements");
    REQUIRE(liste.size() == 3);
    CHECK(liste[0].at("uuid") == dernier(banc));
    CHECK(liste[0].at("created_at") > liste[2].at("created_at"));
    banc.signale(locataire());
    banc.horloge().advance(1h);
    banc.signale(locataire());
    const auto sien = verifie(banc, locataire()).at("signalements");
    REQUIRE(sien.size() == 1);
    CHECK(sien[0].at("uuid") == dernier(banc));
}

TEST_CASE("L-4 case and accents keep nobody apart, on either side") {
    Banc banc;
    banc.signale(tiers());
    auto ecrit = tiers();
    ecrit["coordonnees_occupant_nom"] = "ELOISE";
    ecrit["vos_coordonnees_tiers_email"] = "Voisin@Example.ORG";
    ecrit["adresse_logement_adresse_detail_numero"] = "88 rue de la RÉPUBLIQUE";
    CHECK(verifie(banc, ecrit).at("type") == "signalement");
    Banc envers;
    envers.signale(ecrit);
    CHECK(verifie(envers, tiers()).at("type") == "signalement");
}

TEST_CASE("D-07 12bis and 12 bis are one address, on either side") {
    for (const bool envers : {false, true}) {
        Banc banc;
        auto colle = locataire();
        colle["adresse_logement_adresse_detail_numero"] = "12bis rue de la république";
        auto separe = locataire();
        separe["adresse_logement_adresse_detail_numero"] = "12 bis, Rue de la République";
        banc.signale(envers ? separe : colle);
        CHECK(verifie(banc, envers ? colle : separe).at("type") == "signalement");
        auto autre = locataire();
        autre["adresse_logement_adresse_detail_numero"] = "12 rue de la république";
        CHECK(verifie(banc, autre).at("already_exists") == false);
    }
}

TEST_CASE("D-08 a commune is told by its code, whatever its name") {
    Banc banc;
    auto charge = locataire();
    charge.update({{"adresse_logement_adresse", "3 Rue Gabriel Péri 93200 Saint-Denis"},
                   {"adresse_logement_adresse_detail_numero", "3 Rue Gabriel Péri"},
                   {"adresse_logement_adresse_detail_code_postal", "93200"},
                   {"adresse_logement_adresse_detail_commune", "Saint-Denis"},
                   {"adresse_logement_adresse_detail_insee", "93066"}});
    banc.signale(charge);
    charge["adresse_logement_adresse_detail_commune"] = "St-Denis";
    CHECK(verifie(banc, charge).at("type") == "signalement");
}

TEST_CASE("an arrondissement and its city are one, on either side") {
    for (const bool envers : {false, true}) {
        Banc banc;
        auto ville = locataire();
        auto arrondissement = locataire();
        arrondissement["adresse_logement_adresse_detail_commune"] = "Marseille 2e Arrondissement";
        ville["adresse_logement_adresse_detail_insee"] = "13202";
        auto premier = locataire();
        premier.update({{"adresse_logement_adresse_detail_code_postal", "13001"},
                        {"adresse_logement_adresse_detail_insee", "13055"},
                        {"adresse_logement_adresse_detail_commune", "Marseille"}});
        auto premierNomme = premier;
        premierNomme.update({{"adresse_logement_adresse_detail_insee", "13201"},
                             {"adresse_logement_adresse_detail_commune", "Marseille 1er Arrondissement"}});
        banc.signale(envers ? ville : arrondissement);
        CHECK(verifie(banc, envers ? arrondissement : ville).at("type") == "signalement");
        banc.signale(envers ? premier : premierNomme);
        CHECK(verifie(banc, envers ? premierNomme : premier).at("type") == "signalement");
        CHECK(banc.lignes("SELECT count(DISTINCT cle_adresse) FROM signalements") == "2\n");
    }
}

TEST_CASE("at an address with a hundred dossiers one's own is found") {
    Banc banc;
    banc.signale(locataire());
    banc.execute(
        "INSERT INTO signalements (uuid, brouillon, code_suivi, territoire, annee, numero, statut, cle_adresse, "
        "courriel_occupant, courriel_declarant, nom_occupant, contenu, cree_le) SELECT gen_random_uuid(), "
        "gen_random_uuid(), gen_random_uuid(), territoire, annee, numero + n, statut, cle_adresse, 'autre' || n, '', "
        "'', "
        "contenu, cree_le + make_interval(hours => n) FROM signalements, generate_series(1, 100) n");
    CHECK(verifie(banc, locataire()).at("signalements").size() == 1);
}

TEST_CASE("signalements of one building are found by the register's number, else by the address") {
    Banc banc;
    const auto signale = [&](const char* voie, const Json& rnb) {
        auto charge = locataire();
        charge["adresse_logement_adresse_detail_numero"] = voie;
        charge["adresse_logement_adresse_detail_rnb_id"] = rnb;
        charge["vos_coordonnees_occupant_email"] = std::string(core::randomHex(6)) + "@example.org";
        banc.horloge().advance(1min);
        banc.signale(charge);
        return dernier(banc);
    };
    const auto moi = signale("8 rue Haute", "ABCD1234EFGH");
    const auto autreEntree = signale("10 rue Haute", "ABCD1234EFGH");
    const auto autreBatiment = signale("8 rue Haute", "ZZZZ1234ZZZZ");
    const auto sansNumero = signale("8, Rue HAUTE", nullptr);
    const auto ailleurs = signale("9 rue Haute", nullptr);
    auto session = banc.pool().acquire();
    const auto voisins = [&](const std::string& de) {
        std::vector<std::string> uuids;
        for (const auto& un : findVoisins(*session, de, 50)) uuids.push_back(un.uuid);
        return uuids;
    };
    CHECK(voisins(moi) == std::vector<std::string>{sansNumero, autreEntree});
    CHECK(voisins(autreBatiment) == std::vector<std::string>{sansNumero});
    CHECK(voisins(sansNumero) == std::vector<std::string>{autreBatiment, moi});
    CHECK(voisins(ailleurs).empty());
    const auto premier = findVoisins(*session, moi, 50);
    CHECK_FALSE(premier.at(0).parBatiment);
    CHECK(premier.at(1).parBatiment);
    CHECK(premier.at(1).reference == "2026-2");
    banc.execute("UPDATE signalements SET statut = 'DRAFT' WHERE uuid = '" + autreEntree + "'");
    CHECK(voisins(moi) == std::vector<std::string>{sansNumero});
    CHECK(findVoisins(*session, sansNumero, 1).size() == 1);
}

TEST_CASE("the link of a signalement that check found goes to its own mail, whoever asks") {
    Banc banc;
    banc.signale(tiers());
    const auto uuid = dernier(banc);
    const auto code = banc.lignes("SELECT code_suivi FROM signalements").substr(0, 36);
    CHECK(banc.lit(banc.appelle("sendLienSuivi", nullptr, {{"uuid", uuid}})) == Json{{"success", true}});
    CHECK(banc.evenements("usager.lien_demande", "personnel") ==
          std::vector<Json>{{{"codeSuivi", code},
                             {"courriel", "voisin@example.org"},
                             {"prenom", "Paul"},
                             {"adresse", {{"voie", "88 Rue de la republique"}}}}});
    banc.appelle("sendLienSuivi", {{"profil", "locataire"}}, {{"uuid", uuid}});
    CHECK(banc.evenements("usager.lien_demande", "personnel").at(1).at("courriel") == "eloise@example.org");
    // Clicked again at once: the mail is on its way.
    CHECK(banc.lit(banc.appelle("sendLienSuivi", nullptr, {{"uuid", uuid}})) == Json{{"success", true}});
    CHECK(banc.evenements("usager.lien_demande").size() == 2);
    CHECK(banc.lit(banc.appelle("sendLienSuivi", nullptr, {{"uuid", core::uuidV4()}})).at("success") == false);
    CHECK(banc.lit(banc.appelle("sendLienSuivi", nullptr, {{"uuid", "x"}})).at("success") == false);
    CHECK(banc.lignes("SELECT count(*) FROM evenements WHERE donnees::text LIKE '%" + code + "%'") == "0\n");
}

TEST_CASE("a lost link is asked for by mail and address; who asks learns nothing") {
    Banc banc;
    auto retrouvable = locataire();
    banc.signale(retrouvable);
    const Json demande = {{"courriel", " Locataire-12@example.org"},
                          {"adresse", "88, rue de la République"},
                          {"codePostal", "13002"},
                          {"commune", "MARSEILLE"}};
    const auto reponse = banc.appelle("requestLienSuivi", demande);
    CHECK(reponse.status == 202);
    CHECK(banc.evenements("usager.lien_demande").size() == 1);
    for (const auto& [cle, valeur] : {std::pair{"courriel", "autre@example.org"},
                                      {"adresse", "89 rue de la République"},
                                      {"codePostal", "13001"},
                                      {"commune", "Paris"}}) {
        auto autre = demande;
        autre[cle] = valeur;
        const auto meme = banc.appelle("requestLienSuivi", autre);
        CHECK(meme.status == 202);
        CHECK(meme.body == reponse.body);
    }
    CHECK(banc.evenements("usager.lien_demande").size() == 1);
}

TEST_CASE("of several signalements the lost link is that of the most alive, then of the newest") {
    Banc banc;
    std::vector<std::string> uuids;
    for (const char* valeur : {"REFUSED", "ACTIVE", "CLOSED", "NEED_VALIDATION", "ARCHIVED"}) {
        banc.horloge().advance(1h);
        banc.signale(locataire());
        uuids.push_back(dernier(banc));
        banc.execute("UPDATE signalements SET statut = '" + std::string(valeur) + "' WHERE uuid = '" + uuids.back() +
                     "'");
    }
    const auto trouve = [&]() -> std::string {
        const auto un =
            retrouver(*banc.pool().acquire(), {"88 rue de la republique|13002|13055"}, "locataire-12@example.org");
        return un ? un->uuid : "";
    };
    CHECK(trouve() == uuids[1]);
    banc.execute("UPDATE signalements SET statut = 'ARCHIVED' WHERE uuid = '" + uuids[1] + "'");
    CHECK(trouve() == uuids[3]);
    // Decision: who is in injonction can find his link again too.
    banc.execute("UPDATE signalements SET statut = 'INJONCTION_BAILLEUR' WHERE uuid = '" + uuids[3] + "'");
    CHECK(trouve() == uuids[3]);
    banc.execute("UPDATE signalements SET statut = 'ARCHIVED' WHERE uuid = '" + uuids[3] + "'");
    CHECK(trouve() == uuids[2]);
    banc.execute("UPDATE signalements SET statut = 'ARCHIVED'");
    CHECK(trouve().empty());
}
