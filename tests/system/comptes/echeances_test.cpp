// What becomes of accounts with time, job by job, with a driven clock on the tables of the platform under test.
#include <catch2/catch.hpp>

#include "libs/core/ids.hpp"
#include "services/routing/jobs/comptes.hpp"
#include "tests/system/comptes/comptes.hpp"

using namespace histologe;
using namespace histologe::comptes;

namespace {

core::Instant a(const char* instant) {
    return core::parseInstant(instant).value();
}

struct Banc {
    core::DrivenClock horloge{a("2026-11-25T12:00:00Z")};
    streams::RelayBell sonnette;
    streams::Outbox boite{"routing", 16, horloge, sonnette};
    routing::VieDesComptes vie{boite, horloge};
    postgres::Pool pool{{product::platform().databaseUrl("routing"), "routing", 2, std::chrono::seconds(5)}};
    core::Metrics mesures;
    service::Travaux travaux{"routing", routing::travauxDesComptes(pool, vie, true), horloge, mesures};
};

void utilise(const Compte& compte, const std::string& le) {
    environment::Sql(product::platform().superuserUrl())
        .rows("UPDATE routing.comptes SET derniere_connexion_le = $2::timestamptz, cree_le = $2::timestamptz WHERE id = $1",
              {compte.id, le});
}

std::string etat(const Compte& compte) {
    return one("SELECT statut || CASE WHEN archivage_prevu_le IS NULL THEN '' ELSE ' prevu' END || CASE WHEN mot_de_passe "
               "IS NULL THEN '' ELSE ' mdp' END FROM routing.comptes WHERE id = '" + compte.id + "'");
}

std::string motifs(const Compte& compte) {
    return one("SELECT coalesce(string_agg(donnees->>'motif', ' ' ORDER BY numero), '') FROM routing.evenements WHERE "
               "type = 'compte.courriel_demande' AND sujet = 'compte:" + compte.id + "'");
}

}  // namespace

TEST_CASE("D-100: unused accounts are announced on the 15th, archived 15 days later, anonymised after two years") {
    oublierEchecs();
    const auto partenaire = partenaireDe("30");
    const auto vieux = ouvert("agent", {partenaire});
    const auto revenant = ouvert("agent", {partenaire});
    const auto recent = ouvert("agent", {partenaire});
    const auto systeme = ouvert("agent", {partenaire});
    const auto responsable = ouvert("responsable_territoire", {partenaire});
    utilise(vieux, "2025-11-14T12:00:00Z");
    utilise(revenant, "2025-11-14T12:00:00Z");
    utilise(recent, "2025-11-16T12:00:00Z");
    utilise(systeme, "2020-01-01T12:00:00Z");
    environment::Sql sql(product::platform().superuserUrl());
    sql.rows("UPDATE routing.comptes SET systeme = true WHERE id = $1", {systeme.id});

    Banc banc;
    banc.horloge.set(a("2026-11-15T02:00:00Z"));  // 03:00 in Paris: not yet
    banc.travaux.execute("inactivite");
    CHECK(etat(vieux) == "ACTIVE mdp");
    banc.horloge.set(a("2026-11-15T03:30:00Z"));
    CHECK(banc.travaux.execute("inactivite") >= 2);
    CHECK(etat(vieux) == "ACTIVE prevu");
    CHECK(etat(recent) == "ACTIVE mdp");
    CHECK(etat(systeme) == "ACTIVE mdp");
    CHECK(motifs(vieux).ends_with("ACCOUNT_USER_SOON_ARCHIVED"));
    CHECK(motifs(responsable).ends_with("ACCOUNTS_SOON_ARCHIVED"));
    // Again, and in another instance: nothing more is said.
    CHECK(banc.travaux.execute("inactivite") == 0);
    CHECK(Banc().travaux.execute("inactivite") == 0);
    CHECK(one("SELECT count(*) FROM routing.evenements WHERE sujet = 'compte:" + responsable.id +
              "' AND donnees->>'motif' = 'ACCOUNTS_SOON_ARCHIVED'") == "1");

    // Who chooses a password again stays.
    REQUIRE(post("/liens-compte", {{"courriel", revenant.courriel}}).status == 202);
    REQUIRE(avec("PUT", "/liens-compte/" + secretDuCourriel(revenant.id, "LOST_PASSWORD"), {{"motDePasse", kMotDePasse}},
                 "").status == 204);
    banc.horloge.set(a("2026-11-30T03:00:00Z"));
    banc.travaux.execute("archivage_comptes");
    CHECK(etat(vieux) == "ACTIVE prevu");
    banc.horloge.set(a("2026-11-30T04:00:00Z"));
    banc.travaux.execute("archivage_comptes");
    CHECK(etat(vieux) == "ARCHIVE");
    CHECK(etat(revenant) == "ACTIVE mdp");
    CHECK(etat(systeme) == "ACTIVE mdp");

    banc.horloge.set(a("2027-11-13T12:00:00Z"));
    banc.travaux.execute("anonymisation_comptes");
    CHECK(one("SELECT anonymise_le IS NULL FROM routing.comptes WHERE id = '" + vieux.id + "'") == "t");
    banc.horloge.set(a("2027-11-15T12:00:00Z"));
    banc.travaux.execute("anonymisation_comptes");
    CHECK(one("SELECT prenom || ' ' || nom || ' ' || courriel FROM routing.comptes WHERE id = '" + vieux.id + "'") ==
          "Utilisateur Anonymisé anonyme@" + vieux.id);
    CHECK(one("SELECT count(*) FROM routing.evenements WHERE sujet = 'compte:" + vieux.id +
              "' AND personnel::text <> '{}'") == "0");
    CHECK(one("SELECT count(*) FROM routing.evenements WHERE personnel::text LIKE '%" + vieux.courriel + "%'") == "0");
}

TEST_CASE("an account that was never opened is reminded of every ten days, with a link that works") {
    const auto compte = ferme("agent", {partenaireDe("13")});
    Banc banc;
    banc.horloge.set(core::SystemClock().now() + std::chrono::hours(24 * 9));
    banc.travaux.execute("rappel_activation");
    CHECK(motifs(compte) == "ACCOUNT_ACTIVATION_FROM_BO");
    banc.horloge.advance(std::chrono::hours(24 * 2));
    banc.travaux.execute("rappel_activation");
    banc.travaux.execute("rappel_activation");
    CHECK(motifs(compte) == "ACCOUNT_ACTIVATION_FROM_BO ACCOUNT_ACTIVATION_REMINDER");
    CHECK(get("/liens-compte/" + secretDuCourriel(compte.id, "ACCOUNT_ACTIVATION_REMINDER"), "").status == 200);
}

TEST_CASE("secrets that mails carried are emptied once their link is over") {
    const auto compte = ferme("agent", {partenaireDe("13")});
    Banc banc;
    banc.horloge.set(core::SystemClock().now() + std::chrono::hours(47));
    banc.travaux.execute("menage_connexions");
    CHECK_FALSE(secretDuCourriel(compte.id, "ACCOUNT_ACTIVATION_FROM_BO").empty());
    banc.horloge.advance(std::chrono::hours(2));
    banc.travaux.execute("menage_connexions");
    CHECK(secretDuCourriel(compte.id, "ACCOUNT_ACTIVATION_FROM_BO").empty());
}
