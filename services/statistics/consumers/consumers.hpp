// What statistics hears. Each function applies one type of event to the read model, whatever came before it.
#pragma once

#include <vector>

#include "libs/domain/desordres/catalogue.hpp"
#include "libs/postgres/connection.hpp"
#include "libs/streams/consumer.hpp"
#include "libs/streams/event.hpp"

namespace histologe::statistics {

using Events = std::vector<const streams::Event*>;

void onTerritoireModifie(postgres::Transaction& transaction, const Events& events);
void onSignalementDepose(postgres::Transaction& transaction, const Events& events);
// Only where it says that the dwelling is elsewhere, and where the registers found it.
void onSignalementModifie(postgres::Transaction& transaction, const Events& events);
void onSignalementLocalise(postgres::Transaction& transaction, const Events& events);
void onSignalementEvalue(postgres::Transaction& transaction, const Events& events,
                         const desordres::Catalogue& catalogue);
void onDossierCree(postgres::Transaction& transaction, const Events& events);
void onDossierStatutModifie(postgres::Transaction& transaction, const Events& events);
void onAffectationCreee(postgres::Transaction& transaction, const Events& events);
void onAffectationModifiee(postgres::Transaction& transaction, const Events& events);
void onAffectationRetiree(postgres::Transaction& transaction, const Events& events);

// All of them; the catalogue must outlive the subscriptions.
void subscribe(streams::Subscriptions& subscriptions, const desordres::Catalogue& catalogue);

}  // namespace histologe::statistics
