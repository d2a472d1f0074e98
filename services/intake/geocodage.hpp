// The national registers of addresses and buildings, asked over HTTP.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "libs/core/clock.hpp"
#include "libs/core/config.hpp"
#include "libs/http/client.hpp"
#include "services/intake/domain/localisation.hpp"
#include "services/intake/registre_des_locaux.hpp"

namespace histologe::intake {

struct ReglagesGeocodage {
    std::string ban;                         // `https://data.geopf.fr/geocodage`; empty: addresses are not looked up
    std::string rnb;                         // `https://rnb-api.beta.gouv.fr/api/alpha`; empty: buildings are not
    std::chrono::milliseconds delai{2000};   // of one call, whole
    std::chrono::milliseconds pause{30000};  // during which a register that failed is left alone
    std::uint32_t echecsAvantPause = 5;      // in a row
    ReglagesRial rial = {};

    [[nodiscard]] bool actif() const { return !ban.empty(); }
    // As long as every call that one search may make.
    [[nodiscard]] std::chrono::milliseconds dureeMax() const {
        return (rial.url.empty() ? 4 : 4 + RegistreDesLocaux::kAppels) * delai;
    }
};

// Declares and reads HISTOLOGE_INTAKE_BAN_URL and its neighbours; throws core::ConfigError.
ReglagesGeocodage lireReglagesGeocodage(core::Config& config);

// Each register stands behind a circuit breaker of its own. Any thread.
class Geocodeur {
  public:
    Geocodeur(const ReglagesGeocodage& reglages, const core::Clock& horloge);

    // Asks what there is to ask: four calls at most, and those of the tax register. Throws core::Error (Unavailable or Timeout) when the BAN gave no
    // answer that can be read; another register that gave none is said in the result.
    Trouvailles chercher(const AdresseDeclaree& adresse);

    // The BAN has failed so often that it is left alone for the pause.
    [[nodiscard]] bool banMuette() const;

  private:
    struct Registre {
        Registre(const std::string& url, const ReglagesGeocodage& reglages, const core::Clock& horloge);
        http::Response demander(const std::string& suite);
        std::string chemin;
        http::Client client;
    };
    std::optional<ReponseBan> demanderBan(const std::string& question);
    void demanderBatiments(const AdresseDeclaree& adresse, bool acceptee, Trouvailles& trouvailles);
    void demanderLeLogement(Trouvailles& trouvailles);

    std::unique_ptr<Registre> ban_;
    std::unique_ptr<Registre> rnb_;  // null when there is none
    std::unique_ptr<RegistreDesLocaux> rial_;  // null when there is none
};

}  // namespace histologe::intake
