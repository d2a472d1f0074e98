#include "services/scoring/store/scores.hpp"

namespace histologe::scoring {
namespace {

const postgres::Statement kInsert{
    "scores_insert",
    "INSERT INTO scores (signalement, version, score, score_batiment, score_logement, precisions, qualifications, "
    "reponses, evalue_le) "
    "SELECT signalement, version, score, score_batiment, score_logement, precisions, qualifications, reponses, evalue_le "
    "FROM jsonb_to_recordset($1::jsonb) AS lot(signalement uuid, version text, score float8, score_batiment float8, "
    "score_logement float8, precisions jsonb, qualifications jsonb, reponses jsonb, evalue_le timestamptz) "
    "ON CONFLICT (signalement) DO NOTHING RETURNING signalement"};

const postgres::Statement kFind{"scores_find",
                                "SELECT version, score, score_batiment, score_logement, precisions, qualifications, "
                                "reponses, evalue_le FROM scores WHERE signalement = $1"};

}  // namespace

std::set<std::string> insertScores(postgres::Transaction& transaction, const std::vector<ScoreRow>& rows) {
    auto batch = core::Json::array();
    for (const auto& row : rows) {
        batch.push_back({{"signalement", row.signalement},
                         {"version", row.version},
                         {"score", row.score},
                         {"score_batiment", row.scoreBatiment},
                         {"score_logement", row.scoreLogement},
                         {"precisions", row.precisions},
                         {"qualifications", row.qualifications},
                         {"reponses", row.reponses},
                         {"evalue_le", core::toRfc3339(row.evalueLe)}});
    }
    std::set<std::string> written;
    const auto result = transaction.query(kInsert, {batch});
    for (const auto& row : result) written.insert(row.text(0));
    return written;
}

std::optional<ScoreRow> findScore(postgres::Connection& session, const std::string& signalement) {
    const auto rows = session.run(kFind, {signalement});
    if (rows.empty()) return std::nullopt;
    const auto& row = rows[0];
    return ScoreRow{signalement,   row.text(0), row.real(1), row.real(2),   row.real(3),
                    row.json(4), row.json(5), row.json(6), row.instant(7)};
}

}  // namespace histologe::scoring
