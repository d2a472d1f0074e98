// The catalogue of désordres, as data.
#pragma once

#include "libs/domain/desordres/catalogue.hpp"
#include "libs/http/router.hpp"

namespace histologe::scoring {

// Binds `getCatalogueDesordres`.
void bindCatalogue(http::Router& router, const desordres::Catalogue& catalogue);

}  // namespace histologe::scoring
