// The accounts of systems: kept by super admins, and the two doors by which systems come in.
#pragma once

#include "services/routing/http/comptes.hpp"
#include "services/routing/http/connexion.hpp"

namespace histologe::routing {

// An access token of a system lives so long (reference of the partner API, 1.3).
inline constexpr std::chrono::minutes kVieDuJetonApi{60};

// Binds `listComptesApi`, `createCompteApi`, `getCompteApi`, `updateCompteApiPermissions`, `renewCompteApiSecret`,
// `archiveCompteApi`. All outlive the router.
void bindComptesApi(http::Router& router, const ContexteConnexion& contexte);

// Binds `loginApi` (the opaque token of today's platform) and `issueToken` (OAuth 2.0, client credentials: a signed token,
// or an opaque one when the partners are too many for it).
void bindPortesApi(http::Router& router, const ContexteConnexion& contexte, Signataire& signataire);

}  // namespace histologe::routing
