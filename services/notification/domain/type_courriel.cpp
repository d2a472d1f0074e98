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
    }
    return "";
}

}  // namespace histologe::notification
