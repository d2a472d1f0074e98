// What decides who may see a signalement, as far as intake knows it.
#pragma once

#include <optional>
#include <string>

#include "libs/auth/droits.hpp"
#include "libs/postgres/connection.hpp"

namespace histologe::intake {

// Territoire and status of a signalement (uuid). Intake knows of no partenaires, so nobody sees one through them here.
// Empty when there is no such signalement.
std::optional<auth::DossierVise> findDossier(postgres::Connection& session, const std::string& signalement);

}  // namespace histologe::intake
