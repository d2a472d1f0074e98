// Who is written to when something new is in a dossier, or asked in a usager's space.
#include "services/notification/domain/regles_suivi.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

using namespace histologe::notification;
using histologe::core::Json;

namespace {

const std::string kDossier = "0193a5b0-1111-7000-8000-000000000001";

DossierUsagers dossier() {
    DossierUsagers d;
    d.signalementId = kDossier;
    d.reference = "2026-11";
    d.occupant = {"Léa", "Durand", "lea@exemple.fr"};
    d.declarant = {"Zoé", "Aidante", "zoe@exemple.fr"};
    d.codeSuivi = "6d0f7c3e-8f0a-4b8e-9f57-0d5d4c3b2a10";
    return d;
}

SuiviCree suivi(const std::string& categorie, const std::string& auteur = "occupant") {
    SuiviCree s;
    s.signalementId = kDossier;
    s.suiviId = "0193a5b0-5555-7000-8000-000000000001";
    s.categorie = categorie;
    s.auteur = auteur;
    s.statut = "ACTIVE";
    s.heure = "2026-11-25T09";
    s.visibleUsager = true;
    s.partenaires = {{"Ville", "ville@exemple.fr", true}, {"ARS", "ars@exemple.fr", false}, {"CAF", "", true}};
    return s;
}

std::vector<std::string> vers(const std::vector<CourrielACreer>& courriels) {
    std::vector<std::string> tous;
    for (const auto& courriel : courriels)
        tous.push_back(std::string(nomStocke(courriel.type)) + " " + courriel.destinataire);
    std::sort(tous.begin(), tous.end());
    return tous;
}

using Liste = std::vector<std::string>;

}  // namespace

TEST_CASE("partners read what agents of other partners write and answer, under the name of theirs") {
    for (const auto* categorie : {"MESSAGE_PARTNER", "AFFECTATION_IS_REFUSED", "AFFECTATION_IS_CLOSED", "SIGNALEMENT_IS_REOPENED"}) {
        const auto courriels = courrielsAuxPartenaires(suivi(categorie, "Conseil départemental"));
        CHECK(vers(courriels) == Liste{"NEW_COMMENT_BACK ville@exemple.fr"});
        CHECK(courriels.at(0).variables.at("deQui") == "Conseil départemental");
    }
    CHECK(courrielsAuxPartenaires(suivi("AFFECTATION_IS_ACCEPTED", "systeme")).empty());
}

TEST_CASE("partners read what usagers and landlords write, not what concerns an injonction") {
    for (const auto* categorie :
         {"MESSAGE_USAGER", "MESSAGE_BAILLEUR", "SIGNALEMENT_EDITED_FO", "DEMANDE_POURSUITE_PROCEDURE"})
        CHECK(vers(courrielsAuxPartenaires(suivi(categorie))) == Liste{"NEW_COMMENT_BACK ville@exemple.fr"});
    CHECK(vers(courrielsAuxPartenaires(suivi("DEMANDE_ABANDON_PROCEDURE"))) ==
          Liste{"DEMANDE_ABANDON_PROCEDURE_TO_ADMIN ville@exemple.fr"});
    for (const auto* categorie : {"INJONCTION_BAILLEUR_REPONSE_OUI", "SIGNALEMENT_IS_ACTIVE", "ASK_DOCUMENT", ""})
        CHECK(courrielsAuxPartenaires(suivi(categorie)).empty());
    auto ferme = suivi("MESSAGE_USAGER_POST_CLOTURE");
    ferme.statut = "CLOSED";
    CHECK(courrielsAuxPartenaires(ferme).empty());
}

TEST_CASE("completing a dossier in several steps within an hour is one mail") {
    auto premier = suivi("SIGNALEMENT_EDITED_FO");
    auto second = premier;
    second.suiviId = "0193a5b0-5555-7000-8000-000000000002";
    CHECK(courrielsAuxPartenaires(premier).at(0).objet == courrielsAuxPartenaires(second).at(0).objet);
    second.heure = "2026-11-25T10";
    CHECK(courrielsAuxPartenaires(premier).at(0).objet != courrielsAuxPartenaires(second).at(0).objet);
    auto message = suivi("MESSAGE_USAGER");
    CHECK(courrielsAuxPartenaires(message).at(0).objet == message.suiviId);
}

TEST_CASE("usagers are told what they may read, but the one who wrote it") {
    CHECK(vers(courrielsAuxUsagers(suivi("MESSAGE_USAGER", "occupant"), dossier())) ==
          Liste{"NEW_COMMENT_FRONT_TO_USAGER zoe@exemple.fr"});
    CHECK(vers(courrielsAuxUsagers(suivi("MESSAGE_USAGER", "declarant"), dossier())) ==
          Liste{"NEW_COMMENT_FRONT_TO_USAGER lea@exemple.fr"});
    CHECK(courrielsAuxUsagers(suivi("INJONCTION_BAILLEUR_REPONSE_OUI", "bailleur"), dossier()).size() == 2);
    CHECK(courrielsAuxUsagers(suivi("SIGNALEMENT_IS_ACTIVE", "systeme"), dossier()).empty());
    auto cache = suivi("MESSAGE_BAILLEUR", "bailleur");
    cache.visibleUsager = false;
    CHECK(courrielsAuxUsagers(cache, dossier()).empty());
    for (const auto* statut : {"CLOSED", "REFUSED"}) {
        auto fini = suivi("MESSAGE_USAGER");
        fini.statut = statut;
        CHECK(courrielsAuxUsagers(fini, dossier()).empty());
    }
    // Both follow from one mailbox: its owner wrote it.
    auto seul = dossier();
    seul.declarant.courriel = "LEA@exemple.fr";
    CHECK(courrielsAuxUsagers(suivi("MESSAGE_USAGER", "declarant"), seul).empty());
}

TEST_CASE("D-80: nobody is written to about a vacant dwelling") {
    auto vide = dossier();
    vide.logementVacant = true;
    for (const auto* categorie : {"MESSAGE_USAGER", "DEMANDE_ABANDON_PROCEDURE", "INJONCTION_BAILLEUR_REPONSE_OUI"})
        CHECK(courrielsAuxUsagers(suivi(categorie, "systeme"), vide).empty());
}

TEST_CASE("a wish to stop is acknowledged to its author and told to the other") {
    CHECK(vers(courrielsAuxUsagers(suivi("DEMANDE_ABANDON_PROCEDURE", "declarant"), dossier())) ==
          Liste{"DEMANDE_ABANDON_PROCEDURE_TO_OTHER_USAGER lea@exemple.fr",
                "DEMANDE_ABANDON_PROCEDURE_TO_USAGER zoe@exemple.fr"});
    auto seul = dossier();
    seul.declarant = {};
    CHECK(vers(courrielsAuxUsagers(suivi("DEMANDE_ABANDON_PROCEDURE"), seul)) ==
          Liste{"DEMANDE_ABANDON_PROCEDURE_TO_USAGER lea@exemple.fr"});
}

TEST_CASE("the mails of links go where they must and carry no other's message") {
    auto invite = lireTiersInvite(kDossier, {{"invitationId", "i1"}, {"commune", "Marseille"}},
                                  {{"codeSuivi", "code"},
                                   {"jeton", "secret"},
                                   {"courriel", "zoe@exemple.fr"},
                                   {"prenom", "Zoé"},
                                   {"invitant", {{"prenom", "Léa"}, {"nom", "voyez www.piege.invalid"}}}});
    const auto invitation = courrielsDeLInvitation(invite).at(0);
    CHECK(invitation.variables.at("accepter") == "code/accepter/secret");
    CHECK(invitation.variables.at("refuser") == "code/refuser/secret");
    CHECK(invitation.variables.at("invitant") == "Léa");
    CHECK_THROWS(lireTiersInvite(kDossier, {{"invitationId", "i1"}}, {{"codeSuivi", "code"}}));
    invite.courriel = "pas un courriel";
    CHECK(courrielsDeLInvitation(invite).empty());

    Json personnel = {{"codeSuivi", "code"},
                      {"jeton", "secret"},
                      {"courriel", "neuf@exemple.fr"},
                      {"ancienCourriel", "vieux@exemple.fr"},
                      {"prenom", "Léa"}};
    CHECK(vers(courrielsDeLaConfirmation(lireCourrielAConfirmer("e1", kDossier, Json::object(), personnel))) ==
          Liste{"SIGNALEMENT_EDIT_MAIL_OCCUPANT neuf@exemple.fr",
                "SIGNALEMENT_EDIT_MAIL_OCCUPANT_NOTICE vieux@exemple.fr"});
    const auto avis =
        courrielsDeLaConfirmation(lireCourrielAConfirmer("e1", kDossier, Json::object(), personnel)).at(1);
    CHECK(avis.variables.find("confirmation") == avis.variables.end());  // the secret is for the new address only
    personnel["ancienCourriel"] = nullptr;
    CHECK(courrielsDeLaConfirmation(lireCourrielAConfirmer("e1", kDossier, Json::object(), personnel)).size() == 1);
}

TEST_CASE("the landlord is told that his tenant ends the procedure, and nothing else") {
    ActeUsager acte{
        kDossier, "a1", "INJ-2363", "INJONCTION_BAILLEUR_CLOTURE_PAR_USAGER", "AUTRE", "bailleur@exemple.fr"};
    CHECK(vers(courrielsAuBailleur(acte)) == Liste{"USAGER_CLOSE_INJONCTION_TO_BAILLEUR bailleur@exemple.fr"});
    acte.categorie = "MESSAGE_USAGER";
    CHECK(courrielsAuBailleur(acte).empty());
    acte = {kDossier, "a1", "INJ-2363", "INJONCTION_BAILLEUR_CLOTURE_PAR_USAGER", "AUTRE", ""};
    CHECK(courrielsAuBailleur(acte).empty());
}
