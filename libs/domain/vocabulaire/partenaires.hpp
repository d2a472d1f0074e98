// The kinds of partners and of zones.
#pragma once

#include <cstdint>

#include "libs/domain/vocabulaire/terme.hpp"

namespace histologe::domain {

enum class TypePartenaire : std::uint8_t {
    Adil,
    Ars,
    Association,
    BailleurSocial,
    CafMsa,
    Ccas,
    CommuneSchs,
    Conciliateurs,
    ConseilDepartemental,
    Ddets,
    DdtM,
    DispositifRenovationHabitat,
    Epci,
    OperateurVisitesEtTravaux,
    PoliceGendarmerie,
    Prefecture,
    Tribunal,
    Autre,
};
template <>
std::span<const Terme<TypePartenaire>> termes<TypePartenaire>() noexcept;
inline constexpr std::size_t kNombreTypesPartenaire = 18;

enum class TypeZone : std::uint8_t { Opah, OpahRu, Rhi, Anru, Pig, PermisDeLouer, PermisDeDiviser, Epci, Autre };
template <>
std::span<const Terme<TypeZone>> termes<TypeZone>() noexcept;

}  // namespace histologe::domain
