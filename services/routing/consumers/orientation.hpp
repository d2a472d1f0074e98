// Sends dossiers to the partners that the rules name, once their declaration and their evaluation are there.
#pragma once

#include <string>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/postgres/connection.hpp"
#include "libs/streams/outbox.hpp"
#include "services/routing/annuaire_courant.hpp"

namespace histologe::routing {

// Used by the consumers, on their thread.
class Orienteur {
  public:
    Orienteur(AnnuaireCourant& annuaire, const streams::Outbox& outbox, const core::Clock& clock)
        : annuaire_(annuaire), outbox_(outbox), clock_(clock) {}

    // Routes, once for ever (but see store/localisations.hpp), those of the dossiers that are complete: affectations NOUVEAU, and when there is one the
    // dossier becomes ACTIVE with its first suivi. Says `affectation.creee`, `dossier.statut_modifie`, `suivi.cree`.
    void orienter(postgres::Transaction& transaction, const std::vector<std::string>& signalements);

  private:
    AnnuaireCourant& annuaire_;
    const streams::Outbox& outbox_;
    const core::Clock& clock_;
};

}  // namespace histologe::routing
