// Answers kept for a few seconds, so that a page that everybody opens costs the database little.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "libs/core/clock.hpp"

namespace histologe::statistics {

// Texts by key. At most one caller computes a key at a time; the others are served the text that is there, however old,
// or wait for the first one. Safe from any thread. Holds every key that was asked for: ask only for keys of a bounded
// set.
class Memoire {
  public:
    using Texte = std::shared_ptr<const std::string>;

    // A text is served for `duree` after it was computed; zero keeps nothing and computes each time.
    Memoire(std::chrono::milliseconds duree, const core::Clock& clock) : duree_(duree), clock_(clock) {}

    // What `calculer` throws is thrown to the caller who computed; the others then compute in turn.
    Texte get(const std::string& key, const std::function<std::string()>& calculer);

    [[nodiscard]] std::chrono::milliseconds duree() const noexcept { return duree_; }

  private:
    struct Entree {
        Texte texte;
        core::Instant perime{};
        bool enCalcul = false;
    };

    std::chrono::milliseconds duree_;
    const core::Clock& clock_;
    std::mutex mutex_;
    std::condition_variable calcule_;
    std::map<std::string, Entree> entrees_;
};

}  // namespace histologe::statistics
