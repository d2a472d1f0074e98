// What becomes of suivis by the passing of time.
#pragma once

#include <vector>

#include "libs/postgres/pool.hpp"
#include "libs/service/travaux.hpp"
#include "libs/streams/outbox.hpp"
#include "services/routing/annuaire_courant.hpp"

namespace histologe::routing {

// `suivis_retenus`: tells of what agents wrote, once they may no longer change it. The references outlive the work.
std::vector<service::Travail> travauxDesSuivis(postgres::Pool& pool, const streams::Outbox& outbox, AnnuaireCourant& annuaire);

}  // namespace histologe::routing
