#include "tools/demo_program/observation.hpp"

#include <algorithm>

#include "libs/core/json.hpp"

namespace histologe::demo {
namespace {

// The qualifications that count: all but the archived ones.
std::vector<std::string> active(const std::string& qualifications) {
    std::vector<std::string> list;
    for (const auto& line : core::parseJson(qualifications)) {
        if (line.at("statut") != "ARCHIVED") {
            list.push_back(line.at("qualification").get<std::string>());
        }
    }
    std::sort(list.begin(), list.end());
    return list;
}

}  // namespace

Observation Observer::observe(const std::string& brouillon) {
    Observation seen;
    const auto declared =
        sql_.rows("SELECT uuid, territoire FROM intake.signalements WHERE brouillon = $1::uuid", {brouillon});
    if (declared.empty()) {
        return seen;
    }
    seen.signalement = declared[0][0].value();
    seen.territoire = declared[0][1].value();
    for (const auto& row : sql_.rows("SELECT score, qualifications FROM scoring.scores WHERE signalement = $1::uuid",
                                     {seen.signalement})) {
        seen.score = std::stod(row[0].value());
        seen.qualifications = active(row[1].value());
    }
    for (const auto& row :
         sql_.rows("SELECT statut, oriente_le IS NOT NULL FROM routing.dossiers WHERE signalement = $1::uuid",
                   {seen.signalement})) {
        seen.statut = row[0].value();
        seen.oriente = row[1].value() == "t";
    }
    for (const auto& row : sql_.rows("SELECT p.contenu->>'nom' FROM routing.affectations a "
                                     "JOIN routing.partenaires p ON p.id = a.partenaire WHERE a.signalement = $1::uuid "
                                     "ORDER BY p.contenu->>'nom' COLLATE \"C\"",
                                     {seen.signalement})) {
        seen.partenaires.push_back(row[0].value());
    }
    for (const auto& row :
         sql_.rows("SELECT id, etat, type FROM notification.courriels WHERE signalement = $1", {seen.signalement})) {
        seen.messageIds.push_back(row[0].value());
        ++seen.courriels;
        seen.courrielsEnAttente += row[1].value() == "ENVOYE" ? 0 : 1;
        seen.courrielsPartenaires += row[2].value() == "AFFECTATION_NEW" ? 1 : 0;
    }
    return seen;
}

int Observer::filesInQuarantine() {
    return std::stoi(sql_.rows("SELECT count(*) FROM intake.fichiers WHERE signalement IS NOT NULL "
                               "AND etat <> 'DISPONIBLE'")[0][0].value());
}

std::map<std::string, int> Observer::reference() {
    std::map<std::string, int> counts;
    for (const auto& row : sql_.rows("SELECT 'territoires', count(*) FROM routing.territoires UNION ALL "
                                     "SELECT 'territoires ouverts', count(*) FROM routing.territoires "
                                     "WHERE (contenu->>'actif')::boolean UNION ALL "
                                     "SELECT 'partenaires', count(*) FROM routing.partenaires UNION ALL "
                                     "SELECT 'zones', count(*) FROM routing.zones UNION ALL "
                                     "SELECT 'regles', count(*) FROM routing.regles")) {
        counts[row[0].value()] = std::stoi(row[1].value());
    }
    return counts;
}

}  // namespace histologe::demo
