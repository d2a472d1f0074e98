// What an event that declares a signalement, or declares it anew, says to routing.
#pragma once

#include <vector>

#include "libs/streams/event.hpp"
#include "services/routing/domain/annuaire.hpp"
#include "services/routing/store/dossiers.hpp"
#include "services/routing/store/recherche_fiches.hpp"

namespace histologe::routing {

// Reads `signalement.depose` or `signalement.modifie`.
Declaration declarationDe(const streams::Event& event);

// What these events say to the lists: for each signalement the last of them.
std::vector<FicheAEcrire> fichesDe(const std::vector<const streams::Event*>& events, const Annuaire& annuaire);

}  // namespace histologe::routing
