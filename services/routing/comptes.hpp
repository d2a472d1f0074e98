// What happens to accounts, with the events that tell of it: every change in the transaction that is given.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "libs/streams/outbox.hpp"
#include "services/routing/store/acces_comptes.hpp"
#include "services/routing/store/comptes.hpp"
#include "services/routing/store/sessions.hpp"

namespace histologe::routing {

// A link of a mail opens for one day (reference of routing, 1.5).
inline constexpr std::chrono::hours kVieDuLien{24};
// An access token of an agent lives so long.
inline constexpr std::chrono::minutes kVieDuJeton{10};

// Mails about accounts, by their names in the reference of notifications, 2.
namespace courriels {
inline constexpr const char* kActivation = "ACCOUNT_ACTIVATION_FROM_BO";
inline constexpr const char* kActivationDemandee = "ACCOUNT_ACTIVATION_FROM_FO";
inline constexpr const char* kRappelActivation = "ACCOUNT_ACTIVATION_REMINDER";
inline constexpr const char* kMotDePassePerdu = "LOST_PASSWORD";
inline constexpr const char* kSuppression = "ACCOUNT_DELETE";
inline constexpr const char* kRetrait = "ACCOUNT_REMOVE_FROM_TERRITORY";
inline constexpr const char* kTransfert = "ACCOUNT_TRANSFER";
inline constexpr const char* kReactivation = "ACCOUNT_REACTIVATION";
inline constexpr const char* kNouveauPartenaire = "ACCOUNT_NEW_TERRITORY";
inline constexpr const char* kBientotArchive = "ACCOUNT_USER_SOON_ARCHIVED";
inline constexpr const char* kComptesBientotArchives = "ACCOUNTS_SOON_ARCHIVED";
inline constexpr const char* kCode = "AUTH_CODE";
}  // namespace courriels

class VieDesComptes {
  public:
    // Both outlive it.
    VieDesComptes(const streams::Outbox& outbox, const core::Clock& clock) : outbox_(outbox), clock_(clock) {}

    // A new account, INACTIVE, working for these partners; with the mail that lets its owner choose a password, unless it
    // is not wanted. Returns its id. Throws core::Error (Conflict, `courriel_pris`).
    std::string creer(postgres::Transaction& transaction, const FicheCompte& fiche,
                      const std::vector<std::string>& partenaires, bool prevenir) const;

    // Asks for a mail to the owner. `details` are members of the event's `data`, `secrets` of its `personnel`.
    void ecrire(postgres::Transaction& transaction, const CompteLu& compte, const char* motif,
                core::Json details = core::Json::object(), core::Json secrets = core::Json::object()) const;

    // Makes a link and asks for the mail that carries it: to choose a first password, or another one.
    std::string envoyerLien(postgres::Transaction& transaction, const CompteLu& compte, const char* motif) const;

    // His rights changed: the access tokens that he holds no longer count, his sessions go on and give new ones.
    void changerDroits(postgres::Transaction& transaction, const std::string& compte) const;
    // His sessions end too, but one when it is given (then its access tokens are to be renewed).
    void revoquer(postgres::Transaction& transaction, const std::string& compte,
                  const std::optional<std::string>& sauf = {}) const;
    // One session ends.
    void fermer(postgres::Transaction& transaction, const std::string& compte, const std::string& session,
                MotifFermeture motif) const;

    // Archives: his sessions end, his address is free, he is told.
    void archiver(postgres::Transaction& transaction, const CompteLu& compte, bool prevenir) const;

    [[nodiscard]] const core::Clock& clock() const { return clock_; }
    // After the commit: the events leave at once.
    void annoncer() const { outbox_.announce(); }
    [[nodiscard]] const streams::Outbox& outbox() const { return outbox_; }

  private:
    const streams::Outbox& outbox_;
    const core::Clock& clock_;
};

// The subject of an account's events.
std::string sujetDuCompte(const std::string& compte);

}  // namespace histologe::routing
