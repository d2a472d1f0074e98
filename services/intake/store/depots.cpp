#include "services/intake/store/depots.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "services/intake/store/references.hpp"

namespace histologe::intake {
namespace {

using postgres::Statement;

// In the order of the list, which is that of uuid: two writers that take the same drafts never wait for each other in a
// circle. One look-up by key for each, whatever the planner knows of the table.
const Statement kLock{"depots_lock",
                      "SELECT b.uuid, b.statut FROM unnest($1::uuid[]) AS lot(uuid) CROSS JOIN LATERAL "
                      "(SELECT uuid, statut FROM brouillons WHERE uuid = lot.uuid FOR UPDATE) b"};
// A statement of its own, after the lock: joined to it, it would not see what another writer committed meanwhile.
const Statement kDeposited{"depots_deposited",
                           "SELECT s.brouillon, s.uuid, s.code_suivi, s.statut, s.annee, s.numero, s.numero_injonction "
                           "FROM unnest($1::uuid[]) AS lot(brouillon) CROSS JOIN LATERAL "
                           "(SELECT * FROM signalements WHERE brouillon = lot.brouillon OFFSET 0) s"};
const Statement kInsert{"depots_insert",
                        "INSERT INTO signalements (uuid, brouillon, code_suivi, territoire, annee, numero, statut, "
                        "cle_adresse, courriel_occupant, courriel_declarant, nom_occupant, contenu, cree_le, "
                        "numero_injonction, rnb_id) "
                        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"};
const Statement kClose{"depots_close",
                       "UPDATE brouillons SET statut = 'EN_SIGNALEMENT', etape = 'validation_signalement', charge = $2, "
                       "modifie_le = $3 WHERE uuid = $1"};
const Statement kFiles{"depots_files",
                       "UPDATE fichiers f SET signalement = lot.signalement, type = lot.type, desordre = lot.desordre, "
                       "description = lot.description FROM json_to_recordset($1::json) AS lot(cle text, "
                       "signalement uuid, brouillon uuid, type text, desordre text, description text) "
                       "WHERE f.cle = lot.cle AND f.signalement IS NULL "
                       "AND (f.brouillon IS NULL OR f.brouillon = lot.brouillon)"};
const Statement kStatuts{"depots_statuts",
                         "UPDATE signalements s SET statut = lot.statut FROM jsonb_to_recordset($1::jsonb) "
                         "AS lot(signalement uuid, statut text) WHERE s.uuid = lot.signalement"};

struct Draft {
    std::string statut;
    Accuse deposited;
};

Accuse readDeposited(const postgres::Row& row) {
    return {true, false, row.text(1), lireReference(row, 3), row.text(2), row.text(3)};
}

std::unordered_map<std::string, Draft> lockDrafts(postgres::Transaction& transaction,
                                                  const std::vector<Depot*>& depots) {
    std::vector<std::string> uuids;
    uuids.reserve(depots.size());
    for (const auto* depot : depots) uuids.push_back(depot->brouillon);
    std::ranges::sort(uuids);
    const auto repeated = std::ranges::unique(uuids);
    uuids.erase(repeated.begin(), repeated.end());
    std::unordered_map<std::string, Draft> drafts;
    std::vector<std::string> closed;
    const auto rows = transaction.query(kLock, {uuids});
    for (const auto& row : rows) {
        if (row.view(1) == "EN_SIGNALEMENT") closed.push_back(row.text(0));
        drafts.emplace(row.text(0), Draft{row.text(1), {}});
    }
    if (closed.empty()) return drafts;
    const auto deposited = transaction.query(kDeposited, {closed});
    for (const auto& row : deposited) {
        drafts[row.text(0)].deposited = readDeposited(row);
    }
    return drafts;
}

// An injonction has a national number first; its territory's comes when it becomes an ordinary procedure.
Compteur counterOf(const Depot& depot) {
    return estInjonction(depot.statut) ? compteurDesInjonctions() : Compteur{depot.territoire, depot.annee};
}

}  // namespace

std::vector<Accuse> writeDepots(postgres::Transaction& transaction, const streams::Outbox& outbox,
                                 const std::vector<Depot*>& depots) {
    auto drafts = lockDrafts(transaction, depots);
    std::vector<Accuse> accuses(depots.size());
    std::vector<Depot*> fresh;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < depots.size(); ++i) {
        const auto found = drafts.find(depots[i]->brouillon);
        if (found == drafts.end() || found->second.statut == "ARCHIVE") continue;
        if (found->second.statut == "EN_SIGNALEMENT") {
            accuses[i] = found->second.deposited;
        } else if (std::none_of(fresh.begin(), fresh.end(),
                                [&](const Depot* one) { return one->brouillon == depots[i]->brouillon; })) {
            fresh.push_back(depots[i]);
            places.push_back(i);
        }
    }
    if (fresh.empty()) return accuses;

    std::map<Compteur, int> counts;
    for (const auto* depot : fresh) ++counts[counterOf(*depot)];
    auto numbers = tirerNumeros(transaction, counts);
    auto files = core::Json::array();
    for (std::size_t i = 0; i < fresh.size(); ++i) {
        auto& depot = *fresh[i];
        const int number = numbers[counterOf(depot)]++;
        const bool national = estInjonction(depot.statut);
        const auto reference = national ? referenceInjonction(number) : referenceDefinitive(depot.annee, number);
        const postgres::Parameter none(std::nullopt);
        const postgres::Parameter drawn(number);
        transaction.send(kInsert, {depot.signalement, depot.brouillon, depot.codeSuivi, depot.territoire, depot.annee,
                                   national ? none : drawn, depot.statut, depot.cleAdresse, depot.courrielOccupant,
                                   depot.courrielDeclarant, depot.nomOccupant, depot.contenu, depot.deposeLe,
                                   national ? drawn : none, depot.rnbId});
        transaction.send(kClose, {depot.brouillon, depot.charge, depot.deposeLe});
        for (const auto& file : depot.fichiers) {
            files.push_back({{"cle", file.cle},
                             {"signalement", depot.signalement},
                             {"brouillon", depot.brouillon},
                             {"type", file.typeDocument},
                             {"desordre", file.desordreSlug.value_or("")},
                             {"description", file.description.value_or("")}});
        }
        // Nobody outside may keep a reference that will change.
        if (!national) depot.evenement.data["reference"] = reference;
        outbox.add(transaction, depot.evenement);
        accuses[places[i]] = {true, true, depot.signalement, reference, depot.codeSuivi, depot.statut};
    }
    if (!files.empty()) transaction.send(kFiles, {files});

    // A draft submitted twice within the batch is acknowledged twice, by the signalement of the first.
    for (std::size_t i = 0; i < depots.size(); ++i) {
        if (accuses[i].connu || !drafts.contains(depots[i]->brouillon)) continue;
        for (std::size_t j = 0; j < fresh.size(); ++j) {
            if (fresh[j]->brouillon != depots[i]->brouillon) continue;
            accuses[i] = accuses[places[j]];
            accuses[i].nouveau = false;
        }
    }
    return accuses;
}

std::optional<Accuse> findDepot(postgres::Connection& session, const std::string& brouillon) {
    const auto rows = session.run(kDeposited, {std::vector<std::string>{brouillon}});
    if (rows.empty()) return std::nullopt;
    return readDeposited(rows[0]);
}

void saveStatuts(postgres::Transaction& transaction, const std::vector<StatutDossier>& statuts) {
    std::map<std::string, std::string> last;
    for (const auto& one : statuts) last[one.signalement] = one.statut;
    auto lot = core::Json::array();
    for (const auto& [signalement, statut] : last) lot.push_back({{"signalement", signalement}, {"statut", statut}});
    transaction.send(kStatuts, {lot});
}

}  // namespace histologe::intake
