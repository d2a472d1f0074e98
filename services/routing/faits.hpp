// What the rules look at in a dossier, as routing knows it.
#pragma once

#include <optional>

#include "services/routing/annuaire_courant.hpp"
#include "services/routing/domain/auto_affectation.hpp"
#include "services/routing/store/dossiers.hpp"

namespace histologe::routing {

// The facts that decide, with today's code of the commune and the landlord recognised; empty when the territory's code
// is not one, which no rule can name. Nobody is taken to have the dossier already.
std::optional<DossierAAffecter> faitsDe(const DossierAOrienter& dossier, const AnnuaireCharge& charge);

}  // namespace histologe::routing
