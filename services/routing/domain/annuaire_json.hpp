// A directory as a JSON file: the format of `data/demo/annuaire.json`, described in data/README.md.
#pragma once

#include "libs/core/json.hpp"
#include "services/routing/domain/annuaire.hpp"

namespace histologe::routing {

// Reads a whole directory. Throws core::Error (InvalidInput, `annuaire_illisible`) with one violation for each entry
// that cannot be read, all of them at once; `champ` is the path of the entry (`partenaires.3.type`).
ContenuAnnuaire readAnnuaire(const core::Json& document);

// An entry that cannot be read: its list and identifier, the member at fault, why.
struct EntreeIllisible {
    std::string liste;
    std::string id;
    std::string champ;
    std::string raison;
};
// The same of a directory that is in use: an entry that cannot be read is left out and told of, all others count.
ContenuAnnuaire readAnnuaire(const core::Json& document, std::vector<EntreeIllisible>& illisibles);

}  // namespace histologe::routing
