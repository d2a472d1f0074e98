#include "libs/http/idempotency.hpp"

#include <algorithm>

#include "libs/core/digest.hpp"
#include "libs/core/error.hpp"
#include "libs/core/log.hpp"

namespace histologe::http {
namespace {

constexpr std::size_t kMaxKey = 255;

void requireKey(const std::string& key) {
    const bool isPrintable = std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c < 127; });
    if (!key.empty() && key.size() <= kMaxKey && isPrintable) return;
    throw core::Error(core::ErrorKind::InvalidInput, "cle_idempotence_invalide",
                      "L'en-tête Idempotency-Key doit tenir en 255 caractères simples, sans espace.");
}

// Two callers may choose the same key: each has its own. Hashed, since it may be made of an address.
std::string keyOf(const Request& request, const std::string& sent) {
    const auto* principal = request.principal.get();
    if (principal == nullptr) return core::sha256Hex({"adresse ", request.remoteAddress, " ", sent});
    return core::sha256Hex({principal->caller.empty() ? principal->subject : principal->caller, " ", sent});
}

}  // namespace

std::string fingerprintOf(const Request& request) {
    return core::sha256Hex({request.method, " ", request.target, "\n", request.body});
}

Response runOnceByKey(IdempotencyStore& store, const Request& request, const std::function<Response()>& work) {
    const auto* sent = request.headers.find("Idempotency-Key");
    if (sent == nullptr) return work();
    requireKey(*sent);
    const auto key = keyOf(request, *sent);
    const auto fingerprint = fingerprintOf(request);
    auto begun = store.begin(request.operationId, key, fingerprint);
    switch (begun.outcome) {
        case IdempotencyStore::Outcome::Begun:
            break;
        case IdempotencyStore::Outcome::Replayed:
            begun.response->headers.set("Idempotency-Replayed", "true");
            return std::move(*begun.response);
        case IdempotencyStore::Outcome::InFlight:
            throw core::Error(core::ErrorKind::Conflict, "requete_en_cours",
                              "La même demande est déjà en cours de traitement. Attendez sa réponse.");
        case IdempotencyStore::Outcome::OtherBody:
            throw core::Error(core::ErrorKind::Unprocessable, "cle_idempotence_reutilisee",
                              "Cette clé d'idempotence a déjà servi pour une autre demande.");
    }
    Response response;
    try {
        response = work();
    } catch (...) {
        store.abandon(request.operationId, key);
        throw;
    }
    if (response.status >= 500 || response.status == 429) {
        store.abandon(request.operationId, key);
    } else {
        try {
            store.complete(request.operationId, key, fingerprint, response);
        } catch (const std::exception& error) {
            // The work is done and said so; only a repetition within the day would not be recognised.
            core::log::warning("idempotency_not_kept", {{"operation", request.operationId}, {"why", error.what()}});
        }
    }
    return response;
}

}  // namespace histologe::http
