#include "libs/core/text.hpp"
#include "services/routing/http/connexion.hpp"

namespace histologe::routing {
namespace {

std::string enMinutes(int secondes) {
    const int minutes = (secondes + 59) / 60;
    return minutes <= 1 ? "une minute" : std::to_string(minutes) + " minutes";
}

}  // namespace

TropDEssais::TropDEssais(int secondes)
    : core::Error(core::ErrorKind::TooManyRequests, "trop_d_essais",
                  "Trop d'essais ont été faits. Réessayez dans " + enMinutes(secondes) + "."),
      secondes_(secondes) {}

std::optional<CompteLu> Verification::compteDe(const std::string& courriel) const {
    auto session = contexte_.pool.acquire();
    postgres::Transaction transaction(*session);
    return lireCompteDuCourriel(transaction, courriel);
}

std::optional<CompteLu> Verification::verifier(const std::string& courriel, const std::string& motDePasse,
                                               const std::string& adresse, bool systeme) const {
    const auto canonique = courrielCanonique(courriel);
    const auto& reglages = contexte_.reglages;
    const auto paire = "paire " + canonique + " " + adresse;
    const std::vector<Frein> dIci{{paire, reglages.echecsParPaire}, {"adresse " + adresse, reglages.echecsParAdresse}};
    const Frein deCeCompte{"compte " + canonique, reglages.echecsParCompte};
    // Counted before it is looked at, and for addresses that belong to nobody too: who guesses learns nothing. What is
    // refused to one address does not count against the account, or one address could close it to its owner.
    freiner(dIci);
    freiner({deCeCompte});
    auto compte = compteDe(canonique);
    const bool estBon = compte && compte->motDePasse ? contexte_.hasher.verify(*compte->motDePasse, motDePasse)
                                                     : contexte_.hasher.verifyNobody(motDePasse);
    if (!estBon || compte->statut != StatutCompte::Active || (compte->role == auth::Role::Api) != systeme) {
        return std::nullopt;
    }
    rendreEssai(*contexte_.pool.acquire(), {dIci[0], dIci[1], deCeCompte}, paire);
    if (contexte_.hasher.isOutdated(*compte->motDePasse)) rehacher(*compte, motDePasse);
    return compte;
}

void Verification::freiner(const std::vector<Frein>& freins) const {
    const int attente = compterEssai(*contexte_.pool.acquire(), freins, contexte_.vie.clock().now());
    if (attente > 0) throw TropDEssais(attente);
}

void Verification::rehacher(CompteLu& compte, const std::string& motDePasse) const {
    const auto nouveau = contexte_.hasher.hash(motDePasse);
    auto session = contexte_.pool.acquire();
    if (remplacerMotDePasse(*session, compte.id, *compte.motDePasse, nouveau)) compte.motDePasse = nouveau;
}

}  // namespace histologe::routing
