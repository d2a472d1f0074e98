#include "services/routing/comptes.hpp"

#include "libs/auth/secrets.hpp"
#include "libs/core/ids.hpp"

namespace histologe::routing {
namespace {

// Nobody's clock is further ahead of ours; tokens of operators live for a day.
constexpr std::chrono::minutes kMarge{2};
constexpr std::chrono::hours kVieLaPlusLongue{24};

}  // namespace

std::string sujetDuCompte(const std::string& compte) {
    return "compte:" + compte;
}

std::string VieDesComptes::creer(postgres::Transaction& transaction, const FicheCompte& fiche,
                                 const std::vector<std::string>& partenaires, bool prevenir) const {
    const auto now = clock_.now();
    const auto id = core::uuidV7(now);
    insererCompte(transaction, id, fiche, now);
    for (const auto& partenaire : partenaires) ajouterPartenaire(transaction, id, partenaire);
    if (prevenir) envoyerLien(transaction, *lireCompte(transaction, id), courriels::kActivation);
    return id;
}

void VieDesComptes::ecrire(postgres::Transaction& transaction, const CompteLu& compte, const char* motif,
                           core::Json details, core::Json secrets) const {
    details["motif"] = motif;
    const auto territoires = compte.territoires();
    if (territoires.size() == 1 && !details.contains("territoire")) {
        if (auto nom = nomDuTerritoire(transaction, territoires[0])) details["territoire"] = *nom;
    }
    secrets["courriel"] = compte.courriel;
    secrets["prenom"] = compte.prenom;
    outbox_.add(transaction, outbox_.make("compte.courriel_demande", sujetDuCompte(compte.id), std::move(details),
                                          std::move(secrets)));
}

std::string VieDesComptes::envoyerLien(postgres::Transaction& transaction, const CompteLu& compte,
                                       const char* motif) const {
    const auto now = clock_.now();
    const auto secret = auth::newSecret();
    const auto usage = compte.statut == StatutCompte::Active ? UsageLien::Reinitialisation : UsageLien::Activation;
    perimerLiens(transaction, compte.id, now);
    insererLien(transaction, auth::fingerprint(secret), compte.id, usage, now + kVieDuLien);
    ecrire(transaction, compte, motif, core::Json::object(), {{"lien", secret}});
    return secret;
}

void VieDesComptes::changerDroits(postgres::Transaction& transaction, const std::string& compte) const {
    const auto now = clock_.now();
    const auto avant = reporterJetonsDepuis(transaction, compte, now);
    outbox_.add(transaction, outbox_.make("compte.revoque", sujetDuCompte(compte),
                                          {{"compte", compte},
                                           {"avant", core::toRfc3339(avant)},
                                           {"expireLe", core::toRfc3339(now + kVieLaPlusLongue + kMarge)}}));
}

void VieDesComptes::revoquer(postgres::Transaction& transaction, const std::string& compte,
                             const std::optional<std::string>& sauf) const {
    fermerSessions(transaction, compte, MotifFermeture::Revocation, clock_.now(), sauf);
    oublierCodes(transaction, compte);
    changerDroits(transaction, compte);
}

void VieDesComptes::fermer(postgres::Transaction& transaction, const std::string& compte, const std::string& session,
                           MotifFermeture motif) const {
    const auto now = clock_.now();
    if (!fermerSession(transaction, session, motif, now)) return;
    // A session gives no token after its end: all of its tokens are meant, those of a clock that is ahead too.
    outbox_.add(transaction, outbox_.make("session.revoquee", sujetDuCompte(compte),
                                          {{"session", session},
                                           {"compte", compte},
                                           {"avant", core::toRfc3339(now + kMarge)},
                                           {"expireLe", core::toRfc3339(now + kVieDuJeton + kMarge)}}));
}

void VieDesComptes::archiver(postgres::Transaction& transaction, const CompteLu& compte, bool prevenir) const {
    const auto now = clock_.now();
    archiverCompte(transaction, compte.id, now);
    perimerLiens(transaction, compte.id, now);
    revoquer(transaction, compte.id);
    if (prevenir) ecrire(transaction, compte, courriels::kSuppression);
}

}  // namespace histologe::routing
