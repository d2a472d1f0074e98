#include "services/intake/reglages_acces.hpp"

#include "libs/auth/key_files.hpp"

namespace histologe::intake {

auth::SigningKey ReglagesAcces::cle() const {
    try {
        return auth::readSigningKey(fichierDeCle);
    } catch (const std::runtime_error& error) {
        throw core::ConfigError(std::string("HISTOLOGE_INTAKE_ACCESS_KEY_FILE: ") + error.what());
    }
}

ReglagesAcces lireReglagesAcces(core::Config& config) {
    ReglagesAcces reglages;
    reglages.fichierDeCle =
        config.text("HISTOLOGE_INTAKE_ACCESS_KEY_FILE",
                    "key that signs the tokens of usagers and landlords; its public part is among the "
                    "public keys, for these two roles");
    reglages.limites.parCode = static_cast<int>(config.integer("HISTOLOGE_INTAKE_ACCESS_PER_CODE",
                                                               "refused tries of one code in twenty minutes",
                                                               reglages.limites.parCode, 1, 1000));
    reglages.limites.parAdresse = static_cast<int>(config.integer("HISTOLOGE_INTAKE_ACCESS_PER_ADDRESS",
                                                                  "refused tries from one address in twenty minutes",
                                                                  reglages.limites.parAdresse, 1, 1000000));
    return reglages;
}

}  // namespace histologe::intake
