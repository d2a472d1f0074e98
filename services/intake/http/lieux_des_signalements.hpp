// Where a signalement's dwelling is, and what else was declared there.
#pragma once

#include "services/intake/http/agents.hpp"

namespace histologe::intake {

// Binds `getLocalisation` and `listVoisins`, for agents who may see the signalement. Looking is traced.
void bindLieuxDesSignalements(http::Router& router, AgentsContext context);

}  // namespace histologe::intake
