#include "services/routing/domain/criteres.hpp"

#include <algorithm>

#include "libs/core/text.hpp"

namespace histologe::routing {

Allocataire parseAllocataire(std::optional<std::string_view> text) noexcept {
    if (!text || text->empty()) return Allocataire::NeSaitPas;
    const auto is = [&](std::string_view expected) {
        return std::equal(text->begin(), text->end(), expected.begin(), expected.end(),
                          [](char c, char lower) { return (c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c) == lower; });
    };
    if (is("oui") || is("1")) return Allocataire::Oui;
    if (is("caf")) return Allocataire::Caf;
    if (is("msa")) return Allocataire::Msa;
    if (is("non") || is("0")) return Allocataire::Non;
    if (is("nsp")) return Allocataire::NeSaitPas;
    return Allocataire::Illisible;
}

std::optional<std::vector<domain::CodeInsee>> parseListeInsee(std::span<const std::string> codes) {
    std::vector<domain::CodeInsee> list;
    bool named = false;
    for (const auto& text : codes) {
        if (core::trim(text).empty()) continue;
        named = true;
        if (const auto code = domain::CodeInsee::parse(text)) list.push_back(*code);
    }
    if (!named) return std::nullopt;
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
    return list;
}

std::optional<std::vector<domain::CodeInsee>> parseListeInsee(std::string_view commaSeparated) {
    return parseListeInsee(core::split(commaSeparated, ','));
}

domain::Qualifications qualificationsActives(std::span<const QualificationEvaluee> evaluation) noexcept {
    domain::Qualifications active;
    for (const auto& row : evaluation) {
        if (row.statut != domain::StatutQualification::Archivee) active.insert(row.qualification);
    }
    return active;
}

}  // namespace histologe::routing

namespace histologe::domain {
namespace {

using routing::AllocataireVise;
using routing::ParcVise;
using routing::ProfilVise;

constexpr Terme<ProfilVise> kProfils[] = {
    {ProfilVise::Tous, "all", "Tous"},
    {ProfilVise::Tiers, "tiers", "Tiers"},
    {ProfilVise::Occupant, "occupant", "Occupant"},
    {ProfilVise::Locataire, "LOCATAIRE", "Locataire"},
    {ProfilVise::BailleurOccupant, "BAILLEUR_OCCUPANT", "Propriétaire occupant"},
    {ProfilVise::TiersParticulier, "TIERS_PARTICULIER", "Tiers particulier"},
    {ProfilVise::TiersPro, "TIERS_PRO", "Tiers professionnel"},
    {ProfilVise::ServiceSecours, "SERVICE_SECOURS", "Service de secours"},
    {ProfilVise::Bailleur, "BAILLEUR", "Bailleur"},
};

constexpr Terme<ParcVise> kParcs[] = {
    {ParcVise::Tous, "all", "Tous"},
    {ParcVise::Prive, "prive", "Parc privé"},
    {ParcVise::Public, "public", "Parc public"},
    {ParcVise::NonRenseigne, "non_renseigne", "Parc non renseigné"},
};

constexpr Terme<AllocataireVise> kAllocataires[] = {
    {AllocataireVise::Tous, "all", "Tous"},           {AllocataireVise::Non, "non", "Non allocataire"},
    {AllocataireVise::Oui, "oui", "Allocataire"},     {AllocataireVise::Caf, "caf", "Allocataire CAF"},
    {AllocataireVise::Msa, "msa", "Allocataire MSA"}, {AllocataireVise::NeSaitPas, "nsp", "Ne sait pas"},
};

}  // namespace

template <>
std::span<const Terme<ProfilVise>> termes<ProfilVise>() noexcept {
    return kProfils;
}
template <>
std::span<const Terme<ParcVise>> termes<ParcVise>() noexcept {
    return kParcs;
}
template <>
std::span<const Terme<AllocataireVise>> termes<AllocataireVise>() noexcept {
    return kAllocataires;
}

}  // namespace histologe::domain
