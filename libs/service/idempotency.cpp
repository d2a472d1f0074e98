#include "libs/service/idempotency.hpp"

namespace histologe::service {
namespace {

using postgres::Statement;

// Takes the key when it is new, or when what held it is too old to count.
const Statement kTake{"idempotency_take",
                      "INSERT INTO idempotence (operation, cle, empreinte, prise_le) VALUES ($1, $2, $3, $4) "
                      "ON CONFLICT (operation, cle) DO UPDATE SET empreinte = $3, reponse = NULL, prise_le = $4 "
                      "WHERE idempotence.prise_le < $4::timestamptz - interval '24 hours' "
                      "   OR (idempotence.reponse IS NULL AND idempotence.prise_le < $4::timestamptz - interval '1 minute') "
                      "RETURNING 1"};
const Statement kRead{"idempotency_read", "SELECT empreinte, reponse FROM idempotence WHERE operation = $1 AND cle = $2"};
const Statement kKeep{"idempotency_keep",
                      "UPDATE idempotence SET reponse = $4 WHERE operation = $1 AND cle = $2 AND empreinte = $3"};
const Statement kForget{"idempotency_forget",
                        "DELETE FROM idempotence WHERE (operation, cle) IN (SELECT operation, cle FROM idempotence "
                        "WHERE prise_le < $1::timestamptz - interval '24 hours' LIMIT $2)"};
const Statement kFree{"idempotency_free", "DELETE FROM idempotence WHERE operation = $1 AND cle = $2 AND reponse IS NULL"};

}  // namespace

http::IdempotencyStore::Begin PostgresIdempotencyStore::begin(const std::string& operationId, const std::string& key,
                                                              const std::string& fingerprint) {
    auto session = pool_.acquire();
    if (!session->run(kTake, {operationId, key, fingerprint, clock_.now()}).empty()) return {Outcome::Begun, {}};
    const auto rows = session->run(kRead, {operationId, key});
    if (rows.empty()) return {Outcome::InFlight, {}};  // freed between the two statements: the client may try again
    if (rows[0].text(0) != fingerprint) return {Outcome::OtherBody, {}};
    if (rows[0].isNull(1)) return {Outcome::InFlight, {}};
    const auto kept = rows[0].json(1);
    http::Response response;
    response.status = kept.at("status").get<int>();
    response.body = kept.at("body").get<std::string>();
    for (const auto& [name, value] : kept.at("headers").items()) response.headers.set(name, value.get<std::string>());
    return {Outcome::Replayed, std::move(response)};
}

void PostgresIdempotencyStore::complete(const std::string& operationId, const std::string& key,
                                        const std::string& fingerprint, const http::Response& response) {
    core::Json headers = core::Json::object();
    for (const auto& [name, value] : response.headers.all()) headers[name] = value;
    auto session = pool_.acquire();
    session->run(kKeep, {operationId, key, fingerprint,
                         core::Json{{"status", response.status}, {"body", response.body}, {"headers", headers}}});
}

void PostgresIdempotencyStore::abandon(const std::string& operationId, const std::string& key) {
    pool_.acquire()->run(kFree, {operationId, key});
}

int PostgresIdempotencyStore::forget(int most) {
    return static_cast<int>(pool_.acquire()->run(kForget, {clock_.now(), most}).affected());
}

}  // namespace histologe::service
