// How a partner's own system is reached.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "libs/core/clock.hpp"
#include "libs/postgres/connection.hpp"

namespace histologe::routing {

struct Interconnexion {
    std::optional<std::string> esaboraUrl;
    std::optional<std::string> esaboraJeton;
    bool esaboraActif = false;
    std::optional<std::string> idossUrl;
    std::optional<std::string> idossJeton;
    std::optional<core::Instant> idossJetonExpireLe;
    bool idossActif = false;
    std::int64_t version = 0;  // 0: nothing was ever written
};

// That of the partner; an empty one when it has none.
Interconnexion lireInterconnexion(postgres::Transaction& transaction, const std::string& partenaire);
// Replaces it; the version grows.
void ecrireInterconnexion(postgres::Transaction& transaction, const std::string& partenaire,
                          const Interconnexion& interconnexion);
// Switches off what a partner of this type cannot have (connectable: ARS, EPCI, COMMUNE_SCHS; iDOSS: COMMUNE_SCHS).
// Queued.
void eteindreInterconnexions(postgres::Transaction& transaction, const std::string& partenaire,
                             const std::string& type);

// Whether a partner of this type can be connected at all. (Reference of routing, 1.4.)
bool peutAvoirEsabora(const std::string& type);
bool peutAvoirIdoss(const std::string& type);

}  // namespace histologe::routing
