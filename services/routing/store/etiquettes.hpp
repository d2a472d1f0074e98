// The tags of dossiers.
#pragma once

#include <string>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/postgres/connection.hpp"

namespace histologe::routing {

struct EtiquetteDeDossier {
    std::string id;
    std::string libelle;
    bool archive = false;
};

// Nobody else changes the tags of the dossier until the transaction ends.
void verrouillerEtiquettes(postgres::Transaction& transaction, const std::string& signalement);

// By name.
std::vector<EtiquetteDeDossier> etiquettesDuDossier(postgres::Transaction& transaction, const std::string& signalement);

// Makes them these. Queued.
void remplacerEtiquettes(postgres::Transaction& transaction, const std::string& signalement,
                         const std::vector<std::string>& ids, const std::string& auteur, core::Instant now);

}  // namespace histologe::routing
