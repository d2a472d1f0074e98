// What an agent sees and changes of himself.
#include <memory>

#include "libs/auth/secrets.hpp"
#include "libs/core/ids.hpp"
#include "libs/http/problem.hpp"
#include "services/routing/http/comptes.hpp"
#include "services/routing/http/connexion.hpp"

namespace histologe::routing {
namespace {

using core::Json;
using http::Request;
using http::Response;

// Codes for another address that one account may ask for in twenty minutes.
constexpr int kDemandesDeCourriel = 5;

class Moi {
  public:
    explicit Moi(const ContexteConnexion& contexte) : contexte_(contexte), verification_(contexte) {}

    Response lire(const Request& request) const { return Response::json(200, ficheJson(monCompte(request))); }

    Response changerMotDePasse(const Request& request) const {
        const auto compte = monCompte(request);
        const auto& nouveau = request.json.at("nouveau").get_ref<const std::string&>();
        if (auto refus = exigerLeMien(compte, request, "actuel")) return std::move(*refus);
        exigerMotDePasse(contexte_.regle, nouveau, compte.courriel);
        const auto hash = contexte_.hasher.hash(nouveau);
        const auto& garde = auth::bearer(request).session;
        auto session = contexte_.pool.acquire();
        postgres::Transaction transaction(*session);
        const auto toujours = verrouillerCompte(transaction, compte.id);
        if (!toujours || toujours->motDePasse != compte.motDePasse) {
            throw core::Error(core::ErrorKind::Conflict, "compte_modifie", "Votre compte vient de changer. Réessayez.");
        }
        activerCompte(transaction, compte.id, hash);
        contexte_.vie.revoquer(transaction, compte.id, core::isUuid(garde) ? std::optional(garde) : std::nullopt);
        transaction.commit();
        contexte_.vie.annoncer();
        return Response::noContent();
    }

    // A code goes to the new address: who reads it there may have it. Whether somebody has it already is said then.
    Response demanderCourriel(const Request& request) const {
        auto compte = monCompte(request);
        if (auto refus = exigerLeMien(compte, request, "motDePasse")) return std::move(*refus);
        const auto courriel = courrielCanonique(request.json.at("courriel").get_ref<const std::string&>());
        if (!estCourriel(courriel)) {
            throw core::Error(core::ErrorKind::InvalidInput, "courriel_invalide", "Cette adresse n'est pas une adresse de courriel.",
                              {{"courriel", "courriel_invalide", "Écrivez une adresse de courriel."}});
        }
        const auto demande = auth::newSecret();
        const auto code = auth::newCode(6);
        const auto now = contexte_.vie.clock().now();
        auto session = contexte_.pool.acquire();
        if (compterEssai(*session, {{"courriel de " + compte.id, kDemandesDeCourriel}}, now) != 0) {
            throw core::Error(core::ErrorKind::TooManyRequests, "trop_d_essais", "Vous avez demandé trop de codes. Réessayez plus tard.");
        }
        postgres::Transaction transaction(*session);
        insererCode(transaction, {auth::fingerprint(demande), compte.id, empreinteDe(demande, code, courriel), false, now + kVieDuCode});
        compte.courriel = courriel;
        contexte_.vie.ecrire(transaction, compte, courriels::kCode, Json::object(), {{"code", code}});
        transaction.commit();
        contexte_.vie.annoncer();
        return Response::json(202, {{"demande", demande},
                                    {"expireDans", std::chrono::duration_cast<std::chrono::seconds>(kVieDuCode).count()}});
    }

    Response confirmerCourriel(const Request& request) const {
        const auto compte = monCompte(request);
        const auto membre = [&](const char* nom) -> const std::string& { return request.json.at(nom).get_ref<const std::string&>(); };
        const auto courriel = courrielCanonique(membre("courriel"));
        const auto& garde = auth::bearer(request).session;
        auto session = contexte_.pool.acquire();
        postgres::Transaction transaction(*session);
        const auto essai = essayerCode(transaction, auth::fingerprint(membre("demande")),
                                       empreinteDe(membre("demande"), membre("code"), courriel), kEssaisDuCode,
                                       contexte_.vie.clock().now());
        // Of somebody else's request nothing is told.
        const bool sienne = essai && essai->compte == compte.id;
        if (!sienne || !essai->juste) {
            transaction.commit();  // the try counts
            throw core::Error(core::ErrorKind::InvalidInput, sienne ? "code_faux" : "code_perime",
                              sienne ? "Ce code n'est pas le bon. Vérifiez le courriel que nous vous avons envoyé."
                                     : "Ce code ne compte plus. Demandez-en un autre.");
        }
        const auto mien = verrouillerCompte(transaction, compte.id);
        if (!mien || mien->statut != StatutCompte::Active) {
            throw core::Error(core::ErrorKind::Conflict, "compte_modifie", "Votre compte vient de changer. Réessayez.");
        }
        verifierCourriel(transaction, courriel);
        ecrireFiche(transaction, mien->id, {courriel, mien->role, mien->prenom, mien->nom, mien->fonction, mien->telephone, mien->permissionAffectation});
        // Links that were sent to the address of before open nothing any more.
        perimerLiens(transaction, mien->id, contexte_.vie.clock().now());
        contexte_.vie.revoquer(transaction, mien->id, core::isUuid(garde) ? std::optional(garde) : std::nullopt);
        transaction.commit();
        contexte_.vie.annoncer();
        return Response::noContent();
    }

  private:
    // A code for one address is none for another, and none that opens a session.
    static std::string empreinteDe(const std::string& demande, const std::string& code, const std::string& courriel) {
        return auth::fingerprint("courriel " + demande + code + courriel);
    }

    // The password in this member must be the account's: the answer when it was tried too often. Throws core::Error
    // (InvalidInput, `mot_de_passe_faux`).
    std::optional<Response> exigerLeMien(const CompteLu& compte, const Request& request, const char* membre) const {
        try {
            if (verification_.verifier(compte.courriel, request.json.at(membre).get_ref<const std::string&>(), request.remoteAddress, false)) {
                return std::nullopt;
            }
        } catch (const TropDEssais& trop) {
            return http::problem(trop, request.requestId).header("Retry-After", std::to_string(trop.secondes()));
        }
        throw core::Error(core::ErrorKind::InvalidInput, "mot_de_passe_faux", "Le mot de passe actuel n'est pas le bon.",
                          {{membre, "mot_de_passe_faux", "Ce mot de passe n'est pas le bon."}});
    }

    CompteLu monCompte(const Request& request) const {
        const auto& sujet = auth::bearer(request).subject;
        auto session = contexte_.pool.acquire();
        postgres::Transaction transaction(*session);
        auto compte = core::isUuid(sujet) ? lireCompte(transaction, sujet) : std::nullopt;
        if (!compte || compte->statut != StatutCompte::Active) {
            throw core::Error(core::ErrorKind::NotFound, "compte_inconnu",
                              "Votre compte n'est plus ouvert. Identifiez-vous à nouveau.");
        }
        return *compte;
    }

    const ContexteConnexion contexte_;
    const Verification verification_;
};

}  // namespace

void exigerMotDePasse(const auth::PasswordRule& regle, const std::string& motDePasse, const std::string& courriel) {
    auto violations = regle.check(motDePasse, courriel);
    if (violations.empty()) return;
    throw core::Error(core::ErrorKind::InvalidInput, "mot_de_passe_refuse", "Ce mot de passe ne convient pas.",
                      std::move(violations));
}

void bindMoi(http::Router& router, const ContexteConnexion& contexte) {
    const auto moi = std::make_shared<const Moi>(contexte);
    router.bind("getMoi", [moi](const Request& request) { return moi->lire(request); });
    router.bindAside("changeMyPassword", [moi](const Request& request) { return moi->changerMotDePasse(request); });
    router.bindAside("askMyCourriel", [moi](const Request& request) { return moi->demanderCourriel(request); });
    router.bind("confirmMyCourriel", [moi](const Request& request) { return moi->confirmerCourriel(request); });
}

}  // namespace histologe::routing
