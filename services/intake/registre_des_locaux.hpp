// The tax register of dwellings (RIAL), asked over HTTP.
#pragma once

#include <chrono>
#include <mutex>
#include <string>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/core/config.hpp"
#include "libs/http/client.hpp"
#include "services/intake/domain/rial.hpp"

namespace histologe::intake {

struct ReglagesRial {
    std::string url;  // base of `/token` and `/rial/v1/…`; empty: the register is not asked
    std::string compte;
    std::string secret;
};

// Declares and reads HISTOLOGE_INTAKE_RIAL_URL and its neighbours; throws core::ConfigError, also when the register has
// no account to be asked with.
ReglagesRial lireReglagesRial(core::Config& config);

// At most so many places of one address are looked at: a building with more of them is no single dwelling's.
inline constexpr std::size_t kLocauxMax = 12;

// One account, one token for all calls. Any thread; one search at a time.
class RegistreDesLocaux {
  public:
    // `delai` and `breaker` as for the other registers.
    RegistreDesLocaux(const ReglagesRial& reglages, std::chrono::milliseconds delai,
                      http::CircuitBreaker::Settings breaker, const core::Clock& horloge);

    // The dwelling of an address, when there is exactly one; empty otherwise. Throws core::Error (Unavailable or Timeout)
    // when the register gave no answer that can be read.
    std::string logementUnique(const AdresseFiscale& adresse);

    // How many calls one search makes at most.
    static constexpr int kAppels = static_cast<int>(kLocauxMax) + 3;

  private:
    std::string demander(const std::string& suite);
    const std::string& jeton();

    ReglagesRial reglages_;
    std::string chemin_;
    const core::Clock& horloge_;
    http::Client client_;
    std::mutex mutex_;
    std::string jeton_;
};

}  // namespace histologe::intake
