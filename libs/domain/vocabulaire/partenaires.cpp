#include "libs/domain/vocabulaire/partenaires.hpp"

namespace histologe::domain {
namespace {

constexpr Terme<TypePartenaire> kTypes[] = {
    {TypePartenaire::Adil, "ADIL", "ADIL"},
    {TypePartenaire::Ars, "ARS", "ARS"},
    {TypePartenaire::Association, "ASSOCIATION", "Association"},
    {TypePartenaire::BailleurSocial, "BAILLEUR_SOCIAL", "Bailleur social"},
    {TypePartenaire::CafMsa, "CAF_MSA", "CAF / MSA"},
    {TypePartenaire::Ccas, "CCAS", "CCAS"},
    {TypePartenaire::CommuneSchs, "COMMUNE_SCHS", "Commune / SCHS"},
    {TypePartenaire::Conciliateurs, "CONCILIATEURS", "Conciliateurs"},
    {TypePartenaire::ConseilDepartemental, "CONSEIL_DEPARTEMENTAL", "Conseil départemental"},
    {TypePartenaire::Ddets, "DDETS", "DDETS"},
    {TypePartenaire::DdtM, "DDT_M", "DDT/M"},
    {TypePartenaire::DispositifRenovationHabitat, "DISPOSITIF_RENOVATION_HABITAT", "Dispositif rénovation habitat"},
    {TypePartenaire::Epci, "EPCI", "EPCI"},
    {TypePartenaire::OperateurVisitesEtTravaux, "OPERATEUR_VISITES_ET_TRAVAUX", "Opérateur visites et travaux"},
    {TypePartenaire::PoliceGendarmerie, "POLICE_GENDARMERIE", "Police / Gendarmerie"},
    {TypePartenaire::Prefecture, "PREFECTURE", "Préfecture"},
    {TypePartenaire::Tribunal, "TRIBUNAL", "Tribunal"},
    {TypePartenaire::Autre, "AUTRE", "Autre"},
};
static_assert(std::size(kTypes) == kNombreTypesPartenaire);

constexpr Terme<TypeZone> kZones[] = {
    {TypeZone::Opah, "OPAH", "OPAH"},
    {TypeZone::OpahRu, "OPAH_RU", "OPAH-RU"},
    {TypeZone::Rhi, "RHI", "RHI"},
    {TypeZone::Anru, "ANRU", "ANRU"},
    {TypeZone::Pig, "PIG", "PIG"},
    {TypeZone::PermisDeLouer, "PERMIS_DE_LOUER", "Permis de louer"},
    {TypeZone::PermisDeDiviser, "PERMIS_DE_DIVISER", "Permis de diviser"},
    {TypeZone::Epci, "EPCI", "EPCI"},
    {TypeZone::Autre, "AUTRE", "Autre"},
};

}  // namespace

template <>
std::span<const Terme<TypePartenaire>> termes<TypePartenaire>() noexcept {
    return kTypes;
}
template <>
std::span<const Terme<TypeZone>> termes<TypeZone>() noexcept {
    return kZones;
}

}  // namespace histologe::domain
