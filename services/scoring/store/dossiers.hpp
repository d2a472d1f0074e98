// The projection of dossiers that decides who may see a score.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/auth/droits.hpp"
#include "libs/core/clock.hpp"
#include "libs/postgres/connection.hpp"

namespace histologe::scoring {

struct StatutDit {
    std::string signalement;
    std::string territoire;
    std::string statut;
    core::Instant le{};
};
// The latest of each signalement counts, in whatever order they are said. Queued in the transaction.
void saveStatuts(postgres::Transaction& transaction, const std::vector<StatutDit>& statuts);

struct PartenaireDit {
    std::string signalement;
    std::string partenaire;
    bool retiree = false;
    core::Instant le{};
};
// An older word never replaces a newer one. Queued.
void savePartenaires(postgres::Transaction& transaction, const std::vector<PartenaireDit>& partenaires);

// Empty when no dossier is known, or its status is none that we know.
std::optional<auth::DossierVise> findDossier(postgres::Connection& session, const std::string& signalement);

}  // namespace histologe::scoring
