#include "services/routing/domain/bailleurs.hpp"

#include "libs/core/text.hpp"
#include "services/routing/domain/index_territoire.hpp"

namespace histologe::routing {

std::optional<BailleurId> bailleurDuLogement(const Annuaire& annuaire, domain::CodeTerritoire territoire,
                                             std::optional<bool> logementSocial, std::string_view denomination) {
    const auto* index = annuaire.index(territoire);
    if (logementSocial != true || index == nullptr) return std::nullopt;
    const auto place = index->bailleurs.find(core::fold(core::trim(denomination)));
    return place == index->bailleurs.end() ? std::nullopt : std::optional(place->second);
}

}  // namespace histologe::routing
