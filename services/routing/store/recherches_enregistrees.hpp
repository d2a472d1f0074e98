// The searches that accounts keep.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/core/json.hpp"
#include "libs/postgres/connection.hpp"

namespace histologe::routing {

struct RechercheEnregistree {
    std::string id;  // uuid
    std::string nom;
    core::Json parametres;  // name -> sorted values, each once
    long long version = 1;
    core::Instant creeLe{};
};

// In the order in which they were made.
std::vector<RechercheEnregistree> recherchesDe(postgres::Connection& session, const std::string& compte);
// Empty when there is none of this account, whoever else has one of that id.
std::optional<RechercheEnregistree> trouverRecherche(postgres::Connection& session, const std::string& compte,
                                                     const std::string& id);

// How many the account has; nobody else adds one until the transaction ends.
long long verrouillerRecherches(postgres::Transaction& transaction, const std::string& compte);
// Which of the account's others has the name (but for case and accents) or the parameters: `nom`, `parametres`, or empty.
std::string doublonDe(postgres::Transaction& transaction, const std::string& compte, const RechercheEnregistree& recherche);
void ajouterRecherche(postgres::Transaction& transaction, const std::string& compte, const RechercheEnregistree& recherche);
// Writes the name and the parameters; the version grows by one. False when the stored version is another.
bool remplacerRecherche(postgres::Transaction& transaction, const std::string& compte, const RechercheEnregistree& recherche);
// False when there was none, or its version is another.
bool supprimerRecherche(postgres::Connection& session, const std::string& compte, const std::string& id, long long version);

}  // namespace histologe::routing
