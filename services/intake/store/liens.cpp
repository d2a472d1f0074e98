#include "services/intake/store/liens.hpp"

namespace histologe::intake {
namespace {

using postgres::Statement;

const Statement kFind{"liens_find",
                      "SELECT uuid, courriel, charge, cree_le, lien_envoye_le, liens_envoyes FROM brouillons "
                      "WHERE empreinte = $1 AND statut = 'EN_COURS' AND ecarte_le IS NULL "
                      "ORDER BY cree_le DESC LIMIT 1 FOR UPDATE"};
const Statement kNote{"liens_note", "UPDATE brouillons SET lien_envoye_le = $2, liens_envoyes = $3 WHERE uuid = $1"};
const Statement kReminders{
    "liens_rappels",
    "WITH dus AS (SELECT uuid FROM brouillons WHERE statut = 'EN_COURS' AND rappele_le IS NULL "
    "AND bailleur_prevenu_le IS NOT NULL AND bailleur_prevenu_le <= $1 AND etape = 'info_procedure_bail' "
    "AND logement_social AND profil IN ('LOCATAIRE', 'TIERS_PARTICULIER', 'TIERS_PRO', 'SERVICE_SECOURS') "
    "AND courriel <> '' ORDER BY bailleur_prevenu_le, uuid LIMIT $3 FOR UPDATE SKIP LOCKED) "
    "UPDATE brouillons b SET rappele_le = $2 FROM dus WHERE b.uuid = dus.uuid "
    "RETURNING b.uuid, b.courriel, b.charge, b.cree_le"};
const Statement kDelete{"liens_delete_drafts",
                        "DELETE FROM brouillons WHERE uuid IN (SELECT uuid FROM brouillons "
                        "WHERE statut IN ('EN_COURS', 'ARCHIVE') AND cree_le <= $1 AND modifie_le <= $1 "
                        "ORDER BY cree_le LIMIT $2 FOR UPDATE SKIP LOCKED)"};
const Statement kForgetHandles{"liens_forget_handles",
                               "DELETE FROM poignees WHERE poignee IN (SELECT poignee FROM poignees "
                               "WHERE cree_le <= $1 LIMIT $2 FOR UPDATE SKIP LOCKED)"};

BrouillonAEcrire read(const postgres::Row& row) {
    return {row.text(0), row.text(1), row.text(2), row.instant(3)};
}

}  // namespace

std::optional<BrouillonAEcrire> noterLien(postgres::Transaction& transaction, const std::string& empreinte,
                                          core::Instant now) {
    const auto rows = transaction.query(kFind, {empreinte});
    if (rows.empty() || rows[0].view(1).empty()) return std::nullopt;
    const auto last = rows[0].optionalInstant(4);
    if (last && now - *last < kEntreDeuxLiens) return std::nullopt;
    const bool sameDay = last && now - *last < std::chrono::days(1);
    const auto sent = sameDay ? rows[0].integer(5) : 0;
    if (sent >= kLiensParJour) return std::nullopt;
    transaction.send(kNote, {rows[0].text(0), now, static_cast<long long>(sent + 1)});
    return read(rows[0]);
}

std::vector<BrouillonAEcrire> prendreRappels(postgres::Transaction& transaction, const std::string& prevenuAuPlusTard,
                                             core::Instant now, int most) {
    std::vector<BrouillonAEcrire> due;
    const auto rows = transaction.query(kReminders, {prevenuAuPlusTard, now, most});
    for (const auto& row : rows) due.push_back(read(row));
    return due;
}

int effacerBrouillons(postgres::Connection& session, core::Instant auPlusTard, int most) {
    return static_cast<int>(session.run(kDelete, {auPlusTard, most}).affected());
}

int effacerPoignees(postgres::Connection& session, core::Instant now, int most) {
    return static_cast<int>(session.run(kForgetHandles, {now - std::chrono::days(1), most}).affected());
}

}  // namespace histologe::intake
