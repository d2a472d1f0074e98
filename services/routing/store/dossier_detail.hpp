// One dossier with all that is known of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/auth/droits.hpp"
#include "libs/core/json.hpp"
#include "libs/postgres/connection.hpp"

namespace histologe::routing {

struct DossierDetail {
    auth::DossierVise vise;  // who it is, and what decides on who sees it
    std::optional<std::string> reference;
    core::Instant deposeLe{};
    std::optional<core::Instant> valideLe;
    std::string source;
    bool importe = false;
    std::string profil;
    std::string parc;
    std::string allocataire;
    std::string enfants;
    std::optional<std::string> codeInsee;
    std::optional<std::string> codePostal;
    std::optional<std::string> commune;
    std::optional<double> longitude;
    std::optional<double> latitude;
    std::optional<std::string> bailleur;
    std::optional<std::string> motifCloture;
    core::Json personnel;  // null once anonymised
    std::optional<core::Instant> evalueLe;
    double score = 0;
    double scoreBatiment = 0;
    double scoreLogement = 0;
    core::Json qualifications;
    struct Affectation {
        std::string id;
        std::string partenaire;
        std::string statut;
        core::Instant creeLe{};
    };
    std::vector<Affectation> affectations;  // the oldest first
    struct Suivi {
        std::string id;
        std::string categorie;
        std::string auteur;
        std::string description;
        bool visibleUsager = false;
        core::Instant creeLe{};
    };
    std::vector<Suivi> suivis;  // the newest first, 200 at most
};

// Empty when there is no such dossier, or its declaration is still to come. Says nothing of who may see it.
std::optional<DossierDetail> trouverDossier(postgres::Connection& session, const std::string& signalement);

// The same of what decides alone.
std::optional<auth::DossierVise> trouverVise(postgres::Connection& session, const std::string& signalement);

}  // namespace histologe::routing
