// Brings a directory (territories, partners, zones, EPCI, landlords, rules) into routing, as an operator does.
#pragma once

#include <cstdint>
#include <string>

#include "libs/core/clock.hpp"
#include "libs/core/json.hpp"

namespace histologe::admin {

struct ImportSettings {
    std::string databaseUrl;  // of routing's role
    std::uint32_t partitions = 16;
};

struct ImportCounts {
    int territoires = 0;  // of the file
    int modifies = 0;     // of those, new or changed
};

// Adds or replaces the entries of both documents (the forms of data/README.md; an absent part is left as it is) and
// tells the other services which territories changed, in one transaction. Throws core::Error on what the database
// refuses.
ImportCounts importAnnuaire(const ImportSettings& settings, const core::Json& territoires, const core::Json& annuaire,
                            const core::Clock& clock);

}  // namespace histologe::admin
