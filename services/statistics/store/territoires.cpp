#include "services/statistics/store/territoires.hpp"

#include "libs/core/json.hpp"

namespace histologe::statistics {
namespace {

using postgres::Statement;

// Waits for the transactions that are writing dossiers and makes the next ones wait: they see the new zone.
const Statement kLock{"territoires_lock", "SELECT pg_advisory_xact_lock(cle_de_verrou('fuseaux'), 0)"};
const Statement kSave{
    "territoires_save",
    "INSERT INTO territoires (code, nom, actif, fuseau, modifie_le) SELECT code, nom, actif, fuseau, dit_le "
    "FROM jsonb_to_recordset($1::jsonb) AS lot(code text, nom text, actif boolean, fuseau text, dit_le timestamptz) "
    "ORDER BY code ON CONFLICT (code) DO UPDATE SET nom = EXCLUDED.nom, actif = EXCLUDED.actif, "
    "fuseau = EXCLUDED.fuseau, modifie_le = EXCLUDED.modifie_le WHERE territoires.modifie_le <= EXCLUDED.modifie_le"};
// Writing cree_le as it is makes the trigger look at the month again.
const Statement kMove{"territoires_move",
                      "UPDATE dossiers d SET cree_le = d.cree_le FROM territoires t WHERE d.territoire = t.code "
                      "AND t.code IN (SELECT code FROM jsonb_to_recordset($1::jsonb) AS lot(code text)) "
                      "AND d.mois <> date_trunc('month', d.cree_le AT TIME ZONE t.fuseau)::date"};

}  // namespace

void saveTerritoires(postgres::Transaction& transaction, const std::vector<TerritoireDit>& territoires) {
    auto lot = core::Json::array();
    for (const auto& one : territoires) {
        lot.push_back({{"code", one.code},
                       {"nom", one.nom},
                       {"actif", one.actif},
                       {"fuseau", one.fuseau},
                       {"dit_le", core::toRfc3339(one.ditLe)}});
    }
    transaction.send(kLock);
    transaction.send(kSave, {lot});
    transaction.send(kMove, {lot});
}

}  // namespace histologe::statistics
