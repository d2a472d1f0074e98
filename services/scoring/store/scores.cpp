#include "services/scoring/store/scores.hpp"

namespace histologe::scoring {
namespace {

const postgres::Statement kInsert{
    "scores_insert",
    "INSERT INTO scores (signalement, version, score, score_batiment, score_logement, precisions, qualifications, "
    "reponses, evalue_le, dit_le) "
    "SELECT signalement, version, score, score_batiment, score_logement, precisions, qualifications, reponses, "
    "evalue_le, dit_le "
    "FROM jsonb_to_recordset($1::jsonb) AS lot(signalement uuid, version text, score float8, score_batiment float8, "
    "score_logement float8, precisions jsonb, qualifications jsonb, reponses jsonb, evalue_le timestamptz, "
    "dit_le timestamptz) "
    "ON CONFLICT (signalement) DO NOTHING RETURNING signalement"};

// In order of identifier: two transactions that lock several rows wait for each other instead of blocking.
const postgres::Statement kLock{
    "scores_lock",
    "SELECT signalement, version, score, score_batiment, score_logement, precisions, qualifications, reponses, "
    "evalue_le, CASE WHEN isfinite(dit_le) THEN dit_le END FROM scores WHERE signalement = ANY($1::uuid[]) "
    "ORDER BY signalement FOR UPDATE"};

const postgres::Statement kUpdate{
    "scores_update",
    "UPDATE scores SET version = lot.version, score = lot.score, score_batiment = lot.score_batiment, "
    "score_logement = lot.score_logement, precisions = lot.precisions, qualifications = lot.qualifications, "
    "reponses = lot.reponses, evalue_le = lot.evalue_le, dit_le = lot.dit_le "
    "FROM jsonb_to_recordset($1::jsonb) AS lot(signalement uuid, version text, score float8, score_batiment float8, "
    "score_logement float8, precisions jsonb, qualifications jsonb, reponses jsonb, evalue_le timestamptz, "
    "dit_le timestamptz) WHERE scores.signalement = lot.signalement"};

const postgres::Statement kInsertPassees{
    "evaluations_passees_insert",
    "INSERT INTO evaluations_passees (signalement, evalue_le, remplacee_le, cause, version, score, score_batiment, "
    "score_logement, precisions, qualifications, apparues, terminees) "
    "SELECT signalement, evalue_le, remplacee_le, cause, version, score, score_batiment, score_logement, precisions, "
    "qualifications, apparues, terminees "
    "FROM jsonb_to_recordset($1::jsonb) AS lot(signalement uuid, evalue_le timestamptz, remplacee_le timestamptz, "
    "cause text, version text, score float8, score_batiment float8, score_logement float8, precisions jsonb, "
    "qualifications jsonb, apparues text[], terminees text[])"};

const postgres::Statement kFind{
    "scores_find",
    "SELECT signalement, version, score, score_batiment, score_logement, precisions, qualifications, reponses, "
    "evalue_le, CASE WHEN isfinite(dit_le) THEN dit_le END FROM scores WHERE signalement = $1::uuid"};

const postgres::Statement kPassees{
    "evaluations_passees_of",
    "SELECT signalement, version, score, score_batiment, score_logement, precisions, qualifications, NULL::jsonb, "
    "evalue_le, NULL::timestamptz, remplacee_le, cause, to_json(apparues), to_json(terminees) "
    "FROM evaluations_passees WHERE signalement = $1::uuid ORDER BY remplacee_le DESC LIMIT 100"};

const postgres::Statement kScoredWith{
    "scores_of_version",
    "SELECT signalement FROM scores WHERE version = $1 AND ($2 = '' OR signalement > NULLIF($2, '')::uuid) "
    "ORDER BY signalement LIMIT $3::int"};

core::Json jsonOf(const ScoreRow& row) {
    return {{"signalement", row.signalement},
            {"version", row.version},
            {"score", row.score},
            {"score_batiment", row.scoreBatiment},
            {"score_logement", row.scoreLogement},
            {"precisions", row.precisions},
            {"qualifications", row.qualifications},
            {"reponses", row.reponses},
            {"evalue_le", core::toRfc3339(row.evalueLe)},
            {"dit_le", core::toRfc3339(row.ditLe)}};
}

core::Json jsonOf(const std::vector<ScoreRow>& rows) {
    auto batch = core::Json::array();
    for (const auto& row : rows) batch.push_back(jsonOf(row));
    return batch;
}

ScoreRow rowOf(const postgres::Row& row) {
    return {row.text(0),    row.text(1),
            row.real(2),    row.real(3),
            row.real(4),    row.json(5),
            row.json(6),    row.isNull(7) ? core::Json() : row.json(7),
            row.instant(8), row.optionalInstant(9).value_or(core::Instant{})};
}

}  // namespace

std::set<std::string> insertScores(postgres::Transaction& transaction, const std::vector<ScoreRow>& rows) {
    std::set<std::string> written;
    const auto result = transaction.query(kInsert, {jsonOf(rows)});
    for (const auto& row : result) written.insert(row.text(0));
    return written;
}

std::map<std::string, ScoreRow> lockScores(postgres::Transaction& transaction, const std::vector<std::string>& ids) {
    std::map<std::string, ScoreRow> locked;
    const auto result = transaction.query(kLock, {ids});
    for (const auto& row : result) locked.emplace(row.text(0), rowOf(row));
    return locked;
}

void updateScores(postgres::Transaction& transaction, const std::vector<ScoreRow>& rows) {
    if (!rows.empty()) transaction.send(kUpdate, {jsonOf(rows)});
}

void insertPassees(postgres::Transaction& transaction, const std::vector<EvaluationPassee>& passees) {
    if (passees.empty()) return;
    auto batch = core::Json::array();
    for (const auto& passee : passees) {
        auto json = jsonOf(passee.avant);
        json.erase("reponses");
        json["remplacee_le"] = core::toRfc3339(passee.remplaceeLe);
        json["cause"] = passee.cause;
        json["apparues"] = passee.apparues;
        json["terminees"] = passee.terminees;
        batch.push_back(std::move(json));
    }
    transaction.send(kInsertPassees, {batch});
}

std::optional<ScoreRow> findScore(postgres::Connection& connection, const std::string& signalement) {
    const auto result = connection.run(kFind, {signalement});
    if (result.empty()) return std::nullopt;
    return rowOf(result[0]);
}

std::vector<EvaluationPassee> passeesOf(postgres::Connection& connection, const std::string& signalement) {
    std::vector<EvaluationPassee> passees;
    const auto result = connection.run(kPassees, {signalement});
    for (const auto& row : result) {
        passees.push_back({rowOf(row), row.instant(10), row.text(11), row.json(12).get<std::vector<std::string>>(),
                           row.json(13).get<std::vector<std::string>>()});
    }
    return passees;
}

std::vector<std::string> scoredWith(postgres::Connection& connection, const std::string& version,
                                    const std::string& after, int limit) {
    std::vector<std::string> ids;
    const auto result = connection.run(kScoredWith, {version, after, limit});
    for (const auto& row : result) ids.push_back(row.text(0));
    return ids;
}

}  // namespace histologe::scoring
