#include "services/routing/domain/categories_suivi.hpp"

#include <array>

namespace histologe::routing {
namespace {

using T = TypeSuivi;
using V = Visibilite;
using N = AvisAuxAgents;

// clang-format off
constexpr CategorieSuivi kCategories[] = {
    {"ASK_DOCUMENT", "Demande de pièces", T::Auto, V::Oui, V::Non, true, N::Aucune, false, true},
    {"ASK_FEEDBACK_SENT", "Relance de l'usager", T::Technique, V::Non, V::Non, false, N::Aucune, false, true},
    {"SIGNALEMENT_IS_INJONCTION", "Démarche accélérée commencée", T::Auto, V::Non, V::Non, true, N::Aucune, true, true},
    {"SIGNALEMENT_IS_ACTIVE", "Signalement validé", T::Auto, V::Oui, V::Non, true, N::Commentaire, false, true},
    {"SIGNALEMENT_IS_CLOSED", "Dossier fermé", T::Partenaire, V::Choix, V::Choix, true, N::Cloture, false, true},
    {"SIGNALEMENT_IS_REFUSED", "Signalement refusé", T::Auto, V::Oui, V::Non, true, N::Commentaire, false, true},
    {"SIGNALEMENT_IS_REOPENED", "Dossier rouvert", T::Auto, V::Choix, V::Non, true, N::Commentaire, false, true},
    {"SIGNALEMENT_EDITED_BO", "Dossier modifié par un agent", T::Auto, V::Choix, V::Non, true, N::Commentaire, false, true},
    {"SIGNALEMENT_STATUS_IS_SYNCHRO", "État reçu du système du partenaire", T::Technique, V::Non, V::Non, true, N::Commentaire, false, false},
    {"AFFECTATION_IS_ACCEPTED", "Dossier pris en charge", T::Auto, V::Oui, V::Non, true, N::Aucune, false, false},
    {"AFFECTATION_IS_REFUSED", "Affectation refusée", T::Auto, V::Non, V::Non, true, N::Commentaire, false, false},
    {"AFFECTATION_IS_CLOSED", "Affectation fermée", T::Partenaire, V::Non, V::Non, true, N::Commentaire, false, true},
    {"INTERVENTION_IS_REQUIRED", "Visite à prévoir", T::Technique, V::Non, V::Non, false, N::Aucune, false, true},
    {"INTERVENTION_IS_CREATED", "Visite prévue", T::Auto, V::Choix, V::Non, false, N::Aucune, false, true},
    {"INTERVENTION_IS_CANCELED", "Visite annulée", T::Auto, V::Oui, V::Non, false, N::Aucune, false, true},
    {"INTERVENTION_IS_ABORTED", "Visite non faite", T::Auto, V::Oui, V::Non, false, N::Aucune, false, true},
    {"INTERVENTION_HAS_CONCLUSION", "Conclusion de visite", T::Partenaire, V::Choix, V::Non, false, N::Aucune, false, true},
    {"INTERVENTION_HAS_CONCLUSION_EDITED", "Conclusion de visite modifiée", T::Partenaire, V::Choix, V::Non, false, N::Aucune, false, true},
    {"INTERVENTION_IS_RESCHEDULED", "Visite déplacée", T::Auto, V::Oui, V::Non, false, N::Aucune, false, true},
    {"INTERVENTION_PLANNED_REMINDER", "Rappel de visite", T::Technique, V::Oui, V::Non, false, N::Aucune, false, true},
    {"INTERVENTION_IS_DONE", "Visite faite", T::Auto, V::Choix, V::Non, false, N::Aucune, false, true},
    {"INTERVENTION_CONTROLE_IS_CREATED", "Visite de contrôle prévue", T::Auto, V::Choix, V::Non, false, N::Aucune, false, true},
    {"INTERVENTION_CONTROLE_IS_RESCHEDULED", "Visite de contrôle déplacée", T::Auto, V::Choix, V::Non, false, N::Aucune, false, true},
    {"INTERVENTION_CONTROLE_IS_DONE", "Visite de contrôle faite", T::Auto, V::Choix, V::Non, false, N::Aucune, false, true},
    {"INTERVENTION_ARRETE_IS_CREATED", "Arrêté pris", T::Auto, V::Choix, V::Non, false, N::Aucune, false, true},
    {"INTERVENTION_ARRETE_IS_RESCHEDULED", "Date d'arrêté modifiée", T::Auto, V::Choix, V::Non, false, N::Aucune, false, true},
    {"NEW_DOCUMENT", "Document ajouté", T::Auto, V::Choix, V::Non, true, N::Commentaire, false, true},
    {"DOCUMENT_DELETED_BY_PARTNER", "Document retiré", T::Auto, V::Non, V::Non, true, N::Commentaire, false, true},
    {"MESSAGE_USAGER", "Message de l'usager", T::Usager, V::Oui, V::Non, true, N::Commentaire, false, false},
    {"MESSAGE_BAILLEUR", "Message du bailleur", T::Usager, V::Non, V::Oui, true, N::Commentaire, false, false},
    {"MESSAGE_USAGER_POST_CLOTURE", "Message de l'usager après la clôture", T::ApresCloture, V::Oui, V::Non, true, N::Commentaire, false, false},
    {"SIGNALEMENT_EDITED_FO", "Dossier complété par l'usager", T::Usager, V::Oui, V::Non, true, N::Commentaire, false, false},
    {"DEMANDE_ABANDON_PROCEDURE", "Demande d'arrêt", T::Usager, V::Oui, V::Non, true, N::Abandon, false, false},
    {"DEMANDE_POURSUITE_PROCEDURE", "Demande de poursuite", T::Usager, V::Oui, V::Non, true, N::Commentaire, false, false},
    {"MESSAGE_ESABORA_SCHS", "Message du système du service communal", T::Partenaire, V::Non, V::Non, true, N::Commentaire, false, true},
    {"MESSAGE_PARTNER", "Message d'un partenaire", T::Partenaire, V::Choix, V::Choix, true, N::Commentaire, false, true},
    {"SIGNALEMENT_HISTORIQUE_EVENEMENT", "Passé de l'adresse", T::Auto, V::Non, V::Non, true, N::Commentaire, false, true},
    {"INJONCTION_BAILLEUR_RAPPEL_REPONSE_BAILLEUR", "Rappel au bailleur : réponse attendue", T::Auto, V::Non, V::Non, true, N::Aucune, true, true},
    {"INJONCTION_BAILLEUR_REPONSE_OUI", "Engagement du bailleur", T::Auto, V::Oui, V::Oui, true, N::Aucune, true, true},
    {"INJONCTION_BAILLEUR_REPONSE_OUI_AVEC_AIDE", "Engagement du bailleur, avec une aide", T::Auto, V::Oui, V::Oui, true, N::Aucune, true, true},
    {"INJONCTION_BAILLEUR_REPONSE_OUI_DEMARCHES_COMMENCEES", "Démarches commencées par le bailleur", T::Auto, V::Oui, V::Oui, true, N::Aucune, true, true},
    {"INJONCTION_BAILLEUR_REPONSE_NON", "Refus du bailleur", T::Auto, V::Oui, V::Oui, true, N::Aucune, true, true},
    {"INJONCTION_BAILLEUR_REPONSE_COMMENTAIRE", "Commentaire du bailleur", T::Auto, V::Non, V::Oui, true, N::Aucune, true, true},
    {"INJONCTION_BAILLEUR_BASCULE_PROCEDURE_PAR_USAGER", "Retour à la procédure ordinaire, par l'usager", T::Usager, V::Oui, V::Non, true, N::Aucune, true, true},
    {"INJONCTION_BAILLEUR_BASCULE_PROCEDURE_PAR_BAILLEUR", "Retour à la procédure ordinaire, par le bailleur", T::Auto, V::Oui, V::Oui, true, N::Aucune, true, true},
    {"INJONCTION_BAILLEUR_BASCULE_PROCEDURE_PAR_BAILLEUR_COMMENTAIRE", "Raisons du bailleur", T::Auto, V::Non, V::Oui, true, N::Aucune, true, true},
    {"INJONCTION_BAILLEUR_EXPIREE", "Démarche accélérée expirée", T::Auto, V::Oui, V::Non, true, N::Aucune, true, true},
    {"INJONCTION_BAILLEUR_CLOTURE_PAR_USAGER", "Démarche accélérée close par l'usager", T::Usager, V::Oui, V::Non, true, N::Aucune, true, true},
    {"INJONCTION_BAILLEUR_CLOTURE_PAR_ADMIN", "Démarche accélérée close par l'administration", T::Partenaire, V::Oui, V::Non, true, N::Aucune, true, true},
    {"INJONCTION_BAILLEUR_REMINDER_FOR_USAGER", "Rappel mensuel à l'usager", T::Auto, V::Oui, V::Non, true, N::Aucune, true, true},
    {"INJONCTION_BAILLEUR_REMINDER_FOR_BAILLEUR", "Rappel mensuel au bailleur", T::Auto, V::Non, V::Non, true, N::Aucune, true, true},
    {"INJONCTION_BAILLEUR_DEMANDE_CLOTURE_PAR_BAILLEUR", "Le bailleur annonce la fin des travaux", T::Auto, V::Oui, V::Oui, false, N::Aucune, true, true},
    {"INJONCTION_BAILLEUR_DEMANDE_CLOTURE_PAR_BAILLEUR_COMMENTAIRE", "Commentaire du bailleur sur les travaux", T::Auto, V::Non, V::Oui, true, N::Aucune, true, true},
    {"INJONCTION_BAILLEUR_LOGIN_BAILLEUR", "Première visite du bailleur", T::Technique, V::Non, V::Non, true, N::Aucune, true, true},
    {"INJONCTION_BAILLEUR_RELANCE_USAGER_CLOTURE", "Relance de l'usager sur la fin des travaux", T::Auto, V::Non, V::Non, false, N::Aucune, true, true},
};
// clang-format on

constexpr std::array<std::string_view, 5> kTypes = {"AUTO", "USAGER", "PARTENAIRE", "TECHNIQUE", "USAGER_APRES_CLOTURE"};
constexpr std::array<std::string_view, 4> kAvis = {"aucune", "commentaire", "cloture", "abandon"};

}  // namespace

std::span<const CategorieSuivi> categoriesDeSuivi() noexcept { return kCategories; }

const CategorieSuivi* categorieDeSuivi(std::string_view code) noexcept {
    for (const auto& une : kCategories) {
        if (une.code == code) return &une;
    }
    return nullptr;
}

std::string_view nomDe(TypeSuivi type) noexcept { return kTypes.at(static_cast<std::size_t>(type)); }
std::string_view nomDe(AvisAuxAgents avis) noexcept { return kAvis.at(static_cast<std::size_t>(avis)); }

}  // namespace histologe::routing
