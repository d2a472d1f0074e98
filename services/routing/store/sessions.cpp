#include "services/routing/store/sessions.hpp"

namespace histologe::routing {
namespace {

using postgres::Statement;

const Statement kSignIn{"sessions_sign_in",
                        "UPDATE comptes SET derniere_connexion_le = $2, archivage_prevu_le = NULL WHERE id = $1 "
                        "AND statut = 'ACTIVE' AND mot_de_passe = $3 "
                        "RETURNING greatest(jetons_depuis, 'epoch'::timestamptz)"};
const Statement kSignInElsewhere{"sessions_sign_in_elsewhere",
                                 "UPDATE comptes SET derniere_connexion_le = $2, archivage_prevu_le = NULL, "
                                 "statut = 'ACTIVE', identite_proconnect = $3 WHERE id = $1 AND desactive_le IS NULL "
                                 "AND statut <> 'ARCHIVE' AND coalesce(identite_proconnect, $3) = $3 "
                                 "RETURNING greatest(jetons_depuis, 'epoch'::timestamptz)"};
const Statement kOpen{"sessions_open",
                      "INSERT INTO sessions (id, compte, moyen, repos, ouverte_le, expire_le) "
                      "VALUES ($1, $2, $3, make_interval(secs => $4::int), $5, $6)"};
const Statement kToken{"sessions_token",
                       "INSERT INTO sessions_jetons (empreinte, session, expire_le) VALUES ($1, $2, $3)"};
const Statement kFind{"sessions_find",
                      "SELECT s.id, s.compte, j.remplace_le IS NOT NULL, "
                      "s.fermee_le IS NULL AND s.expire_le > $2 AND j.expire_le > $2, "
                      "extract(epoch FROM s.repos)::bigint, s.expire_le "
                      "FROM sessions_jetons j JOIN sessions s ON s.id = j.session WHERE j.empreinte = $1 FOR UPDATE"};
const Statement kReplace{"sessions_replace", "UPDATE sessions_jetons SET remplace_le = $2 WHERE empreinte = $1"};
const Statement kClose{"sessions_close",
                       "UPDATE sessions SET fermee_le = $3, motif = $2 WHERE id = $1 AND fermee_le IS NULL RETURNING id"};
const Statement kCloseAll{"sessions_close_all",
                          "UPDATE sessions SET fermee_le = $3, motif = $2 WHERE compte = $1 AND fermee_le IS NULL "
                          "AND ($4::uuid IS NULL OR id <> $4)"};
const Statement kSince{"sessions_since",
                       "UPDATE comptes SET jetons_depuis = greatest(date_trunc('second', $2::timestamptz), jetons_depuis) "
                       "+ interval '1 second' WHERE id = $1 RETURNING jetons_depuis"};
const Statement kReadSince{"sessions_read_since",
                           "SELECT greatest(jetons_depuis, 'epoch'::timestamptz) FROM comptes "
                           "WHERE id = $1 AND statut = 'ACTIVE'"};
const Statement kSweep{"sessions_sweep",
                       "WITH a AS (DELETE FROM sessions WHERE id IN (SELECT id FROM sessions "
                       "WHERE expire_le < $1::timestamptz - interval '1 day' ORDER BY expire_le LIMIT $2) RETURNING 1), "
                       "b AS (DELETE FROM comptes_liens WHERE empreinte IN (SELECT empreinte FROM comptes_liens "
                       "WHERE expire_le < $1::timestamptz - interval '30 days' LIMIT $2) RETURNING 1), "
                       "c AS (DELETE FROM comptes_codes WHERE empreinte IN (SELECT empreinte FROM comptes_codes "
                       "WHERE expire_le < $1 LIMIT $2) RETURNING 1), "
                       "d AS (DELETE FROM connexions_echecs WHERE cle IN (SELECT cle FROM connexions_echecs "
                       "WHERE debut < $1::timestamptz - interval '1 hour' LIMIT $2) RETURNING 1), "
                       "e AS (DELETE FROM connexions_proconnect WHERE empreinte IN (SELECT empreinte "
                       "FROM connexions_proconnect WHERE expire_le < $1 LIMIT $2) RETURNING 1) "
                       "SELECT (SELECT count(*) FROM a) + (SELECT count(*) FROM b) + (SELECT count(*) FROM c) + "
                       "(SELECT count(*) FROM d) + (SELECT count(*) FROM e)"};

const char* nom(Moyen moyen) {
    return moyen == Moyen::MotDePasse ? "MOT_DE_PASSE" : moyen == Moyen::Code ? "CODE" : "PROCONNECT";
}

const char* nom(MotifFermeture motif) {
    return motif == MotifFermeture::Deconnexion     ? "DECONNEXION"
           : motif == MotifFermeture::Reutilisation ? "REUTILISATION"
                                                    : "REVOCATION";
}

std::optional<core::Instant> premier(const postgres::Result& lignes) {
    if (lignes.empty()) return std::nullopt;
    return lignes[0].instant(0);
}

}  // namespace

std::optional<core::Instant> noterConnexion(postgres::Transaction& transaction, const std::string& compte,
                                            const std::optional<std::string>& motDePasse, core::Instant now) {
    return premier(transaction.query(kSignIn, {compte, now, motDePasse}));
}

std::optional<core::Instant> noterConnexionProconnect(postgres::Transaction& transaction, const std::string& compte,
                                                      const std::string& identite, core::Instant now) {
    return premier(transaction.query(kSignInElsewhere, {compte, now, identite}));
}

void insererSession(postgres::Transaction& transaction, const NouvelleSession& session) {
    transaction.send(kOpen, {session.id, session.compte, nom(session.moyen), static_cast<long>(session.repos.count()),
                             session.ouverteLe, session.expireLe});
}

void insererJeton(postgres::Transaction& transaction, const std::string& session, const std::string& empreinte,
                  core::Instant expireLe) {
    transaction.send(kToken, {empreinte, session, expireLe});
}

std::optional<JetonTrouve> trouverJeton(postgres::Transaction& transaction, const std::string& empreinte,
                                        core::Instant now) {
    const auto lignes = transaction.query(kFind, {empreinte, now});
    if (lignes.empty()) return std::nullopt;
    const auto ligne = lignes[0];
    return JetonTrouve{ligne.text(0),  ligne.text(1),
                       ligne.flag(2),  ligne.flag(3),
                       std::chrono::seconds(ligne.integer(4)), ligne.instant(5)};
}

void remplacerJeton(postgres::Transaction& transaction, const std::string& empreinte, core::Instant now) {
    transaction.send(kReplace, {empreinte, now});
}

bool fermerSession(postgres::Transaction& transaction, const std::string& session, MotifFermeture motif,
                   core::Instant now) {
    return !transaction.query(kClose, {session, nom(motif), now}).empty();
}

void fermerSessions(postgres::Transaction& transaction, const std::string& compte, MotifFermeture motif,
                    core::Instant now, const std::optional<std::string>& sauf) {
    transaction.send(kCloseAll, {compte, nom(motif), now, sauf});
}

core::Instant reporterJetonsDepuis(postgres::Transaction& transaction, const std::string& compte, core::Instant now) {
    return premier(transaction.query(kSince, {compte, now})).value_or(now);
}

std::optional<core::Instant> jetonsDepuis(postgres::Transaction& transaction, const std::string& compte) {
    return premier(transaction.query(kReadSince, {compte}));
}

int menageSessions(postgres::Transaction& transaction, core::Instant now, int combien) {
    return static_cast<int>(transaction.query(kSweep, {now, combien})[0].integer(0));
}

}  // namespace histologe::routing
