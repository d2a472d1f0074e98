#include "tests/faults/support/verification.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "tools/environment/environment.hpp"

namespace histologe::faults {
namespace {

using Rows = std::vector<environment::Sql::Row>;

class Checker {
  public:
    Checker(environment::Sql& sql, Verdict& verdict) : sql_(sql), verdict_(verdict) {}

    void problem(const std::string& what) {
        if (verdict_.problems.size() < 100) verdict_.problems.push_back(what);
    }
    void expect(bool isSo, const std::string& what) {
        if (!isSo) problem(what);
    }
    // Every row of the query is a problem: its columns after `what`.
    void expectNone(const std::string& what, const std::string& query) {
        for (const auto& row : sql_.rows(query)) {
            std::string text = what + ":";
            for (const auto& cell : row) text += " " + cell.value_or("null");
            problem(text);
        }
    }
    Rows rows(const std::string& query) { return sql_.rows(query); }

  private:
    environment::Sql& sql_;
    Verdict& verdict_;
};

// signalement -> what the services hold of it.
struct Found {
    std::string brouillon;
    std::string reference;
    std::string territoire;
    std::vector<std::string> partenaires;
    std::vector<std::pair<std::string, std::string>> courriels;
    std::vector<double> scores;
};

std::map<std::string, Found> read(Checker& check) {
    std::map<std::string, Found> found;
    for (const auto& row :
         check.rows("SELECT uuid, brouillon, annee || '-' || numero, territoire FROM intake.signalements")) {
        found[*row[0]] = {*row[1], *row[2], *row[3], {}, {}, {}};
    }
    const auto at = [&](const std::string& signalement, const char* what) -> Found* {
        const auto place = found.find(signalement);
        if (place != found.end()) return &place->second;
        check.problem(std::string(what) + " of a signalement that intake does not have: " + signalement);
        return nullptr;
    };
    for (const auto& row : check.rows("SELECT signalement, score FROM scoring.scores")) {
        if (auto* one = at(*row[0], "a score")) one->scores.push_back(std::stod(*row[1]));
    }
    for (const auto& row : check.rows("SELECT a.signalement, p.contenu->>'nom' FROM routing.affectations a "
                                      "JOIN routing.partenaires p ON p.id = a.partenaire")) {
        if (auto* one = at(*row[0], "an affectation")) one->partenaires.push_back(*row[1]);
    }
    for (const auto& row : check.rows("SELECT signalement, type, destinataire FROM notification.courriels")) {
        if (auto* one = at(*row[0], "a mail")) one->courriels.emplace_back(*row[1], *row[2]);
    }
    return found;
}

void checkReports(Checker& check, const std::vector<Accepted>& accepted) {
    auto found = read(check);
    std::map<std::string, const Found*> byDraft;
    for (const auto& [signalement, one] : found) {
        check.expect(byDraft.emplace(one.brouillon, &one).second, "two signalements of the draft " + one.brouillon);
    }
    check.expect(found.size() == accepted.size(), std::to_string(found.size()) + " signalements of " +
                                                      std::to_string(accepted.size()) + " acknowledged");
    for (const auto& report : accepted) {
        const auto place = byDraft.find(report.brouillon);
        const auto name = "report " + std::to_string(report.number) + " (" + report.sample->name + ")";
        if (place == byDraft.end()) {
            check.problem(name + " was acknowledged and is lost");
            continue;
        }
        const auto& one = *place->second;
        const auto& sample = *report.sample;
        check.expect(one.reference == report.reference,
                     name + " is " + one.reference + ", acknowledged as " + report.reference);
        check.expect(one.territoire == sample.territoire, name + " is in the territory " + one.territoire);
        check.expect(one.scores.size() == 1, name + " has " + std::to_string(one.scores.size()) + " scores");
        check.expect(one.scores.empty() || std::abs(one.scores[0] - sample.score) < 1e-6, name + " has another score");
        auto partners = one.partenaires;
        std::sort(partners.begin(), partners.end());
        check.expect(partners == sample.partenaires, name + " has " + std::to_string(one.partenaires.size()) +
                                                         " affectations, not those of its " +
                                                         std::to_string(sample.partenaires.size()) + " partners");
        auto owed = sample.courriels;
        for (auto& [type, recipient] : owed) recipient = Sample::numbered(recipient, report.number);
        auto seen = one.courriels;
        std::sort(owed.begin(), owed.end());
        std::sort(seen.begin(), seen.end());
        check.expect(owed == seen, name + " has " + std::to_string(seen.size()) + " mails, not the " +
                                       std::to_string(owed.size()) + " that it owes");
    }
}

void checkMails(Checker& check, const std::map<std::string, int>& received, Verdict& verdict) {
    check.expectNone("mails not sent",
                     "SELECT etat, count(*) FROM notification.courriels WHERE etat <> 'ENVOYE' GROUP BY 1");
    std::set<std::string> known;
    for (const auto& row : check.rows("SELECT id FROM notification.courriels")) known.insert(*row[0]);
    std::set<std::string> taken;
    for (const auto& [messageId, times] : received) {
        // `courriel.<id>@<domain>`
        const auto dot = messageId.find('.');
        const auto id = dot == std::string::npos ? messageId : messageId.substr(dot + 1, 36);
        check.expect(known.contains(id), "a mail that nobody owed: " + messageId);
        check.expect(taken.insert(id).second, "two Message-IDs of the mail " + id);
        verdict.repeats += times - 1;
    }
    for (const auto& id : known)
        check.expect(taken.contains(id), "said to be sent, and the mail server has not: " + id);
    verdict.courriels = static_cast<int>(known.size());
}

void checkStatistics(Checker& check, const core::Json& statistiques) {
    check.expectNone(
        "territory, status: counted, and the dossiers that there are",
        "SELECT territoire, statut, c.nombre, r.nombre FROM (SELECT territoire, statut, sum(nombre) AS nombre "
        "FROM statistics.compteurs_dossiers GROUP BY 1, 2 HAVING sum(nombre) <> 0) c FULL JOIN "
        "(SELECT s.territoire, d.statut, count(*) AS nombre FROM intake.signalements s "
        "JOIN routing.dossiers d ON d.signalement = s.uuid GROUP BY 1, 2) r USING (territoire, statut) "
        "WHERE c.nombre IS DISTINCT FROM r.nombre");
    check.expectNone("affectations in statistics and not in routing, or the reverse",
                     "SELECT id FROM statistics.affectations s FULL JOIN routing.affectations r USING (id) "
                     "WHERE s.id IS NULL OR r.id IS NULL LIMIT 20");
    check.expectNone(
        "précisions counted, and those of the scores",
        "SELECT c.nombre, r.nombre FROM (SELECT COALESCE(sum(nombre), 0) AS nombre "
        "FROM statistics.compteurs_desordres) c, (SELECT COALESCE(sum(jsonb_array_length(precisions)), 0) AS nombre "
        "FROM scoring.scores) r WHERE c.nombre <> r.nombre");
    std::map<std::string, long> counted;
    for (const auto& [code, territoire] : statistiques.at("signalement_per_territoire").items()) {
        if (const auto count = territoire.at("count").get<long>(); count != 0) counted[territoire.at("zip")] += count;
    }
    std::map<std::string, long> there;
    long all = 0;
    for (const auto& row : check.rows("SELECT territoire, count(*) FROM intake.signalements GROUP BY 1")) {
        there[*row[0]] = std::stol(*row[1]);
        all += there[*row[0]];
    }
    check.expect(counted == there, "the public statistics count otherwise by territory");
    check.expect(
        statistiques.at("count_signalement").get<long>() == all,
        "the public statistics count " + statistiques.at("count_signalement").dump() + " of " + std::to_string(all));
}

}  // namespace

Verdict verify(environment::Sql& sql, const std::vector<Accepted>& accepted, const std::map<std::string, int>& received,
               const core::Json& statistiques) {
    Verdict verdict;
    Checker check(sql, verdict);
    checkReports(check, accepted);
    checkMails(check, received, verdict);
    checkStatistics(check, statistiques);
    check.expectNone("territory and year whose numbers are not 1 to n",
                     "SELECT territoire, annee, count(*), min(numero), max(numero) FROM intake.signalements "
                     "GROUP BY 1, 2 HAVING min(numero) <> 1 OR max(numero) <> count(*)");
    check.expectNone("a signalement whose draft is not closed",
                     "SELECT s.uuid FROM intake.signalements s LEFT JOIN intake.brouillons b ON b.uuid = s.brouillon "
                     "WHERE b.statut IS DISTINCT FROM 'EN_SIGNALEMENT' LIMIT 20");
    check.expectNone(
        "a status in intake that is not the dossier's",
        "SELECT s.uuid, s.statut, d.statut FROM intake.signalements s "
        "LEFT JOIN routing.dossiers d ON d.signalement = s.uuid WHERE s.statut IS DISTINCT FROM d.statut LIMIT 20");
    check.expectNone(
        "a validated dossier without its one suivi",
        "SELECT d.signalement, count(s.id) FROM routing.dossiers d LEFT JOIN routing.suivis s "
        "ON s.signalement = d.signalement WHERE d.statut = 'ACTIVE' GROUP BY 1 HAVING count(s.id) <> 1 LIMIT 20");
    for (const auto& service : environment::services()) {
        check.expectNone("dead letter of " + service, "SELECT rang, statut, type, sujet, erreur FROM " + service +
                                                          ".lettres_mortes WHERE statut <> 'abandonnee' LIMIT 20");
        check.expectNone("never published by " + service,
                         "SELECT numero FROM " + service + ".evenements_a_publier LIMIT 20");
    }
    return verdict;
}

}  // namespace histologe::faults
