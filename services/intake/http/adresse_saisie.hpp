// The step of the address in what an agent writes: it decides the territoire, and so whether he may write there.
#pragma once

#include "services/intake/http/agents.hpp"
#include "services/intake/store/saisies.hpp"

namespace histologe::intake {

// What the rules on the other steps need to know.
ContexteDeSection contexteDeSaisie(const AgentsContext& context, const Saisie& saisie);

// 403 unless he is a member of the territoire.
void requireTerritory(const auth::Principal& bearer, const std::string& territoire);

// Examines the step and puts it into the draft with what follows from it: the commune where its name or the postcode
// leaves no choice, the territoire, the key and the words of the address. 400 with every broken rule, 403 outside his
// territoires.
void poserAdresse(const AgentsContext& context, const auth::Principal& bearer, const core::Json& body, Saisie& saisie);

}  // namespace histologe::intake
