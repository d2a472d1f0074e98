// The dossiers that usagers and landlords act on, and what is left of it.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/postgres/connection.hpp"

namespace histologe::routing {

struct DossierTouche {
    std::string statut;
    std::string territoire;
    std::string reference;
    std::vector<std::string> partenaires;  // those who have it, save who refused or closed
};

// The dossiers among these signalements, by signalement, locked until the transaction ends.
std::unordered_map<std::string, DossierTouche> lockDossiersTouches(postgres::Transaction& transaction,
                                                                   const std::vector<std::string>& signalements);

struct SuiviDePersonne {
    std::string id;
    std::string signalement;
    std::string categorie;
    std::string auteur;
    std::string description;
    bool visibleUsager = false;
    core::Instant creeLe{};
};
// Queued.
void insertSuivisDePersonnes(postgres::Transaction& transaction, const std::vector<SuiviDePersonne>& suivis);

// How a dossier stands after the acts of one batch; what is empty stays as it is. With a new reference it begins anew:
// it waits for validation and is routed again.
struct EtatTouche {
    std::string signalement;
    std::optional<std::string> statut;
    std::optional<std::string> reference;
    std::optional<core::Instant> deposeLe;
    std::optional<bool> abandonDemande;
    std::optional<std::string> motifUsager;
};
// Queued.
void saveEtatsTouches(postgres::Transaction& transaction, const std::vector<EtatTouche>& etats);

}  // namespace histologe::routing
