// What stands at an address already, as far as the agent who is about to declare it again may know.
#pragma once

#include <optional>

#include "libs/auth/principal.hpp"
#include "libs/core/json.hpp"
#include "services/intake/store/saisies.hpp"

namespace histologe::intake {

// A draft of an agent as lists show it.
core::Json resumeDe(const Saisie& saisie);

// {brouillon, signalements, autres}: his own other draft there, the new and active signalements that he wrote or may
// open, and how many others there are. Empty when there is nothing.
std::optional<core::Json> memeAdresse(postgres::Connection& session, const auth::Principal& bearer,
                                      const Saisie& saisie);

}  // namespace histologe::intake
