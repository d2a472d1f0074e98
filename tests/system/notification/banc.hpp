// What the tests of notification stand on: its own PostgreSQL with its tables, and short settings.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/core/metrics.hpp"
#include "libs/postgres/connection.hpp"
#include "libs/streams/outbox.hpp"
#include "services/notification/jobs/expedition.hpp"
#include "services/notification/store/courriels.hpp"
#include "tools/environment/environment.hpp"

namespace histologe::notification::test {

// One PostgreSQL for all the tests of this program, emptied for each.
class Banc {
  public:
    Banc();

    [[nodiscard]] std::string url() const;
    [[nodiscard]] postgres::Connection connexion() const;
    // First column of the first row.
    [[nodiscard]] std::string valeur(const std::string& requete) const;
    void execute(const std::string& script) const;
    [[nodiscard]] environment::Environment& environnement() const;

    // Commits `combien` mails to different addresses, `a0@exemple.fr` and so on.
    void doit(int combien, const std::string& objet = "s1");

    // Short waits, one server: what the tests change.
    [[nodiscard]] ReglagesExpedition reglages(int portSmtp) const;

    core::SystemClock horloge;
    core::Metrics mesures;
    streams::RelayBell sonnette;
    streams::Outbox boite{"notification", 4, horloge, sonnette};
};

// True as soon as `condition` holds, false when it still does not after `limite`.
bool attend(const std::function<bool()>& condition, std::chrono::milliseconds limite = std::chrono::seconds(20));

}  // namespace histologe::notification::test
