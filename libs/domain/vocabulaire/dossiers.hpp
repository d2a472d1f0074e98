// What a case and its affectations can be in, and who may declare one.
#pragma once

#include <cstdint>

#include "libs/domain/vocabulaire/terme.hpp"

namespace histologe::domain {

// Who declares the signalement.
enum class ProfilDeclarant : std::uint8_t {
    Locataire,
    BailleurOccupant,
    TiersParticulier,
    TiersPro,
    ServiceSecours,
    Bailleur,
};
template <>
std::span<const Terme<ProfilDeclarant>> termes<ProfilDeclarant>() noexcept;

// True for those who declare the dwelling of somebody else: tiers, rescue services, landlords.
constexpr bool isTiers(ProfilDeclarant profil) noexcept {
    return profil != ProfilDeclarant::Locataire && profil != ProfilDeclarant::BailleurOccupant;
}

enum class StatutDossier : std::uint8_t {
    Brouillon,
    Nouveau,
    EnCours,
    Ferme,
    Archive,
    Refuse,
    BrouillonArchive,
    Injonction,
    InjonctionCloturee,
};
template <>
std::span<const Terme<StatutDossier>> termes<StatutDossier>() noexcept;

enum class StatutAffectation : std::uint8_t { Nouveau, EnCours, Refuse, Ferme };
template <>
std::span<const Terme<StatutAffectation>> termes<StatutAffectation>() noexcept;

}  // namespace histologe::domain
