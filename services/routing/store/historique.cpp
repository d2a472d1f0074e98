#include "services/routing/store/historique.hpp"

namespace histologe::routing {
namespace {

const postgres::Statement kLire{
    "historique_lire",
    "SELECT rang, objet, action, partenaire, acteur, role, au_nom_de, avant, apres, le FROM historique "
    "WHERE signalement = $1 AND ($2::bigint IS NULL OR rang < $2) ORDER BY rang DESC LIMIT $3"};

}  // namespace

std::vector<LigneHistorique> lireHistorique(postgres::Transaction& transaction, const std::string& signalement,
                                            std::optional<long long> avant, long long limite) {
    std::vector<LigneHistorique> lignes;
    const auto rows = transaction.query(kLire, {signalement, avant, limite});
    for (const auto& row : rows) {
        lignes.push_back({row.integer(0), row.text(1), row.text(2), row.optionalText(3), row.text(4), row.text(5),
                          row.optionalText(6), row.isNull(7) ? core::Json(nullptr) : row.json(7),
                          row.isNull(8) ? core::Json(nullptr) : row.json(8), row.instant(9)});
    }
    return lignes;
}

}  // namespace histologe::routing
