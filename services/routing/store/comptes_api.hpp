// The accounts of systems: in whose name they act.
#pragma once

#include <string>
#include <vector>

#include "services/routing/domain/comptes_api.hpp"
#include "services/routing/store/comptes.hpp"

namespace histologe::routing {

// In the order in which they were given.
std::vector<PermissionApi> lirePermissionsApi(postgres::Transaction& transaction, const std::string& compte);
// Replaces all of them. Queued; a partner that does not exist makes the transaction fail.
void ecrirePermissionsApi(postgres::Transaction& transaction, const std::string& compte,
                          const std::vector<PermissionApi>& permissions);

// The partners that the permissions cover now; archived ones are left out.
std::vector<PartenaireDuCompte> partenairesApi(postgres::Transaction& transaction, const std::string& compte);

// The accounts of systems that are not archived, by name.
std::vector<CompteLu> listerComptesApi(postgres::Transaction& transaction);

}  // namespace histologe::routing
