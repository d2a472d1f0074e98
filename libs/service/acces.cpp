#include "libs/service/acces.hpp"

#include "libs/auth/principal.hpp"

namespace histologe::service {
namespace {

const postgres::Statement kInsert{
    "acces_insert", "INSERT INTO acces (signalement, compte, role, operation, le) VALUES ($1, $2, $3, $4, $5)"};

}  // namespace

void traceAccess(postgres::Connection& session, const http::Request& request, const std::string& signalement,
                 core::Instant now) {
    const auto& bearer = auth::bearer(request);
    if (auth::isBoundToOneSignalement(bearer.role)) return;
    session.run(kInsert, {signalement, bearer.subject, auth::nameOf(bearer.role), request.operationId, now});
}

}  // namespace histologe::service
