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

#define HISTOLOGE_TABLE(table, key)                                                                                    \
    Table {                                                                                                            \
        #table, key,                                                                                                   \
            {"annuaire_save_" #table,                                                                                  \
             "INSERT INTO " #table " (id, contenu) SELECT e->>'" key "', e FROM jsonb_array_elements($1::jsonb) "      \
             "WITH ORDINALITY AS lot(e, rang) ORDER BY lot.rang "                                                      \
             "ON CONFLICT (id) DO UPDATE SET contenu = EXCLUDED.contenu"},                                             \
        {                                                                                                              \
            "annuaire_load_" #table, "SELECT COALESCE(jsonb_agg(contenu ORDER BY rang), '[]') FROM " #table            \
        }                                                                                                              \
    }

const std::array<Table, 5> kTables = {HISTOLOGE_TABLE(partenaires, "id"), HISTOLOGE_TABLE(zones, "id"),
                                      HISTOLOGE_TABLE(epcis, "code"), HISTOLOGE_TABLE(bailleurs, "id"),
                                      HISTOLOGE_TABLE(regles, "id")};

#undef HISTOLOGE_TABLE

const Statement kBump{"annuaire_bump", "UPDATE annuaire_version SET version = version + 1"};
const Statement kVersion{"annuaire_version", "SELECT version FROM annuaire_version"};
const Statement kSaveTerritoires{"territoires_save",
                                 "INSERT INTO territoires (code, contenu) SELECT t->>'code', t "
                                 "FROM jsonb_array_elements($1::jsonb) t ON CONFLICT (code) DO UPDATE "
                                 "SET contenu = EXCLUDED.contenu WHERE territoires.contenu <> EXCLUDED.contenu "
                                 "RETURNING contenu"};
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

}  // namespace histologe::routing
