// The tables of dossiers, affectations and suivis.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/core/json.hpp"
#include "libs/postgres/connection.hpp"

namespace histologe::routing {

// What a declaration says of its dossier; null members are not known.
struct Declaration {
    std::string signalement;
    std::string reference;
    std::string territoire;
    std::optional<std::string> codeInsee;
    std::optional<std::string> codePostal;
    std::optional<std::string> commune;
    std::optional<double> longitude;
    std::optional<double> latitude;
    std::optional<bool> logementSocial;
    std::optional<std::string> allocataire;
    std::optional<std::string> profil;
    std::optional<std::string> bailleur;
    bool vacant = false;  // nobody lives there
    core::Instant deposeLe{};
    core::Instant declareeLe{};  // of the event that says this
    // When the dwelling was said to be elsewhere than before; empty when this declaration does not say so.
    std::optional<core::Instant> ailleursLe;
    std::string statut = "NEED_VALIDATION";
    // True for a dossier of long ago: it has its partners and is never routed by rules.
    bool importe = false;
    // What an agent who wrote it decided: {valide, partenaires: [id]}; null for every other way in.
    core::Json saisie = nullptr;
};

// What scoring found.
struct Evaluation {
    std::string signalement;
    double score = 0;
    double scoreBatiment = 0;
    double scoreLogement = 0;
    core::Json qualifications;
    core::Instant evalueLe{};
};

// Writes declarations of dossiers that had none; returns the signalements that were written.
std::vector<std::string> insertDeclarations(postgres::Transaction& transaction,
                                            const std::vector<Declaration>& declarations);

// What is declared of dossiers that are there becomes this; a declaration older than the last one is passed over. Queued in
// the transaction.
void updateDeclarations(postgres::Transaction& transaction, const std::vector<Declaration>& declarations);

// Writes evaluations; an older one never replaces a newer one. Queued in the transaction.
void saveEvaluations(postgres::Transaction& transaction, const std::vector<Evaluation>& evaluations);

// A dossier whose declaration and evaluation are both there and that was not routed yet.
struct DossierAOrienter {
    Declaration declaration;
    std::string statut;
    double score = 0;
    core::Json qualifications;
    std::vector<std::string> dejaAffectes;  // partners that have it, whatever their answer
};

// Among those given, the dossiers to route, locked until the transaction ends.
std::vector<DossierAOrienter> lockDossiersAOrienter(postgres::Transaction& transaction,
                                                    const std::vector<std::string>& signalements);

struct Orientation {
    std::string signalement;
    std::string statut;
    std::optional<core::Instant> valideLe;
};
struct AffectationCreee {
    std::string id;
    std::string signalement;
    std::string partenaire;
};
// An affectation that an imported dossier had.
struct AffectationImportee {
    std::string id;
    std::string signalement;
    std::string partenaire;
    std::string statut;
};
// Partners that the directory no longer has are passed over. Queued in the transaction.
void insertAffectationsImportees(postgres::Transaction& transaction, const std::vector<AffectationImportee>& affectations,
                                 const std::string& auteur, core::Instant now);
// An entry of the life of an imported dossier, with the instant that it had.
struct SuiviImporte {
    std::string id;
    std::string signalement;
    std::string description;
    core::Instant creeLe{};
};
void insertSuivisImportes(postgres::Transaction& transaction, const std::vector<SuiviImporte>& suivis, const std::string& auteur);

struct SuiviCree {
    std::string id;
    std::string signalement;
    std::string categorie;
    std::string description;
    bool visibleUsager = false;
};

// Records what routing decided, all at once; queued in the transaction. `auteur` is who decided (`systeme`).
void saveOrientations(postgres::Transaction& transaction, const std::vector<Orientation>& orientations,
                      const std::vector<AffectationCreee>& affectations, const std::vector<SuiviCree>& suivis,
                      const std::string& auteur, core::Instant now);

}  // namespace histologe::routing
