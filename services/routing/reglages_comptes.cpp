#include "services/routing/reglages_comptes.hpp"

#include "libs/core/files.hpp"
#include "services/routing/http/comptes_api.hpp"
#include "services/routing/http/connexion_proconnect.hpp"
#include "services/routing/jobs/comptes.hpp"

namespace histologe::routing {

ReglagesComptes lireReglagesComptes(core::Config& config) {
    ReglagesComptes reglages;
    reglages.cleDeSignature =
        config.text("HISTOLOGE_ROUTING_SIGNING_KEY_FILE", "key that signs access tokens, read again when it changes");
    auto& connexion = reglages.connexion;
    const auto echecs = config.integer("HISTOLOGE_ROUTING_LOGIN_FAILURES",
                                       "failed sign-ins of one account from one address in 20 minutes", 5, 1, 1000000);
    connexion.echecsParPaire = static_cast<int>(echecs);
    connexion.echecsParAdresse = static_cast<int>(config.integer(
        "HISTOLOGE_ROUTING_LOGIN_FAILURES_PER_ADDRESS", "failed sign-ins from one address in 20 minutes", 25, 1, 1000000));
    connexion.echecsParCompte = static_cast<int>(
        config.integer("HISTOLOGE_ROUTING_LOGIN_FAILURES_PER_ACCOUNT",
                       "failed sign-ins of one account from anywhere in 20 minutes", 50, 1, 1000000));
    connexion.secondFacteur.clear();
    for (const auto& nom : config.list("HISTOLOGE_ROUTING_SECOND_FACTOR",
                                       "roles that confirm their sign-in with a code by mail; empty: none", "super_admin")) {
        const auto role = auth::roleNamed(nom);
        if (!role || !auth::isAgent(*role)) {
            throw core::ConfigError("HISTOLOGE_ROUTING_SECOND_FACTOR: " + nom + " is no role of agents");
        }
        connexion.secondFacteur.push_back(*role);
    }
    reglages.anonymise = config.flag("HISTOLOGE_ROUTING_ANONYMISE_ACCOUNTS",
                                     "anonymise archived accounts that were not used for two years", true);
    auto& proconnect = reglages.proconnect;
    proconnect.emetteur = config.text("HISTOLOGE_ROUTING_PROCONNECT_ISSUER",
                                      "issuer of the OpenID Connect provider of agents; empty: only passwords", "");
    proconnect.client = config.text("HISTOLOGE_ROUTING_PROCONNECT_CLIENT_ID", "our client_id there", "");
    proconnect.secret = config.secret("HISTOLOGE_ROUTING_PROCONNECT_CLIENT_SECRET", "our client_secret there", "");
    proconnect.retour = config.text("HISTOLOGE_ROUTING_PROCONNECT_REDIRECT", "page of the front to which it returns", "");
    if (!proconnect.emetteur.empty() &&
        (proconnect.client.empty() || proconnect.secret.empty() || proconnect.retour.empty())) {
        throw core::ConfigError("HISTOLOGE_ROUTING_PROCONNECT_ISSUER is set: _CLIENT_ID, _CLIENT_SECRET and _REDIRECT must be too");
    }
    return reglages;
}

const VieDesComptes& composerComptes(service::Process& process, const ReglagesComptes& reglages) {
    const auto& settings = process.settings();
    const auto& hasher = process.keep(std::make_unique<auth::PasswordHasher>());
    const auto& regle = process.keep(std::make_unique<auth::PasswordRule>(
        core::readFile(settings.dataDir + "/mots-de-passe-courants.txt")));
    auto& signataire = process.keep(std::make_unique<Signataire>(
        reglages.cleDeSignature, auth::TokenParties{settings.authIssuer, settings.authAudience}, process.clock()));
    const auto& vie = process.keep(std::make_unique<VieDesComptes>(process.outbox(), process.clock()));
    const auto& ouverture = process.keep(std::make_unique<Ouverture>(vie, signataire, DureesDeSession{}));
    const ContexteConnexion connexion{process.pool(), vie, ouverture, hasher, regle, reglages.connexion};
    bindConnexion(process.router(), connexion);
    bindMoi(process.router(), connexion);
    bindLiensComptes(process.router(), connexion);
    auto& proconnect = process.keep(std::make_unique<Proconnect>(reglages.proconnect, process.clock()));
    bindConnexionProconnect(process.router(), connexion, proconnect);
    const ContexteComptes comptes{process.pool(), vie};
    bindComptes(process.router(), comptes);
    bindActionsComptes(process.router(), comptes);
    bindComptesApi(process.router(), connexion);
    bindPortesApi(process.router(), connexion, signataire);
    process.add(std::make_unique<service::Travaux>("routing", travauxDesComptes(process.pool(), vie, reglages.anonymise),
                                                   process.clock(), process.metrics()));
    return vie;
}

}  // namespace histologe::routing
