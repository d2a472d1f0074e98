// Who may see a score: what routing says of the dossier.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/auth/droits.hpp"
#include "libs/postgres/connection.hpp"

namespace histologe::scoring {

// What one event adds. Territoire and statut stay when absent; an older statut does not replace a newer one.
struct VueDossier {
    std::string signalement;
    std::optional<std::string> territoire;
    std::optional<std::string> statut;
    core::Instant le{};
    std::optional<std::string> partenaire;  // affected to it
};

void saveVues(postgres::Transaction& transaction, const std::vector<VueDossier>& vues);

// Empty while routing has said nothing of it.
std::optional<auth::DossierVise> findVue(postgres::Connection& connection, const std::string& signalement);

}  // namespace histologe::scoring
