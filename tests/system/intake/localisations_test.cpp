// Where dwellings are, asked of registers that are late, wrong or down (reference of intake, 3.4).
#include "services/intake/jobs/localisations.hpp"

#include <catch2/catch.hpp>

#include "services/intake/consumers/adresse_a_chercher.hpp"
#include "services/intake/store/doublons.hpp"
#include "services/intake/store/localisations.hpp"
#include "tests/support/faux_registres.hpp"
#include "tests/system/intake/banc.hpp"

using namespace histologe;
using namespace histologe::intake;
using namespace histologe::intake::essais;
using histologe::test::FauxRegistres;
using histologe::test::Humeur;
using namespace std::chrono_literals;

namespace {

// 88 Rue de la république, 13002 Marseille: the sample's address, which the form took from the BAN.
constexpr char kVoie[] = "Rue de la r";

test::AdresseConnue connue() {
    return {0.97, "13202_8112_00088", "88", "88 Rue de la République", "13002", "Marseille", "13202", 43.297, 5.371};
}

// The search with its registers, its breaker and its work, as the service makes it.
struct Chercheur {
    explicit Chercheur(Banc& banc, std::chrono::milliseconds delai = 1s)
        : reglages{registres.ban(), registres.rnb(), delai, 30s, 3},
          geocodeur(reglages, banc.horloge()),
          travaux(travauxDeLocalisation(banc.pool(), banc.boite(), geocodeur, reglages, banc.lieux(), mesures),
                  banc.horloge(), mesures) {}

    int cherche() { return travaux.execute("localisation"); }

    FauxRegistres registres;
    ReglagesGeocodage reglages;
    Geocodeur geocodeur;
    core::Metrics mesures;
    Travaux travaux;
};

// The consumer hears of every signalement, as often as it likes.
void entend(Banc& banc) {
    std::vector<streams::Event> evenements;
    const auto uuids = core::split(banc.lignes("SELECT uuid FROM signalements ORDER BY uuid"), '\n');
    for (const auto& uuid : uuids) {
        if (!uuid.empty()) evenements.push_back(banc.boite().make("signalement.depose", uuid, {}));
    }
    std::vector<const streams::Event*> lot;
    for (const auto& un : evenements) lot.push_back(&un);
    auto session = banc.pool().acquire();
    postgres::Transaction transaction(*session);
    onAdresseAChercher(banc.horloge())(transaction, lot);
    transaction.commit();
}

Json locataire() {
    return echantillon("step__validation_signalement__locataire");
}

// Typed by hand, without a position.
Json tapee() {
    auto charge = locataire();
    charge["adresse_logement_adresse_detail_manual"] = 1;
    charge.erase("adresse_logement_adresse_detail_geoloc_lat");
    charge.erase("adresse_logement_adresse_detail_geoloc_lng");
    charge.erase("adresse_logement_adresse_detail_rnb_id");
    return charge;
}

Json trouvee(Banc& banc) {
    return core::parseJson(banc.lignes("SELECT trouvee FROM localisations"));
}
std::string colonne(Banc& banc, const std::string& nom) {
    auto texte = banc.lignes("SELECT " + nom + " FROM localisations");
    if (texte.ends_with('\n')) texte.pop_back();
    return texte;
}

}  // namespace

TEST_CASE("an address typed by hand gains its position, its identifier and its building; the others are told") {
    Banc banc;
    Chercheur chercheur(banc);
    chercheur.registres.connait(kVoie, connue());
    chercheur.registres.bati("13202_8112_00088", "RNBUN", 43.2975, 5.3715);
    banc.signale(tapee());
    CHECK(chercheur.cherche() == 0);
    entend(banc);
    CHECK(chercheur.cherche() == 1);
    CHECK(colonne(banc, "etat") == "CHERCHEE");
    CHECK(colonne(banc, "ban_id") == "13202_8112_00088");
    CHECK(colonne(banc, "rnb_id") == "RNBUN");
    const auto dits = banc.evenements("signalement.localise");
    REQUIRE(dits.size() == 1);
    CHECK(dits[0].at("precision") == "BATIMENT");
    CHECK(dits[0].at("geoloc") == Json{{"lat", 43.2975}, {"lng", 5.3715}});
    CHECK(dits[0].at("codeInsee") == "13202");
    CHECK(dits[0].at("territoire") == "13");
    CHECK(banc.evenements("signalement.localise", "personnel")[0].at("adresse").at("voie") ==
          "88 Rue de la République");
    // What was declared stands.
    CHECK(banc.lignes("SELECT contenu->'adresse'->>'geoloc' FROM signalements") == "\n");
    CHECK(chercheur.cherche() == 0);
}

TEST_CASE("repeated events ask nothing twice and say nothing twice") {
    Banc banc;
    Chercheur chercheur(banc);
    chercheur.registres.connait(kVoie, connue());
    banc.signale(tapee());
    for (int i = 0; i < 5; ++i) entend(banc);
    CHECK(chercheur.cherche() == 1);
    for (int i = 0; i < 5; ++i) entend(banc);
    CHECK(chercheur.cherche() == 0);
    CHECK(chercheur.registres.questions().size() == 1);
    CHECK(banc.evenements("signalement.localise").size() == 1);
}

TEST_CASE("what the usager chose is kept: its words and its position, whatever the BAN says") {
    Banc banc;
    Chercheur chercheur(banc);
    auto autre = connue();
    autre.codeInsee = "13201";
    autre.commune = "Marseille 1er Arrondissement";
    chercheur.registres.connait(kVoie, autre);
    banc.signale(locataire());
    entend(banc);
    CHECK(chercheur.cherche() == 1);
    const auto l = trouvee(banc);
    CHECK(l.at("codeInsee") == "13202");
    CHECK(l.at("codeInseeEcarte") == "13201");
    CHECK(l.at("banId") == "0");
    const auto declaree = core::parseJson(banc.lignes("SELECT contenu->'adresse' FROM signalements"));
    CHECK(l.at("geoloc") == declaree.at("geoloc"));
    CHECK(l.at("voie") == declaree.at("voie"));
}

TEST_CASE("P-009 a BAN that is down loses nothing: tried again later and later, then found") {
    Banc banc;
    Chercheur chercheur(banc);
    chercheur.registres.connait(kVoie, connue());
    chercheur.registres.ferme();
    banc.signale(tapee());
    entend(banc);
    CHECK(chercheur.cherche() == 1);
    CHECK(colonne(banc, "etat") == "A_CHERCHER");
    CHECK(colonne(banc, "essais") == "1");
    CHECK(colonne(banc, "erreur") == "service_injoignable");
    CHECK(colonne(banc, "bail IS NULL") == "t");
    CHECK(banc.evenements("signalement.localise").empty());
    // Not before its time.
    banc.horloge().advance(7s);
    CHECK(chercheur.cherche() == 0);
    banc.horloge().advance(5s);
    CHECK(chercheur.cherche() == 1);
    CHECK(colonne(banc, "essais") == "2");
    banc.horloge().advance(72s);
    CHECK(chercheur.cherche() == 1);
    CHECK(colonne(banc, "essais") == "3");
    // Three in a row: the breaker is open, and nobody spends a try on it.
    banc.execute("UPDATE localisations SET prochain_essai = '2000-01-01'");
    CHECK(chercheur.cherche() == 0);
    CHECK(colonne(banc, "essais") == "3");
    // The usager's INSEE, and all he said, is as it was.
    CHECK(banc.lignes("SELECT contenu->'adresse'->>'codeInsee' FROM signalements") == "13202\n");
    chercheur.registres.ouvre();
    banc.horloge().advance(31s);
    CHECK(chercheur.cherche() == 1);
    CHECK(colonne(banc, "etat") == "CHERCHEE");
    CHECK(colonne(banc, "erreur") == "");
    CHECK(banc.evenements("signalement.localise").size() == 1);
}

TEST_CASE("P-009 a BAN that is late is cut at its time, and wrong answers are answers that were not given") {
    Banc banc;
    Chercheur chercheur(banc, 200ms);
    chercheur.registres.connait(kVoie, connue());
    banc.signale(tapee());
    entend(banc);
    const std::vector<std::pair<Humeur, std::string>> humeurs = {{Humeur::Muette, "delai_depasse"},
                                                                 {Humeur::Absurde, "ban_illisible"},
                                                                 {Humeur::Erreur, "ban_refuse"},
                                                                 {Humeur::Raccroche, "service_injoignable"}};
    int essais = 0;
    for (const auto& [humeur, erreur] : humeurs) {
        chercheur.registres.ban(humeur, humeur == Humeur::Muette ? 800ms : 0ms);
        banc.horloge().advance(24h);
        const auto debut = std::chrono::steady_clock::now();
        CHECK(chercheur.cherche() == 1);
        CHECK(std::chrono::steady_clock::now() - debut < 700ms);
        // Cut by the call's own time or by the connection's, which are one.
        const auto dite = colonne(banc, "erreur");
        CHECK((dite == erreur || (humeur == Humeur::Muette && dite == "service_injoignable")));
        CHECK(colonne(banc, "essais") == std::to_string(++essais));
        CHECK(colonne(banc, "etat") == "A_CHERCHER");
    }
    chercheur.registres.ban(Humeur::Bonne);
    banc.horloge().advance(24h);
    CHECK(chercheur.cherche() == 1);
    CHECK(colonne(banc, "etat") == "CHERCHEE");
    CHECK(trouvee(banc).at("banId") == "13202_8112_00088");
}

TEST_CASE("a question that the BAN refuses is an address that it does not know") {
    Banc banc;
    Chercheur chercheur(banc);
    chercheur.registres.ban(Humeur::Refus);
    banc.signale(tapee());
    entend(banc);
    CHECK(chercheur.cherche() == 1);
    CHECK(colonne(banc, "etat") == "CHERCHEE");
    CHECK(trouvee(banc).at("precision") == "AUCUNE");
    CHECK(trouvee(banc).at("codeInsee") == "13202");
    CHECK(colonne(banc, "coalesce(ban_id, 'aucun')") == "aucun");
}

TEST_CASE("D-50 only the commune is known: no position, the INSEE stays") {
    Banc banc;
    Chercheur chercheur(banc);
    auto faible = connue();
    faible.score = 0.55;
    chercheur.registres.connait(kVoie, faible);
    chercheur.registres.connait("13002 Marseille",
                                {0.95, "13202", "", "Marseille", "13002", "Marseille", "13202", 43.29, 5.37});
    banc.signale(tapee());
    entend(banc);
    CHECK(chercheur.cherche() == 1);
    const auto questions = chercheur.registres.questions();
    REQUIRE(questions.size() == 2);
    CHECK(questions[1] == "13002 Marseille");
    const auto dit = banc.evenements("signalement.localise").at(0);
    CHECK(dit.at("precision") == "COMMUNE");
    CHECK(dit.at("geoloc").is_null());
    CHECK(dit.at("codeInsee") == "13202");
    CHECK(chercheur.registres.questionsRnb() == 0);
}

TEST_CASE("a register of buildings that is down: the address is told at once, its building when it is known") {
    Banc banc;
    Chercheur chercheur(banc);
    chercheur.registres.connait(kVoie, connue());
    chercheur.registres.bati("13202_8112_00088", "RNBUN", 43.2975, 5.3715);
    chercheur.registres.rnb(Humeur::Erreur);
    banc.signale(tapee());
    entend(banc);
    CHECK(chercheur.cherche() == 1);
    CHECK(colonne(banc, "etat") == "A_CHERCHER");
    CHECK(colonne(banc, "erreur") == "rnb_injoignable");
    CHECK(banc.evenements("signalement.localise").at(0).at("precision") == "ADRESSE");
    // Still down: nothing new is said.
    banc.horloge().advance(20s);
    CHECK(chercheur.cherche() == 1);
    CHECK(banc.evenements("signalement.localise").size() == 1);
    chercheur.registres.rnb(Humeur::Bonne);
    banc.horloge().advance(1h);
    CHECK(chercheur.cherche() == 1);
    CHECK(colonne(banc, "etat") == "CHERCHEE");
    const auto dits = banc.evenements("signalement.localise");
    REQUIRE(dits.size() == 2);
    CHECK(dits[1].at("rnbId") == "RNBUN");
}

TEST_CASE("a worker that died in the middle is followed by another one; late, it records nothing") {
    Banc banc;
    Chercheur chercheur(banc);
    chercheur.registres.connait(kVoie, connue());
    banc.signale(tapee());
    entend(banc);
    // It took the search, and was gone.
    const auto mort = [&] {
        auto session = banc.pool().acquire();
        return baillerLocalisation(*session, "mort", banc.horloge().now(), banc.horloge().now() + 5s);
    }();
    REQUIRE(mort);
    CHECK(chercheur.cherche() == 0);
    banc.horloge().advance(6s);
    CHECK(chercheur.cherche() == 1);
    CHECK(banc.evenements("signalement.localise").size() == 1);
    auto session = banc.pool().acquire();
    postgres::Transaction transaction(*session);
    CHECK_FALSE(noterLocalisation(transaction, *mort, {Localisation{}, std::nullopt, "", 1}, banc.horloge().now()));
    transaction.commit();
    CHECK(trouvee(banc).at("banId") == "13202_8112_00088");
}

TEST_CASE("an address that changes while it is looked for is looked for anew") {
    Banc banc;
    Chercheur chercheur(banc);
    chercheur.registres.connait(kVoie, connue());
    chercheur.registres.connait("place Castellane", {0.99, "13206_1592_00002", "2", "2 Place Castellane", "13006",
                                                     "Marseille", "13206", 43.286, 5.384});
    banc.signale(tapee());
    entend(banc);
    const auto enMain = [&] {
        auto session = banc.pool().acquire();
        return baillerLocalisation(*session, "lent", banc.horloge().now(), banc.horloge().now() + 5s);
    }();
    banc.execute(
        "UPDATE signalements SET cle_adresse = '2 place castellane|13006|13055', contenu = jsonb_set(contenu::jsonb, "
        "'{adresse}', contenu::jsonb->'adresse' || '{\"voie\":\"2 place "
        "Castellane\",\"codePostal\":\"13006\",\"codeInsee\":\"13206\"}')::json");
    entend(banc);
    {
        auto session = banc.pool().acquire();
        postgres::Transaction transaction(*session);
        CHECK_FALSE(
            noterLocalisation(transaction, *enMain, {Localisation{}, std::nullopt, "", 1}, banc.horloge().now()));
    }
    CHECK(chercheur.cherche() == 1);
    CHECK(trouvee(banc).at("banId") == "13206_1592_00002");
    CHECK(trouvee(banc).at("codePostal") == "13006");
}

TEST_CASE("two workers at once ask and tell once for each") {
    Banc banc;
    Chercheur chercheur(banc);
    chercheur.registres.connait(kVoie, connue());
    for (int i = 0; i < 12; ++i) {
        auto charge = tapee();
        charge["vos_coordonnees_occupant_email"] = "u" + std::to_string(i) + "@example.org";
        banc.signale(charge);
    }
    entend(banc);
    core::Metrics mesures;
    Travaux second(travauxDeLocalisation(banc.pool(), banc.boite(), chercheur.geocodeur, chercheur.reglages,
                                         banc.lieux(), mesures),
                   banc.horloge(), mesures);
    std::atomic<int> faits = 0;
    enParallele(2, [&](int i) { faits += i == 0 ? chercheur.cherche() : second.execute("localisation"); });
    CHECK(faits == 12);
    CHECK(banc.evenements("signalement.localise").size() == 12);
    CHECK(chercheur.registres.questions().size() == 12);
    CHECK(banc.lignes("SELECT count(*) FROM localisations WHERE etat = 'CHERCHEE'") == "12\n");
}

TEST_CASE("the newest search goes first") {
    Banc banc;
    Chercheur chercheur(banc);
    auto vieux = tapee();
    vieux["adresse_logement_adresse_detail_numero"] = "9 rue ancienne";
    banc.signale(vieux);
    entend(banc);
    banc.horloge().advance(1min);
    banc.signale(tapee());
    entend(banc);
    CHECK(chercheur.cherche() == 2);
    const auto questions = chercheur.registres.questions();
    CHECK(questions.front().find(kVoie) != std::string::npos);
}
