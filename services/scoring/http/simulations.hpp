// Scoring answers without a report: nothing is stored and nothing is said to the other services.
#pragma once

#include "libs/domain/desordres/catalogue.hpp"
#include "libs/http/router.hpp"

namespace histologe::scoring {

// Binds `simulateScore`. The catalogue must outlive the router.
void bindSimulations(http::Router& router, const desordres::Catalogue& catalogue);

}  // namespace histologe::scoring
