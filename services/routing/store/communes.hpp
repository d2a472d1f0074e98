// The communes of the directory, those that were merged, and the EPCI.
#pragma once

#include <string>
#include <vector>

#include "libs/core/json.hpp"
#include "libs/domain/territoires/communes.hpp"
#include "libs/postgres/connection.hpp"

namespace histologe::routing {

struct LigneCommune {
    std::string codePostal;
    std::string codeInsee;
    std::string nom;
};

// What an import changes in a table, or would.
struct Ecart {
    std::size_t ajoutes = 0;
    std::size_t modifies = 0;
    std::size_t retires = 0;
    std::size_t inchanges = 0;
    [[nodiscard]] bool estVide() const { return ajoutes + modifies + retires == 0; }
};

// Makes the table of communes equal to `lignes`, which have no pair twice.
Ecart remplacerCommunes(postgres::Transaction& transaction, const std::vector<LigneCommune>& lignes);
// Adds mergers, or changes what an old code became; none is ever taken back.
Ecart ajouterFusions(postgres::Transaction& transaction, const std::vector<domain::Fusion>& fusions);
// Makes the EPCI of the directory (`{code, nom, communes}`) those that are given: an EPCI that is not among them loses
// its communes but stays, since partners may name it.
Ecart remplacerEpcis(postgres::Transaction& transaction, const core::Json& epcis);

// All mergers.
std::vector<domain::Fusion> loadFusions(postgres::Connection& session);

// The communes that were imported, as the text that domain::Communes reads; empty when none was.
std::string communesEnCsv(postgres::Connection& session);

// Gives communes that kept their code another name; returns how many of them were not called so.
std::size_t renommerCommunes(postgres::Transaction& transaction, const std::vector<domain::Fusion>& noms);

// Nobody else changes the directory until the transaction ends.
void verrouillerAnnuaire(postgres::Transaction& transaction);

// Moves the version of the directory on and returns it.
std::int64_t avancerVersion(postgres::Transaction& transaction);

// False before any import of communes.
bool aDesCommunes(postgres::Transaction& transaction);

// The parts in which a version of the communes is told, each the `data` of `annuaire.communes_modifiees`.
std::vector<core::Json> lotsDeCommunes(postgres::Transaction& transaction, std::int64_t version);

}  // namespace histologe::routing
