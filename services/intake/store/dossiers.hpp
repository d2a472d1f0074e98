// What decides who may see a signalement, as far as intake knows it.
#pragma once

#include <optional>
#include <string>

#include "libs/auth/droits.hpp"
#include "libs/postgres/connection.hpp"

namespace histologe::intake {

// Territoire, status and partenaires of a signalement (uuid), as routing has told them. Empty when there is no such
// signalement.
std::optional<auth::DossierVise> findDossier(postgres::Connection& session, const std::string& signalement);

// Adds to a dossier the partenaires of a column that holds `[[partenaire, status of its affectation], …]`, or null.
void addPartenaires(auth::DossierVise& dossier, const postgres::Row& row, int column);

}  // namespace histologe::intake
