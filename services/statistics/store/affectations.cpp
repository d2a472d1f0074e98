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
const postgres::Statement kUpdate{
    "affectations_update",
    "UPDATE affectations a SET statut = lot.statut FROM jsonb_to_recordset($1::jsonb) AS lot(id uuid, statut text) "
    "WHERE a.id = lot.id"};
const postgres::Statement kDelete{"affectations_delete", "DELETE FROM affectations WHERE id = ANY ($1::uuid[])"};

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

void updateAffectations(postgres::Transaction& transaction, const std::vector<AffectationDite>& affectations) {
    auto lot = core::Json::array();
    for (const auto& one : affectations) lot.push_back({{"id", one.id}, {"statut", one.statut}});
    transaction.send(kUpdate, {lot});
}

void deleteAffectations(postgres::Transaction& transaction, const std::vector<std::string>& ids) {
    transaction.send(kDelete, {ids});
}

}  // namespace histologe::statistics
