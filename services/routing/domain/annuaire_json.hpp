// A directory as a JSON file: the format of `data/demo/annuaire.json`, described in data/README.md.
#pragma once

#include "libs/core/json.hpp"
#include "services/routing/domain/annuaire.hpp"

namespace histologe::routing {

// Reads a whole directory. Throws core::Error (InvalidInput, `annuaire_illisible`) with one violation for each entry
// that cannot be read, all of them at once; `champ` is the path of the entry (`partenaires.3.type`).
ContenuAnnuaire readAnnuaire(const core::Json& document);

}  // namespace histologe::routing
