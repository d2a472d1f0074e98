// What configures the doors of usagers and landlords.
#pragma once

#include <string>

#include "libs/core/config.hpp"
#include "services/intake/http/acces_personnes.hpp"

namespace histologe::intake {

struct ReglagesAcces {
    std::string fichierDeCle;
    LimitesAcces limites;

    // The key of the file. Throws core::ConfigError when it cannot be read or holds none.
    [[nodiscard]] auth::SigningKey cle() const;
};

ReglagesAcces lireReglagesAcces(core::Config& config);

}  // namespace histologe::intake
