#include "services/intake/store/actes.hpp"

namespace histologe::intake {
namespace {

using postgres::Statement;

const Statement kInsert{"actes_insert",
                        "INSERT INTO actes (id, signalement, auteur, categorie, texte, details, cree_le) "
                        "VALUES ($1, $2, $3, $4, $5, $6, $7)"};
const Statement kLast{
    "actes_dernier",
    "SELECT id, auteur, categorie, texte, details, cree_le FROM actes WHERE signalement = $1 "
    "AND categorie = $2 AND ($3::text IS NULL OR auteur = $3) ORDER BY cree_le DESC, id DESC LIMIT 1"};
const Statement kAnswer{"actes_reponse_bailleur",
                        "SELECT id, auteur, categorie, texte, details, cree_le FROM actes WHERE signalement = $1 "
                        "AND categorie LIKE 'INJONCTION_BAILLEUR_REPONSE_%'"};
const Statement kThread{
    "actes_fil",
    "SELECT id, auteur, categorie, texte, details, cree_le FROM ("
    "SELECT id, auteur, categorie, CASE WHEN auteur = 'bailleur' THEN '' ELSE texte END AS texte, details, cree_le "
    "FROM actes WHERE signalement = $1 AND categorie <> 'MESSAGE_BAILLEUR' "
    "UNION ALL SELECT id, auteur, categorie, texte, '{}'::json, cree_le FROM suivis_usagers WHERE signalement = $1) "
    "fil "
    "WHERE $3::timestamptz IS NULL OR (cree_le, id) < ($3::timestamptz, $4::uuid) "
    "ORDER BY cree_le DESC, id DESC LIMIT $2"};
const Statement kVisible{
    "suivis_usagers_save",
    "INSERT INTO suivis_usagers (id, signalement, categorie, auteur, texte, cree_le) "
    "SELECT id, signalement, categorie, auteur, texte, cree_le FROM jsonb_to_recordset($1::jsonb) "
    "AS lot(id uuid, signalement uuid, categorie text, auteur text, texte text, cree_le timestamptz) "
    "WHERE NOT EXISTS (SELECT FROM actes a WHERE a.id = lot.id) ON CONFLICT (id) DO NOTHING"};
const Statement kUnsay{"suivis_usagers_delete", "DELETE FROM suivis_usagers WHERE id = ANY ($1::uuid[])"};
const Statement kFiles{
    "actes_fichiers",
    "UPDATE fichiers SET signalement = $1, depose_par = $2 WHERE cle = ANY($3::text[]) "
    "AND signalement IS NULL AND brouillon IS NULL AND etat IN ('A_EXAMINER', 'EN_COURS', 'DISPONIBLE')"};

Acte read(const postgres::Row& row) {
    return {row.text(0), row.text(1), row.text(2), row.text(3), row.json(4), row.instant(5)};
}

std::optional<Acte> first(const postgres::Result& rows) {
    if (rows.empty()) return std::nullopt;
    return read(rows[0]);
}

}  // namespace

void insertActe(postgres::Transaction& transaction, const std::string& signalement, const Acte& acte) {
    transaction.send(kInsert,
                     {acte.id, signalement, acte.auteur, acte.categorie, acte.texte, acte.details, acte.creeLe});
}

std::optional<Acte> dernierActe(postgres::Transaction& transaction, const std::string& signalement,
                                const std::string& categorie, const std::optional<std::string>& auteur) {
    return first(transaction.query(kLast, {signalement, categorie, auteur}));
}

std::optional<Acte> reponseDuBailleur(postgres::Transaction& transaction, const std::string& signalement) {
    return first(transaction.query(kAnswer, {signalement}));
}

std::vector<Acte> findFil(postgres::Transaction& transaction, const std::string& signalement,
                          const std::optional<PlaceDActe>& apres, int most) {
    const auto since = apres ? std::optional(apres->creeLe) : std::nullopt;
    const auto id = apres ? std::optional(apres->id) : std::nullopt;
    const auto rows = transaction.query(kThread, {signalement, most, since, id});
    std::vector<Acte> fil;
    for (const auto& row : rows) fil.push_back(read(row));
    return fil;
}

void saveSuivisVisibles(postgres::Transaction& transaction, const std::vector<SuiviVisible>& suivis) {
    auto lot = core::Json::array();
    for (const auto& one : suivis) {
        lot.push_back({{"id", one.id},
                       {"signalement", one.signalement},
                       {"categorie", one.categorie},
                       {"auteur", one.auteur},
                       {"texte", one.texte},
                       {"cree_le", core::toRfc3339(one.creeLe)}});
    }
    transaction.send(kVisible, {lot});
}

void deleteSuivisVisibles(postgres::Transaction& transaction, const std::vector<std::string>& ids) {
    transaction.send(kUnsay, {ids});
}

int ajouterAuDossier(postgres::Transaction& transaction, const std::string& signalement, const std::string& par,
                     const std::vector<std::string>& cles) {
    return static_cast<int>(transaction.query(kFiles, {signalement, par, cles}).affected());
}

}  // namespace histologe::intake
