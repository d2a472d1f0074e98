// The score of a report, explained to those who may see its dossier.
#pragma once

#include "libs/domain/desordres/catalogues.hpp"
#include "libs/http/router.hpp"
#include "libs/postgres/pool.hpp"

namespace histologe::scoring {

// Binds `getScore`. Catalogue and pool must outlive the router.
void bindScores(http::Router& router, const desordres::Catalogues& catalogues, postgres::Pool& pool);

}  // namespace histologe::scoring
