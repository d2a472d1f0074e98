#include <set>
#include <thread>

#include <catch2/catch.hpp>

#include "tests/system/notification/banc.hpp"

using namespace histologe;
using namespace histologe::notification;
using namespace histologe::notification::test;
using namespace std::chrono_literals;

namespace {

std::vector<CourrielEnvoye> note(postgres::Connection& base, const std::vector<FinDeBail>& fins, core::Instant now) {
    postgres::Transaction transaction(base);
    auto envoyes = noterFins(transaction, fins, now);
    transaction.commit();
    return envoyes;
}

FinDeBail envoye(const CourrielBaille& baille) {
    FinDeBail fin;
    fin.id = baille.id;
    fin.bail = baille.bail;
    fin.etat = Etat::Envoye;
    fin.code = 250;
    fin.etape = "contenu";
    return fin;
}

}  // namespace

TEST_CASE("leases never overlap, even taken at the same time") {
    Banc banc;
    banc.doit(400);
    const core::Instant now = banc.horloge.now();
    std::vector<std::vector<CourrielBaille>> pris(4);
    std::vector<std::thread> fils;
    for (std::size_t i = 0; i < pris.size(); ++i)
        fils.emplace_back([&, i] {
            auto base = banc.connexion();
            while (true) {
                auto lot = bailler(base, "bail-" + std::to_string(i), now, now + 1min, 7);
                if (lot.empty()) return;
                pris[i].insert(pris[i].end(), lot.begin(), lot.end());
            }
        });
    for (auto& fil : fils) fil.join();
    std::set<std::string> vus;
    for (const auto& lot : pris)
        for (const auto& baille : lot) CHECK(vus.insert(baille.id).second);
    CHECK(vus.size() == 400);
}

TEST_CASE("what is leased comes back whole, and only when it is due") {
    Banc banc;
    banc.doit(1);
    auto base = banc.connexion();
    const core::Instant now = banc.horloge.now();
    CHECK(bailler(base, "b", now - 1h, now, 10).empty());
    const auto lot = bailler(base, "b", now, now + 1min, 10);
    REQUIRE(lot.size() == 1);
    CHECK(lot[0].courriel == CourrielACreer{TypeCourriel::AccuseReception,
                                            "s1",
                                            "s1",
                                            "a0@exemple.fr",
                                            "Ain",
                                            {{"prenom", "Léa"}, {"reference", "2026-1"}, {"codeSuivi", "c0de"}}});
    CHECK(lot[0].essais == 0);
    CHECK(lot[0].bailJusquA == now + 1min);
    CHECK(bailler(base, "b2", now, now + 1min, 10).empty());
}

TEST_CASE("a lease that ended without an answer is taken again, but not by the process that still knows its end") {
    Banc banc;
    banc.doit(2);
    auto base = banc.connexion();
    const core::Instant now = banc.horloge.now();
    const auto lot = bailler(base, "mort", now, now + 1min, 10);
    REQUIRE(lot.size() == 2);
    CHECK(reprendreBauxEchus(base, now + 59s, {}) == 0);
    CHECK(reprendreBauxEchus(base, now + 61s, {lot[0].id}) == 1);
    const auto repris = bailler(base, "vif", now + 61s, now + 2min, 10);
    REQUIRE(repris.size() == 1);
    CHECK(repris[0].id == lot[1].id);
    CHECK(repris[0].essais == 0);
}

TEST_CASE("an acceptance counts whoever holds the lease, once; another end only from its holder") {
    Banc banc;
    banc.doit(1);
    auto base = banc.connexion();
    const core::Instant now = banc.horloge.now();
    const auto premier = bailler(base, "premier", now, now + 1s, 10);
    REQUIRE(reprendreBauxEchus(base, now + 2s, {}) == 1);
    const auto second = bailler(base, "second", now + 2s, now + 1min, 10);
    REQUIRE(second.size() == 1);

    FinDeBail echec;
    echec.id = premier[0].id;
    echec.bail = premier[0].bail;
    echec.etat = Etat::Echec;
    CHECK(note(base, {echec}, now).empty());
    CHECK(banc.valeur("SELECT etat FROM courriels") == "EN_COURS");

    const auto envoyes = note(base, {envoye(premier[0])}, now);
    REQUIRE(envoyes.size() == 1);
    CHECK(envoyes[0].essais == 1);
    CHECK(envoyes[0].objet == "s1");
    CHECK(note(base, {envoye(second[0])}, now).empty());
    CHECK(banc.valeur("SELECT etat || ' ' || variables FROM courriels") == "ENVOYE {}");
}

TEST_CASE("a failed try is counted and dated, a lease given back is not") {
    Banc banc;
    banc.doit(2);
    auto base = banc.connexion();
    const core::Instant now = banc.horloge.now();
    const auto lot = bailler(base, "b", now, now + 1min, 10);
    REQUIRE(lot.size() == 2);
    FinDeBail rate;
    rate.id = lot[0].id;
    rate.bail = "b";
    rate.prochainEssai = now + 10min;
    rate.attendServeur = true;
    rate.code = 451;
    rate.etape = "expediteur";
    rate.erreur = "451 plus tard";
    note(base, {rate, rendre(lot[1], now)}, now);
    CHECK(banc.valeur("SELECT essais || ' ' || dernier_code || ' ' || derniere_etape || ' ' || erreur FROM courriels "
                      "WHERE attend_serveur") == "1 451 expediteur 451 plus tard");
    const auto encore = bailler(base, "c", now, now + 1min, 10);
    REQUIRE(encore.size() == 1);
    CHECK(encore[0].id == lot[1].id);
    CHECK(encore[0].essais == 0);
    CHECK(avancerCeuxQuiAttendent(base, now) == 1);
    CHECK(bailler(base, "d", now, now + 1min, 10).size() == 1);
}

TEST_CASE("what is not sent is counted by state") {
    Banc banc;
    banc.doit(3);
    auto base = banc.connexion();
    const core::Instant now = banc.horloge.now();
    const auto lot = bailler(base, "b", now, now + 1min, 2);
    REQUIRE(lot.size() == 2);
    FinDeBail echec;
    echec.id = lot[0].id;
    echec.bail = "b";
    echec.etat = Etat::Echec;
    note(base, {echec}, now);
    const Decompte decompte = compterNonEnvoyes(base);
    CHECK(decompte.aEnvoyer == 1);
    CHECK(decompte.enCours == 1);
    CHECK(decompte.echecs == 1);
    REQUIRE(decompte.plusAncien);
    CHECK(*decompte.plusAncien <= now);
}

TEST_CASE("a variable that is not text, or a kind of mail of a later version, stops nothing") {
    Banc banc;
    banc.doit(2);
    banc.execute(
        "UPDATE courriels SET variables = '{\"prenom\": 3, \"reference\": \"2026-1\"}' WHERE destinataire = "
        "'a0@exemple.fr';"
        "UPDATE courriels SET type = 'PLUS_TARD' WHERE destinataire = 'a1@exemple.fr'");
    auto base = banc.connexion();
    const core::Instant now = banc.horloge.now();
    const auto lot = bailler(base, "b", now, now + 1min, 10);
    REQUIRE(lot.size() == 1);
    CHECK(lot[0].courriel.variables == Variables{{"reference", "2026-1"}});
}
