// Numbers by which people name a signalement (reference of intake, 2.4).
#include "services/intake/store/references.hpp"

#include <algorithm>
#include <numeric>

#include <catch2/catch.hpp>

#include "services/intake/store/depots.hpp"
#include "tests/system/intake/banc.hpp"

using namespace histologe;
using namespace histologe::intake;
using namespace histologe::intake::essais;

namespace {

Json reponses() {
    return echantillon("step__validation_signalement__locataire");
}

// Twenty submissions at once; their references, sorted by number.
std::vector<int> vingtDepots(Banc& banc, const std::string& annee) {
    const auto charge = reponses();
    std::vector<std::string> brouillons;
    for (int i = 0; i < 20; ++i) brouillons.push_back(banc.commence(charge));
    std::vector<int> numeros(20);
    enParallele(20, [&](int i) {
        const auto reponse = banc.lit(banc.depose(brouillons[static_cast<std::size_t>(i)], charge));
        const auto reference = reponse.at("signalementReference").get<std::string>();
        if (!reference.starts_with(annee + "-")) throw std::runtime_error("reference " + reference);
        numeros[static_cast<std::size_t>(i)] = std::stoi(reference.substr(5));
    });
    std::ranges::sort(numeros);
    return numeros;
}

std::vector<int> deUnA(int n) {
    std::vector<int> numeros(static_cast<std::size_t>(n));
    std::iota(numeros.begin(), numeros.end(), 1);
    return numeros;
}

// A row as another way in would leave it: no number yet.
std::string sansNumero(Banc& banc, const std::string& territoire, const std::string& statut,
                       const std::string& national) {
    return banc
        .lignes(
            "INSERT INTO signalements (uuid, brouillon, code_suivi, territoire, annee, numero, statut, cle_adresse, "
            "courriel_occupant, courriel_declarant, nom_occupant, contenu, cree_le, numero_injonction) VALUES "
            "(gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), '" +
            territoire + "', 2026, NULL, '" + statut + "', '', '', '', '', '{}', '2026-01-05', " + national +
            ") RETURNING uuid")
        .substr(0, 36);
}

std::string affichee(Banc& banc, const std::string& signalement) {
    const auto brouillon = banc.lignes("SELECT brouillon FROM signalements WHERE uuid = '" + signalement + "'");
    Brouillon repete;
    repete.uuid = brouillon.substr(0, 36);
    repete.charge = "{}";
    auto session = banc.pool().acquire();
    postgres::Transaction transaction(*session);
    return saveBrouillons(transaction, {&repete})[0].accuse.reference;
}

std::string donne(Banc& banc, const std::string& signalement, int annee) {
    auto session = banc.pool().acquire();
    postgres::Transaction transaction(*session);
    const auto reference = donnerReference(transaction, signalement, annee);
    transaction.commit();
    return reference.value_or("");
}

}  // namespace

TEST_CASE("D-02 twenty submissions at once on an empty year are numbered 1 to 20") {
    Banc banc;
    CHECK(vingtDepots(banc, "2026") == deUnA(20));
    CHECK(banc.lignes("SELECT count(DISTINCT (territoire, annee, numero)) FROM signalements") == "20\n");
}

TEST_CASE("D-02 the schema itself refuses a number twice") {
    Banc banc;
    banc.signale(reponses());
    const auto encore = sansNumero(banc, "13", "ACTIVE", "NULL");
    CHECK_THROWS_AS(banc.execute("UPDATE signalements SET numero = 1 WHERE uuid = '" + encore + "'"),
                    postgres::SqlError);
    const auto injonction = sansNumero(banc, "13", "INJONCTION_BAILLEUR", "2363");
    CHECK_THROWS_AS(sansNumero(banc, "30", "INJONCTION_BAILLEUR", "2363"), postgres::SqlError);
    CHECK(affichee(banc, injonction) == "INJ-2363");
}

TEST_CASE("D-02 twenty validations at once on an empty year are numbered 1 to 20") {
    Banc banc;
    std::vector<std::string> signalements;
    for (int i = 0; i < 20; ++i) signalements.push_back(sansNumero(banc, "30", "DRAFT", "NULL"));
    std::vector<int> numeros(20);
    enParallele(20, [&](int i) {
        const auto at = static_cast<std::size_t>(i);
        numeros[at] = std::stoi(donne(banc, signalements[at], 2027).substr(5));
    });
    std::ranges::sort(numeros);
    CHECK(numeros == deUnA(20));
}

TEST_CASE("D-13 what an agent has not validated takes no reference") {
    Banc banc;
    const auto brouillon = sansNumero(banc, "13", "DRAFT", "NULL");
    CHECK(affichee(banc, brouillon) == "2026-TEMPORAIRE");
    CHECK(banc.signale(reponses()).at("signalementReference") == "2026-1");
    CHECK(donne(banc, brouillon, 2026) == "2026-2");
    CHECK(donne(banc, brouillon, 2027) == "2026-2");  // said again, it is the same
    CHECK(affichee(banc, brouillon) == "2026-2");
}

TEST_CASE("the year of a reference is that of the territory's calendar") {
    Banc banc;
    banc.horloge().set(instant("2026-12-31T22:59:59Z"));
    CHECK(banc.signale(reponses()).at("signalementReference") == "2026-1");
    banc.horloge().set(instant("2026-12-31T23:00:00Z"));
    CHECK(banc.signale(reponses()).at("signalementReference") == "2027-1");
    auto reunion = reponses();
    reunion["adresse_logement_adresse"] = "4 Rue de Paris 97400 Saint-Denis";
    reunion["adresse_logement_adresse_detail_numero"] = "4 Rue de Paris";
    reunion["adresse_logement_adresse_detail_code_postal"] = "97400";
    reunion["adresse_logement_adresse_detail_commune"] = "Saint-Denis";
    reunion["adresse_logement_adresse_detail_insee"] = "97411";
    banc.execute("UPDATE territoires SET contenu = contenu || '{\"actif\": true}' WHERE code = '974'");
    banc.lieux().noteChange();
    banc.lieux().refreshIfChanged();
    banc.horloge().set(instant("2027-12-31T19:59:59Z"));
    CHECK(banc.signale(reunion).at("signalementReference") == "2027-1");
    banc.horloge().set(instant("2027-12-31T20:00:00Z"));
    CHECK(banc.signale(reunion).at("signalementReference") == "2028-1");
    CHECK(banc.signale(reponses()).at("signalementReference") == "2027-2");  // not yet midnight in Marseille
}

TEST_CASE("a new year's twenty submissions on both sides of midnight are numbered apart") {
    Banc banc;
    banc.horloge().set(instant("2026-12-31T22:59:59Z"));
    CHECK(vingtDepots(banc, "2026") == deUnA(20));
    banc.horloge().set(instant("2026-12-31T23:00:00Z"));
    CHECK(vingtDepots(banc, "2027") == deUnA(20));
}

TEST_CASE("a reference kept by an import is never given again") {
    Banc banc;
    banc.signale(reponses());
    banc.signale(reponses());
    {
        auto session = banc.pool().acquire();
        postgres::Transaction transaction(*session);
        noterNumero(transaction, {"13", 2026}, 41);
        noterNumero(transaction, {"13", 2026}, 7);
        transaction.commit();
    }
    CHECK(banc.signale(reponses()).at("signalementReference") == "2026-42");
}

TEST_CASE(
    "injonctions are numbered from 2363, nationally, without a hole, and take the territory's number on leaving") {
    Banc banc;
    std::vector<int> numeros(20);
    enParallele(20, [&](int i) {
        auto session = banc.pool().acquire();
        postgres::Transaction transaction(*session);
        numeros[static_cast<std::size_t>(i)] =
            tirerNumeros(transaction, {{compteurDesInjonctions(), 1}}).at(compteurDesInjonctions());
        transaction.commit();
    });
    std::ranges::sort(numeros);
    CHECK(numeros.front() == 2363);
    CHECK(numeros.back() == 2382);
    const auto injonction = sansNumero(banc, "30", "INJONCTION_BAILLEUR", "2383");
    CHECK(donne(banc, injonction, 2026) == "2026-1");
    CHECK(affichee(banc, injonction) == "INJ-2383");
    banc.execute("UPDATE signalements SET statut = 'NEED_VALIDATION' WHERE uuid = '" + injonction + "'");
    CHECK(affichee(banc, injonction) == "2026-1");
}

TEST_CASE("a number drawn by a transaction that fails goes to the next") {
    Banc banc;
    {
        auto session = banc.pool().acquire();
        postgres::Transaction transaction(*session);
        CHECK(tirerNumeros(transaction, {{{"13", 2026}, 3}}).at({"13", 2026}) == 1);
    }
    CHECK(banc.signale(reponses()).at("signalementReference") == "2026-1");
}
