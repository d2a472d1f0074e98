// The submission: a draft becomes a signalement, in one commit with its number, its files and the event that tells of
// it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/core/json.hpp"
#include "libs/postgres/connection.hpp"
#include "libs/streams/outbox.hpp"
#include "services/intake/domain/fichiers.hpp"
#include "services/intake/store/brouillons.hpp"
#include "services/intake/store/invitations.hpp"

namespace histologe::intake {

// Everything about a submission but its number, made before the transaction begins.
struct Depot {
    std::string brouillon;
    std::string signalement;
    std::string codeSuivi;
    std::string territoire;
    int annee = 0;
    std::string statut;
    std::string cleAdresse;
    std::optional<std::string> rnbId;
    std::string courrielOccupant;
    std::string courrielDeclarant;
    std::string nomOccupant;
    // By which the landlord enters his space; empty but for an injonction.
    std::string codeBailleur;
    std::string charge;   // the draft's last answers, as they came
    std::string contenu;  // the signalement, as JSON text
    core::Instant deposeLe{};
    // Files that the answers name: kept only when we received them and nobody else has them.
    std::vector<FichierDepose> fichiers;
    // The event, without the reference, which only the transaction knows.
    streams::WrittenEvent evenement;
    // The social worker whom the occupant lets follow from the start, and the event by which he is written to.
    std::optional<Invitation> invitation;
    streams::WrittenEvent evenementInvitation;
};

// What became of a submission. The same draft submitted again finds the signalement that it gave the first time.
struct Accuse {
    bool connu = false;  // false: no such draft, or archived
    bool nouveau = false;
    std::string signalement;
    std::string reference;
    std::string codeSuivi;
    std::string statut;
};

// Writes a batch of submissions: three round trips, whatever their number. Accuses are in the order of the deposits; of
// two deposits of one draft the first counts. Safe to repeat after a commit whose outcome is unknown.
std::vector<Accuse> writeDepots(postgres::Transaction& transaction, const streams::Outbox& outbox,
                                const std::vector<Depot*>& depots);

// What became of a save: done, or the draft is a signalement already and stays as it was submitted, or there is no such
// draft (neither: the accuse is not `connu`).
struct Sauvegarde {
    bool faite = false;
    Accuse accuse;
};

// Saves a batch of drafts in progress.
std::vector<Sauvegarde> saveBrouillons(postgres::Transaction& transaction, const std::vector<Brouillon*>& brouillons);

// The status that a dossier has come to, and when: a closure's instant is kept. Of several for one signalement the last counts. Queued in the transaction.
struct StatutDossier {
    std::string signalement;
    std::string statut;
    core::Instant le{};
};
void saveStatuts(postgres::Transaction& transaction, const std::vector<StatutDossier>& statuts);

}  // namespace histologe::intake
