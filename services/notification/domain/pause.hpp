// How we treat a mail server that is in trouble: we leave it alone for a while, longer each time, and come back with
// one mail, not with all of them.
#pragma once

#include <chrono>

#include "libs/core/clock.hpp"

namespace histologe::notification {

struct ReglagesPause {
    std::chrono::milliseconds premiere{1000};
    std::chrono::milliseconds plusLongue{60000};
    double gigue = 0.2;
    // Failures in a row, whatever the mail, from which the trouble is the server's beyond doubt.
    int panneApres = 3;
};

// Not thread-safe.
class PauseServeur {
  public:
    explicit PauseServeur(ReglagesPause reglages) : reglages_(reglages) {}

    // A try failed because of the server. Pauses double from the first to the longest, jittered by `hasard` in [0, 1).
    // Failures of tries that had begun before the pause (several connections fail together) do not lengthen it.
    void echec(core::Instant now, double hasard);

    // A try reached its answer. True when this ends a breakdown: mails that waited for the server may go at once.
    bool succes();

    [[nodiscard]] bool enPause(core::Instant now) const { return now < jusquA_; }
    [[nodiscard]] core::Instant jusquA() const { return jusquA_; }
    // The last try failed: only one mail should be risked.
    [[nodiscard]] bool doute() const { return echecs_ > 0; }

  private:
    ReglagesPause reglages_;
    int echecs_ = 0;
    int pauses_ = 0;
    core::Instant jusquA_{};
};

}  // namespace histologe::notification
