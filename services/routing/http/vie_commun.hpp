// What the operations on a dossier's life share.
#pragma once

#include <string>

#include "libs/auth/principal.hpp"
#include "libs/http/router.hpp"
#include "services/routing/http/vie.hpp"
#include "services/routing/vie.hpp"

namespace histologe::routing {

// The dossier of the address, locked when it is to be changed. Throws NotFound `dossier_introuvable`, the same whether it
// does not exist or is not his to see.
DossierVif dossierDe(postgres::Transaction& transaction, const std::string& uuid, const auth::Principal& qui, bool verrou);

// Traces who asks (services/acces), and answers a refused transition with what is allowed instead.
http::Handler vivant(const VieContext& context, http::Handler handler);

// Texts of a list of the body; none when it is not there.
std::vector<std::string> textesDe(const core::Json& corps, const char* nom);

}  // namespace histologe::routing
