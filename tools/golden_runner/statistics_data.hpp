// The data set of statistics vectors, written into a read model.
#pragma once

#include "libs/core/clock.hpp"
#include "libs/core/json.hpp"
#include "libs/domain/desordres/catalogue.hpp"
#include "libs/postgres/connection.hpp"

namespace histologe::golden {

// The instant at which the figures are read (`reference_now`). Times of the data set have no zone: they are read as
// UTC, and so are the calendars of its territories, so that a dossier stands in the month that its text shows.
core::Instant statisticsNow(const core::Json& dataset);

// Says to the read model, as the services would, the territories and the dossiers of the data set; the disorders of the
// first generation, which have a zone and no précision, are written as an importer would. May be done twice. Throws
// core::Json::exception when the data set lacks something.
void loadStatistics(postgres::Connection& session, const core::Json& dataset, const desordres::Catalogue& catalogue);

}  // namespace histologe::golden
