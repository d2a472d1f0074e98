#include "libs/streams/dead_letters.hpp"

namespace histologe::streams {
namespace {

using postgres::Statement;

const Statement kParked{"letters_parked",
                        "SELECT DISTINCT sujet FROM lettres_mortes WHERE statut <> 'abandonnee' "
                        "AND sujet IN (SELECT jsonb_array_elements_text($1::jsonb))"};
const Statement kPark{"letters_park",
                      "INSERT INTO lettres_mortes (evenement, sujet, type, partition, enveloppe, statut, essais, erreur, "
                      "prochain_essai, cree_le) VALUES ($1, $2, $3, $4, $5, 'en_essai', $6, $7, $8, $9) "
                      "ON CONFLICT (evenement) DO NOTHING"};
const Statement kDue{"letters_due",
                     "SELECT rang, essais, enveloppe FROM (SELECT DISTINCT ON (sujet) rang, essais, enveloppe, statut, "
                     "prochain_essai, partition FROM lettres_mortes WHERE statut <> 'abandonnee' ORDER BY sujet, rang) "
                     "premieres WHERE statut = 'en_essai' AND prochain_essai <= $1 "
                     "AND partition IN (SELECT p::int FROM jsonb_array_elements_text($2::jsonb) p) ORDER BY rang LIMIT $3"};
const Statement kRemove{"letters_remove", "DELETE FROM lettres_mortes WHERE rang = $1"};
const Statement kFail{"letters_fail",
                      "UPDATE lettres_mortes SET essais = essais + 1, erreur = $2, "
                      "statut = CASE WHEN $3::timestamptz IS NULL THEN 'morte' ELSE 'en_essai' END, "
                      "prochain_essai = COALESCE($3::timestamptz, prochain_essai) WHERE rang = $1"};
const Statement kList{"letters_list",
                      "SELECT l.rang, l.evenement, l.sujet, l.type, l.statut, l.essais, l.erreur, l.prochain_essai, "
                      "(SELECT count(*) FROM lettres_mortes d WHERE d.sujet = l.sujet AND d.rang > l.rang "
                      " AND d.statut <> 'abandonnee') FROM lettres_mortes l ORDER BY l.rang LIMIT $1"};
const Statement kShow{"letters_show", "SELECT enveloppe FROM lettres_mortes WHERE rang = $1"};
const Statement kReplay{"letters_replay",
                        "UPDATE lettres_mortes SET statut = 'en_essai', essais = 0, prochain_essai = $2 "
                        "WHERE rang = $1 AND statut IN ('morte', 'en_essai')"};
const Statement kDrop{"letters_drop",
                      "UPDATE lettres_mortes SET statut = 'abandonnee' WHERE rang = $1 AND statut <> 'abandonnee'"};
const Statement kCount{"letters_count", "SELECT count(*) FROM lettres_mortes WHERE statut = 'morte'"};

}  // namespace

std::set<std::string> parkedSubjects(postgres::Transaction& transaction, const std::vector<std::string>& subjects) {
    std::set<std::string> parked;
    const auto rows = transaction.query(kParked, {core::Json(subjects)});
    for (const auto& row : rows) parked.insert(row.text(0));
    return parked;
}

void park(postgres::Transaction& transaction, const Event& event, std::uint32_t partition, const std::string& error,
          int tries, core::Instant nextTry, core::Instant now) {
    transaction.send(kPark, {event.id, event.subject, event.type, static_cast<long>(partition), toJson(event), tries,
                             error, nextTry, now});
}

std::vector<DueLetter> dueLetters(postgres::Connection& database, const std::set<std::uint32_t>& partitions,
                                  core::Instant now, int limit) {
    std::vector<DueLetter> due;
    const auto rows = database.run(kDue, {now, core::Json(partitions), limit});
    for (const auto& row : rows) {
        due.push_back({row.integer(0), static_cast<int>(row.integer(1)), row.json(2)});
    }
    return due;
}

void removeLetter(postgres::Transaction& transaction, std::int64_t rank) { transaction.send(kRemove, {rank}); }

void failLetter(postgres::Connection& database, std::int64_t rank, const std::string& error,
                std::optional<core::Instant> nextTry) {
    database.run(kFail, {rank, error, nextTry});
}

std::vector<DeadLetter> listDeadLetters(postgres::Connection& database, int limit) {
    std::vector<DeadLetter> letters;
    const auto rows = database.run(kList, {limit});
    for (const auto& row : rows) {
        letters.push_back({row.integer(0), row.text(1), row.text(2), row.text(3), row.text(4),
                           static_cast<int>(row.integer(5)), row.text(6), row.instant(7),
                           static_cast<int>(row.integer(8))});
    }
    return letters;
}

std::optional<core::Json> showDeadLetter(postgres::Connection& database, std::int64_t rank) {
    const auto rows = database.run(kShow, {rank});
    if (rows.empty()) return std::nullopt;
    return rows[0].json(0);
}

bool replayDeadLetter(postgres::Connection& database, std::int64_t rank, core::Instant now) {
    return database.run(kReplay, {rank, now}).affected() == 1;
}

bool dropDeadLetter(postgres::Connection& database, std::int64_t rank) {
    return database.run(kDrop, {rank}).affected() == 1;
}

std::int64_t countDeadLetters(postgres::Connection& database) { return database.run(kCount)[0].integer(0); }

}  // namespace histologe::streams
