#include "libs/service/acces.hpp"

#include "libs/auth/principal.hpp"
#include "libs/core/error.hpp"
#include "libs/core/ids.hpp"
#include "libs/core/log.hpp"

namespace histologe::service {
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

// A handler runs on one thread from its beginning to its end.
thread_local std::optional<std::string> noted;

class Trace {
  public:
    Trace(postgres::Pool& pool, const core::Clock& clock, const http::Request& request) : pool_(pool) {
        const auto& bearer = auth::bearer(request);
        const auto uuid = request.pathParameters.get("uuid");
        const auto signalement = core::isUuid(uuid) ? std::optional(uuid) : std::nullopt;
        noted.reset();
        const auto session = pool_.acquire();
        rang_ = session
                    ->run(kInsert, {signalement, bearer.subject, auth::nameOf(bearer.role), request.operationId,
                                    clock.now()})[0]
                    .integer(0);
    }

    // What is added at the end is worth having and not worth failing for.
    void finish(const std::optional<std::string>& issue) noexcept {
        if (!issue && !noted) return;
        try {
            const auto session = pool_.acquire();
            session->run(kComplete, {rang_, noted, issue});
        } catch (const std::exception& error) {
            core::log::warning("acces_not_completed", {{"rang", rang_}, {"why", error.what()}});
        }
    }

  private:
    postgres::Pool& pool_;
    long long rang_ = 0;
};

}  // namespace

http::Handler traced(postgres::Pool& pool, const core::Clock& clock, http::Handler handler) {
    return [&pool, &clock, handler = std::move(handler)](const http::Request& request) {
        if (auth::isBoundToOneSignalement(auth::bearer(request).role)) return handler(request);
        Trace trace(pool, clock, request);
        try {
            auto response = handler(request);
            trace.finish(response.status >= 400 ? std::optional(std::to_string(response.status)) : std::nullopt);
            return response;
        } catch (const core::Error& error) {
            trace.finish(error.code());
            throw;
        }
    };
}

void noteSignalement(const std::string& uuid) { noted = uuid; }

std::vector<Acces> findAcces(postgres::Connection& session, const std::string& signalement,
                             std::optional<long long> avant, long long limite) {
    std::vector<Acces> all;
    const auto rows = session.run(kFind, {signalement, avant, limite});
    for (const auto& row : rows) {
        all.push_back({row.optionalText(0), row.text(1), row.text(2), row.text(3), row.instant(4), row.optionalText(5),
                       row.integer(6)});
    }
    return all;
}

}  // namespace histologe::service
