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
    }
    return "";
}

}  // namespace histologe::notification
