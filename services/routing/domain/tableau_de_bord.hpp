// The tabs of the dashboard: each is a list of dossiers under a name, for the roles that act on it.
#pragma once

#include <span>
#include <string_view>

#include "libs/auth/roles.hpp"

namespace histologe::routing {

struct Filtre {
    std::string_view parametre;  // of GET /dossiers
    std::string_view valeur;
};

struct Onglet {
    std::string_view type;
    std::string_view groupe;
    bool pourResponsables;  // super admins and managers of a territoire; else the people of partners
    std::span<const Filtre> filtres;
};

// Those that the directory and the affectations alone decide; the tabs of messages, of missing activity, of subscriptions
// and of undeliverable mail come with what tells of these. Imported dossiers count. (Reference of routing, 7.6.)
std::span<const Onglet> onglets() noexcept;

// True when the tab is one of the reader's.
bool estPour(const Onglet& onglet, auth::Role role) noexcept;

}  // namespace histologe::routing
