// Dossiers as they are shown.
#pragma once

#include "libs/auth/principal.hpp"
#include "libs/core/json.hpp"
#include "services/routing/domain/annuaire.hpp"
#include "services/routing/store/dossier_detail.hpp"
#include "services/routing/store/recherche.hpp"

namespace histologe::routing {

core::Json montrerLigne(const LigneDossier& ligne, const Annuaire& annuaire);
core::Json montrerDossier(const DossierDetail& dossier, const Annuaire& annuaire, const auth::Principal& lecteur);
// A feature of GeoJSON.
core::Json montrerAmas(const Amas& amas);

}  // namespace histologe::routing
