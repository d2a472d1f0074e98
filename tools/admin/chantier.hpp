// What the imports of the directory's tables have in common: each file is examined whole; one refusal and nothing is
// written; otherwise all of it is, in one transaction with the events that tell of it. Started again after any
// interruption, or on a file that is in already, it comes to the same.
#pragma once

#include <memory>

#include "libs/streams/outbox.hpp"
#include "services/routing/store/communes.hpp"
#include "tools/admin/commands.hpp"
#include "tools/admin/tableau.hpp"

namespace histologe::admin {

// The longest name of a place, in bytes.
inline constexpr std::size_t kNomMax = 100;

// A transaction on the directory that nobody else changes meanwhile; what is not committed was never there.
struct Chantier {
    Chantier();
    // Tells the other services the communes as they are now.
    void direLesCommunes();

    std::unique_ptr<postgres::Connection> session;
    core::SystemClock clock;
    streams::RelayBell bell;
    streams::Outbox outbox;
    postgres::Transaction transaction;
};

// Refuses a table that has lost more than one in a hundred of the rows of today, unless the operator says that it is
// right: it is taken for a part of a file.
void refuserPertes(Rapport& rapport, const routing::Ecart& ecart, const TableWish& wish);

// Says what came of it, in figures; the exit status. `ecart` is null when nothing was compared.
int conclure(const Rapport& rapport, std::size_t lignes, const routing::Ecart* ecart, bool isDryRun);

}  // namespace histologe::admin
