// What routing is configured with about accounts, and the objects that serve them.
#pragma once

#include <filesystem>

#include "libs/core/config.hpp"
#include "libs/service/process.hpp"
#include "services/routing/http/connexion.hpp"
#include "services/routing/proconnect.hpp"

namespace histologe::routing {

struct ReglagesComptes {
    std::filesystem::path cleDeSignature;
    ReglagesConnexion connexion;
    ReglagesProconnect proconnect;
    bool anonymise = true;
};

// Declares and reads the variables; throws core::ConfigError.
ReglagesComptes lireReglagesComptes(core::Config& config);

// Builds what accounts need on the process, binds their operations, and returns what happens to accounts for those who act
// on them from elsewhere. Throws std::runtime_error when the signing key or
// the list of common passwords cannot be read.
const VieDesComptes& composerComptes(service::Process& process, const ReglagesComptes& reglages);

}  // namespace histologe::routing
