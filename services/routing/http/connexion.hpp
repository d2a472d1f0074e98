// Signing in and out, with a password.
#pragma once

#include "libs/auth/passwords.hpp"
#include "libs/auth/principal.hpp"
#include "libs/http/router.hpp"
#include "libs/postgres/pool.hpp"
#include "services/routing/ouverture.hpp"
#include "services/routing/store/acces_comptes.hpp"

namespace histologe::routing {

struct ReglagesConnexion {
    // Failures in twenty minutes: of one account from one address, of one address, of one account from anywhere.
    int echecsParPaire = 5;
    int echecsParAdresse = 25;
    int echecsParCompte = 50;
    // Roles that confirm their sign-in with a code by mail.
    std::vector<auth::Role> secondFacteur{auth::Role::SuperAdmin};
};

// A code of a mail counts for ten minutes and five tries; an account has so many codes and tries in twenty minutes.
inline constexpr std::chrono::minutes kVieDuCode{10};
inline constexpr int kEssaisDuCode = 5;
inline constexpr int kEssaisDeCodes = 20;
inline constexpr int kEnvoisDeCodes = 10;

// All outlive the router.
struct ContexteConnexion {
    postgres::Pool& pool;
    const VieDesComptes& vie;
    const Ouverture& ouverture;
    const auth::PasswordHasher& hasher;
    const auth::PasswordRule& regle;
    ReglagesConnexion reglages;
};

// Binds `signIn`, `confirmSignIn`, `refreshSession`, `signOut`, `signOutEverywhere`.
void bindConnexion(http::Router& router, const ContexteConnexion& contexte);

// What an agent sees and changes of himself: binds `getMoi`, `changeMyPassword`, `askMyCourriel`, `confirmMyCourriel`.
void bindMoi(http::Router& router, const ContexteConnexion& contexte);

// Choosing a password by a link of a mail: binds `requestPasswordLink`, `checkPasswordLink`, `choosePassword`.
void bindLiensComptes(http::Router& router, const ContexteConnexion& contexte);

// What a password that was shown is compared with, at the same cost whoever it may be of.
class Verification {
  public:
    explicit Verification(const ContexteConnexion& contexte) : contexte_(contexte) {}

    // The account, when the address is that of an ACTIVE account of one of these roles and the password is its own. Empty
    // otherwise, after the same time. Throws core::Error (TooManyRequests, `trop_d_essais`) when it was tried too often.
    // A password hashed at another cost is hashed again.
    std::optional<CompteLu> verifier(const std::string& courriel, const std::string& motDePasse,
                                     const std::string& adresse, bool systeme) const;

    // Counts a try for each; throws core::Error (TooManyRequests, `trop_d_essais`) when one has been reached.
    void freiner(const std::vector<Frein>& freins) const;

  private:
    std::optional<CompteLu> compteDe(const std::string& courriel) const;
    void rehacher(CompteLu& compte, const std::string& motDePasse) const;

    const ContexteConnexion contexte_;
};

// Throws core::Error (InvalidInput, `mot_de_passe_refuse`) for a password that the rule does not take.
void exigerMotDePasse(const auth::PasswordRule& regle, const std::string& motDePasse, const std::string& courriel);

// The refusal of a sign-in that was tried too often: `secondes` until it may be tried again.
class TropDEssais final : public core::Error {
  public:
    explicit TropDEssais(int secondes);
    [[nodiscard]] int secondes() const { return secondes_; }

  private:
    int secondes_;
};

// The answer to a sign-in that succeeded.
http::Response sessionOuverte(const CompteLu& compte, const JetonsOuverts& jetons);

// The account as its owner and the front see it.
core::Json ficheJson(const CompteLu& compte);

}  // namespace histologe::routing
