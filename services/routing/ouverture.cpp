#include "services/routing/ouverture.hpp"

#include "libs/auth/scopes.hpp"
#include "libs/auth/secrets.hpp"
#include "libs/core/ids.hpp"

namespace histologe::routing {

auth::Claims claimsDuCompte(const CompteLu& compte, core::Instant now, core::Instant depuis, std::chrono::seconds vie) {
    auth::Claims claims;
    claims.id = core::uuidV4();
    claims.subject = compte.id;
    claims.role = compte.role;
    claims.territoires = compte.territoires();
    claims.partenaires = compte.identifiantsPartenaires();
    claims.scopes = auth::scopesOf(compte.role);
    // After a revocation within this second, the token is of the next one: every service takes a minute of advance.
    claims.issuedAt =
        std::max(core::Instant(std::chrono::floor<std::chrono::seconds>(now)), core::Instant(std::chrono::ceil<std::chrono::seconds>(depuis)));
    claims.expiresAt = claims.issuedAt + vie;
    return claims;
}

std::string Ouverture::acces(const CompteLu& compte, const std::string& session, core::Instant depuis) const {
    auto claims = claimsDuCompte(compte, vie_.clock().now(), depuis, kVieDuJeton);
    claims.session = session;
    auto jeton = signataire_.signer(claims);
    if (!jeton) {
        throw core::Error(core::ErrorKind::Conflict, "trop_de_partenaires",
                          "Ce compte travaille pour trop de partenaires. Demandez à un administrateur d'en retirer.");
    }
    return *jeton;
}

// The account is locked by now and read again: what changed while its password was looked at counts.
JetonsOuverts Ouverture::commencer(postgres::Transaction& transaction, const std::string& id, Moyen moyen, bool longue,
                                   core::Instant jetonsDepuis) const {
    const auto compte = lireCompte(transaction, id).value();
    const auto now = vie_.clock().now();
    const auto duree = longue ? durees_.longue : durees_.courte;
    NouvelleSession session{core::uuidV7(now), compte.id, moyen, now, now + duree, duree};
    JetonsOuverts jetons{acces(compte, session.id, jetonsDepuis), kVieDuJeton, auth::newSecret(), session.expireLe};
    insererSession(transaction, session);
    insererJeton(transaction, session.id, auth::fingerprint(jetons.rafraichissement), session.expireLe);
    return jetons;
}

std::optional<JetonsOuverts> Ouverture::ouvrir(postgres::Transaction& transaction, const CompteLu& compte, Moyen moyen,
                                               bool longue) const {
    const auto depuis = noterConnexion(transaction, compte.id, compte.motDePasse, vie_.clock().now());
    if (!depuis) return std::nullopt;
    return commencer(transaction, compte.id, moyen, longue, *depuis);
}

std::optional<JetonsOuverts> Ouverture::ouvrirProconnect(postgres::Transaction& transaction, const CompteLu& compte,
                                                         const std::string& identite) const {
    const auto depuis = noterConnexionProconnect(transaction, compte.id, identite, vie_.clock().now());
    if (!depuis) return std::nullopt;
    return commencer(transaction, compte.id, Moyen::ProConnect, false, *depuis);
}

std::optional<JetonsOuverts> Ouverture::rafraichir(postgres::Transaction& transaction, const std::string& jeton) const {
    const auto now = vie_.clock().now();
    const auto empreinte = auth::fingerprint(jeton);
    const auto trouve = trouverJeton(transaction, empreinte, now);
    if (!trouve) return std::nullopt;
    if (trouve->remplace) {
        vie_.fermer(transaction, trouve->compte, trouve->session, MotifFermeture::Reutilisation);
        return std::nullopt;
    }
    if (!trouve->ouverte) return std::nullopt;
    const auto compte = verrouillerCompte(transaction, trouve->compte);
    const auto depuis = jetonsDepuis(transaction, trouve->compte);
    if (!compte || !depuis) return std::nullopt;
    const auto expireLe = std::min(trouve->sessionExpireLe, now + trouve->repos);
    JetonsOuverts jetons{acces(*compte, trouve->session, *depuis), kVieDuJeton, auth::newSecret(), trouve->sessionExpireLe};
    remplacerJeton(transaction, empreinte, now);
    insererJeton(transaction, trouve->session, auth::fingerprint(jetons.rafraichissement), expireLe);
    return jetons;
}

void Ouverture::fermer(postgres::Transaction& transaction, const std::string& jeton) const {
    const auto trouve = trouverJeton(transaction, auth::fingerprint(jeton), vie_.clock().now());
    if (trouve) vie_.fermer(transaction, trouve->compte, trouve->session, MotifFermeture::Deconnexion);
}

}  // namespace histologe::routing
