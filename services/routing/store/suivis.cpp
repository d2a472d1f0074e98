#include "services/routing/store/suivis.hpp"

#include "libs/core/json.hpp"

namespace histologe::routing {
namespace {

using postgres::Statement;

#define HISTOLOGE_SUIVI                                                                                                       \
    "id, signalement, categorie, auteur, compte, partenaire, description, format, visible_usager, visible_bailleur, "         \
    "to_jsonb(fichiers), cree_le, retenu_jusque, modifie_le, supprime_le, version"
const Statement kLire{"suivis_lire",
                      "SELECT " HISTOLOGE_SUIVI " FROM suivis WHERE signalement = $1 AND ($2::uuid IS NULL OR "
                      "(cree_le, id) < (SELECT a.cree_le, a.id FROM suivis a WHERE a.id = $2)) "
                      "ORDER BY cree_le DESC, id DESC LIMIT $3"};
const Statement kVerrouiller{"suivis_verrouiller", "SELECT " HISTOLOGE_SUIVI " FROM suivis WHERE id = $1 FOR UPDATE"};
const Statement kDossier{"suivis_dossier", "SELECT signalement FROM suivis WHERE id = $1"};
const Statement kIdentique{"suivis_identique",
                           "SELECT id FROM suivis WHERE signalement = $1 AND compte = $2 AND categorie = $3 AND description = $4 "
                           "AND cree_le > $5 AND supprime_le IS NULL ORDER BY cree_le LIMIT 1"};
const Statement kInserer{
    "suivis_inserer",
    "INSERT INTO suivis (id, signalement, categorie, auteur, compte, partenaire, description, format, visible_usager, "
    "visible_bailleur, fichiers, cree_le, retenu_jusque) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::uuid[], $12, $13)"};
const Statement kChanger{"suivis_changer",
                         "UPDATE suivis SET description = $2, visible_usager = $3, visible_bailleur = $4, fichiers = $5::uuid[], "
                         "modifie_le = $6, version = version + 1 WHERE id = $1"};
const Statement kRetirer{"suivis_retirer", "DELETE FROM suivis WHERE id = $1"};
const Statement kEffacer{"suivis_effacer",
                         "UPDATE suivis SET description = '', fichiers = '{}', supprime_le = $2, retenu_jusque = NULL, "
                         "version = version + 1 WHERE id = $1"};
// The state of the lists does not change with it: only what the selection reads.
const Statement kEchus{"suivis_echus",
                       "UPDATE suivis SET retenu_jusque = NULL, version = version + 1 WHERE id IN (SELECT id FROM suivis "
                       "WHERE retenu_jusque <= $1 ORDER BY retenu_jusque LIMIT $2 FOR UPDATE SKIP LOCKED) RETURNING " HISTOLOGE_SUIVI};
const Statement kActivite{"suivis_activite",
                          "SELECT max(cree_le) FROM suivis WHERE signalement = $1 AND auteur NOT IN ('systeme', 'import') "
                          "AND supprime_le IS NULL"};
const Statement kLecture{"suivis_lecture", "SELECT lu_le FROM lectures WHERE signalement = $1 AND compte = $2"};
const Statement kNoter{"suivis_noter",
                       "INSERT INTO lectures (compte, signalement, lu_le) VALUES ($2, $1, $3) "
                       "ON CONFLICT (signalement, compte) DO UPDATE SET lu_le = greatest(lectures.lu_le, EXCLUDED.lu_le)"};
const Statement kNonLus{"suivis_non_lus",
                        "SELECT count(*) FROM suivis s LEFT JOIN lectures l ON l.signalement = s.signalement AND l.compte = $2 "
                        "WHERE s.signalement = $1 AND s.compte IS DISTINCT FROM $2 AND s.supprime_le IS NULL "
                        "AND (l.lu_le IS NULL OR s.cree_le > l.lu_le)"};

SuiviLu deLaLigne(const postgres::Row& row) {
    SuiviLu suivi{row.text(0),         row.text(1),         row.text(2),  row.text(3), row.optionalText(4),
                  row.optionalText(5), row.text(6),         row.text(7),  row.flag(8), row.flag(9),
                  {},                  row.instant(11),     row.optionalInstant(12),   row.optionalInstant(13),
                  row.optionalInstant(14), row.integer(15)};
    const auto fichiers = row.json(10);
    for (const auto& un : fichiers) suivi.fichiers.push_back(un.get<std::string>());
    return suivi;
}

}  // namespace

std::vector<SuiviLu> lireSuivis(postgres::Transaction& transaction, const std::string& signalement,
                                const std::optional<std::string>& apres, long long limite) {
    std::vector<SuiviLu> suivis;
    const auto rows = transaction.query(kLire, {signalement, apres, limite});
    for (const auto& row : rows) suivis.push_back(deLaLigne(row));
    return suivis;
}

std::optional<SuiviLu> verrouillerSuivi(postgres::Transaction& transaction, const std::string& id) {
    const auto rows = transaction.query(kVerrouiller, {id});
    return rows.empty() ? std::nullopt : std::optional(deLaLigne(rows[0]));
}

std::optional<std::string> dossierDuSuivi(postgres::Transaction& transaction, const std::string& id) {
    const auto rows = transaction.query(kDossier, {id});
    return rows.empty() ? std::nullopt : std::optional(rows[0].text(0));
}

std::optional<std::string> suiviIdentique(postgres::Transaction& transaction, const SuiviLu& suivi, core::Instant depuis) {
    const auto rows = transaction.query(kIdentique, {suivi.signalement, suivi.compte, suivi.categorie, suivi.description, depuis});
    return rows.empty() ? std::nullopt : std::optional(rows[0].text(0));
}

void insererSuivi(postgres::Transaction& transaction, const SuiviLu& suivi) {
    transaction.send(kInserer, {suivi.id, suivi.signalement, suivi.categorie, suivi.auteur, suivi.compte, suivi.partenaire,
                                suivi.description, suivi.format, suivi.visibleUsager, suivi.visibleBailleur, suivi.fichiers,
                                suivi.creeLe, suivi.retenuJusque});
}
void changerSuivi(postgres::Transaction& transaction, const SuiviLu& suivi) {
    transaction.send(kChanger, {suivi.id, suivi.description, suivi.visibleUsager, suivi.visibleBailleur, suivi.fichiers, suivi.modifieLe});
}
void retirerSuivi(postgres::Transaction& transaction, const std::string& id) { transaction.send(kRetirer, {id}); }
void effacerSuivi(postgres::Transaction& transaction, const std::string& id, core::Instant le) { transaction.send(kEffacer, {id, le}); }

std::vector<SuiviLu> prendreSuivisEchus(postgres::Transaction& transaction, core::Instant maintenant, int limite) {
    std::vector<SuiviLu> suivis;
    const auto rows = transaction.query(kEchus, {maintenant, limite});
    for (const auto& row : rows) suivis.push_back(deLaLigne(row));
    return suivis;
}

std::optional<core::Instant> derniereActivite(postgres::Transaction& transaction, const std::string& signalement) {
    return transaction.query(kActivite, {signalement})[0].optionalInstant(0);
}
std::optional<core::Instant> derniereLecture(postgres::Transaction& transaction, const std::string& signalement, const std::string& compte) {
    const auto rows = transaction.query(kLecture, {signalement, compte});
    return rows.empty() ? std::nullopt : std::optional(rows[0].instant(0));
}
void noterLecture(postgres::Transaction& transaction, const std::string& signalement, const std::string& compte, core::Instant le) {
    transaction.send(kNoter, {signalement, compte, le});
}
long long nonLus(postgres::Transaction& transaction, const std::string& signalement, const std::string& compte) {
    return transaction.query(kNonLus, {signalement, compte})[0].integer(0);
}

}  // namespace histologe::routing
