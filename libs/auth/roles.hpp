// Who an access token may speak for.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace histologe::auth {

// The roles of agents (routing's reference, 1.5), the accounts of systems, and the two kinds of people who see one
// signalement only.
enum class Role : std::uint8_t {
    SuperAdmin,             // the whole country
    ResponsableTerritoire,  // everything of the territoires he is a member of
    AdminPartenaire,        // what his partenaires are affected to, and their accounts
    Agent,                  // what his partenaires are affected to
    Api,                    // a system, in the name of its partenaires
    Usager,                 // occupant or declarant of one signalement
    Bailleur,               // landlord of the dwelling of one signalement
};

// The name in tokens and on the command line: `responsable_territoire`.
std::string_view nameOf(Role role) noexcept;
// Empty for a name that is none.
std::optional<Role> roleNamed(std::string_view name) noexcept;

// True for the people who work on dossiers.
constexpr bool isAgent(Role role) noexcept {
    return role <= Role::Agent;
}
// True for the roles whose token names one signalement and nothing else.
constexpr bool isBoundToOneSignalement(Role role) noexcept {
    return role == Role::Usager || role == Role::Bailleur;
}

}  // namespace histologe::auth
