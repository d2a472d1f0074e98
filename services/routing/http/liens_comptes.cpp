#include <memory>

#include "libs/auth/secrets.hpp"
#include "services/routing/http/connexion.hpp"

namespace histologe::routing {
namespace {

using core::Json;
using http::Request;
using http::Response;

// Mails of this kind that one address may ask for in twenty minutes (reference of the partner API, 7.3).
constexpr int kDemandesParCourriel = 10;

constexpr char kNeutre[] =
    "Si un compte est ouvert à cette adresse, un courriel vient d'y être envoyé. Le lien qu'il contient vaut un jour.";

[[noreturn]] void refuserLien(const std::optional<LienTrouve>& lien) {
    if (!lien) {
        throw core::Error(core::ErrorKind::NotFound, "lien_inconnu", "Ce lien n'existe pas. Vérifiez l'adresse reçue.");
    }
    throw core::Error(core::ErrorKind::Gone, lien->utilise ? "lien_utilise" : "lien_perime",
                      lien->utilise ? "Ce lien a déjà servi. Vous pouvez en demander un autre."
                                    : "Ce lien ne vaut plus. Vous pouvez en demander un autre.");
}

class Liens {
  public:
    explicit Liens(const ContexteConnexion& contexte) : contexte_(contexte) {}

    Response demander(const Request& request) const {
        const auto courriel = courrielCanonique(request.json.at("courriel").get_ref<const std::string&>());
        auto session = contexte_.pool.acquire();
        const bool permis =
            compterEssai(*session, {{"lien " + courriel, kDemandesParCourriel}}, contexte_.vie.clock().now()) == 0;
        postgres::Transaction transaction(*session);
        const auto compte = lireCompteDuCourriel(transaction, courriel);
        // What an administrator closed is not opened again by asking; systems get their secret from him.
        if (permis && compte && !compte->desactive && auth::isAgent(compte->role)) {
            const bool actif = compte->statut == StatutCompte::Active;
            contexte_.vie.envoyerLien(transaction, *compte,
                                      actif ? courriels::kMotDePassePerdu : courriels::kActivationDemandee);
            transaction.commit();
            contexte_.vie.annoncer();
        }
        return Response::json(202, {{"message", kNeutre}});
    }

    Response lire(const Request& request) const {
        auto session = contexte_.pool.acquire();
        postgres::Transaction transaction(*session);
        const auto lien = trouver(transaction, request);
        return Response::json(
            200, {{"usage", lien.usage == UsageLien::Activation ? "activation" : "reinitialisation"}});
    }

    Response choisir(const Request& request) const {
        const auto& motDePasse = request.json.at("motDePasse").get_ref<const std::string&>();
        {
            // Looked at first: a password that does not do leaves the link as it is, and costs nothing.
            auto session = contexte_.pool.acquire();
            postgres::Transaction transaction(*session);
            const auto compte = lireCompte(transaction, trouver(transaction, request).compte);
            exigerMotDePasse(contexte_.regle, motDePasse, compte ? compte->courriel : "");
        }
        const auto hash = contexte_.hasher.hash(motDePasse);
        const auto now = contexte_.vie.clock().now();
        auto session = contexte_.pool.acquire();
        postgres::Transaction transaction(*session);
        const auto lien = trouver(transaction, request);
        const auto compte = verrouillerCompte(transaction, lien.compte);
        if (!compte || compte->statut == StatutCompte::Archive || compte->desactive) refuserLien(LienTrouve{});
        utiliserLien(transaction, auth::fingerprint(request.pathParameters.get("lien")), now);
        perimerLiens(transaction, compte->id, now);
        activerCompte(transaction, compte->id, hash);
        // Whoever had the old password, or a session by it, is out.
        contexte_.vie.revoquer(transaction, compte->id);
        transaction.commit();
        contexte_.vie.annoncer();
        return Response::noContent();
    }

  private:
    LienTrouve trouver(postgres::Transaction& transaction, const Request& request) const {
        const auto lien = trouverLien(transaction, auth::fingerprint(request.pathParameters.get("lien")),
                                      contexte_.vie.clock().now());
        if (!lien || lien->utilise || lien->perime) refuserLien(lien);
        return *lien;
    }

    const ContexteConnexion contexte_;
};

}  // namespace

void bindLiensComptes(http::Router& router, const ContexteConnexion& contexte) {
    const auto liens = std::make_shared<const Liens>(contexte);
    router.bind("requestPasswordLink", [liens](const Request& request) { return liens->demander(request); });
    router.bind("checkPasswordLink", [liens](const Request& request) { return liens->lire(request); });
    router.bindAside("choosePassword", [liens](const Request& request) { return liens->choisir(request); });
}

}  // namespace histologe::routing
