// The six ways of declaring, and sets of them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace histologe::intake {

// Who declares (reference of intake, 1.2). The order is that of the bits of ProfilMask.
enum class Profil : std::uint8_t { Locataire, BailleurOccupant, TiersParticulier, TiersPro, Bailleur, ServiceSecours };

using ProfilMask = std::uint8_t;

constexpr ProfilMask masque(Profil profil) noexcept {
    return static_cast<ProfilMask>(1U << static_cast<unsigned>(profil));
}

constexpr bool contient(ProfilMask ensemble, Profil profil) noexcept {
    return (ensemble & masque(profil)) != 0;
}

// Reads the form's word (`tiers_pro`); empty for any other text.
std::optional<Profil> profilDe(std::string_view mot) noexcept;

// The form's word (`tiers_pro`) and the stored one (`TIERS_PRO`).
std::string_view motDe(Profil profil) noexcept;
std::string_view codeDe(Profil profil) noexcept;

// True for those who live in the dwelling they declare: locataire and bailleur occupant.
constexpr bool estOccupant(Profil profil) noexcept {
    return profil == Profil::Locataire || profil == Profil::BailleurOccupant;
}

}  // namespace histologe::intake
