// Sessions: opened by a sign-in, continued by refresh tokens that follow each other.
#pragma once

#include <optional>
#include <string>

#include "services/routing/comptes.hpp"
#include "services/routing/signataire.hpp"

namespace histologe::routing {

// How long a session lasts at most, and how long it may lie unused.
struct DureesDeSession {
    std::chrono::seconds courte{std::chrono::hours(12)};   // signed in for the day
    std::chrono::seconds longue{std::chrono::hours(720)};  // « rester connecté »: 30 days
};

struct JetonsOuverts {
    std::string acces;
    std::chrono::seconds vie{};
    std::string rafraichissement;
    core::Instant sessionExpireLe{};
};

class Ouverture {
  public:
    // All outlive it.
    Ouverture(const VieDesComptes& vie, Signataire& signataire, DureesDeSession durees)
        : vie_(vie), signataire_(signataire), durees_(durees) {}

    // A new session; empty when the account does not let in any more (closed, or its password changed meanwhile).
    std::optional<JetonsOuverts> ouvrir(postgres::Transaction& transaction, const CompteLu& compte, Moyen moyen,
                                        bool longue) const;
    // The same at the identity provider's word.
    std::optional<JetonsOuverts> ouvrirProconnect(postgres::Transaction& transaction, const CompteLu& compte,
                                                  const std::string& identite) const;

    // Takes a refresh token and gives the next one, with an access token for what the account may do now. Empty when it
    // does not count. One that was used before ends its session: commit in any case.
    std::optional<JetonsOuverts> rafraichir(postgres::Transaction& transaction, const std::string& jeton) const;

    // Ends the session of a refresh token; nothing when there is none.
    void fermer(postgres::Transaction& transaction, const std::string& jeton) const;

  private:
    JetonsOuverts commencer(postgres::Transaction& transaction, const std::string& compte, Moyen moyen, bool longue,
                            core::Instant jetonsDepuis) const;
    std::string acces(const CompteLu& compte, const std::string& session, core::Instant depuis) const;

    const VieDesComptes& vie_;
    Signataire& signataire_;
    const DureesDeSession durees_;
};

// What a token of this account says, from now on; `depuis` is the instant since which its tokens count.
auth::Claims claimsDuCompte(const CompteLu& compte, core::Instant now, core::Instant depuis,
                            std::chrono::seconds vie);

}  // namespace histologe::routing
