#include "services/intake/domain/injonction.hpp"

namespace histologe::intake {
namespace {

bool isFilled(const TexteOptionnel& texte) noexcept {
    return texte && !texte->empty();
}

}  // namespace

bool entreEnInjonction(const Signalement& signalement, bool territoirePropose, bool appelleUneAutorite) noexcept {
    const auto& bailleur = signalement.proprietaire;
    return territoirePropose && !appelleUneAutorite && signalement.injonctionSouhaitee &&
           signalement.profilDeclarant == Profil::Locataire && signalement.logement.social != true &&
           bailleur.averti == true && (isFilled(bailleur.courriel) || isFilled(bailleur.adresse));
}

}  // namespace histologe::intake
