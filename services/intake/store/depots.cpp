#include "services/intake/store/depots.hpp"

#include <map>
#include <unordered_map>

#include "services/intake/store/references.hpp"

namespace histologe::intake {
namespace {

using postgres::Statement;

// Takes the draft, when it is still one: whoever else submits it waits for this transaction and then finds it taken.
const Statement kClose{"depots_close",
                       "UPDATE brouillons SET statut = 'EN_SIGNALEMENT', etape = 'validation_signalement', charge = $2, "
                       "modifie_le = $3 WHERE uuid = $1 AND statut = 'EN_COURS'"};
const Statement kDeposited{"depots_deposited",
                           "SELECT s.brouillon, s.uuid, s.code_suivi, s.statut, s.annee, s.numero, s.numero_injonction "
                           "FROM unnest($1::uuid[]) AS lot(brouillon) CROSS JOIN LATERAL "
                           "(SELECT * FROM signalements WHERE brouillon = lot.brouillon OFFSET 0) s"};
const Statement kInsert{
    "depots_insert",
    "INSERT INTO signalements (uuid, brouillon, code_suivi, territoire, annee, numero, statut, cle_adresse, "
    "courriel_occupant, courriel_declarant, nom_occupant, contenu, cree_le, numero_injonction, rnb_id, code_bailleur) "
    "SELECT uuid::uuid, brouillon::uuid, code_suivi::uuid, territoire, annee::int, numero::int, statut, cle_adresse, "
    "courriel_occupant, courriel_declarant, nom_occupant, contenu::json, cree_le::timestamptz, numero_injonction::int, "
    "rnb_id, code_bailleur FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], "
    "$8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[]) "
    "AS lot(uuid, brouillon, code_suivi, territoire, annee, numero, statut, cle_adresse, courriel_occupant, "
    "courriel_declarant, nom_occupant, contenu, cree_le, numero_injonction, rnb_id, code_bailleur)"};
const Statement kFiles{"depots_files",
                       "UPDATE fichiers f SET signalement = lot.signalement, type = lot.type, desordre = lot.desordre, "
                       "description = lot.description FROM json_to_recordset($1::json) AS lot(cle text, "
                       "signalement uuid, brouillon uuid, type text, desordre text, description text) "
                       "WHERE f.cle = lot.cle AND f.signalement IS NULL "
                       "AND (f.brouillon IS NULL OR f.brouillon = lot.brouillon)"};
const Statement kStatuts{"depots_statuts",
                         "UPDATE signalements s SET statut = lot.statut, "
                         "ferme_le = CASE WHEN lot.statut = 'CLOSED' THEN lot.le ELSE s.ferme_le END "
                         "FROM jsonb_to_recordset($1::jsonb) AS lot(signalement uuid, statut text, le timestamptz) WHERE s.uuid = lot.signalement"};

// Closes the drafts that are still open; of each deposit whether it did, and so makes the signalement.
std::vector<bool> closeDrafts(postgres::Transaction& transaction, const std::vector<Depot*>& depots) {
    std::vector<ChangementBrouillon> changes;
    for (const auto* one : depots) changes.push_back({one->brouillon, {one->brouillon, one->charge, one->deposeLe}});
    return changeBrouillons(transaction, kClose, std::move(changes));
}

// An injonction has a national number first; its territory's comes when it becomes an ordinary procedure.
Compteur counterOf(const Depot& depot) {
    return estInjonction(depot.statut) ? compteurDesInjonctions() : Compteur{depot.territoire, depot.annee};
}

// The row of kInsert.
void addRow(postgres::TextColumns& rows, const Depot& depot, int number, bool national) {
    const auto annee = std::to_string(depot.annee);
    const auto drawn = std::to_string(number);
    const auto when = [](bool isSo, const std::string& text) {
        return isSo ? std::optional<std::string_view>(text) : std::nullopt;
    };
    rows.add({depot.signalement, depot.brouillon, depot.codeSuivi, depot.territoire, annee, when(!national, drawn),
              depot.statut, depot.cleAdresse, depot.courrielOccupant, depot.courrielDeclarant, depot.nomOccupant,
              depot.contenu, core::toRfc3339(depot.deposeLe), when(national, drawn), depot.rnbId,
              when(national, depot.codeBailleur)});
}

// The signalements that these drafts have become, by this transaction or before; by draft.
std::unordered_map<std::string, Accuse> findDeposited(postgres::Transaction& transaction,
                                                      const std::vector<std::string>& brouillons) {
    std::unordered_map<std::string, Accuse> found;
    if (brouillons.empty()) return found;
    const auto rows = transaction.query(kDeposited, {brouillons});
    for (const auto& row : rows) {
        found[row.text(0)] = {true, false, row.text(1), lireReference(row, 3), row.text(2), row.text(3)};
    }
    return found;
}

}  // namespace

std::vector<Accuse> writeDepots(postgres::Transaction& transaction, const streams::Outbox& outbox,
                                 const std::vector<Depot*>& depots) {
    std::vector<Accuse> accuses(depots.size());
    const auto fresh = closeDrafts(transaction, depots);
    std::map<Compteur, int> counts;
    for (std::size_t i = 0; i < depots.size(); ++i) {
        if (fresh[i]) ++counts[counterOf(*depots[i])];
    }
    auto numbers = counts.empty() ? counts : tirerNumeros(transaction, counts);

    postgres::TextColumns rows(16);
    std::vector<streams::WrittenEvent> events;
    std::vector<const Invitation*> invitations;
    auto files = core::Json::array();
    std::vector<std::string> others;
    for (std::size_t i = 0; i < depots.size(); ++i) {
        const auto& depot = *depots[i];
        if (!fresh[i]) {
            others.push_back(depot.brouillon);
            continue;
        }
        const int number = numbers[counterOf(depot)]++;
        const bool national = estInjonction(depot.statut);
        const auto reference = national ? referenceInjonction(number) : referenceDefinitive(depot.annee, number);
        addRow(rows, depot, number, national);
        for (const auto& file : depot.fichiers) {
            files.push_back({{"cle", file.cle},
                             {"signalement", depot.signalement},
                             {"brouillon", depot.brouillon},
                             {"type", file.typeDocument},
                             {"desordre", file.desordreSlug.value_or("")},
                             {"description", file.description.value_or("")}});
        }
        // Nobody outside may keep a reference that will change: an injonction says its national number apart.
        auto& said = events.emplace_back(depot.evenement);
        said.data.insert(1, (national ? R"("reference":null,"injonction":")" : R"("reference":")") + reference + R"(",)");
        if (depot.invitation) {
            invitations.push_back(&*depot.invitation);
            events.push_back(depot.evenementInvitation);
        }
        accuses[i] = {true, true, depot.signalement, reference, depot.codeSuivi, depot.statut};
    }
    if (!rows.empty()) transaction.send(kInsert, rows.parameters());
    for (const auto* invitation : invitations) insertInvitation(transaction, *invitation);
    outbox.add(transaction, events);
    if (!files.empty()) transaction.send(kFiles, {files});
    auto deposited = findDeposited(transaction, others);
    for (std::size_t i = 0; i < depots.size(); ++i) {
        if (!fresh[i]) accuses[i] = deposited[depots[i]->brouillon];
    }
    return accuses;
}

std::vector<Sauvegarde> saveBrouillons(postgres::Transaction& transaction, const std::vector<Brouillon*>& brouillons) {
    const auto saved = updateBrouillons(transaction, brouillons);
    std::vector<std::string> others;
    for (std::size_t i = 0; i < brouillons.size(); ++i) {
        if (!saved[i]) others.push_back(brouillons[i]->uuid);
    }
    auto deposited = findDeposited(transaction, others);
    std::vector<Sauvegarde> outcomes;
    for (std::size_t i = 0; i < brouillons.size(); ++i) {
        outcomes.push_back({saved[i], saved[i] ? Accuse() : deposited[brouillons[i]->uuid]});
    }
    return outcomes;
}

void saveStatuts(postgres::Transaction& transaction, const std::vector<StatutDossier>& statuts) {
    std::map<std::string, const StatutDossier*> last;
    for (const auto& one : statuts) last[one.signalement] = &one;
    auto lot = core::Json::array();
    for (const auto& [signalement, one] : last) {
        lot.push_back({{"signalement", signalement}, {"statut", one->statut}, {"le", core::toRfc3339(one->le)}});
    }
    transaction.send(kStatuts, {lot});
}

}  // namespace histologe::intake
