#include "services/notification/domain/regles_suivi.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "services/notification/domain/adresse_courriel.hpp"
#include "services/notification/domain/variables.hpp"

namespace histologe::notification {
namespace {

constexpr std::string_view kAbandon = "DEMANDE_ABANDON_PROCEDURE";
constexpr std::string_view kComplete = "SIGNALEMENT_EDITED_FO";
constexpr std::string_view kCloture = "INJONCTION_BAILLEUR_DEMANDE_CLOTURE_PAR_BAILLEUR";

bool estParmi(std::string_view valeur, std::initializer_list<std::string_view> liste) {
    return std::find(liste.begin(), liste.end(), valeur) != liste.end();
}

// A partner is called by its name; the platform by none.
std::string_view motDeLAuteur(std::string_view auteur) {
    if (auteur == "occupant") return "L’occupant";
    if (auteur == "declarant") return "La personne qui suit le dossier avec l’occupant";
    if (auteur == "bailleur") return "Le bailleur";
    return auteur == "systeme" ? std::string_view() : auteur;
}

std::string_view motDuMotif(std::string_view motif) {
    if (motif == "ACCORD_PROPRIETAIRE") return "un accord est trouvé avec vous";
    if (motif == "RELOGEMENT_OCCUPANT") return "il est relogé";
    if (motif == "TRAVAUX_FAITS_OU_EN_COURS") return "les travaux sont faits ou en cours";
    return {};
}

// What completes a dossier comes in several steps: one mail in an hour.
std::string objetDe(const SuiviCree& suivi) {
    return suivi.categorie == kComplete ? suivi.signalementId + ":" + suivi.heure : suivi.suiviId;
}

std::optional<std::string> adresseDeLAuteur(const SuiviCree& suivi, const DossierUsagers& dossier) {
    if (suivi.auteur == "occupant") return adresseCourriel(dossier.occupant.courriel);
    if (suivi.auteur == "declarant") return adresseCourriel(dossier.declarant.courriel);
    return std::nullopt;
}

}  // namespace

std::vector<CourrielACreer> courrielsAuxPartenaires(const SuiviCree& suivi) {
    if (suivi.statut == "CLOSED") return {};
    const bool estAbandon = suivi.categorie == kAbandon;
    if (!estAbandon && !estParmi(suivi.categorie, {"MESSAGE_USAGER", "MESSAGE_USAGER_POST_CLOTURE", "MESSAGE_BAILLEUR",
                                                   kComplete, "DEMANDE_POURSUITE_PROCEDURE", "MESSAGE_PARTNER",
                                                   "AFFECTATION_IS_REFUSED", "AFFECTATION_IS_CLOSED",
                                                   "SIGNALEMENT_IS_REOPENED"}))
        return {};
    std::vector<CourrielACreer> courriels;
    for (const PartenaireAInformer& partenaire : suivi.partenaires) {
        const std::optional<std::string> adresse = adresseCourriel(partenaire.courriel);
        if (!adresse || !partenaire.notifiable) continue;
        Variables variables;
        ajoute(variables, "reference", suivi.reference);
        ajoute(variables, "signalementId", suivi.signalementId);
        ajoute(variables, "deQui", std::string(motDeLAuteur(suivi.auteur)));
        courriels.push_back({estAbandon ? TypeCourriel::AbandonPartenaire : TypeCourriel::NouveauSuiviPartenaire,
                             suivi.signalementId, objetDe(suivi), *adresse, suivi.territoire, std::move(variables)});
    }
    return courriels;
}

bool interesseUsagers(const SuiviCree& suivi) {
    return suivi.visibleUsager && suivi.categorie != "SIGNALEMENT_IS_ACTIVE" &&
           !estParmi(suivi.statut, {"CLOSED", "REFUSED"});
}

std::vector<CourrielACreer> courrielsAuxUsagers(const SuiviCree& suivi, const DossierUsagers& dossier) {
    if (!interesseUsagers(suivi) || dossier.logementVacant) return {};
    const auto auteur = adresseDeLAuteur(suivi, dossier);
    const bool estAbandon = suivi.categorie == kAbandon;
    std::vector<CourrielACreer> courriels;
    for (CourrielACreer& courriel : auxUsagers(TypeCourriel::NouveauSuiviUsager, dossier)) {
        const bool estAuteur = auteur == courriel.destinataire;
        if (estAuteur && !estAbandon) continue;
        courriel.objet = objetDe(suivi);
        if (suivi.categorie == kCloture) courriel.type = TypeCourriel::ClotureDemandeeUsager;
        if (estAbandon) {
            courriel.type = estAuteur ? TypeCourriel::AbandonAuteur : TypeCourriel::AbandonAutre;
            if (!estAuteur) ajoute(courriel.variables, "demandeur", std::string(motDeLAuteur(suivi.auteur)));
        }
        courriels.push_back(std::move(courriel));
    }
    return courriels;
}

std::vector<CourrielACreer> courrielsDeLInvitation(const TiersInvite& invite) {
    const std::optional<std::string> adresse = adresseCourriel(invite.courriel);
    if (!adresse) return {};
    Variables variables;
    ajoute(variables, "prenom", sansAppel(invite.prenom, kPrenomMax));
    std::string invitant = sansAppel(invite.invitant.prenom, kPrenomMax);
    if (const std::string nom = sansAppel(invite.invitant.nom, kPrenomMax); !nom.empty())
        invitant += (invitant.empty() ? "" : " ") + nom;
    ajoute(variables, "invitant", invitant);
    ajoute(variables, "commune", invite.commune);
    ajoute(variables, "accepter", invite.codeSuivi + "/accepter/" + invite.jeton);
    ajoute(variables, "refuser", invite.codeSuivi + "/refuser/" + invite.jeton);
    return {
        {TypeCourriel::InvitationTiers, invite.signalementId, invite.invitationId, *adresse, {}, std::move(variables)}};
}

std::vector<CourrielACreer> courrielsDeLaConfirmation(const CourrielAConfirmer& demande) {
    std::vector<CourrielACreer> courriels;
    if (const auto adresse = adresseCourriel(demande.courriel)) {
        Variables variables;
        ajoute(variables, "prenom", sansAppel(demande.prenom, kPrenomMax));
        ajoute(variables, "reference", demande.reference);
        ajoute(variables, "confirmation", demande.codeSuivi + "/" + demande.jeton);
        courriels.push_back({TypeCourriel::ConfirmationCourriel,
                             demande.signalementId,
                             demande.demandeId,
                             *adresse,
                             {},
                             std::move(variables)});
    }
    if (const auto adresse = adresseCourriel(demande.ancienCourriel)) {
        Variables variables;
        ajoute(variables, "prenom", sansAppel(demande.prenom, kPrenomMax));
        ajoute(variables, "reference", demande.reference);
        ajoute(variables, "codeSuivi", demande.codeSuivi);
        courriels.push_back({TypeCourriel::ChangementCourriel,
                             demande.signalementId,
                             demande.demandeId,
                             *adresse,
                             {},
                             std::move(variables)});
    }
    return courriels;
}

std::vector<CourrielACreer> courrielsDuRecapitulatif(const RecapitulatifPret& pret) {
    const std::optional<std::string> adresse = adresseCourriel(pret.courriel);
    if (!adresse) return {};
    Variables variables;
    ajoute(variables, "reference", pret.reference);
    ajoute(variables, "service", sansAppel(pret.service, kAdresseMax));
    ajoute(variables, "recapitulatif", pret.chemin);
    return {{TypeCourriel::RecapitulatifSecours, pret.signalementId, pret.signalementId, *adresse, pret.territoire,
             std::move(variables)}};
}

std::vector<CourrielACreer> courrielsAuBailleur(const ActeUsager& acte) {
    const std::optional<std::string> adresse = adresseCourriel(acte.bailleur);
    if (!adresse || acte.categorie != "INJONCTION_BAILLEUR_CLOTURE_PAR_USAGER") return {};
    Variables variables;
    ajoute(variables, "reference", acte.reference);
    ajoute(variables, "motif", std::string(motDuMotif(acte.motif)));
    // The page is the same for every landlord: his code opens his own.
    ajoute(variables, "bailleur", "?reference=" + acte.reference);
    return {
        {TypeCourriel::InjonctionCloseBailleur, acte.signalementId, acte.acteId, *adresse, {}, std::move(variables)}};
}

}  // namespace histologe::notification
