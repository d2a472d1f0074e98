#include "services/intake/store/doublons.hpp"

#include "services/intake/store/dossiers.hpp"
#include "services/intake/store/references.hpp"

namespace histologe::intake {
namespace {

using postgres::Statement;

const Statement kOfOccupant{"doublons_occupant",
                            "SELECT uuid, cree_le, contenu->'occupant'->>'prenom', contenu->'occupant'->>'nom', "
                            "contenu->'adresse'->>'complement' FROM signalements "
                            "WHERE cle_adresse = $1 AND courriel_occupant = $2 "
                            "AND statut IN ('NEED_VALIDATION', 'ACTIVE', 'INJONCTION_BAILLEUR') "
                            "ORDER BY cree_le DESC, uuid DESC LIMIT 1"};
const Statement kOfTiers{"doublons_tiers",
                         "SELECT uuid, cree_le, contenu->'occupant'->>'prenom', contenu->'occupant'->>'nom', "
                         "contenu->'adresse'->>'complement' FROM signalements "
                         "WHERE cle_adresse = $1 AND courriel_declarant = $2 AND nom_occupant = $3 "
                         "AND statut IN ('NEED_VALIDATION', 'ACTIVE', 'INJONCTION_BAILLEUR') "
                         "ORDER BY cree_le DESC, uuid DESC LIMIT 50"};
// One look-up by key for each way of being a neighbour. A building is the one that was chosen, else the one that was found;
// an address has one identifier in the register, however it is written.
const Statement kNeighbours{
    "doublons_voisins",
    "WITH moi AS (SELECT s.uuid, s.cle_adresse, coalesce(s.rnb_id, l.rnb_id) AS rnb, l.ban_id AS ban FROM signalements s "
    "LEFT JOIN localisations l ON l.signalement = s.uuid WHERE s.uuid = $1), "
    "la AS (SELECT s.uuid FROM moi JOIN signalements s ON s.rnb_id = moi.rnb "
    "UNION SELECT l.signalement FROM moi JOIN localisations l ON l.rnb_id = moi.rnb "
    "UNION SELECT l.signalement FROM moi JOIN localisations l ON l.ban_id = moi.ban "
    "UNION SELECT s.uuid FROM moi JOIN signalements s ON s.cle_adresse = moi.cle_adresse) "
    "SELECT s.uuid, s.cree_le, coalesce(coalesce(s.rnb_id, l.rnb_id) = moi.rnb, false), s.statut, s.annee, s.numero, "
    "s.numero_injonction, s.territoire, (SELECT json_agg(json_build_array(p.partenaire, p.statut)) "
    "FROM dossiers_partenaires p WHERE p.signalement = s.uuid) "
    "FROM moi CROSS JOIN la JOIN signalements s ON s.uuid = la.uuid LEFT JOIN localisations l ON l.signalement = s.uuid "
    "WHERE s.uuid <> moi.uuid AND s.statut NOT IN ('DRAFT', 'DRAFT_ARCHIVED') "
    "AND (moi.rnb IS NULL OR coalesce(s.rnb_id, l.rnb_id) IS NULL OR moi.rnb = coalesce(s.rnb_id, l.rnb_id)) "
    "ORDER BY s.cree_le DESC, s.uuid DESC LIMIT $2"};
const Statement kLost{
    "doublons_retrouver",
    "SELECT uuid, code_suivi, contenu->'occupant'->>'courriel', contenu->'occupant'->>'prenom', "
    "contenu->'declarant'->>'courriel', contenu->'declarant'->>'prenom', contenu->'adresse'->>'voie', "
    "contenu->'adresse'->>'codePostal', contenu->'adresse'->>'commune', courriel_occupant = $2 FROM signalements "
    "WHERE cle_adresse = ANY($1) AND $2 IN (courriel_occupant, courriel_declarant) "
    "AND statut NOT IN ('ARCHIVED', 'DRAFT', 'DRAFT_ARCHIVED') "
    "ORDER BY array_position(ARRAY['ACTIVE', 'NEED_VALIDATION', 'INJONCTION_BAILLEUR', 'CLOSED', "
    "'INJONCTION_CLOSED', 'REFUSED'], statut), cree_le DESC, uuid DESC LIMIT 1"};
const Statement kOne{"doublons_retrouver_un",
                     "SELECT uuid, code_suivi, contenu->'occupant'->>'courriel', contenu->'occupant'->>'prenom', "
                     "contenu->'declarant'->>'courriel', contenu->'declarant'->>'prenom', contenu->'adresse'->>'voie', "
                     "contenu->'adresse'->>'codePostal', contenu->'adresse'->>'commune', $2::bool FROM signalements "
                     "WHERE uuid = $1 AND statut NOT IN ('ARCHIVED', 'DRAFT', 'DRAFT_ARCHIVED')"};

std::string orEmpty(const postgres::Row& row, int column) {
    return row.optionalText(column).value_or("");
}

std::optional<SignalementRetrouve> readLost(const postgres::Result& rows) {
    if (rows.empty()) return std::nullopt;
    const auto row = rows[0];
    const bool occupant = row.flag(9);
    SignalementRetrouve found{row.text(0),
                              row.text(1),
                              orEmpty(row, occupant ? 2 : 4),
                              orEmpty(row, occupant ? 3 : 5),
                              orEmpty(row, 6),
                              orEmpty(row, 7),
                              orEmpty(row, 8)};
    if (found.courriel.empty()) return std::nullopt;
    return found;
}

}  // namespace

std::vector<SignalementTrouve> findDoublons(postgres::Connection& session, const CleDeDoublon& cle) {
    const auto rows = cle.occupant ? session.run(kOfOccupant, {cle.adresse, cle.courriel})
                                   : session.run(kOfTiers, {cle.adresse, cle.courriel, cle.nomOccupant});
    std::vector<SignalementTrouve> found;
    for (const auto& row : rows) {
        found.push_back({row.text(0), row.instant(1), orEmpty(row, 2), orEmpty(row, 3), orEmpty(row, 4)});
    }
    return found;
}

std::vector<SignalementVoisin> findVoisins(postgres::Connection& session, const std::string& signalement, int most) {
    std::vector<SignalementVoisin> found;
    const auto rows = session.run(kNeighbours, {signalement, most});
    for (const auto& row : rows) {
        auto dossier = auth::dossierVise(row.text(0), row.text(7), row.view(3));
        if (dossier) addPartenaires(*dossier, row, 8);
        found.push_back(
            {row.text(0), lireReference(row, 3), row.text(3), row.instant(1), row.flag(2), std::move(dossier)});
    }
    return found;
}

std::optional<SignalementRetrouve> retrouver(postgres::Connection& session, const std::vector<std::string>& clesAdresse,
                                             const std::string& courrielPlie) {
    if (clesAdresse.empty() || courrielPlie.empty()) return std::nullopt;
    return readLost(session.run(kLost, {clesAdresse, courrielPlie}));
}

std::optional<SignalementRetrouve> retrouverUn(postgres::Connection& session, const std::string& signalement,
                                               bool occupant) {
    return readLost(session.run(kOne, {signalement, occupant}));
}

}  // namespace histologe::intake
