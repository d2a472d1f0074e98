// What happens to drafts by the mere passing of time, run by name.
#include <catch2/catch.hpp>

#include "tests/system/intake/banc.hpp"

using namespace histologe;
using namespace histologe::intake;
using namespace histologe::intake::essais;
using namespace std::chrono_literals;

namespace {

// A tenant of social housing who told his landlord in June 2026 and stopped there.
Json arrete() {
    auto charge = echantillon("step__validation_signalement__locataire");
    charge["currentStep"] = "info_procedure_bail";
    charge["signalement_concerne_logement_social_autre_tiers"] = "oui";
    charge["info_procedure_bailleur_prevenu"] = "oui";
    charge["info_procedure_bail_date"] = "06/2026";
    return charge;
}

std::string brouillonArrete(Banc& banc, const Json& charge) {
    const auto brouillon = banc.commence(charge);
    banc.enregistre(brouillon, charge);
    return brouillon;
}

// Owners reminded, in the order of the mails.
std::vector<std::string> rappeles(Banc& banc) {
    std::vector<std::string> tous;
    for (const auto& personnel : banc.evenements("brouillon.lien_demande", "personnel")) {
        tous.push_back(personnel.at("brouillonId").get<std::string>());
    }
    return tous;
}

}  // namespace

TEST_CASE("a landlord told in June 2026: the draft's owner is reminded on 2 August, once") {
    Banc banc;
    banc.horloge().set(instant("2026-07-01T10:00:00Z"));
    const auto brouillon = brouillonArrete(banc, arrete());
    banc.horloge().set(instant("2026-08-02T03:59:59Z"));
    CHECK(banc.travaille("rappel_brouillons") == 0);
    banc.horloge().set(instant("2026-08-02T04:00:00Z"));  // six in the morning in Paris
    CHECK(banc.travaille("rappel_brouillons") == 1);
    CHECK(rappeles(banc) == std::vector<std::string>{brouillon});
    CHECK(banc.evenements("brouillon.lien_demande").at(0).at("motif") == "rappel");
    // P-105: the same day, the next one, a year later.
    CHECK(banc.travaille("rappel_brouillons") == 0);
    banc.horloge().advance(24h);
    CHECK(banc.travaille("rappel_brouillons") == 0);
    banc.horloge().advance(24h * 365);
    CHECK(banc.travaille("rappel_brouillons") == 0);
    // Technical work is no save: the six months count from the owner's last one.
    CHECK(banc.lignes("SELECT modifie_le = '2026-07-01T10:00:00Z' FROM brouillons") == "t\n");
}

TEST_CASE("a reminder that ran late, or twice at once, is sent once") {
    Banc banc;
    banc.horloge().set(instant("2026-07-01T10:00:00Z"));
    for (int i = 0; i < 30; ++i) brouillonArrete(banc, arrete());
    banc.horloge().set(instant("2026-10-17T15:00:00Z"));
    std::atomic<int> envoyes = 0;
    enParallele(6, [&](int) { envoyes += banc.travaille("rappel_brouillons"); });
    CHECK(envoyes == 30);
    CHECK(banc.evenements("brouillon.lien_demande").size() == 30);
}

TEST_CASE("only drafts of social housing that stopped at the landlord's step are reminded") {
    Banc banc;
    banc.horloge().set(instant("2026-07-03T10:00:00Z"));
    const auto avec = [&](const char* cle, const Json& valeur) {
        auto charge = arrete();
        charge[cle] = valeur;
        return brouillonArrete(banc, charge);
    };
    avec("currentStep", "zone_concernee");
    avec("signalement_concerne_logement_social_autre_tiers", "non");
    avec("info_procedure_bailleur_prevenu", "non");
    avec("info_procedure_bailleur_prevenu", "nsp");
    avec("info_procedure_bail_date", nullptr);
    const auto archive = avec("info_procedure_bail_date", "05/2026");
    banc.appelle("archiveBrouillon", {{"uuid", archive}});
    auto depose = arrete();
    banc.depose(brouillonArrete(banc, depose), depose);
    auto bailleur = echantillon("step__validation_signalement__bailleur");
    bailleur.update({{"currentStep", "info_procedure_bail"},
                     {"signalement_concerne_logement_social_autre_tiers", "oui"},
                     {"info_procedure_bailleur_prevenu", "oui"},
                     {"info_procedure_bail_date", "06/2026"}});
    brouillonArrete(banc, bailleur);
    auto secours = echantillon("step__validation_signalement__service_secours");
    secours.update({{"currentStep", "info_procedure_bail"},
                    {"signalement_concerne_logement_social_service_secours", "oui"},
                    {"info_procedure_bailleur_prevenu", "oui"},
                    {"info_procedure_bail_date", "06/2026"}});
    const auto attendu = brouillonArrete(banc, secours);
    auto trop = avec("info_procedure_bail_date", "07/2026");
    (void)trop;
    banc.horloge().set(instant("2026-08-31T20:00:00Z"));
    CHECK(banc.travaille("rappel_brouillons") == 1);
    CHECK(rappeles(banc) == std::vector<std::string>{attendu});
    banc.horloge().set(instant("2026-09-02T20:00:00Z"));
    CHECK(banc.travaille("rappel_brouillons") == 1);
}

TEST_CASE("P-110 a draft that cannot be read keeps no other from its reminder") {
    Banc banc;
    banc.horloge().set(instant("2026-07-01T10:00:00Z"));
    const auto illisible = brouillonArrete(banc, arrete());
    const auto bon = brouillonArrete(banc, arrete());
    banc.execute("UPDATE brouillons SET charge = '[]' WHERE uuid = '" + illisible + "'");
    banc.horloge().set(instant("2026-08-02T08:00:00Z"));
    CHECK(banc.travaille("rappel_brouillons") == 2);
    CHECK(rappeles(banc) == std::vector<std::string>{bon});
    CHECK(banc.travaille("rappel_brouillons") == 0);
}

TEST_CASE("D-11 drafts of six months go, save the one that became a signalement") {
    Banc banc;
    const auto charge = echantillon("step__validation_signalement__locataire");
    banc.horloge().set(instant("2026-02-15T09:00:00Z"));
    const auto depose = banc.commence(charge);
    banc.depose(depose, charge);
    const auto vieux = banc.commence(charge);
    const auto archive = banc.commence(charge);
    banc.appelle("archiveBrouillon", {{"uuid", archive}});
    const auto repris = banc.commence(charge);
    banc.horloge().set(instant("2026-02-20T09:00:00Z"));
    const auto recent = banc.commence(charge);
    banc.horloge().set(instant("2026-06-01T09:00:00Z"));
    auto plusTot = charge;
    plusTot["currentStep"] = "zone_concernee";
    CHECK(banc.lit(banc.enregistre(repris, plusTot)) == Json{{"uuid", repris}});

    banc.horloge().set(instant("2026-08-15T21:59:59Z"));
    CHECK(banc.travaille("expiration_brouillons") == 0);
    banc.horloge().set(instant("2026-08-15T22:00:00Z"));  // the 16th begins in Paris
    CHECK(banc.travaille("expiration_brouillons") == 2);
    const auto restent = banc.lignes("SELECT uuid FROM brouillons");
    for (const auto& un : {depose, repris, recent}) CHECK(restent.find(un) != std::string::npos);
    CHECK(restent.find(vieux) == std::string::npos);
    CHECK(banc.enregistre(vieux, charge).status == 404);
    // The signalement still answers for its draft.
    CHECK(banc.depose(depose, charge).status == 200);

    banc.horloge().set(instant("2026-12-03T09:00:00Z"));
    CHECK(banc.travaille("expiration_brouillons") == 2);
    CHECK(banc.lignes("SELECT uuid FROM brouillons") == depose + "\n");
    CHECK(banc.lignes("SELECT count(*) FROM signalements") == "1\n");
}

TEST_CASE("more drafts than a pass takes all go, also when two instances clean at once") {
    Banc banc;
    banc.horloge().set(instant("2026-01-10T09:00:00Z"));
    banc.execute(
        "INSERT INTO brouillons (uuid, statut, profil, courriel, adresse, empreinte, etape, charge, cree_le, "
        "modifie_le) "
        "SELECT gen_random_uuid(), 'EN_COURS', '', '', '', '', '', '{}', '2026-01-10', '2026-01-10' "
        "FROM generate_series(1, 1500)");
    banc.horloge().set(instant("2026-07-20T09:00:00Z"));
    std::atomic<int> effaces = 0;
    enParallele(3, [&](int) { effaces += banc.travaille("expiration_brouillons"); });
    CHECK(effaces == 1500);
    CHECK(banc.lignes("SELECT count(*) FROM brouillons") == "0\n");
}

TEST_CASE("P-111 two jobs may not have one name, and an unknown one is refused") {
    core::DrivenClock horloge(instant("2026-08-07T12:00:00Z"));
    core::Metrics mesures;
    const Travail rien{"rien", 1h, [](core::Instant) { return 0; }};
    CHECK_THROWS_AS(Travaux({rien, rien}, horloge, mesures), std::logic_error);
    Travaux travaux({rien}, horloge, mesures);
    CHECK(travaux.execute("rien") == 0);
    CHECK_THROWS_AS(travaux.execute("autre"), std::out_of_range);
}

TEST_CASE("the job loop goes on after a failure, and ends when told") {
    core::SystemClock horloge;
    core::Metrics mesures;
    std::atomic<int> tours = 0;
    std::atomic<int> reste = 3;
    {
        Travaux travaux({{"casse", 5ms,
                          [&](core::Instant) -> int {
                              ++tours;
                              throw core::Error(core::ErrorKind::Unavailable, "base_indisponible", "");
                          }},
                         {"compte", 5ms, [&](core::Instant) { return reste > 0 ? (--reste, 1) : 0; }}},
                        horloge, mesures);
        travaux.start();
        for (int i = 0; i < 400 && (tours < 3 || reste > 0); ++i) std::this_thread::sleep_for(5ms);
        travaux.stop();
    }
    CHECK(tours >= 3);
    CHECK(reste == 0);
    const auto texte = mesures.expose();
    CHECK(texte.find("histologe_intake_travaux_total{resultat=\"fait\",travail=\"compte\"} 3") != std::string::npos);
}
