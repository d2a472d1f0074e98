#include "services/scoring/store/scores.hpp"

namespace histologe::scoring {
namespace {

#define HISTOLOGE_SCORES_WRITE                                                                                        \
    "INSERT INTO scores (signalement, version, score, score_batiment, score_logement, precisions, qualifications, "   \
    "reponses, evalue_le, reponses_le) "                                                                              \
    "SELECT signalement, version, score, score_batiment, score_logement, precisions, qualifications, reponses, "      \
    "evalue_le, reponses_le "                                                                                         \
    "FROM jsonb_to_recordset($1::jsonb) AS lot(signalement uuid, version text, score float8, score_batiment float8, " \
    "score_logement float8, precisions jsonb, qualifications jsonb, reponses jsonb, evalue_le timestamptz, "          \
    "reponses_le timestamptz) ON CONFLICT (signalement) "
#define HISTOLOGE_SCORES_READ                                                                                  \
    "SELECT version, score, score_batiment, score_logement, precisions, qualifications, reponses, evalue_le, " \
    "reponses_le, signalement FROM scores WHERE signalement "

const postgres::Statement kInsert{"scores_insert", HISTOLOGE_SCORES_WRITE "DO NOTHING RETURNING signalement"};
const postgres::Statement kReplace{
    "scores_replace", HISTOLOGE_SCORES_WRITE
    "DO UPDATE SET version = EXCLUDED.version, score = EXCLUDED.score, score_batiment = EXCLUDED.score_batiment, "
    "score_logement = EXCLUDED.score_logement, precisions = EXCLUDED.precisions, "
    "qualifications = EXCLUDED.qualifications, reponses = EXCLUDED.reponses, evalue_le = EXCLUDED.evalue_le, "
    "reponses_le = EXCLUDED.reponses_le"};
const postgres::Statement kFind{"scores_find", HISTOLOGE_SCORES_READ "= $1"};
const postgres::Statement kLock{"scores_lock",
                                HISTOLOGE_SCORES_READ "= ANY($1::uuid[]) ORDER BY signalement FOR UPDATE"};

#undef HISTOLOGE_SCORES_WRITE
#undef HISTOLOGE_SCORES_READ

template <class Row>
ScoreRow scoreOf(const Row& row) {
    return {row.text(9), row.text(0), row.real(1), row.real(2),    row.real(3),
            row.json(4), row.json(5), row.json(6), row.instant(7), row.instant(8)};
}

core::Json lotOf(const std::vector<ScoreRow>& rows) {
    auto lot = core::Json::array();
    for (const auto& row : rows) {
        lot.push_back({{"signalement", row.signalement},
                       {"version", row.version},
                       {"score", row.score},
                       {"score_batiment", row.scoreBatiment},
                       {"score_logement", row.scoreLogement},
                       {"precisions", row.precisions},
                       {"qualifications", row.qualifications},
                       {"reponses", row.reponses},
                       {"evalue_le", core::toRfc3339(row.evalueLe)},
                       {"reponses_le", core::toRfc3339(row.reponsesLe)}});
    }
    return lot;
}

}  // namespace

std::set<std::string> insertScores(postgres::Transaction& transaction, const std::vector<ScoreRow>& rows) {
    std::set<std::string> written;
    const auto result = transaction.query(kInsert, {lotOf(rows)});
    for (const auto& row : result) written.insert(row.text(0));
    return written;
}

std::map<std::string, ScoreRow> lockScores(postgres::Transaction& transaction,
                                           const std::vector<std::string>& signalements) {
    std::map<std::string, ScoreRow> scores;
    const auto rows = transaction.query(kLock, {signalements});
    for (const auto& row : rows) scores.emplace(row.text(9), scoreOf(row));
    return scores;
}

void replaceScores(postgres::Transaction& transaction, const std::vector<ScoreRow>& rows) {
    transaction.send(kReplace, {lotOf(rows)});
}

std::optional<ScoreRow> findScore(postgres::Connection& session, const std::string& signalement) {
    const auto rows = session.run(kFind, {signalement});
    if (rows.empty()) return std::nullopt;
    return scoreOf(rows[0]);
}

}  // namespace histologe::scoring
