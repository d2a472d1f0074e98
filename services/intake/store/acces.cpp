#include "services/intake/store/acces.hpp"

namespace histologe::intake {
namespace {

using postgres::Statement;

const Statement kInsert{"acces_insert",
                        "INSERT INTO acces (signalement, compte, role, operation, le) VALUES ($1, $2, $3, $4, $5) "
                        "RETURNING rang"};
const Statement kComplete{"acces_complete",
                          "UPDATE acces SET signalement = coalesce($2, signalement), issue = coalesce($3, issue) "
                          "WHERE rang = $1"};
const Statement kFind{"acces_find",
                      "SELECT signalement, compte, role, operation, le, issue, rang FROM acces WHERE signalement = $1 "
                      "AND ($2::bigint IS NULL OR rang < $2) ORDER BY rang DESC LIMIT $3"};

}  // namespace

long long insertAcces(postgres::Connection& session, const Acces& acces) {
    return session.run(kInsert, {acces.signalement, acces.compte, acces.role, acces.operation, acces.le})[0].integer(0);
}

void completeAcces(postgres::Connection& session, long long rang, const std::optional<std::string>& signalement,
                   const std::optional<std::string>& issue) {
    session.run(kComplete, {rang, signalement, issue});
}

std::vector<Acces> findAcces(postgres::Connection& session, const std::string& signalement,
                             std::optional<long long> avant, long long limite) {
    std::vector<Acces> all;
    const auto rows = session.run(kFind, {signalement, avant, limite});
    for (const auto& row : rows) {
        all.push_back(
            {row.text(0), row.text(1), row.text(2), row.text(3), row.instant(4), row.optionalText(5), row.integer(6)});
    }
    return all;
}

}  // namespace histologe::intake
