// Idempotency-Key: the same request twice is done once.
#pragma once

#include <functional>

#include "libs/http/hooks.hpp"

namespace histologe::http {

// Runs `work` unless the request's key was used: then gives the answer that was given, marked `Idempotency-Replayed:
// true`. Throws core::Error: InvalidInput `cle_idempotence_invalide` (empty, longer than 255, not printable ASCII),
// Conflict `requete_en_cours`, Unprocessable `cle_idempotence_reutilisee`. Answers 429 and 5xx, and exceptions, free
// the key.
Response runOnceByKey(IdempotencyStore& store, const Request& request, const std::function<Response()>& work);

// Identifies method, target and body: SHA-256, hexadecimal.
std::string fingerprintOf(const Request& request);

}  // namespace histologe::http
