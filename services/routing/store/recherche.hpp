// What is found: pages of the list, counts, the map.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/auth/principal.hpp"
#include "libs/core/json.hpp"
#include "libs/postgres/connection.hpp"
#include "services/routing/domain/recherche.hpp"

namespace histologe::routing {

// A dossier as the list shows it.
struct LigneDossier {
    std::string signalement;
    std::optional<std::string> reference;
    std::string territoire;
    std::string statut;
    core::Instant deposeLe{};
    std::optional<std::string> codeInsee;
    std::optional<std::string> codePostal;
    std::optional<std::string> commune;
    std::string source;
    bool importe = false;
    std::string profil;
    std::string parc;
    std::optional<double> score;
    std::vector<std::string> procedures;
    struct Affectation {
        std::string partenaire;
        std::string statut;
    };
    std::vector<Affectation> affectations;
    std::optional<core::Instant> dernierSuiviLe;
    std::string dernierSuiviPar;
    core::Json personnel;  // null once anonymised
    Repere repere;         // of the order asked for
};

// One of the questions below as SQL, with the values of $1, $2...: what is run, and what a bench asks the plan of.
struct Question {
    std::string sql;
    std::vector<postgres::Parameter> valeurs;
};
Question questionDeListe(const Recherche& recherche, const auth::Principal& lecteur, const Ordre& ordre,
                         const std::optional<Repere>& repere, long long limite);
Question questionDeCompte(const Recherche& recherche, const auth::Principal& lecteur);
Question questionDAmas(const Recherche& recherche, const auth::Principal& lecteur, int zoom, long long limite);

// At most `limite` of those that the reader may see and that are found, in this order, after `repere`.
std::vector<LigneDossier> trouverDossiers(postgres::Connection& session, const Recherche& recherche,
                                          const auth::Principal& lecteur, const Ordre& ordre,
                                          const std::optional<Repere>& repere, long long limite);

// How many there are: exact.
long long compterDossiers(postgres::Connection& session, const Recherche& recherche, const auth::Principal& lecteur);

// From this zoom on the map knows which dossier stands alone; before, only how many there are.
inline constexpr int kZoomDesDossiers = 11;

// What the map shows at a place: one dossier, or how many.
struct Amas {
    double longitude = 0;
    double latitude = 0;
    long long nombre = 0;
    std::string signalement;  // of a single one, from kZoomDesDossiers on
    std::string statut;       // likewise
};

// The dossiers that have a position, gathered by squares of the map: 4 x 4 to a tile of that zoom. At most `limite`, the
// largest first. Of an extent, the squares that it touches may count whole.
std::vector<Amas> amasser(postgres::Connection& session, const Recherche& recherche, const auth::Principal& lecteur,
                          int zoom, long long limite);

}  // namespace histologe::routing
