#include <catch2/catch.hpp>

#include "libs/core/ids.hpp"
#include "services/notification/consumers/affectation_creee.hpp"
#include "services/notification/consumers/dossier_statut_modifie.hpp"
#include "services/notification/consumers/lien_demande.hpp"
#include "services/notification/consumers/signalement_depose.hpp"
#include "tests/system/notification/banc.hpp"

using namespace histologe;
using namespace histologe::notification;
using namespace histologe::notification::test;
using core::Json;

namespace {

streams::Event evenement(const std::string& type, const std::string& sujet, Json data,
                         Json personnel = Json::object()) {
    streams::Event e;
    e.time = core::SystemClock().now();
    e.id = core::uuidV7(e.time);
    e.type = type;
    e.source = "essai";
    e.subject = sujet;
    e.data = std::move(data);
    e.personnel = std::move(personnel);
    return e;
}

streams::Event depot(const std::string& sujet) {
    return evenement(
        "signalement.depose", sujet,
        {{"reference", "2026-1"}, {"territoire", "01"}, {"territoireNom", "Ain"}, {"statut", "NEED_VALIDATION"}},
        {{"occupant", {{"prenom", "Léa"}, {"courriel", "lea@exemple.fr"}}},
         {"declarant", {{"prenom", "Marc"}, {"courriel", "marc@exemple.fr"}}},
         {"codeSuivi", "c0de"}});
}

streams::Event validation(const std::string& sujet) {
    return evenement("dossier.statut_modifie", sujet, {{"ancien", "NEED_VALIDATION"}, {"nouveau", "ACTIVE"}});
}

void applique(const Banc& banc, const streams::Handler& handler, const std::vector<streams::Event>& evenements) {
    auto base = banc.connexion();
    postgres::Transaction transaction(base);
    std::vector<const streams::Event*> lot;
    for (const auto& e : evenements) lot.push_back(&e);
    handler(transaction, lot);
    transaction.commit();
}

std::string dus(const Banc& banc) {
    return banc.valeur(
        "SELECT coalesce(string_agg(type || ' ' || objet || ' ' || destinataire, E'\\n' ORDER BY type, objet, "
        "destinataire), '') "
        "FROM courriels");
}

}  // namespace

TEST_CASE("a filed report owes one receipt to each of its usagers, however often it is heard of") {
    Banc banc;
    const auto handler = onSignalementDepose(banc.horloge);
    const auto entendu = depot("s1");
    applique(banc, handler, {entendu, entendu});
    applique(banc, handler, {entendu});
    CHECK(dus(banc) ==
          "CONFIRM_RECEPTION_TO_USAGER s1 lea@exemple.fr\n"
          "CONFIRM_RECEPTION_TO_USAGER s1 marc@exemple.fr");
    CHECK(
        banc.valeur(
            "SELECT territoire || ' ' || (variables ->> 'codeSuivi') FROM courriels WHERE destinataire LIKE 'lea%'") ==
        "Ain c0de");
}

TEST_CASE("the acceptance is told to the same people, whichever event comes first") {
    Banc banc;
    const bool depotDAbord = GENERATE(true, false);
    CAPTURE(depotDAbord);
    if (depotDAbord) applique(banc, onSignalementDepose(banc.horloge), {depot("s1")});
    applique(banc, onDossierStatutModifie(banc.horloge), {validation("s1"), validation("s1")});
    if (!depotDAbord) {
        CHECK(dus(banc).empty());
        applique(banc, onSignalementDepose(banc.horloge), {depot("s1")});
    }
    CHECK(dus(banc) ==
          "CONFIRM_RECEPTION_TO_USAGER s1 lea@exemple.fr\n"
          "CONFIRM_RECEPTION_TO_USAGER s1 marc@exemple.fr\n"
          "SIGNALEMENT_VALIDATION_TO_USAGER s1 lea@exemple.fr\n"
          "SIGNALEMENT_VALIDATION_TO_USAGER s1 marc@exemple.fr");
    applique(
        banc, onDossierStatutModifie(banc.horloge),
        {validation("s1"), evenement("dossier.statut_modifie", "s1", {{"ancien", "ACTIVE"}, {"nouveau", "CLOSED"}})});
    CHECK(banc.valeur("SELECT count(*) FROM courriels") == "4");
}

TEST_CASE("each affectation owes its partner one mail") {
    Banc banc;
    const auto creee = [](const std::string& id, const std::string& courriel) {
        return evenement("affectation.creee", "s1",
                         {{"affectationId", id}, {"reference", "2026-1"}, {"qualifications", {"RSD"}}},
                         {{"partenaire", {{"courriel", courriel}, {"notifiable", true}}}});
    };
    applique(banc, onAffectationCreee(banc.horloge),
             {creee("a1", "mairie@exemple.fr"), creee("a2", "ars@exemple.fr"), creee("a3", ""),
              creee("a1", "mairie@exemple.fr")});
    CHECK(dus(banc) == "AFFECTATION_NEW a1 mairie@exemple.fr\nAFFECTATION_NEW a2 ars@exemple.fr");
}

TEST_CASE("an affectation without an id is refused as a whole, and owes nothing") {
    Banc banc;
    CHECK_THROWS_AS(
        applique(banc, onAffectationCreee(banc.horloge), {evenement("affectation.creee", "s1", Json::object())}),
        core::Error);
    CHECK(dus(banc).empty());
}

TEST_CASE("each request of a link owes one mail") {
    Banc banc;
    const Json personnel = {{"courriel", "lea@exemple.fr"}, {"codeSuivi", "c0de"}};
    const auto premiere = evenement("usager.lien_demande", "s1", Json::object(), personnel);
    const auto seconde = evenement("usager.lien_demande", "s1", Json::object(), personnel);
    const auto handler = onLienDemande(banc.horloge);
    applique(banc, handler, {premiere, seconde});
    applique(banc, handler, {premiere});
    CHECK(banc.valeur("SELECT count(*) FROM courriels WHERE type = 'SIGNALEMENT_LIEN_SUIVI_TO_USAGER'") == "2");
}
