// Values kept for a few seconds, so that a page that everybody opens costs the database little.
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

// Values by key. At most one caller computes a key at a time; the others are served the value that is there, even when
// its time is over, or wait for the first one. Safe from any thread. Holds every key that was asked for: ask only for
// keys of a bounded set.
template <typename Value>
class Memoire {
  public:
    using Shared = std::shared_ptr<const Value>;

    // A value is served for `duree` after it was computed; zero keeps nothing and computes each time.
    Memoire(std::chrono::milliseconds duree, const core::Clock& clock) : duree_(duree), clock_(clock) {}

    // What `calculer` throws is thrown to the caller who computed; the others then compute in turn.
    Shared get(const std::string& key, const std::function<Value()>& calculer) {
        if (duree_.count() == 0) return std::make_shared<const Value>(calculer());
        std::unique_lock lock(mutex_);
        auto& entree = entrees_[key];  // a map's references hold while others are added
        while (true) {
            if (entree.valeur && (clock_.now() < entree.perime || entree.enCalcul)) return entree.valeur;
            if (!entree.enCalcul) break;
            calcule_.wait(lock);
        }
        entree.enCalcul = true;
        lock.unlock();
        Shared valeur;
        try {
            valeur = std::make_shared<const Value>(calculer());
        } catch (...) {
            lock.lock();
            entree.enCalcul = false;
            calcule_.notify_all();
            throw;
        }
        lock.lock();
        entree = {valeur, clock_.now() + duree_, false};
        calcule_.notify_all();
        return valeur;
    }

  private:
    struct Entree {
        Shared valeur;
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
