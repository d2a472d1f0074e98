// A report was corrected: its dossier is what it says now.
#pragma once

#include "libs/streams/consumer.hpp"
#include "services/routing/annuaire_courant.hpp"

namespace histologe::routing {

// Handler of `signalement.modifie`: what is declared replaces what was, in the dossier and in the lists. The dossier keeps
// its partners: rules route a dossier once. The directory outlives the handler.
streams::Handler onSignalementModifie(AnnuaireCourant& annuaire);

}  // namespace histologe::routing
