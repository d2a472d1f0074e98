// The tables of sessions and of what surrounds a sign-in: refresh tokens, links of mails, codes, failures.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/postgres/connection.hpp"

namespace histologe::routing {

// How somebody signed in.
enum class Moyen { MotDePasse, Code, ProConnect };

struct NouvelleSession {
    std::string id;
    std::string compte;
    Moyen moyen = Moyen::MotDePasse;
    core::Instant ouverteLe{};
    core::Instant expireLe{};     // whatever happens
    std::chrono::seconds repos{}; // how long a refresh token may lie unused
};

// Marks the sign-in on the account and returns the instant since which its access tokens count: only while it is ACTIVE and
// its password is still the one that was compared (none for a sign-in without password). Empty otherwise.
std::optional<core::Instant> noterConnexion(postgres::Transaction& transaction, const std::string& compte,
                                            const std::optional<std::string>& motDePasse, core::Instant now);
// The same at the identity provider's word: an INACTIVE account that nobody closed becomes ACTIVE.
std::optional<core::Instant> noterConnexionProconnect(postgres::Transaction& transaction, const std::string& compte,
                                                      const std::string& identite, core::Instant now);

// Queued.
void insererSession(postgres::Transaction& transaction, const NouvelleSession& session);
void insererJeton(postgres::Transaction& transaction, const std::string& session, const std::string& empreinte,
                  core::Instant expireLe);

// A refresh token as it is found, with its session; both locked until the transaction ends.
struct JetonTrouve {
    std::string session;
    std::string compte;
    bool remplace = false;  // used before: whoever shows it again has stolen it, or was stolen from
    bool ouverte = false;   // the session counts still, and the token too
    std::chrono::seconds repos{};
    core::Instant sessionExpireLe{};
};
std::optional<JetonTrouve> trouverJeton(postgres::Transaction& transaction, const std::string& empreinte,
                                        core::Instant now);
void remplacerJeton(postgres::Transaction& transaction, const std::string& empreinte, core::Instant now);

// Why a session ends.
enum class MotifFermeture { Deconnexion, Reutilisation, Revocation };
// False when it was closed already.
bool fermerSession(postgres::Transaction& transaction, const std::string& session, MotifFermeture motif,
                   core::Instant now);
// Closes every session of the account, but one when it is given. Queued.
void fermerSessions(postgres::Transaction& transaction, const std::string& compte, MotifFermeture motif,
                    core::Instant now, const std::optional<std::string>& sauf = {});

// Access tokens that the account was given until now no longer count: returns the instant before which they were issued.
// Tokens bear whole seconds, and after such a change they bear one that is still to come: it grows by one at least.
core::Instant reporterJetonsDepuis(postgres::Transaction& transaction, const std::string& compte, core::Instant now);
// The instant since which they count, of an ACTIVE account.
std::optional<core::Instant> jetonsDepuis(postgres::Transaction& transaction, const std::string& compte);

// Deletes what has expired, at most `combien` of each; returns how many.
int menageSessions(postgres::Transaction& transaction, core::Instant now, int combien);

}  // namespace histologe::routing
