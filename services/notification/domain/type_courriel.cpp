#include "services/notification/domain/type_courriel.hpp"

namespace histologe::notification {

std::string_view nomStocke(TypeCourriel type) noexcept {
    switch (type) {
        case TypeCourriel::AccuseReception:
            return "CONFIRM_RECEPTION_TO_USAGER";
        case TypeCourriel::ValidationSignalement:
            return "SIGNALEMENT_VALIDATION_TO_USAGER";
        case TypeCourriel::NouvelleAffectation:
            return "AFFECTATION_NEW";
        case TypeCourriel::LienSuivi:
            return "SIGNALEMENT_LIEN_SUIVI_TO_USAGER";
        case TypeCourriel::RepriseBrouillon:
            return "CONTINUE_FROM_DRAFT_TO_USAGER";
        case TypeCourriel::NouveauSuiviPartenaire:
            return "NEW_COMMENT_BACK";
        case TypeCourriel::AbandonPartenaire:
            return "DEMANDE_ABANDON_PROCEDURE_TO_ADMIN";
        case TypeCourriel::NouveauSuiviUsager:
            return "NEW_COMMENT_FRONT_TO_USAGER";
        case TypeCourriel::AbandonAuteur:
            return "DEMANDE_ABANDON_PROCEDURE_TO_USAGER";
        case TypeCourriel::AbandonAutre:
            return "DEMANDE_ABANDON_PROCEDURE_TO_OTHER_USAGER";
        case TypeCourriel::InvitationTiers:
            return "INVITE_TIERS";
        case TypeCourriel::ConfirmationCourriel:
            return "SIGNALEMENT_EDIT_MAIL_OCCUPANT";
        case TypeCourriel::ChangementCourriel:
            return "SIGNALEMENT_EDIT_MAIL_OCCUPANT_NOTICE";
        case TypeCourriel::InjonctionCloseBailleur:
            return "USAGER_CLOSE_INJONCTION_TO_BAILLEUR";
        case TypeCourriel::ClotureDemandeeUsager:
            return "BAILLEUR_CLOSE_INJONCTION_TO_USAGER";
        case TypeCourriel::ConfirmationInjonction:
            return "CONFIRM_INJONCTION_TO_USAGER";
        case TypeCourriel::InjonctionBailleur:
            return "CONFIRM_INJONCTION_TO_BAILLEUR";
        case TypeCourriel::RecapitulatifSecours:
            return "SERVICE_SECOURS_ACCUSE_RECEPTION";
        case TypeCourriel::ActivationCompte:
            return "ACCOUNT_ACTIVATION_FROM_BO";
        case TypeCourriel::ActivationDemandee:
            return "ACCOUNT_ACTIVATION_FROM_FO";
        case TypeCourriel::RappelActivation:
            return "ACCOUNT_ACTIVATION_REMINDER";
        case TypeCourriel::MotDePassePerdu:
            return "LOST_PASSWORD";
        case TypeCourriel::CompteSupprime:
            return "ACCOUNT_DELETE";
        case TypeCourriel::CompteRetire:
            return "ACCOUNT_REMOVE_FROM_TERRITORY";
        case TypeCourriel::CompteTransfere:
            return "ACCOUNT_TRANSFER";
        case TypeCourriel::CompteReactive:
            return "ACCOUNT_REACTIVATION";
        case TypeCourriel::CompteNouveauPartenaire:
            return "ACCOUNT_NEW_TERRITORY";
        case TypeCourriel::CompteBientotArchive:
            return "ACCOUNT_USER_SOON_ARCHIVED";
        case TypeCourriel::ComptesBientotArchives:
            return "ACCOUNTS_SOON_ARCHIVED";
        case TypeCourriel::CodeConnexion:
            return "AUTH_CODE";
    }
    return "";
}

std::optional<TypeCourriel> typeDeNom(std::string_view nom) noexcept {
    for (const TypeCourriel type : kTypesCourriel)
        if (nomStocke(type) == nom) return type;
    return std::nullopt;
}

std::string_view etiquette(TypeCourriel type) noexcept {
    switch (type) {
        case TypeCourriel::AccuseReception:
            return "Usager Accuse Reception Signalement";
        case TypeCourriel::ValidationSignalement:
            return "Usager Validation Signalement";
        case TypeCourriel::NouvelleAffectation:
            return "Pro Nouvelle affectation";
        case TypeCourriel::LienSuivi:
            return "Usager Lien Suivi";
        case TypeCourriel::RepriseBrouillon:
            return "Usager Reprise Brouillon";
        case TypeCourriel::NouveauSuiviPartenaire:
            return "Pro Nouveau Suivi Signalement";
        case TypeCourriel::AbandonPartenaire:
            return "Pro Demande Abandon";
        case TypeCourriel::NouveauSuiviUsager:
            return "Usager Nouveau Suivi Signalement";
        case TypeCourriel::AbandonAuteur:
            return "Usager Demande Abandon";
        case TypeCourriel::AbandonAutre:
            return "Usager Demande Abandon Autre";
        case TypeCourriel::InvitationTiers:
            return "Usager Invitation Tiers";
        case TypeCourriel::ConfirmationCourriel:
            return "Usager Edit MailOccupant";
        case TypeCourriel::ChangementCourriel:
            return "Usager Edit MailOccupant Information";
        case TypeCourriel::InjonctionCloseBailleur:
            return "Bailleur Usager Close Signalement";
        case TypeCourriel::ClotureDemandeeUsager:
            return "Bailleur Close Signalement To Usager";
        case TypeCourriel::ConfirmationInjonction:
            return "Usager Accuse Reception Signalement Injonction";
        case TypeCourriel::InjonctionBailleur:
            return "Bailleur Accuse Reception Signalement";
        case TypeCourriel::RecapitulatifSecours:
            return "Service Secours Accuse Reception Signalement";
        case TypeCourriel::ActivationCompte:
            return "Pro Activation Compte";
        case TypeCourriel::ActivationDemandee:
            return "Pro Activation Compte Demandee";
        case TypeCourriel::RappelActivation:
            return "Pre Reactivation de Compte";
        case TypeCourriel::MotDePassePerdu:
            return "Pro Mot de passe perdu";
        case TypeCourriel::CompteSupprime:
            return "Pro Compte Supprime";
        case TypeCourriel::CompteRetire:
            return "Pro Compte Retire";
        case TypeCourriel::CompteTransfere:
            return "Pro Compte Transfere";
        case TypeCourriel::CompteReactive:
            return "Pro Compte Reactive";
        case TypeCourriel::CompteNouveauPartenaire:
            return "Pro Nouveau Partenaire";
        case TypeCourriel::CompteBientotArchive:
            return "Pro Compte Bientot Archive";
        case TypeCourriel::ComptesBientotArchives:
            return "Pro Comptes Bientot Archives";
        case TypeCourriel::CodeConnexion:
            return "Pro Code Connexion";
    }
    return "";
}

bool estDeCompte(TypeCourriel type) noexcept {
    return type >= TypeCourriel::ActivationCompte;
}

}  // namespace histologe::notification
