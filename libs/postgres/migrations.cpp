#include "libs/postgres/migrations.hpp"

#include "libs/core/log.hpp"

namespace histologe::postgres {
namespace {

constexpr char kJournal[] =
    "CREATE TABLE IF NOT EXISTS migrations (composant text NOT NULL, numero int NOT NULL, nom text NOT NULL, "
    "empreinte text NOT NULL, appliquee_le timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (composant, numero))";
constexpr char kLock[] = "SELECT pg_advisory_xact_lock(hashtext('histologe.migrations.' || current_schema()))";

const Statement kApplied{"migrations_applied",
                         "SELECT empreinte = md5($3) FROM migrations WHERE composant = $1 AND numero = $2"};
const Statement kRecord{"migrations_record",
                        "INSERT INTO migrations (composant, numero, nom, empreinte) VALUES ($1, $2, $3, md5($4))"};
const Statement kJournalExists{"migrations_journal_exists",
                               "SELECT to_regclass(current_schema() || '.migrations') IS NOT NULL"};

}  // namespace

int migrate(Connection& connection, const std::vector<Migration>& migrations) {
    int applied = 0;
    for (const auto& migration : migrations) {
        connection.runScript(std::string("BEGIN; ") + kLock + "; " + kJournal);
        const auto found = connection.run(kApplied, {migration.component, migration.number, migration.sql});
        if (!found.empty()) {
            connection.runScript("COMMIT");
            if (!found[0].flag(0)) {
                throw core::Error(core::ErrorKind::Internal, "migration_modifiee", "Une migration appliquée a changé.",
                                  {}, std::string(migration.component) + "/" + migration.name);
            }
            continue;
        }
        connection.runScript(migration.sql);
        connection.run(kRecord, {migration.component, migration.number, migration.name, migration.sql});
        connection.runScript("COMMIT");
        core::log::info("migration_applied", {{"component", migration.component}, {"name", migration.name}});
        ++applied;
    }
    return applied;
}

bool isMigrated(Connection& connection, const std::vector<Migration>& migrations) {
    if (!connection.run(kJournalExists)[0].flag(0)) return false;
    for (const auto& migration : migrations) {
        const auto found = connection.run(kApplied, {migration.component, migration.number, migration.sql});
        if (found.empty() || !found[0].flag(0)) return false;
    }
    return true;
}

}  // namespace histologe::postgres
