// Sign-in by an OpenID Connect provider (the profile of ProConnect): authorization code, PKCE, state and nonce.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "libs/auth/foreign_keys.hpp"
#include "libs/core/clock.hpp"
#include "libs/http/client.hpp"

namespace histologe::routing {

struct ReglagesProconnect {
    std::string emetteur;  // issuer, as its documents write it; empty: this way in is closed
    std::string client;
    std::string secret;
    std::string retour;    // page of the front to which the provider returns
    std::string portees = "openid given_name usual_name email";
};

// A sign-in that begins: what the front is given, and what is kept.
struct DepartProconnect {
    std::string adresse;       // where the front sends its reader
    std::string etat;          // comes back with the code
    std::string navigateur;    // stays with the front: whoever returns must hold it
    std::string nonce;
    std::string verificateur;  // of PKCE
};

// Who the provider says it is.
struct IdentiteProconnect {
    std::string sujet;
    std::string courriel;
};

// The provider, asked over HTTP. Its description and its keys are kept for an hour; a token with a key that is not known has
// them read again, once a minute at most. Any thread; never within a transaction.
class Proconnect {
  public:
    // The clock outlives it.
    Proconnect(ReglagesProconnect reglages, const core::Clock& clock);

    [[nodiscard]] bool estOuvert() const { return !reglages_.emetteur.empty(); }

    // Throws core::Error (Unavailable) when the provider cannot be reached or says nothing that can be used.
    DepartProconnect partir();

    // Exchanges the code and reads who it is. Throws core::Error: Unauthenticated (`proconnect_refuse`) when the code does
    // not count or a token breaks a rule (`iss`, `aud`, `exp`, `nonce`, signature; the same `sub` everywhere), Unavailable.
    IdentiteProconnect revenir(const std::string& code, const std::string& nonce, const std::string& verificateur);

  private:
    struct Fournisseur {
        std::string autorisation;
        std::string jetons;
        std::string identite;
        std::string cles;
        core::Instant luLe{};
    };
    std::shared_ptr<const Fournisseur> fournisseur();
    std::shared_ptr<const auth::ForeignKeys> cles(const std::string& jws);
    http::Response demander(const std::string& adresse, http::ClientRequest request);
    core::Json claimsIdentite(const std::string& jetonAcces);

    const ReglagesProconnect reglages_;
    const core::Clock& clock_;
    std::mutex mutex_;
    std::shared_ptr<const Fournisseur> fournisseur_;
    std::shared_ptr<const auth::ForeignKeys> cles_;
    core::Instant clesLuesLe_{};
    std::map<std::string, std::unique_ptr<http::Client>> clients_;
};

}  // namespace histologe::routing
