// The wording of every mail, compared with what was last approved (attendu/*.txt, *.html). To approve a change, run the
// test with HISTOLOGE_ATTENDU=ecrire and read the difference.
#include <cstdlib>
#include <fstream>
#include <sstream>

#include <catch2/catch.hpp>

#include "services/notification/domain/regles.hpp"
#include "services/notification/domain/regles_suivi.hpp"
#include "services/notification/mail/redacteur.hpp"
#include "tests/support/message_recu.hpp"

using namespace histologe::notification;

namespace {

const std::string kId = "0193a5b0-0000-7000-8000-000000000001";

Presentation presentation() {
    Presentation p;
    p.site = "https://histologe.exemple.fr";
    p.expediteur = "notifications@histologe.exemple.fr";
    p.repondreA = "ne-pas-repondre@histologe.exemple.fr";
    return p;
}

DossierUsagers dossierComplet() {
    DossierUsagers d;
    d.signalementId = "0193a5b0-1111-7000-8000-000000000001";
    d.reference = "2026-11";
    d.territoire = "Bouches-du-Rhône";
    d.occupant = {"Léa", "Durand", "lea@exemple.fr"};
    d.codeSuivi = "6d0f7c3e-8f0a-4b8e-9f57-0d5d4c3b2a10";
    d.adresse = "1 rue de l'Étang & fils";
    d.codePostal = "13001";
    d.commune = "Marseille";
    d.bailleurAverti = false;
    return d;
}

CourrielACreer exempleDeSuivi(TypeCourriel type) {
    SuiviCree suivi;
    suivi.signalementId = dossierComplet().signalementId;
    suivi.suiviId = "0193a5b0-5555-7000-8000-000000000001";
    suivi.reference = "2026-11";
    suivi.territoire = "Bouches-du-Rhône";
    suivi.statut = "ACTIVE";
    suivi.auteur = "occupant";
    suivi.visibleUsager = true;
    suivi.partenaires = {{"Ville de Marseille", "habitat@marseille.exemple.fr", true}};
    auto dossier = dossierComplet();
    dossier.declarant = {"Zoé", "Aidante", "zoe@exemple.fr"};
    const bool abandon = type == TypeCourriel::AbandonPartenaire || type == TypeCourriel::AbandonAuteur ||
                         type == TypeCourriel::AbandonAutre;
    suivi.categorie = abandon ? "DEMANDE_ABANDON_PROCEDURE" : "MESSAGE_USAGER";
    if (type == TypeCourriel::ClotureDemandeeUsager) {
        suivi.categorie = "INJONCTION_BAILLEUR_DEMANDE_CLOTURE_PAR_BAILLEUR";
        suivi.auteur = "bailleur";
    }
    for (const auto& liste : {courrielsAuxPartenaires(suivi), courrielsAuxUsagers(suivi, dossier)})
        for (const auto& courriel : liste)
            if (courriel.type == type) return courriel;
    return {};
}

CourrielACreer exemple(TypeCourriel type) {
    switch (type) {
        case TypeCourriel::AccuseReception:
            return courrielsDuDepot(dossierComplet()).at(0);
        case TypeCourriel::ValidationSignalement:
            return courrielsDeLaValidation(dossierComplet()).at(0);
        case TypeCourriel::NouvelleAffectation: {
            AffectationCreee a;
            a.signalementId = "0193a5b0-1111-7000-8000-000000000001";
            a.affectationId = "0193a5b0-2222-7000-8000-000000000001";
            a.reference = "2026-11";
            a.territoire = "Bouches-du-Rhône";
            a.codePostal = "13001";
            a.commune = "Marseille";
            a.qualifications = {"NON_DECENCE", "RSD", "INSALUBRITE"};
            a.partenaire = "Ville de Marseille, service « Habitat »";
            a.courrielPartenaire = "habitat@marseille.exemple.fr";
            return courrielsDeLAffectation(a).at(0);
        }
        case TypeCourriel::LienSuivi:
        case TypeCourriel::RepriseBrouillon: {
            LienDemande demande;
            demande.demandeId = "0193a5b0-3333-7000-8000-000000000001";
            demande.courriel = "lea@exemple.fr";
            demande.prenom = "Léa";
            demande.adresse = "1 rue de l'Étang";
            demande.codePostal = "13001";
            demande.commune = "Marseille";
            if (type == TypeCourriel::LienSuivi) {
                demande.codeSuivi = "6d0f7c3e-8f0a-4b8e-9f57-0d5d4c3b2a10";
            } else {
                demande.brouillonId = "0193a5b0-4444-7000-8000-000000000001";
                demande.creeLe = "2026-11-25T08:00:00Z";
            }
            return courrielsDuLien(demande).at(0);
        }
        case TypeCourriel::NouveauSuiviPartenaire:
        case TypeCourriel::AbandonPartenaire:
        case TypeCourriel::NouveauSuiviUsager:
        case TypeCourriel::AbandonAuteur:
        case TypeCourriel::AbandonAutre:
        case TypeCourriel::ClotureDemandeeUsager:
            return exempleDeSuivi(type);
        case TypeCourriel::InvitationTiers: {
            TiersInvite invite;
            invite.signalementId = dossierComplet().signalementId;
            invite.invitationId = "0193a5b0-6666-7000-8000-000000000001";
            invite.codeSuivi = dossierComplet().codeSuivi;
            invite.jeton = "0123456789abcdef";
            invite.courriel = "zoe@exemple.fr";
            invite.prenom = "Zoé";
            invite.invitant = {"Léa", "Durand", ""};
            invite.commune = "Marseille";
            return courrielsDeLInvitation(invite).at(0);
        }
        case TypeCourriel::ConfirmationCourriel:
        case TypeCourriel::ChangementCourriel: {
            CourrielAConfirmer demande;
            demande.signalementId = dossierComplet().signalementId;
            demande.demandeId = "0193a5b0-7777-7000-8000-000000000001";
            demande.reference = "2026-11";
            demande.codeSuivi = dossierComplet().codeSuivi;
            demande.jeton = "0123456789abcdef";
            demande.courriel = "nouvelle@exemple.fr";
            demande.ancienCourriel = "lea@exemple.fr";
            demande.prenom = "Léa";
            return courrielsDeLaConfirmation(demande).at(type == TypeCourriel::ConfirmationCourriel ? 0 : 1);
        }
        case TypeCourriel::InjonctionCloseBailleur:
            return courrielsAuBailleur({dossierComplet().signalementId, "0193a5b0-8888-7000-8000-000000000001", "INJ-2363",
                                        "INJONCTION_BAILLEUR_CLOTURE_PAR_USAGER", "TRAVAUX_FAITS_OU_EN_COURS",
                                        "bailleur@exemple.fr"})
                .at(0);
        case TypeCourriel::RecapitulatifSecours:
            return courrielsDuRecapitulatif({dossierComplet().signalementId, "2026-12", "Bouches-du-Rhône",
                                             "Marins-pompiers de Marseille", "secours@exemple.fr",
                                             "marins-pompiers/0193a5b0-9999-4000-8000-000000000001/signalements/" +
                                                 dossierComplet().signalementId + "/recapitulatif"})
                .at(0);
        case TypeCourriel::ConfirmationInjonction:
        case TypeCourriel::InjonctionBailleur: {
            auto dossier = dossierComplet();
            dossier.statut = "INJONCTION_BAILLEUR";
            dossier.reference = "INJ-2363";
            return courrielsDeLInjonction(dossier, {"bailleur@exemple.fr", "7KQM-2XHA-PB4D-9TZC", "15/12/2026"})
                .at(type == TypeCourriel::ConfirmationInjonction ? 0 : 1);
        }
        default: {
            CourrielDeCompte compte;
            compte.evenementId = "0193a5b0-5555-7000-8000-000000000001";
            compte.compteId = "0193a5b0-6666-7000-8000-000000000001";
            compte.motif = nomStocke(type);
            compte.courriel = "agent@exemple.fr";
            compte.prenom = "Élodie";
            compte.partenaire = "Ville de Marseille, service « Habitat »";
            compte.territoire = "Bouches-du-Rhône";
            compte.le = "2026-12-10";
            compte.nombre = "3";
            compte.code = type == TypeCourriel::CodeConnexion ? "012345" : "";
            compte.lien = std::string(64, 'a');
            return courrielsDuCompte(compte).at(0);
        }
    }
    return {};
}

std::string sansRetours(std::string texte) {
    std::erase(texte, '\r');
    return texte;
}

std::string decode(const std::string& valeur) {
    std::string deplie = valeur;
    for (std::size_t p = 0; (p = deplie.find("\r\n ", p)) != std::string::npos;) deplie.replace(p, 3, " ");
    return histologe::test::decoder(deplie);
}

void compare(const std::string& nom, const std::string& obtenu) {
    const std::string chemin = std::string(HISTOLOGE_SOURCE_DIR) + "/tests/unit/notification/attendu/" + nom;
    const char* mode = std::getenv("HISTOLOGE_ATTENDU");
    if (mode && std::string(mode) == "ecrire") std::ofstream(chemin) << obtenu;
    std::ifstream fichier(chemin);
    REQUIRE(fichier);
    std::ostringstream attendu;
    attendu << fichier.rdbuf();
    CHECK(obtenu == attendu.str());
}

}  // namespace

TEST_CASE("each mail says what was approved") {
    Redacteur redacteur(presentation());
    for (const TypeCourriel type : kTypesCourriel) {
        const std::string nom(nomStocke(type));
        const CourrielPret pret = redacteur.rediger(kId, exemple(type));
        CAPTURE(nom);
        compare(nom + ".txt", "De : " + decode(pret.de) + "\nA : " + pret.a + "\nSujet : " + decode(pret.sujet) +
                                  "\n\n" + sansRetours(pret.texte));
        compare(nom + ".html", sansRetours(pret.html));
        CHECK_FALSE(pret.a.empty());
    }
    CHECK(std::size(kTypesCourriel) > 20);
}

TEST_CASE("a mail with nothing but its kind still reads as a mail") {
    Redacteur redacteur(presentation());
    for (const TypeCourriel type : kTypesCourriel) {
        CourrielACreer nu;
        nu.type = type;
        nu.destinataire = "a@exemple.fr";
        const CourrielPret pret = redacteur.rediger(kId, nu);
        CAPTURE(std::string(nomStocke(type)), pret.texte);
        CHECK(pret.texte.find("Bonjour,\r\n") == 0);
        CHECK(pret.texte.find("{{") == std::string::npos);
        CHECK(pret.texte.find("\r\n\r\n\r\n") == std::string::npos);
        CHECK(pret.html.find("href=\"\"") == std::string::npos);
        CHECK(decode(pret.sujet).find("HISTOLOGE ALERTE - ") == 0);
        CHECK(decode(pret.de) == "\"HISTOLOGE - ALERTE\" <notifications@histologe.exemple.fr>");
    }
}

TEST_CASE("the HTML is in French, escapes what varies and needs no image") {
    Redacteur redacteur(presentation());
    CourrielACreer courriel = exemple(TypeCourriel::NouvelleAffectation);
    courriel.variables["partenaire"] = "<script>alert('x')</script> & {{reference}}";
    courriel.variables["signalementId"] = "\"><b>";
    const CourrielPret pret = redacteur.rediger(kId, courriel);
    CHECK(pret.html.find("<html lang=\"fr\">") != std::string::npos);
    CHECK(pret.html.find("<script") == std::string::npos);
    CHECK(pret.html.find("&lt;script&gt;") != std::string::npos);
    CHECK(pret.html.find("\"><b>") == std::string::npos);
    CHECK(pret.html.find("<img") == std::string::npos);
    CHECK(pret.texte.find("<script>alert('x')</script> & {{reference}}") != std::string::npos);
}

TEST_CASE("names and territories cannot open a line") {
    Redacteur redacteur(presentation());
    CourrielACreer courriel = exemple(TypeCourriel::AccuseReception);
    courriel.territoire = "Ain\r\nBcc: voleur@exemple.fr";
    courriel.variables["prenom"] = "Léa\r\n\r\nAutre corps";
    const CourrielPret pret = redacteur.rediger(kId, courriel);
    for (const std::string& valeur : {pret.de, pret.sujet, pret.a, pret.repondreA})
        for (std::size_t p = 0; (p = valeur.find('\n', p)) != std::string::npos; ++p)
            CHECK(valeur.substr(p + 1, 1) == " ");
    CHECK(pret.texte.find("Bonjour Léa Autre corps,\r\n") == 0);
}

TEST_CASE("with a redirection every mail goes to one place and says for whom it was") {
    Presentation p = presentation();
    p.redirection = "essais@exemple.fr";
    p.plateforme = "Signal Logement";
    Redacteur redacteur(p);
    const CourrielPret pret = redacteur.rediger(kId, exemple(TypeCourriel::AccuseReception));
    CHECK(pret.enveloppeA == "essais@exemple.fr");
    CHECK(pret.a == "essais@exemple.fr");
    CHECK(decode(pret.sujet) ==
          "[A : lea@exemple.fr] SIGNAL-LOGEMENT BOUCHES-DU-RHÔNE - Votre signalement est bien arrivé");
    CHECK(pret.messageId == "<courriel." + kId + "@histologe.exemple.fr>");
}
