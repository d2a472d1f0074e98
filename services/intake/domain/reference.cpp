#include "services/intake/domain/reference.hpp"

namespace histologe::intake {

std::string referenceDefinitive(int annee, int numero) {
    return std::to_string(annee) + "-" + std::to_string(numero);
}

std::string referenceInjonction(int numero) {
    return "INJ-" + std::to_string(numero);
}

bool estInjonction(std::string_view statut) noexcept {
    return statut == "INJONCTION_BAILLEUR" || statut == "INJONCTION_CLOSED";
}

std::string referenceAffichee(std::string_view statut, int annee, std::optional<int> numero,
                              std::optional<int> numeroInjonction) {
    if (estInjonction(statut) && numeroInjonction) return referenceInjonction(*numeroInjonction);
    return numero ? referenceDefinitive(annee, *numero) : std::to_string(annee) + "-TEMPORAIRE";
}

}  // namespace histologe::intake
