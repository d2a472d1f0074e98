// Makes the summaries of the rescue services' declarations, one after the other, off the request.
#pragma once

#include "libs/domain/desordres/catalogue.hpp"
#include "libs/files/object_store.hpp"
#include "libs/files/pdf_program.hpp"
#include "libs/postgres/pool.hpp"
#include "libs/streams/outbox.hpp"
#include "services/intake/jobs/travaux.hpp"
#include "services/intake/lieux.hpp"

namespace histologe::intake {

// The work `recapitulatifs`. Each is stored, then told of by `secours.recapitulatif_pret` in one transaction with its
// state; one that cannot be made is tried again later, for ever. Everything outlives the work.
std::vector<Travail> travauxDesRecapitulatifs(postgres::Pool& pool, const streams::Outbox& outbox,
                                              const desordres::Catalogue& catalogue, Lieux& lieux,
                                              files::ObjectStore& store, files::PdfProgram programme);

}  // namespace histologe::intake
