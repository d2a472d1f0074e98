#include "services/routing/store/annuaire.hpp"

#include <array>

namespace histologe::routing {
namespace {

using postgres::Statement;

// One table per list of the file; `key` is the member by which an entry is known.
struct Table {
    const char* list;
    const char* key;
    Statement save;
    Statement load;
};

#define HISTOLOGE_TABLE(table, key, counted)                                                                                    \
    Table {                                                                                                            \
        #table, key,                                                                                                   \
            {"annuaire_save_" #table,                                                                                  \
             "INSERT INTO " #table " (id, contenu) SELECT e->>'" key "', e FROM jsonb_array_elements($1::jsonb) "      \
             "WITH ORDINALITY AS lot(e, rang) ORDER BY lot.rang "                                                      \
             "ON CONFLICT (id) DO UPDATE SET contenu = EXCLUDED.contenu"},                                             \
        {                                                                                                              \
            "annuaire_load_" #table, "SELECT COALESCE(jsonb_agg(contenu || jsonb_build_object('" key "', id) ORDER BY rang), "   \
            "'[]') FROM " #table counted                                                                                \
        }                                                                                                              \
    }

// Archived partners are known by name, archived zones, landlords and rules not at all.
const std::array<Table, 5> kTables = {HISTOLOGE_TABLE(partenaires, "id", ""),
                                      HISTOLOGE_TABLE(zones, "id", " WHERE archive_le IS NULL"),
                                      HISTOLOGE_TABLE(epcis, "code", ""),
                                      HISTOLOGE_TABLE(bailleurs, "id", " WHERE archive_le IS NULL"),
                                      HISTOLOGE_TABLE(regles, "id", " WHERE archive_le IS NULL")};

#undef HISTOLOGE_TABLE

const Statement kBump{"annuaire_bump", "UPDATE annuaire_version SET version = version + 1"};
const Statement kVersion{"annuaire_version", "SELECT version FROM annuaire_version"};
const Statement kSaveTerritoires{"territoires_save",
                                 "INSERT INTO territoires (code, contenu) SELECT t->>'code', t "
                                 "FROM jsonb_array_elements($1::jsonb) t ON CONFLICT (code) DO UPDATE "
                                 "SET contenu = EXCLUDED.contenu WHERE territoires.contenu <> EXCLUDED.contenu "
                                 "RETURNING contenu"};
// Only what is not known already, so that many instances that find the same write it once.
const Statement kBreakdowns{"annuaire_breakdowns",
                            "WITH trouvees AS (SELECT * FROM jsonb_to_recordset($1::jsonb) AS t(id text, raison text)) "
                            "UPDATE regles r SET panne = t.raison, panne_le = CASE WHEN t.raison IS NOT NULL THEN $2::timestamptz END "
                            "FROM regles q LEFT JOIN trouvees t USING (id) WHERE r.id = q.id AND r.panne IS DISTINCT FROM t.raison"};
const Statement kTerritoires{"territoires_all", "SELECT contenu FROM territoires ORDER BY code"};

std::vector<core::Json> contents(const postgres::Result& rows) {
    std::vector<core::Json> list;
    for (const auto& row : rows) list.push_back(row.json(0));
    return list;
}

}  // namespace

void saveAnnuaire(postgres::Transaction& transaction, const core::Json& document) {
    for (const auto& table : kTables) {
        if (const auto list = document.find(table.list); list != document.end()) transaction.send(table.save, {*list});
    }
    transaction.send(kBump);
}

std::vector<core::Json> saveTerritoires(postgres::Transaction& transaction, const core::Json& territoires) {
    auto changed = contents(transaction.query(kSaveTerritoires, {territoires}));
    if (!changed.empty()) transaction.send(kBump);
    return changed;
}

core::Json loadAnnuaire(postgres::Connection& session) {
    core::Json document = core::Json::object();
    for (const auto& table : kTables) document[table.list] = session.run(table.load)[0].json(0);
    return document;
}

std::vector<core::Json> loadTerritoires(postgres::Connection& session) { return contents(session.run(kTerritoires)); }

std::int64_t annuaireVersion(postgres::Connection& session) { return session.run(kVersion)[0].integer(0); }

std::int64_t annuaireVersion(postgres::Transaction& transaction) { return transaction.query(kVersion)[0].integer(0); }

void noterPannes(postgres::Connection& session, const std::vector<std::pair<std::string, std::string>>& pannes, core::Instant now) {
    auto lot = core::Json::array();
    for (const auto& [id, raison] : pannes) lot.push_back({{"id", id}, {"raison", raison}});
    session.run(kBreakdowns, {lot, now});
}

}  // namespace histologe::routing
