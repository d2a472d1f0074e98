// Who follows which dossier, and who could.
#pragma once

#include <string>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/postgres/connection.hpp"

namespace histologe::routing {

struct AgentDuDossier {
    std::string compte;
    std::string role;
    bool abonne = false;
};

// The open accounts of people of a partner (no system), and whether they follow the dossier.
std::vector<AgentDuDossier> agentsDuPartenaire(postgres::Transaction& transaction, const std::string& partenaire,
                                               const std::string& signalement);
// The open accounts of the managers of a territoire; of those of these partners alone when there are any.
std::vector<AgentDuDossier> responsablesDuTerritoire(postgres::Transaction& transaction, const std::string& territoire,
                                                     const std::vector<std::string>& partenaires, const std::string& signalement);

// Those who follow it already stay as they are. Queued.
void abonner(postgres::Transaction& transaction, const std::string& signalement, const std::vector<std::string>& comptes,
             const std::string& par, core::Instant le);
// The partner's people leave, save managers and who works for another partner that has the dossier. Queued.
void desabonnerPartenaire(postgres::Transaction& transaction, const std::string& signalement, const std::string& partenaire);
void desabonner(postgres::Transaction& transaction, const std::string& signalement, const std::string& compte);

std::vector<std::string> abonnes(postgres::Transaction& transaction, const std::string& signalement);
// True for the account of an agent who was given the right to assign.
bool peutRepartir(postgres::Transaction& transaction, const std::string& compte);

}  // namespace histologe::routing
