// What every event about a dossier says, for whoever is to be told.
#pragma once

#include <string>
#include <vector>

#include "libs/core/json.hpp"
#include "services/routing/annuaire_courant.hpp"

namespace histologe::routing {

// {reference, territoire, territoireNom}.
core::Json contexteDuDossier(const AnnuaireCharge& charge, const std::string& reference, const std::string& territoire);

// The mailboxes of these partners: [{id, nom, courriel, notifiable}]; those that the directory does not have, and `sauf`, are
// left out.
core::Json partenairesAInformer(const AnnuaireCharge& charge, const std::vector<std::string>& partenaires,
                                const std::string& sauf = {});

}  // namespace histologe::routing
