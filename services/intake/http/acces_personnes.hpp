// The doors of the usager and of the landlord: a code and what only they know, for a token that names one signalement.
#pragma once

#include "libs/auth/token.hpp"
#include "libs/http/router.hpp"
#include "services/intake/http/geste.hpp"

namespace histologe::intake {

// What the tokens of these doors may do, beside the files.
inline constexpr const char* kPorteeUsager = "espace:usager";
inline constexpr const char* kPorteeBailleur = "espace:bailleur";
// How long they are good.
inline constexpr std::chrono::hours kDureeAcces{2};

// What signs them: a key that the services believe for these two roles and no other.
struct Signataire {
    auth::SigningKey cle;
    auth::TokenParties parties;
};

// How often somebody may try.
struct LimitesAcces {
    int parCode = 5;
    int parAdresse = 50;
    std::chrono::minutes fenetre{20};
};

// Binds `openUsagerAccess`, `openBailleurAccess`, `closeUsagerAccess`, `closeBailleurAccess` and `acceptUsagerCgu`.
// Whatever is wrong (the code, the letters, the postcode, the state of the signalement), the refusal is the same and
// takes the same work, and so does the limit: a code that nobody has is counted like any other. Only refusals count.
void bindAcces(http::Router& router, const EspaceContext& context, const Signataire& signataire, LimitesAcces limites);

}  // namespace histologe::intake
