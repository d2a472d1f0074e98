#include "services/intake/http/trace.hpp"

#include "libs/auth/principal.hpp"
#include "libs/core/error.hpp"
#include "libs/core/ids.hpp"
#include "libs/core/log.hpp"
#include "services/intake/store/acces.hpp"

namespace histologe::intake {
namespace {

// A handler runs on one thread from its beginning to its end.
thread_local std::optional<std::string> noted;

class Trace {
  public:
    Trace(postgres::Pool& pool, const core::Clock& clock, const http::Request& request) : pool_(pool) {
        const auto& bearer = auth::bearer(request);
        Acces acces;
        if (const auto uuid = request.pathParameters.get("uuid"); core::isUuid(uuid)) acces.signalement = uuid;
        acces.compte = bearer.subject;
        acces.role = nameOf(bearer.role);
        acces.operation = request.operationId;
        acces.le = clock.now();
        noted.reset();
        auto session = pool_.acquire();
        rang_ = insertAcces(*session, acces);
    }

    // What is added at the end is worth having and not worth failing for.
    void finish(const std::optional<std::string>& issue) noexcept {
        if (!issue && !noted) return;
        try {
            auto session = pool_.acquire();
            completeAcces(*session, rang_, noted, issue);
        } catch (const std::exception& error) {
            core::log::warning("acces_not_completed", {{"rang", rang_}});
        }
    }

  private:
    postgres::Pool& pool_;
    long long rang_ = 0;
};

}  // namespace

http::Handler traced(postgres::Pool& pool, const core::Clock& clock, http::Handler handler) {
    return [&pool, &clock, handler = std::move(handler)](const http::Request& request) {
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

void noteSignalement(const std::string& uuid) {
    noted = uuid;
}

}  // namespace histologe::intake
