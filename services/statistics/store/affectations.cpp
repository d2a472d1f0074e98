#include "services/statistics/store/affectations.hpp"

#include "libs/core/json.hpp"

namespace histologe::statistics {
namespace {

const postgres::Statement kInsert{
    "affectations_insert",
    "INSERT INTO affectations (id, signalement, partenaire, nom, territoire, statut, cree_le) "
    "SELECT id, signalement, partenaire, nom, territoire, statut, cree_le FROM jsonb_to_recordset($1::jsonb) "
    "AS lot(id uuid, signalement uuid, partenaire text, nom text, territoire text, statut text, cree_le timestamptz) "
    "ORDER BY id ON CONFLICT (id) DO NOTHING"};

}  // namespace

void insertAffectations(postgres::Transaction& transaction, const std::vector<AffectationDite>& affectations) {
    auto lot = core::Json::array();
    for (const auto& one : affectations) {
        lot.push_back({{"id", one.id},
                       {"signalement", one.signalement},
                       {"partenaire", one.partenaire},
                       {"nom", one.nom},
                       {"territoire", one.territoire},
                       {"statut", one.statut},
                       {"cree_le", core::toRfc3339(one.creeLe)}});
    }
    transaction.send(kInsert, {lot});
}

}  // namespace histologe::statistics
