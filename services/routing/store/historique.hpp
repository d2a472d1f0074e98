// What happened to a dossier, as it was noted.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/core/json.hpp"
#include "libs/postgres/connection.hpp"

namespace histologe::routing {

struct LigneHistorique {
    long long rang = 0;
    std::string objet;  // dossier, affectation
    std::string action;
    std::optional<std::string> partenaire;
    std::string acteur;
    std::string role;
    std::optional<std::string> auNomDe;
    core::Json avant;  // null: was not there
    core::Json apres;  // null: is no more
    core::Instant le{};
};

// The newest first, `limite` at most, those before the rank `avant` when it is given.
std::vector<LigneHistorique> lireHistorique(postgres::Transaction& transaction, const std::string& signalement,
                                            std::optional<long long> avant, long long limite);

}  // namespace histologe::routing
