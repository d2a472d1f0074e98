// Faults that users of such platforms have met between the form and its drafts, by their number in the list of demands
// (D) and of peers (P).
#include <set>

#include <catch2/catch.hpp>

#include "libs/core/ids.hpp"
#include "tests/system/intake/banc.hpp"
#include "tests/unit/intake/complet.hpp"

using namespace histologe;
using namespace histologe::intake;
using namespace histologe::intake::essais;
using namespace std::chrono_literals;

namespace {

std::set<std::string> cles(const Json& objet) {
    std::set<std::string> toutes;
    for (const auto& [cle, valeur] : objet.items()) toutes.insert(cle);
    return toutes;
}

Json verifie(Banc& banc, const Json& reponses) {
    return banc.lit(banc.appelle("checkBrouillon", reponses));
}

}  // namespace

TEST_CASE("P-001: the smallest draft of each profile becomes a signalement to validate, and nothing inside is told") {
    Banc banc;
    for (const Profil profil : kTousLesProfils) {
        INFO(motDe(profil));
        const auto commence = banc.lit(banc.appelle("createBrouillon", complet(profil)));
        CHECK(cles(commence) == std::set<std::string>{"uuid"});
        const auto accuse = banc.lit(banc.depose(commence.at("uuid"), complet(profil)));
        CHECK(cles(accuse) == std::set<std::string>{"uuid", "signalementReference", "lienSuivi", "signalementStatus"});
        CHECK(accuse.at("signalementStatus") == "NEED_VALIDATION");
    }
    CHECK(banc.lignes("SELECT count(*) FROM signalements") == "6\n");
}

TEST_CASE(
    "P-002 P-003 P-004: a status, a score or a reference sent with the answers is stored as an answer, never applied") {
    Banc banc;
    auto charge = complet(Profil::Locataire);
    charge["statut"] = "CLOSED";
    charge["signalementStatus"] = "ACTIVE";
    charge["signalementReference"] = "2026-999";
    charge["score"] = 100;
    const auto accuse = banc.signale(charge);
    CHECK(accuse.at("signalementStatus") == "NEED_VALIDATION");
    CHECK(accuse.at("signalementReference") == "2026-1");
    CHECK(banc.lignes("SELECT statut FROM signalements") == "NEED_VALIDATION\n");
    CHECK(banc.lignes("SELECT contenu::text LIKE '%999%' FROM signalements") == "f\n");
}

TEST_CASE("P-010: an unknown draft answers the same whatever its uuid") {
    Banc banc;
    const auto corps = [&banc](const std::string& uuid) {
        const auto reponse = banc.appelle("getBrouillonInformations", {}, {{"uuid", uuid}});
        CHECK(reponse.status == 404);
        return reponse.body;
    };
    const auto archive = banc.commence(complet(Profil::Locataire));
    banc.appelle("archiveBrouillon", {{"uuid", archive}});
    const auto inconnu = corps(core::uuidV4());
    CHECK(corps(core::uuidV4()) == inconnu);
    CHECK(corps("pas-un-uuid") == inconnu);
    CHECK(banc.enregistre(core::uuidV4(), complet(Profil::Locataire)).body ==
          banc.enregistre(archive, complet(Profil::Locataire)).body);
}

TEST_CASE(
    "P-097 P-098 P-099 P-100: the same report again is told and points to the first, until ninety days have passed") {
    Banc banc;
    const auto charge = complet(Profil::TiersParticulier);
    banc.signale(charge);
    const auto premier = banc.lignes("SELECT uuid FROM signalements");
    for (int fois = 2; fois <= 5; ++fois) {
        const auto dit = verifie(banc, charge);
        CHECK(dit.at("already_exists") == true);
        CHECK(dit.at("has_created_recently") == true);
        CHECK(dit.at("signalements").back().at("uuid").get<std::string>() + "\n" == premier);
        // Decision: the form stops there, the service does not, so that no report is lost to a rule about another one.
        banc.horloge().advance(1h);
        banc.signale(charge);
    }
    CHECK(banc.lignes("SELECT count(*) FROM signalements") == "5\n");
    banc.horloge().advance(24h * 91);
    CHECK(verifie(banc, charge).at("has_created_recently") == false);
}

TEST_CASE("D-25: today is that of the dwelling, not of the server") {
    Banc banc;
    banc.horloge().advance(9h);  // 21:00 UTC: eleven in the evening in Marseille, one in the morning in La Réunion
    auto marseille = complet(Profil::Locataire);
    marseille["bail_dpe_date_emmenagement"] = "2026-08-08";
    auto reunion = marseille;
    reunion["adresse_logement_adresse_detail_code_postal"] = "97400";
    reunion["adresse_logement_adresse_detail_insee"] = "97411";
    CHECK(banc.appelle("createBrouillon", marseille).status == 400);
    CHECK(banc.appelle("createBrouillon", reunion).status == 200);
    banc.horloge().advance(1h);
    CHECK(banc.appelle("createBrouillon", marseille).status == 200);
}

TEST_CASE("D-31: a draft may be saved with later answers missing, and is taken when they are there") {
    Banc banc;
    auto charge = complet(Profil::Bailleur);
    charge.erase("composition_logement_nb_pieces");
    charge["currentStep"] = "coordonnees_occupant";
    const auto brouillon = banc.commence(charge);
    CHECK(banc.enregistre(brouillon, charge).status == 200);
    const auto refus = banc.depose(brouillon, charge);
    CHECK(refus.status == 400);
    CHECK(banc.lit(refus).at("violations").at(0).at("champ") == "compositionLogementNbPieces");
    charge["composition_logement_nb_pieces"] = "2";
    CHECK(banc.lit(banc.depose(brouillon, charge)).contains("signalementReference"));
}

TEST_CASE("D-35: without a profile every call answers 400 and names it") {
    Banc banc;
    const auto brouillon = banc.commence(complet(Profil::Locataire));
    auto charge = complet(Profil::Locataire);
    charge.erase("profil");
    for (const auto& reponse : {banc.appelle("checkBrouillon", charge), banc.appelle("createBrouillon", charge),
                                banc.enregistre(brouillon, charge), banc.depose(brouillon, charge)}) {
        CHECK(reponse.status == 400);
        CHECK(banc.lit(reponse).at("violations").at(0).at("champ") == "profil");
    }
}

TEST_CASE("D-124: a save that is sent again after a lost answer changes nothing, the text stays with the client") {
    Banc banc;
    auto charge = complet(Profil::Locataire);
    const auto brouillon = banc.commence(charge);
    charge["message_administration"] = std::string(40000, 'm');
    const auto premiere = banc.lit(banc.enregistre(brouillon, charge));
    CHECK(banc.lit(banc.enregistre(brouillon, charge)) == premiere);
    CHECK(banc.lignes("SELECT length(charge->>'message_administration') FROM brouillons") == "40000\n");
    const auto accuse = banc.lit(banc.depose(brouillon, charge));
    CHECK(banc.lit(banc.depose(brouillon, charge)) == accuse);
    CHECK(banc.lignes("SELECT count(*) FROM signalements") == "1\n");
}
