// What is kept and what is told of an imported row.
#pragma once

#include "libs/core/clock.hpp"
#include "services/intake/domain/evenement.hpp"
#include "services/intake/domain/import_ligne.hpp"

namespace histologe::intake {

// The document of the signalement: what was declared, its criticités and, under `importation`, the life that the dossier
// had before.
core::Json contenuImporte(const SignalementImporte& lu);

// The event `signalement.depose` of an imported row; for a row read again, what it shares with `signalement.modifie`.
Evenement evenementImporte(const SignalementImporte& lu, const core::Json& contenu, core::Instant creeLe);

}  // namespace histologe::intake
