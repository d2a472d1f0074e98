#include "libs/auth/scopes.hpp"

#include <cstdint>

namespace histologe::auth {
namespace {

// Who has a scope, from the least of the agents upwards; systems stand apart.
struct Grant {
    const char* scope;
    Role least;  // this agent and those above him
    bool api;
};

constexpr Grant kGrants[] = {
    {"moi", Role::Agent, false},
    {"signalements:read", Role::Agent, true},
    {"signalements:create", Role::Agent, true},
    {"signalements:write", Role::Agent, true},
    {"dossiers:read", Role::Agent, true},
    {"dossiers:write", Role::Agent, true},
    {"fichiers:read", Role::Agent, true},
    {"fichiers:write", Role::Agent, true},
    {"scores:read", Role::Agent, true},
    {"comptes:read", Role::AdminPartenaire, false},
    {"comptes:write", Role::AdminPartenaire, false},
    {"annuaire:read", Role::Agent, true},
    {"etiquettes:read", Role::Agent, false},
    {"partenaires:read", Role::AdminPartenaire, false},
    {"partenaires:write", Role::AdminPartenaire, false},
    {"zones:read", Role::ResponsableTerritoire, false},
    {"zones:write", Role::ResponsableTerritoire, false},
    {"etiquettes:write", Role::ResponsableTerritoire, false},
    {"bailleurs:read", Role::ResponsableTerritoire, false},
    {"regles:read", Role::ResponsableTerritoire, false},
    {"bailleurs:write", Role::SuperAdmin, false},
    {"regles:write", Role::SuperAdmin, false},
    {"signalements:audit", Role::ResponsableTerritoire, false},
    {"scores:recompute", Role::SuperAdmin, false},
    {"services-secours:write", Role::SuperAdmin, false},
    {"comptes-api:write", Role::SuperAdmin, false},
};

}  // namespace

std::vector<std::string> scopesOf(Role role) {
    std::vector<std::string> scopes;
    for (const auto& grant : kGrants) {
        if (role == Role::Api ? grant.api : isAgent(role) && role <= grant.least) scopes.emplace_back(grant.scope);
    }
    return scopes;
}

}  // namespace histologe::auth
