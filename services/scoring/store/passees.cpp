#include "services/scoring/store/passees.hpp"

namespace histologe::scoring {
namespace {

const postgres::Statement kInsert{
    "evaluations_passees_insert",
    "INSERT INTO evaluations_passees (signalement, evalue_le, remplacee_le, cause, version, score, score_batiment, "
    "score_logement, precisions, qualifications, suspicions) "
    "SELECT signalement, evalue_le, remplacee_le, cause, version, score, score_batiment, score_logement, precisions, "
    "qualifications, suspicions "
    "FROM jsonb_to_recordset($1::jsonb) AS lot(signalement uuid, evalue_le timestamptz, remplacee_le timestamptz, "
    "cause text, version text, score float8, score_batiment float8, score_logement float8, precisions jsonb, "
    "qualifications jsonb, suspicions jsonb)"};

const postgres::Statement kFind{
    "evaluations_passees_of",
    "SELECT signalement, version, score, score_batiment, score_logement, precisions, qualifications, evalue_le, "
    "remplacee_le, cause, suspicions FROM evaluations_passees WHERE signalement = $1::uuid "
    "ORDER BY remplacee_le DESC LIMIT 100"};

const postgres::Statement kScoredWith{
    "scores_of_version",
    "SELECT signalement FROM scores WHERE version = $1 AND signalement > "
    "coalesce(NULLIF($2, ''), '00000000-0000-0000-0000-000000000000')::uuid ORDER BY signalement LIMIT $3::int"};

}  // namespace

bool differs(const ScoreRow& one, const ScoreRow& other) {
    return one.version != other.version || one.score != other.score || one.scoreBatiment != other.scoreBatiment ||
           one.scoreLogement != other.scoreLogement || one.precisions != other.precisions ||
           one.qualifications != other.qualifications;
}

void insertPassees(postgres::Transaction& transaction, const std::vector<EvaluationPassee>& passees) {
    if (passees.empty()) return;
    auto lot = core::Json::array();
    for (const auto& passee : passees) {
        lot.push_back({{"signalement", passee.avant.signalement},
                       {"evalue_le", core::toRfc3339(passee.avant.evalueLe)},
                       {"remplacee_le", core::toRfc3339(passee.remplaceeLe)},
                       {"cause", passee.cause},
                       {"version", passee.avant.version},
                       {"score", passee.avant.score},
                       {"score_batiment", passee.avant.scoreBatiment},
                       {"score_logement", passee.avant.scoreLogement},
                       {"precisions", passee.avant.precisions},
                       {"qualifications", passee.avant.qualifications},
                       {"suspicions", passee.suspicions}});
    }
    transaction.send(kInsert, {lot});
}

std::vector<EvaluationPassee> passeesOf(postgres::Connection& session, const std::string& signalement) {
    std::vector<EvaluationPassee> passees;
    const auto rows = session.run(kFind, {signalement});
    for (const auto& row : rows) {
        ScoreRow avant;
        avant.signalement = row.text(0);
        avant.version = row.text(1);
        avant.score = row.real(2);
        avant.scoreBatiment = row.real(3);
        avant.scoreLogement = row.real(4);
        avant.precisions = row.json(5);
        avant.qualifications = row.json(6);
        avant.evalueLe = row.instant(7);
        passees.push_back({std::move(avant), row.instant(8), row.text(9), row.json(10)});
    }
    return passees;
}

std::vector<std::string> scoredWith(postgres::Connection& session, const std::string& version, const std::string& after,
                                    int limit) {
    std::vector<std::string> signalements;
    const auto rows = session.run(kScoredWith, {version, after, limit});
    for (const auto& row : rows) signalements.push_back(row.text(0));
    return signalements;
}

}  // namespace histologe::scoring
