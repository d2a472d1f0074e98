#include "services/intake/store/brouillons.hpp"

#include <algorithm>
#include <numeric>

#include "libs/core/ids.hpp"

namespace histologe::intake {
namespace {

using postgres::Statement;

const Statement kInsert{"brouillons_insert",
                        "INSERT INTO brouillons (uuid, statut, profil, courriel, adresse, empreinte, etape, charge, "
                        "bailleur_prevenu_le, cree_le, modifie_le, logement_social) "
                        "VALUES ($1, 'EN_COURS', $2, $3, $4, $5, $6, $7, $8, $9, $9, $10)"};
const Statement kUpdate{"brouillons_update",
                        "UPDATE brouillons SET profil = $2, courriel = $3, adresse = $4, empreinte = $5, etape = $6, "
                        "charge = $7, bailleur_prevenu_le = $8, modifie_le = $9, logement_social = $10 WHERE uuid = $1 "
                        "AND statut = 'EN_COURS'"};
const Statement kFind{"brouillons_find",
                      "SELECT uuid, statut, profil, courriel, adresse, empreinte, etape, charge, bailleur_prevenu_le, "
                      "cree_le, modifie_le FROM brouillons WHERE uuid = $1"};
const Statement kFindByFingerprint{
    "brouillons_find_empreinte",
    "SELECT uuid, statut, profil, courriel, adresse, empreinte, etape, '', "
    "bailleur_prevenu_le, cree_le, modifie_le FROM brouillons "
    "WHERE empreinte = $1 AND statut = 'EN_COURS' AND ecarte_le IS NULL ORDER BY cree_le DESC LIMIT 1"};
const Statement kArchive{"brouillons_archive",
                         "UPDATE brouillons SET statut = 'ARCHIVE', modifie_le = $2 "
                         "WHERE uuid = $1 AND statut = 'EN_COURS'"};
const Statement kHandle{"brouillons_poignee",
                        "INSERT INTO poignees (poignee, brouillon, cree_le) VALUES ($1, $2, $3) "
                        "ON CONFLICT (brouillon) DO UPDATE SET "
                        "poignee = CASE WHEN poignees.cree_le > $4 THEN poignees.poignee ELSE EXCLUDED.poignee END, "
                        "cree_le = CASE WHEN poignees.cree_le > $4 THEN poignees.cree_le ELSE EXCLUDED.cree_le END "
                        "RETURNING poignee"};
const Statement kSetAside{"brouillons_ecarter",
                          "UPDATE brouillons SET ecarte_le = $2 WHERE statut = 'EN_COURS' AND uuid = "
                          "(SELECT brouillon FROM poignees WHERE poignee = $1 AND cree_le > $3)"};

constexpr std::chrono::hours kHandleLife{24};

Brouillon read(const postgres::Row& row) {
    Brouillon brouillon;
    brouillon.uuid = row.text(0);
    brouillon.statut = row.text(1);
    brouillon.profil = row.text(2);
    brouillon.courriel = row.text(3);
    brouillon.adresse = row.text(4);
    brouillon.empreinte = row.text(5);
    brouillon.etape = row.text(6);
    brouillon.charge = row.text(7);
    brouillon.bailleurPrevenuLe = row.optionalText(8);
    brouillon.creeLe = row.instant(9);
    brouillon.modifieLe = row.instant(10);
    return brouillon;
}

}  // namespace

void insertBrouillon(postgres::Connection& session, const Brouillon& brouillon) {
    session.run(kInsert, {brouillon.uuid, brouillon.profil, brouillon.courriel, brouillon.adresse, brouillon.empreinte,
                          brouillon.etape, brouillon.charge, brouillon.bailleurPrevenuLe, brouillon.creeLe,
                          brouillon.logementSocial});
}

std::vector<bool> changeBrouillons(postgres::Transaction& transaction, const Statement& statement,
                                   std::vector<ChangementBrouillon> changes) {
    std::vector<std::size_t> order(changes.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return changes[i].brouillon; });
    std::vector<std::vector<postgres::Parameter>> lot;
    for (const auto i : order) lot.push_back(std::move(changes[i].parametres));
    const auto answers = transaction.queryEach(statement, lot);
    std::vector<bool> changed(changes.size());
    for (std::size_t k = 0; k < order.size(); ++k) changed[order[k]] = answers[k].affected() == 1;
    return changed;
}

std::vector<bool> updateBrouillons(postgres::Transaction& transaction, const std::vector<Brouillon*>& brouillons) {
    std::vector<ChangementBrouillon> changes;
    for (const auto* one : brouillons) {
        changes.push_back({one->uuid,
                           {one->uuid, one->profil, one->courriel, one->adresse, one->empreinte, one->etape, one->charge,
                            one->bailleurPrevenuLe, one->modifieLe, one->logementSocial}});
    }
    return changeBrouillons(transaction, kUpdate, std::move(changes));
}

std::optional<Brouillon> findBrouillon(postgres::Connection& session, const std::string& uuid) {
    const auto rows = session.run(kFind, {uuid});
    if (rows.empty()) return std::nullopt;
    return read(rows[0]);
}

std::optional<Brouillon> findBrouillonParEmpreinte(postgres::Connection& session, const std::string& empreinte) {
    const auto rows = session.run(kFindByFingerprint, {empreinte});
    if (rows.empty()) return std::nullopt;
    return read(rows[0]);
}

bool archiveBrouillon(postgres::Connection& session, const std::string& uuid, core::Instant now) {
    return session.run(kArchive, {uuid, now}).affected() == 1;
}

std::string poigneeDe(postgres::Connection& session, const std::string& brouillon, core::Instant now) {
    return session.run(kHandle, {core::uuidV4(), brouillon, now, now - kHandleLife})[0].text(0);
}

bool ecarterBrouillon(postgres::Connection& session, const std::string& poignee, core::Instant now) {
    return session.run(kSetAside, {poignee, now, now - kHandleLife}).affected() == 1;
}

}  // namespace histologe::intake
