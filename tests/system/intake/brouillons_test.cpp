// The life of a draft: begun, saved, resumed, archived, submitted once.
#include <set>

#include <catch2/catch.hpp>

#include "libs/core/ids.hpp"
#include "tests/system/intake/banc.hpp"

using namespace histologe;
using namespace histologe::intake;
using namespace histologe::intake::essais;
using namespace std::chrono_literals;

namespace {

Json reponses() {
    return echantillon("step__validation_signalement__locataire");
}

std::string statut(Banc& banc, const std::string& brouillon) {
    return banc.lignes("SELECT statut FROM brouillons WHERE uuid = '" + brouillon + "'");
}

Json archive(Banc& banc, const std::string& uuid) {
    return banc.lit(banc.appelle("archiveBrouillon", {{"uuid", uuid}}));
}

Json informations(Banc& banc, const std::string& uuid) {
    return banc.lit(banc.appelle("getBrouillonInformations", {}, {{"uuid", uuid}}));
}

}  // namespace

TEST_CASE("D-01 the last step of one draft sent twenty times at once makes one signalement") {
    Banc banc;
    const auto charge = reponses();
    const auto brouillon = banc.commence(charge);
    std::vector<Json> accuses(20);
    enParallele(20, [&](int i) { accuses[static_cast<std::size_t>(i)] = banc.lit(banc.depose(brouillon, charge)); });
    for (const auto& accuse : accuses) CHECK(accuse == accuses[0]);
    CHECK(accuses[0].at("signalementReference") == "2026-1");
    CHECK(accuses[0].at("uuid") == brouillon);
    CHECK(banc.lignes("SELECT count(*) FROM signalements") == "1\n");
    CHECK(banc.evenements("signalement.depose").size() == 1);
    CHECK(statut(banc, brouillon) == "EN_SIGNALEMENT\n");
}

TEST_CASE("a save after the submission answers the signalement and changes nothing") {
    Banc banc;
    auto charge = reponses();
    const auto brouillon = banc.commence(charge);
    const auto accuse = banc.lit(banc.depose(brouillon, charge));
    const auto avant = banc.lignes("SELECT md5(charge::text) || modifie_le FROM brouillons");
    charge["vos_coordonnees_occupant_nom"] = "Autre";
    charge["currentStep"] = "zone_concernee";
    banc.horloge().advance(1h);
    CHECK(banc.lit(banc.enregistre(brouillon, charge)) == accuse);
    CHECK(banc.lit(banc.depose(brouillon, charge)) == accuse);
    CHECK(banc.lignes("SELECT md5(charge::text) || modifie_le FROM brouillons") == avant);
    CHECK(banc.lignes("SELECT count(*) FROM signalements") == "1\n");
}

TEST_CASE("a draft is read by its uuid as long as it is in progress") {
    Banc banc;
    const auto charge = reponses();
    const auto brouillon = banc.commence(charge);
    const auto lu = informations(banc, brouillon).at("signalement");
    CHECK(lu.at("payload") == charge);
    CHECK(lu.at("status") == "EN_COURS");
    CHECK(banc.appelle("getBrouillonInformations", {}, {{"uuid", core::uuidV4()}}).status == 404);
    CHECK(banc.appelle("getBrouillonInformations", {}, {{"uuid", "x"}}).status == 404);
    banc.depose(brouillon, charge);
    CHECK(informations(banc, brouillon).at("signalement").is_null());
}

TEST_CASE("an archived draft is neither saved, read nor submitted") {
    Banc banc;
    const auto charge = reponses();
    const auto brouillon = banc.commence(charge);
    CHECK(archive(banc, brouillon) == Json{{"success", true}});
    CHECK(statut(banc, brouillon) == "ARCHIVE\n");
    CHECK(archive(banc, brouillon) == Json{{"response", "error"}});
    CHECK(banc.enregistre(brouillon, charge).status == 404);
    CHECK(banc.depose(brouillon, charge).status == 404);
    CHECK(informations(banc, brouillon).at("signalement").is_null());
    CHECK(banc.lignes("SELECT count(*) FROM signalements") == "0\n");
}

TEST_CASE("D-10 a draft is archived by its uuid and by nothing else, and only while it is in progress") {
    Banc banc;
    const auto charge = reponses();
    const auto brouillon = banc.commence(charge);
    CHECK(banc.appelle("archiveBrouillon", {{"uuid", ""}}).status == 400);
    CHECK(banc.appelle("archiveBrouillon", {{"uuid", core::uuidV4()}}).status == 400);
    CHECK(statut(banc, brouillon) == "EN_COURS\n");
    banc.depose(brouillon, charge);
    CHECK(banc.appelle("archiveBrouillon", {{"uuid", brouillon}}).status == 400);
    CHECK(statut(banc, brouillon) == "EN_SIGNALEMENT\n");
}

TEST_CASE(
    "whoever knows a mail and an address is not given somebody's draft: he can set it aside, its owner can go on") {
    Banc banc;
    const auto charge = reponses();
    const auto brouillon = banc.commence(charge);
    const auto trouve = banc.lit(banc.appelle("checkBrouillon", charge));
    CHECK(trouve.at("type") == "draft");
    const auto nom = trouve.at("draft_uuid").get<std::string>();
    CHECK(core::isUuid(nom));
    CHECK(nom != brouillon);
    CHECK(banc.lit(banc.appelle("checkBrouillon", charge)).at("draft_uuid") == nom);
    // It opens nothing and changes nothing.
    CHECK(banc.appelle("getBrouillonInformations", {}, {{"uuid", nom}}).status == 404);
    CHECK(banc.enregistre(nom, charge).status == 404);

    CHECK(archive(banc, nom) == Json{{"success", true}});
    CHECK(statut(banc, brouillon) == "EN_COURS\n");
    const auto nouveau = banc.lit(banc.appelle("checkBrouillon", charge));
    CHECK(nouveau.at("already_exists") == false);
    CHECK(informations(banc, brouillon).at("signalement").at("payload") == charge);
    CHECK(banc.depose(brouillon, charge).status == 200);
}

TEST_CASE("the name that check gives to a draft is good for a day") {
    Banc banc;
    const auto charge = reponses();
    banc.commence(charge);
    const auto nom = banc.lit(banc.appelle("checkBrouillon", charge)).at("draft_uuid").get<std::string>();
    banc.horloge().advance(24h);
    CHECK(archive(banc, nom) == Json{{"response", "error"}});
    const auto autre = banc.lit(banc.appelle("checkBrouillon", charge)).at("draft_uuid").get<std::string>();
    CHECK(autre != nom);
    CHECK(archive(banc, autre) == Json{{"success", true}});
    banc.horloge().advance(24h);
    CHECK(banc.travaille("menage_acces") == 1);
    CHECK(banc.lignes("SELECT count(*) FROM poignees") == "0\n");
}

TEST_CASE("D-09 blanks around what people type keep no two answers apart") {
    Banc banc;
    auto charge = reponses();
    charge["vos_coordonnees_occupant_email"] = "  locataire-12@example.org ";
    charge["vos_coordonnees_occupant_nom"] = "Ficelle ";
    charge["adresse_logement_adresse_detail_numero"] = "88 Rue de la republique  ";
    banc.signale(charge);
    CHECK(banc.lignes("SELECT courriel_occupant || '|' || nom_occupant || '|' || cle_adresse FROM signalements") ==
          "locataire-12@example.org|ficelle|88 rue de la republique|13002|13055\n");
    CHECK(banc.lignes("SELECT contenu->'occupant'->>'nom' FROM signalements") == "Ficelle\n");
    CHECK(banc.lit(banc.appelle("checkBrouillon", reponses())).at("type") == "signalement");
}

TEST_CASE("a last step that says nothing of a désordre keeps the draft and says so") {
    Banc banc;
    auto charge = reponses();
    charge["categorieDisorders"] = Json::object();
    const auto brouillon = banc.commence(charge);
    const auto reponse = banc.lit(banc.depose(brouillon, charge));
    CHECK_FALSE(reponse.contains("signalementReference"));
    CHECK(reponse.at("incomplet").at("code") == "aucun_desordre");
    CHECK(statut(banc, brouillon) == "EN_COURS\n");
}

TEST_CASE("one draft is saved so often in a minute, then waits") {
    Banc banc({3, 1000});
    const auto charge = reponses();
    const auto brouillon = banc.commence(charge);
    const auto autre = banc.commence(charge);
    for (int i = 0; i < 3; ++i) CHECK(banc.enregistre(brouillon, charge).status == 200);
    const auto refus = banc.enregistre(brouillon, charge);
    CHECK(refus.status == 429);
    CHECK(refus.headers.get("Retry-After") == "60");
    CHECK(banc.enregistre(autre, charge).status == 200);
    banc.horloge().advance(1min);
    CHECK(banc.enregistre(brouillon, charge).status == 200);
}

TEST_CASE("P-014 the 61st draft begun in an hour from one address, where 60 are allowed, is refused") {
    Banc banc({1000, 60});
    const auto charge = reponses();
    for (int i = 0; i < 60; ++i) CHECK(banc.appelle("createBrouillon", charge).status == 200);
    CHECK(banc.appelle("createBrouillon", charge).status == 429);
    auto ailleurs = charge;
    ailleurs["adresse_logement_adresse"] = "1 Rue Ailleurs 13002 Marseille";
    CHECK(banc.appelle("checkBrouillon", ailleurs).status == 429);
    CHECK(banc.appelle("createBrouillon", charge, {}, "198.51.100.7").status == 200);
    banc.horloge().advance(1h);
    CHECK(banc.appelle("createBrouillon", charge).status == 200);
    CHECK(banc.lignes("SELECT count(*) FROM brouillons") == "62\n");
}

TEST_CASE("the link to go on is sent to the address that is stored, once for impatient clicks") {
    Banc banc;
    const auto charge = reponses();
    const auto brouillon = banc.commence(charge);
    std::vector<int> statuts(20);
    enParallele(
        20, [&](int i) { statuts[static_cast<std::size_t>(i)] = banc.appelle("sendBrouillonLink", charge).status; });
    CHECK(std::set<int>(statuts.begin(), statuts.end()) == std::set<int>{200});
    CHECK(banc.evenements("brouillon.lien_demande") == std::vector<Json>{{{"motif", "demande"},
                                                                          {"creeLe", "2026-08-07T12:00:00Z"},
                                                                          {"codePostal", "13002"},
                                                                          {"commune", "Marseille"}}});
    CHECK(banc.evenements("brouillon.lien_demande", "personnel") ==
          std::vector<Json>{{{"brouillonId", brouillon},
                             {"courriel", "locataire-12@example.org"},
                             {"prenom", "Marin"},
                             {"adresse", {{"voie", "88 Rue de la republique"}}}}});
    // The uuid opens the draft: it stands in the part that anonymisation erases, and nowhere else.
    CHECK(banc.lignes("SELECT count(*) FROM evenements WHERE sujet || donnees::text LIKE '%" + brouillon + "%'") ==
          "0\n");
}

TEST_CASE("the link is sent ten times in a day at most") {
    Banc banc;
    const auto charge = reponses();
    banc.commence(charge);
    for (int i = 0; i < 10; ++i) {
        CHECK(banc.appelle("sendBrouillonLink", charge).status == 200);
        banc.horloge().advance(10min);
    }
    CHECK(banc.appelle("sendBrouillonLink", charge).status == 200);
    CHECK(banc.evenements("brouillon.lien_demande").size() == 10);
    banc.horloge().advance(24h);
    CHECK(banc.appelle("sendBrouillonLink", charge).status == 200);
    CHECK(banc.evenements("brouillon.lien_demande").size() == 11);
}

TEST_CASE("one mail address is sent so many links in an hour, whatever drafts are begun in its name") {
    Banc banc;
    auto charge = reponses();
    for (int i = 0; i < 11; ++i) {
        charge["adresse_logement_adresse"] = std::to_string(i) + " Rue Haute 13002 Marseille";
        banc.commence(charge);
        CHECK(banc.appelle("sendBrouillonLink", charge).status == 200);
    }
    CHECK(banc.evenements("brouillon.lien_demande").size() == 10);
}

TEST_CASE("no link is sent for a draft that is not in progress, and the answer does not tell") {
    Banc banc;
    const auto charge = reponses();
    auto autre = reponses();
    autre["adresse_logement_adresse"] = "1 Rue Haute 13002 Marseille";
    banc.commence(autre);
    const auto connue = banc.appelle("sendBrouillonLink", autre);
    CHECK(banc.lit(connue) == Json{{"success", true}});
    const auto muette = [&] {
        const auto reponse = banc.appelle("sendBrouillonLink", charge);
        CHECK(reponse.status == connue.status);
        CHECK(reponse.body == connue.body);
    };
    muette();
    const auto brouillon = banc.commence(charge);
    archive(banc, brouillon);
    muette();
    banc.depose(banc.commence(charge), charge);
    muette();
    CHECK(banc.evenements("brouillon.lien_demande").size() == 1);
}

TEST_CASE("a file that was sent for a draft goes to no other signalement, whoever names it") {
    Banc banc;
    auto charge = reponses();
    const auto brouillon = banc.commence(charge);
    const auto recu = [&](const std::string& cle, const std::string& pour) {
        banc.execute("INSERT INTO fichiers (cle, titre, type_mime, octets, recu_le, brouillon) VALUES ('" + cle +
                     "', '', 'image/jpeg', 1, now(), " + pour + ")");
    };
    recu("2026/08/sienne.jpg", "'" + brouillon + "'");
    recu("2026/08/a-personne.jpg", "NULL");
    recu("2026/08/autre.jpg", "'" + core::uuidV4() + "'");
    charge["message_administration_documents_upload"] = Json::array();
    for (const auto* cle : {"2026/08/sienne.jpg", "2026/08/a-personne.jpg", "2026/08/autre.jpg", "2026/08/inventee.jpg"}) {
        charge["message_administration_documents_upload"].push_back(
            {{"file", cle}, {"filePath", std::string("tmp/") + cle}, {"titre", "photo.jpg"}});
    }
    CHECK(banc.depose(brouillon, charge).status == 200);
    CHECK(banc.lignes("SELECT cle FROM fichiers WHERE signalement IS NOT NULL ORDER BY cle") ==
          "2026/08/a-personne.jpg\n2026/08/sienne.jpg\n");
}
