#include "services/notification/domain/faits.hpp"

#include <catch2/catch.hpp>

#include "libs/core/error.hpp"

using namespace histologe;
using namespace histologe::notification;
using core::Json;

TEST_CASE("a filed report is read from its event") {
    const Json data = {{"reference", "2026-11"},         {"territoire", {{"code", "13"}, {"nom", "Bouches-du-Rhône"}}},
                       {"commune", "Marseille"},         {"codePostal", "13001"},
                       {"profilDeclarant", "LOCATAIRE"}, {"bailleurAverti", false}};
    const Json personnel = {{"occupant", {{"nom", "Durand"}, {"prenom", "Léa"}, {"courriel", "lea@exemple.fr"}}},
                            {"codeSuivi", "c0de"},
                            {"adresse", "1 rue des Lilas"}};
    const DossierUsagers dossier = lireDepot("s1", data, personnel);
    CHECK(dossier.signalementId == "s1");
    CHECK(dossier.reference == "2026-11");
    CHECK(dossier.territoire == "Bouches-du-Rhône");
    CHECK(dossier.occupant == Personne{"Léa", "Durand", "lea@exemple.fr"});
    CHECK(dossier.declarant == Personne{});
    CHECK(dossier.codeSuivi == "c0de");
    CHECK(dossier.adresse == "1 rue des Lilas");
    CHECK_FALSE(dossier.bailleurAverti);
    CHECK_FALSE(dossier.logementVacant);
}

TEST_CASE("an injonction is read from the event of its report: its number, its landlord, and until when he may answer") {
    const Json data = {{"reference", nullptr}, {"injonction", "INJ-2363"}, {"creeLe", "2026-11-25T23:30:00Z"}};
    const Json personnel = {{"proprietaire", {{"courriel", "proprio@exemple.fr"}}}, {"codeBailleur", "7KQM"}};
    CHECK(lireDepot("s1", data, personnel).reference == "INJ-2363");
    const auto injonction = lireInjonction(data, personnel);
    CHECK(injonction.bailleur == "proprio@exemple.fr");
    CHECK(injonction.codeBailleur == "7KQM");
    CHECK(injonction.repondreAvant == "16/12/2026");  // filed on the 26th in Paris
    CHECK(lireInjonction(Json::object(), Json::object()).repondreAvant.empty());
}

TEST_CASE("what is absent, null or of another type reads as empty") {
    const DossierUsagers vide = lireDepot("s1", Json::object(), Json::object());
    CHECK(vide.reference.empty());
    CHECK(vide.bailleurAverti);
    const DossierUsagers faux = lireDepot("s1", {{"reference", 12}, {"territoire", "13"}, {"logementVacant", "oui"}},
                                          {{"occupant", nullptr},
                                           {"declarant", Json::array()},
                                           {"adresse", {{"voie", "2 quai"}, {"libelle", "2 quai 01000 Bourg"}}}});
    CHECK(faux.reference.empty());
    CHECK(faux.territoire.empty());
    CHECK(faux.occupant == Personne{});
    CHECK(faux.adresse == "2 quai");
    CHECK_NOTHROW(lireDepot("s1", nullptr, nullptr));
    CHECK_THROWS_AS(lireDepot("", Json::object(), Json::object()), core::Error);
}

TEST_CASE("an affectation is read from its event") {
    const Json data = {{"affectationId", "a1"},
                       {"reference", "2026-11"},
                       {"codePostal", "13001"},
                       {"commune", "Marseille"},
                       {"partenaire", {{"id", "p1"}, {"nom", "Mairie"}, {"notifiable", false}}},
                       {"qualifications", Json::array({"RSD", Json{{"code", "DANGER"}}, 3})}};
    const AffectationCreee lue = lireAffectation("s1", data, {{"partenaire", {{"courriel", "mairie@exemple.fr"}}}});
    CHECK(lireAffectation("s1", {{"affectationId", "a1"}, {"territoire", "13"}, {"territoireNom", "Ain"}},
                          {{"partenaire", {{"notifiable", false}}}})
              .territoire == "Ain");
    CHECK_FALSE(lireAffectation("s1", {{"affectationId", "a1"}}, {{"partenaire", {{"notifiable", false}}}})
                    .partenaireNotifiable);
    CHECK(lue.affectationId == "a1");
    CHECK(lue.qualifications == std::vector<std::string>{"RSD", "DANGER"});
    CHECK(lue.partenaire == "Mairie");
    CHECK_FALSE(lue.partenaireNotifiable);
    CHECK(lue.courrielPartenaire == "mairie@exemple.fr");
    CHECK_THROWS_AS(lireAffectation("s1", {{"reference", "2026-11"}}, Json::object()), core::Error);
}

TEST_CASE("a change of status and the request of a link are read from their events") {
    const StatutModifie statut = lireStatut("s1", {{"ancien", "NEED_VALIDATION"}, {"nouveau", "ACTIVE"}});
    CHECK(statut.ancien == "NEED_VALIDATION");
    CHECK(statut.nouveau == "ACTIVE");
    const LienDemande suivi =
        lireLienDemande("e1", "s1", Json::object(), {{"codeSuivi", "c0de"}, {"courriel", "a@exemple.fr"}});
    CHECK(suivi.signalementId == "s1");
    CHECK(suivi.codeSuivi == "c0de");
    const LienDemande brouillon = lireLienDemande("e2", "b1", {{"creeLe", "2026-11-25T08:00:00Z"}},
                                                  {{"brouillonId", "b1"}, {"courriel", "a@exemple.fr"}});
    CHECK(brouillon.signalementId.empty());
    CHECK(brouillon.brouillonId == "b1");
    CHECK_THROWS_AS(lireLienDemande("e3", "s1", Json::object(), {{"courriel", "a@exemple.fr"}}), core::Error);
}
