#include "services/routing/store/localisations.hpp"

namespace histologe::routing {
namespace {

// `avant` sees the rows as they were, and locks them in one order. A dossier that rules gave to somebody, that a person
// validated or that was imported has `valide_le`.
const postgres::Statement kSave{
    "dossiers_localise",
    "WITH lot AS (SELECT * FROM jsonb_to_recordset($1::jsonb) AS l(signalement uuid, precision text, ban_id text, "
    "rnb_id text, code_postal text, commune text, code_insee text, longitude float8, latitude float8, le "
    "timestamptz)), "
    "avant AS (SELECT d.signalement, d.oriente_le IS NOT NULL AND d.longitude IS NULL AND d.valide_le IS NULL "
    "AND d.statut = 'NEED_VALIDATION' AS sans_lieu FROM dossiers d JOIN lot ON lot.signalement = d.signalement "
    "ORDER BY d.signalement FOR UPDATE OF d) "
    "UPDATE dossiers d SET precision_lieu = lot.precision, ban_id = lot.ban_id, rnb_id = lot.rnb_id, "
    "code_postal = coalesce(lot.code_postal, d.code_postal), commune = coalesce(lot.commune, d.commune), "
    "code_insee = coalesce(lot.code_insee, d.code_insee), longitude = lot.longitude, latitude = lot.latitude, "
    "localise_le = lot.le, "
    "oriente_le = CASE WHEN avant.sans_lieu AND lot.longitude IS NOT NULL AND NOT EXISTS "
    "(SELECT 1 FROM affectations a WHERE a.signalement = d.signalement) THEN NULL ELSE d.oriente_le END "
    "FROM lot JOIN avant ON avant.signalement = lot.signalement "
    "WHERE d.signalement = lot.signalement AND (d.localise_le IS NULL OR d.localise_le <= lot.le) "
    // An answer about the address of before says nothing of this one.
    "AND (d.ailleurs_le IS NULL OR d.ailleurs_le <= lot.le) "
    "RETURNING d.signalement, d.oriente_le IS NULL"};

template <typename Value>
core::Json orNull(const std::optional<Value>& value) {
    return value ? core::Json(*value) : core::Json(nullptr);
}

}  // namespace

std::vector<std::string> saveLocalisations(postgres::Transaction& transaction,
                                           const std::vector<Localisation>& localisations) {
    auto lot = core::Json::array();
    for (const auto& one : localisations) {
        lot.push_back({{"signalement", one.signalement},
                       {"precision", one.precision},
                       {"ban_id", orNull(one.banId)},
                       {"rnb_id", orNull(one.rnbId)},
                       {"code_postal", orNull(one.codePostal)},
                       {"commune", orNull(one.commune)},
                       {"code_insee", orNull(one.codeInsee)},
                       {"longitude", orNull(one.longitude)},
                       {"latitude", orNull(one.latitude)},
                       {"le", core::toRfc3339(one.le)}});
    }
    std::vector<std::string> toRoute;
    const auto rows = transaction.query(kSave, {lot});
    for (const auto& row : rows) {
        if (row.flag(1)) toRoute.push_back(row.text(0));
    }
    return toRoute;
}

}  // namespace histologe::routing
