// The tabs of the dashboard: each is a list of dossiers under a name, for the roles that act on it.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "libs/auth/roles.hpp"

namespace histologe::routing {

struct Filtre {
    std::string_view parametre;  // of GET /dossiers
    std::string_view valeur;
};

enum class Pour : std::uint8_t {
    Responsables,  // super admins and managers of a territoire
    Partenaires,   // the people of partners
    Tous,
};

struct Onglet {
    std::string_view type;
    std::string_view groupe;
    Pour pour;
    bool mesDossiers;  // may be narrowed to the dossiers that the reader follows
    std::span<const Filtre> filtres;
};

// In the order in which they are shown; those of one group are together. Imported dossiers count. Those that are not here
// yet: domain/recherche_absents. (Reference of routing, 7.6.)
std::span<const Onglet> onglets() noexcept;

// True when the tab is one of the reader's.
bool estPour(const Onglet& onglet, auth::Role role) noexcept;

}  // namespace histologe::routing
