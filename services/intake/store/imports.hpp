// The import of historical files: how far each has come, and the signalements it wrote.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/core/json.hpp"
#include "libs/postgres/connection.hpp"

namespace histologe::intake {

struct AvancementDImport {
    std::size_t ligne = 0;  // everything up to this line is written
    std::size_t importes = 0;
    bool fini = false;
};
// Begins the import of a file in a territoire, or finds how far it came.
AvancementDImport commencerImport(postgres::Connection& session, const std::string& territoire,
                                  const std::string& empreinte, core::Instant now);
// Queued, in the transaction of what was written.
void avancerImport(postgres::Transaction& transaction, const std::string& territoire, const std::string& empreinte,
                   const AvancementDImport& avancement, core::Instant now);

using Numero = std::pair<int, int>;  // year, number

// Those of the references that are not free: they belong to a signalement that no import wrote.
std::set<Numero> numerosPris(postgres::Connection& session, const std::string& territoire,
                             const std::vector<Numero>& numeros);

// The signalement under that reference, locked.
struct SignalementConnu {
    std::string uuid;
    long long version = 0;
    std::string statut;
    core::Json contenu;
    bool estImporte = false;  // by an import; else somebody declared it
};
std::optional<SignalementConnu> lockConnu(postgres::Transaction& transaction, const std::string& territoire,
                                                  Numero numero);

}  // namespace histologe::intake
