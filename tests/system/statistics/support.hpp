// A read model in a database of its own, and the events that feed it.
#pragma once

#include <memory>
#include <random>
#include <string>
#include <vector>

#include "libs/domain/desordres/catalogue.hpp"
#include "libs/http/message.hpp"
#include "libs/postgres/pool.hpp"
#include "libs/streams/consumer.hpp"
#include "services/statistics/http/statistiques_publiques.hpp"

namespace histologe::statistics::essai {

// 2026-08-07 12:00 UTC, the present of the golden data.
core::Instant present();

const desordres::Catalogue& catalogue();

// The number-th signalement of a test.
std::string uuid(int number);

// A migrated, empty database on the PostgreSQL that the whole test program shares; dropped at the end.
class Base {
  public:
    Base();
    ~Base();
    Base(const Base&) = delete;
    Base& operator=(const Base&) = delete;

    [[nodiscard]] postgres::Connection& connection() { return *connection_; }
    [[nodiscard]] std::unique_ptr<postgres::Connection> connect() const;
    [[nodiscard]] postgres::Pool& pool() { return *pool_; }
    [[nodiscard]] core::DrivenClock& clock() { return clock_; }

    // Applies events as the consumer does: one transaction, types in the order of the subscriptions. Events that it had
    // are applied again: the read model itself must bear it.
    void apply(const std::vector<streams::Event>& events);
    void apply(postgres::Connection& session, const std::vector<streams::Event>& events) const;

    // The answer of the operation, for the query `territoire=<value>` or none.
    http::Response get(const std::optional<std::string>& territoire = {});
    nlohmann::ordered_json chiffres(const std::optional<std::string>& territoire = {});

    // The one column of text that a statement answers, each row ended by a line feed.
    std::string lignes(const std::string& sql);
    // The differences between the counters and the dossiers: empty when all is well.
    std::string ecarts() { return lignes("SELECT ecarts::text FROM ecarts"); }

  private:
    std::string name_;
    std::unique_ptr<postgres::Connection> connection_;
    std::unique_ptr<postgres::Pool> pool_;
    core::DrivenClock clock_{present()};
    streams::Subscriptions subscriptions_;
    std::unique_ptr<StatistiquesPubliques> publiques_;
};

// Events as the services say them; the time is the present unless said.
streams::Event depose(const std::string& signalement, core::Json data, core::Instant time = present());
// An edit of the dwelling's address, or of something else; and what the registers answered.
streams::Event corrige(const std::string& signalement, const std::string& codeInsee, const std::string& commune,
                       bool isElsewhere, core::Instant time = present());
streams::Event localise(const std::string& signalement, const std::string& codeInsee, const std::string& commune,
                        core::Instant time = present());
streams::Event cree(const std::string& signalement, const std::string& statut, core::Instant time = present());
streams::Event modifie(const std::string& signalement, const std::string& statut, core::Instant time = present(),
                       const std::string& motif = "");
streams::Event evalue(const std::string& signalement, const std::vector<std::string>& precisions,
                      core::Instant time = present());
streams::Event territoire(const std::string& code, const std::string& nom, bool actif = true,
                          const std::string& fuseau = "Europe/Paris", core::Instant time = present());

}  // namespace histologe::statistics::essai
