// The part of a directory that one case can meet: what a territory has, by number instead of by name. Engine only.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "services/routing/domain/annuaire.hpp"
#include "services/routing/domain/zones.hpp"

namespace histologe::routing {

// A partner that may be a candidate: of the territory, not archived.
struct PartenaireIndexe {
    const Partenaire* partenaire = nullptr;
    // Union of its EPCIs, sorted.
    std::vector<domain::CodeInsee> communesEpci;
    // Numbers in the index of zones.
    std::vector<std::uint32_t> zones;
    std::vector<std::uint32_t> zonesExclues;
    // Place of its name among those of the territory, case and accents aside.
    std::uint32_t rang = 0;
};

struct RegleIndexee {
    const Regle* regle = nullptr;
    // Sorted numbers of the partners of the territory that it leaves out.
    std::vector<std::uint32_t> partenairesExclus;
};

struct IndexTerritoire {
    // In the order of the directory; their numbers are their places here.
    std::vector<PartenaireIndexe> partenaires;
    std::array<std::vector<std::uint32_t>, domain::kNombreTypesPartenaire> parType;
    std::unordered_map<std::string_view, std::uint32_t> parId;
    // Active ones, in the order of the directory.
    std::vector<RegleIndexee> regles;
    // Social landlords by folded name; of two with one name, the first of the directory.
    std::unordered_map<std::string, BailleurId> bailleurs;
    // Only the zones that partners of the territory name.
    IndexZones zones{{}};
};

}  // namespace histologe::routing
