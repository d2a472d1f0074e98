// Identifiers of the directory: one type each, so that none is taken for another.
#pragma once

#include <compare>
#include <functional>
#include <string>

namespace histologe::routing {

template <typename Tag>
struct Identifiant {
    std::string valeur;
    friend auto operator<=>(const Identifiant&, const Identifiant&) = default;
};

using PartenaireId = Identifiant<struct PartenaireTag>;
using ZoneId = Identifiant<struct ZoneTag>;
using RegleId = Identifiant<struct RegleTag>;
using BailleurId = Identifiant<struct BailleurTag>;
// SIREN of the inter-municipal body: nine digits.
using CodeEpci = Identifiant<struct EpciTag>;

}  // namespace histologe::routing

template <typename Tag>
struct std::hash<histologe::routing::Identifiant<Tag>> {
    std::size_t operator()(const histologe::routing::Identifiant<Tag>& id) const noexcept {
        return std::hash<std::string>{}(id.valeur);
    }
};
