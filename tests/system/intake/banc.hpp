// What the tests of intake stand on: its own PostgreSQL with its tables, the real territories, a clock that is driven,
// and the operations called as the server calls them.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/core/json.hpp"
#include "libs/domain/desordres/catalogue.hpp"
#include "libs/http/router.hpp"
#include "libs/postgres/pool.hpp"
#include "services/intake/http/brouillons.hpp"
#include "services/intake/jobs/travaux.hpp"
#include "services/intake/lieux.hpp"

namespace histologe::intake::essais {

using core::Json;

core::Instant instant(const char* rfc3339);

// A sample draft of the reference of intake (`step__validation_signalement__locataire`).
Json echantillon(const std::string& nom);
// The same dwelling, declared by a neighbour.
Json tiers();

// Runs `travail(0)` to `travail(n - 1)`, each on a thread of its own, all let go at once; throws what the first threw.
void enParallele(int n, const std::function<void(int)>& travail);

// A database of its own on a server that the whole program shares; dropped at the end. It is 7 August 2026, 12:00 UTC.
class Banc {
  public:
    explicit Banc(LimitesBrouillons limites = {1000000, 1000000});
    ~Banc();
    Banc(const Banc&) = delete;
    Banc& operator=(const Banc&) = delete;

    // The answer of an operation, its refusals included, as the server would give it.
    http::Response appelle(const std::string& operation, const Json& corps = {},
                           const std::vector<std::pair<std::string, std::string>>& chemin = {},
                           const std::string& adresse = "192.0.2.1");
    // The same with a body that must be JSON.
    Json lit(const http::Response& reponse) const { return core::parseJson(reponse.body); }

    // Begins a draft and returns its uuid; saves it, and submits it.
    std::string commence(const Json& reponses);
    http::Response enregistre(const std::string& brouillon, const Json& reponses);
    http::Response depose(const std::string& brouillon, Json reponses);
    // Begins and submits; the answer of the submission.
    Json signale(const Json& reponses);

    // First column of each row, one a line.
    [[nodiscard]] std::string lignes(const std::string& sql);
    void execute(const std::string& sql);
    // `data` or `personnel` of the events of a type, in their order.
    [[nodiscard]] std::vector<Json> evenements(const std::string& type, const std::string& partie = "donnees");

    core::DrivenClock& horloge() { return horloge_; }
    postgres::Pool& pool() { return *pool_; }
    streams::Outbox& boite() { return boite_; }
    DepotWriter& depots() { return *depots_; }
    Lieux& lieux() { return *lieux_; }
    http::Router& routeur() { return routeur_; }
    // The scheduled work, run by name.
    int travaille(const std::string& nom) { return travaux_->execute(nom); }

  private:
    std::string nom_;
    core::DrivenClock horloge_{instant("2026-08-07T12:00:00Z")};
    streams::RelayBell sonnette_;
    streams::Outbox boite_{"intake", 4, horloge_, sonnette_};
    streams::Backlog retard_;
    std::unique_ptr<postgres::Pool> pool_;
    std::unique_ptr<Lieux> lieux_;
    std::unique_ptr<DepotWriter> depots_;
    std::unique_ptr<BrouillonWriter> brouillons_;
    core::Metrics mesures_;
    std::unique_ptr<Travaux> travaux_;
    http::Router routeur_;
};

}  // namespace histologe::intake::essais
