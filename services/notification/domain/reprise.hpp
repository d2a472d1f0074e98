// When a mail that could not be sent is tried again, and when we give up.
#pragma once

#include <chrono>
#include <vector>

namespace histologe::notification {

// How the sending of one mail ended.
enum class Issue {
    Acceptee,    // the server took the mail in charge
    Temporaire,  // refused for now, or nobody answered: worth another try
    Definitive,  // refused for good: this recipient or this content will never pass
};

// What to do after a try that failed.
enum class Suite { Reessayer, Abandonner };

struct Reprise {
    Suite suite{};
    std::chrono::milliseconds dans{};  // before the next try; 0 when given up
};

// Growing, jittered delays: the n-th failure waits delais[n-1] (the last one repeats), more or less `gigue` of it, so
// that mails that failed together do not come back together. After `abandonApres` since the mail was asked for, no more
// tries.
struct PolitiqueReprise {
    std::vector<std::chrono::milliseconds> delais{std::chrono::seconds(30), std::chrono::minutes(2),
                                                  std::chrono::minutes(10), std::chrono::hours(1),
                                                  std::chrono::hours(6)};
    double gigue = 0.2;  // within [0, 1)
    std::chrono::milliseconds abandonApres = std::chrono::hours(24 * 5);

    // Wait after the `essais`-th try failed (from 1). `hasard` is uniform in [0, 1): 0 gives the shortest wait, one
    // half the nominal one. Values outside are brought back inside.
    [[nodiscard]] std::chrono::milliseconds delai(int essais, double hasard) const;

    // What follows the `essais`-th try (from 1) of a mail asked for `age` ago. Definitive: given up at once.
    [[nodiscard]] Reprise apres(Issue issue, int essais, std::chrono::milliseconds age, double hasard) const;
};

}  // namespace histologe::notification
