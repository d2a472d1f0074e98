// The table of dossiers: each write fills the columns of the service that spoke, whatever was heard of the others.
//
// Every list names a signalement at most once. Writes are queued in the transaction and may be repeated.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/postgres/connection.hpp"

namespace histologe::statistics {

// What intake said; null members are not known.
struct Declaration {
    std::string signalement;
    std::optional<std::string> territoire;
    std::optional<std::string> reference;
    std::string source;  // the form or import that it came by
    bool importe = false;
    std::optional<std::string> profilDeclarant;
    std::optional<std::string> codeInsee;
    std::optional<std::string> codePostal;
    std::optional<std::string> commune;
    std::optional<bool> logementSocial;
    core::Instant creeLe{};
};
void saveDeclarations(postgres::Transaction& transaction, const std::vector<Declaration>& declarations);

// Where the dwelling is, as intake says it later: an agent corrected its address, or the registers answered. Of what is
// said of the place (the declaration included) the last word holds.
struct Lieu {
    std::string signalement;
    std::string codeInsee;
    std::optional<std::string> codePostal;
    std::optional<std::string> commune;
    core::Instant ditLe{};
};
void saveLieux(postgres::Transaction& transaction, const std::vector<Lieu>& lieux);

// The status with which routing opened a dossier: it never replaces one that is known.
struct Ouverture {
    std::string signalement;
    std::optional<std::string> territoire;
    std::string statut;
    core::Instant ditLe{};
};
void saveOuvertures(postgres::Transaction& transaction, const std::vector<Ouverture>& ouvertures);

// A change of status. What was said earlier (`ditLe`) never replaces what was said later; of two said at the same
// instant the one that comes last holds.
struct ChangementStatut {
    std::string signalement;
    std::string statut;
    std::optional<core::Instant> closLe;
    std::optional<std::string> motifCloture;
    core::Instant ditLe{};
};
void saveChangementsStatut(postgres::Transaction& transaction, const std::vector<ChangementStatut>& changements);

// What scoring found, with the same rule of order. The critères are those of the précisions, one for each.
struct Evaluation {
    std::string signalement;
    double score = 0;
    double scoreBatiment = 0;
    double scoreLogement = 0;
    std::vector<std::string> precisions;
    std::vector<std::string> criteresBatiment;
    std::vector<std::string> criteresLogement;
    std::string versionCatalogue;
    core::Instant ditLe{};
};
void saveEvaluations(postgres::Transaction& transaction, const std::vector<Evaluation>& evaluations);

}  // namespace histologe::statistics
