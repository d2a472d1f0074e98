#include "services/intake/store/sessions.hpp"

#include "libs/core/error.hpp"
#include "libs/core/ids.hpp"
#include "libs/http/hooks.hpp"

namespace histologe::intake {
namespace {

using postgres::Statement;

const Statement kOpen{
    "sessions_open",
    "INSERT INTO sessions_personnes (jeton, signalement, personne, expire_le) VALUES ($1, $2, $3, $4)"};
const Statement kSeen{
    "connexions_seen",
    "INSERT INTO connexions (signalement, personne, premiere_le, derniere_le) VALUES ($1, $2, $3, $3) "
    "ON CONFLICT (signalement, personne) DO UPDATE SET derniere_le = "
    "greatest(connexions.derniere_le, EXCLUDED.derniere_le)"};
const Statement kFind{"sessions_find",
                      "SELECT signalement, personne, expire_le FROM sessions_personnes WHERE jeton = $1"};
const Statement kClose{"sessions_close", "DELETE FROM sessions_personnes WHERE jeton = $1"};
const Statement kCloseAll{"sessions_close_all",
                          "DELETE FROM sessions_personnes WHERE signalement = $1 AND personne = $2"};
const Statement kForget{"sessions_forget",
                        "DELETE FROM sessions_personnes WHERE jeton IN (SELECT jeton FROM sessions_personnes "
                        "WHERE expire_le <= $1 ORDER BY expire_le LIMIT $2 FOR UPDATE SKIP LOCKED)"};

core::Error closed() {
    return {core::ErrorKind::Unauthenticated, http::kTokenRefused,
            "Votre accès n'est plus valable. Identifiez-vous à nouveau."};
}

}  // namespace

void ouvrirSession(postgres::Transaction& transaction, const SessionPersonne& session, core::Instant now) {
    transaction.send(kOpen, {session.jeton, session.signalement, motDe(session.personne), session.expireLe});
    transaction.send(kSeen, {session.signalement, motDe(session.personne), now});
}

SessionPersonne sessionDe(postgres::Connection& connection, const auth::Principal& porteur) {
    if (!auth::isBoundToOneSignalement(porteur.role)) {
        throw core::Error(core::ErrorKind::Forbidden, http::kScopeMissing, "Ce jeton ne donne pas accès à cet espace.");
    }
    if (!core::isUuid(porteur.tokenId)) throw closed();
    const auto rows = connection.run(kFind, {porteur.tokenId});
    if (rows.empty() || rows[0].view(0) != porteur.signalement) throw closed();
    SessionPersonne session{porteur.tokenId, porteur.signalement, Personne::Bailleur, rows[0].instant(2)};
    if (const auto usager = usagerDe(rows[0].view(1))) session.personne = *usager;
    // The role is the token's, the person is ours: they never differ in a token that we gave.
    const bool isBailleur = session.personne == Personne::Bailleur;
    if (isBailleur != (porteur.role == auth::Role::Bailleur)) throw closed();
    return session;
}

void fermerSession(postgres::Transaction& transaction, const std::string& jeton) {
    transaction.send(kClose, {jeton});
}

void fermerSessions(postgres::Transaction& transaction, const std::string& signalement, Personne personne) {
    transaction.send(kCloseAll, {signalement, motDe(personne)});
}

int effacerSessions(postgres::Connection& connection, core::Instant now, int most) {
    return static_cast<int>(connection.run(kForget, {now - std::chrono::hours(1), most}).affected());
}

}  // namespace histologe::intake
