// Signalements of the same person or of the same place.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/auth/droits.hpp"
#include "libs/core/clock.hpp"
#include "libs/postgres/connection.hpp"
#include "services/intake/domain/brouillon.hpp"

namespace histologe::intake {

// Earlier signalements of the same person for the same dwelling that are not closed (reference of intake, 2.3), newest
// first: for an occupant the newest alone, for a tiers all those in the name of the same occupant (50 at most).
std::vector<SignalementTrouve> findDoublons(postgres::Connection& session, const CleDeDoublon& cle);

// What groups signalements of one building.
struct SignalementVoisin {
    std::string uuid;
    std::string reference;
    std::string statut;
    core::Instant creeLe{};
    bool parBatiment = false;  // same building of the register; otherwise the same address
    std::optional<auth::DossierVise> dossier;  // what decides who may see it; empty: nobody
};

// The others of the same building, newest first: those of the same RNB building whatever their address, and those of
// the same address unless the register knows them to be another building. Drafts of agents are none. At most `most`.
std::vector<SignalementVoisin> findVoisins(postgres::Connection& session, const std::string& signalement, int most);

// The signalement of a usager who lost his link: of that place, declared or occupied under that mail. Of several the
// one that is most alive, then the newest. Empty when there is none.
struct SignalementRetrouve {
    std::string uuid;
    std::string codeSuivi;
    std::string courriel;
    std::string prenom;
    std::string voie;
    std::string codePostal;
    std::string commune;
};
std::optional<SignalementRetrouve> retrouver(postgres::Connection& session, const std::vector<std::string>& clesAdresse,
                                             const std::string& courrielPlie);

// The signalement itself, with the mail of the occupant or of the declarant; empty when unknown, or when that mail is.
std::optional<SignalementRetrouve> retrouverUn(postgres::Connection& session, const std::string& signalement,
                                               bool occupant);

}  // namespace histologe::intake
