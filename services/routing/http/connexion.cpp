#include "services/routing/http/connexion.hpp"

#include <algorithm>
#include <memory>

#include "libs/auth/secrets.hpp"
#include "libs/core/ids.hpp"
#include "libs/http/problem.hpp"

namespace histologe::routing {
namespace {

using core::Json;
using http::Request;
using http::Response;

[[noreturn]] void refuser() {
    throw core::Error(core::ErrorKind::Unauthenticated, "identifiants_invalides",
                      "L'adresse ou le mot de passe ne sont pas les bons, ou ce compte n'est pas ouvert.");
}

[[noreturn]] void refuserSession() {
    throw core::Error(core::ErrorKind::Unauthenticated, "session_terminee",
                      "Votre session est terminée. Identifiez-vous à nouveau.");
}

const std::string& texte(const Request& request, const char* nom) {
    return request.json.at(nom).get_ref<const std::string&>();
}

Json jetonsJson(const JetonsOuverts& jetons) {
    return {{"jetonAcces", jetons.acces},
            {"typeJeton", "Bearer"},
            {"expireDans", jetons.vie.count()},
            {"jetonRafraichissement", jetons.rafraichissement},
            {"sessionExpireLe", core::toRfc3339(jetons.sessionExpireLe)}};
}

// Tells who has tried too often when he may try again.
auto freinee(std::function<Response(const Request&)> operation) {
    return [operation = std::move(operation)](const Request& request) {
        try {
            return operation(request);
        } catch (const TropDEssais& trop) {
            return http::problem(trop, request.requestId).header("Retry-After", std::to_string(trop.secondes()));
        }
    };
}

class Connexion {
  public:
    explicit Connexion(const ContexteConnexion& contexte) : contexte_(contexte), verification_(contexte) {}

    Response entrer(const Request& request) const {
        const auto compte = verification_.verifier(texte(request, "courriel"), texte(request, "motDePasse"),
                                                   request.remoteAddress, false);
        if (!compte) refuser();
        const bool longue = request.json.value("resterConnecte", false);
        const auto& roles = contexte_.reglages.secondFacteur;
        if (std::find(roles.begin(), roles.end(), compte->role) != roles.end()) return demanderCode(*compte, longue);
        return ouvrir(*compte, Moyen::MotDePasse, longue);
    }

    Response confirmer(const Request& request) const {
        const auto& demande = texte(request, "demande");
        const auto essai = essayer(demande, texte(request, "code"));
        if (!essai || !essai->juste) {
            throw core::Error(core::ErrorKind::Unauthenticated, essai ? "code_faux" : "code_perime",
                              essai ? "Ce code n'est pas le bon. Vérifiez le courriel que nous vous avons envoyé."
                                    : "Ce code ne compte plus. Identifiez-vous à nouveau pour en recevoir un autre.");
        }
        auto session = contexte_.pool.acquire();
        postgres::Transaction transaction(*session);
        const auto compte = lireCompte(transaction, essai->compte);
        if (!compte) refuserSession();
        auto jetons = contexte_.ouverture.ouvrir(transaction, *compte, Moyen::Code, essai->longue);
        if (!jetons) refuserSession();
        transaction.commit();
        return sessionOuverte(*compte, *jetons);
    }

    Response rafraichir(const Request& request) const {
        auto session = contexte_.pool.acquire();
        postgres::Transaction transaction(*session);
        auto jetons = contexte_.ouverture.rafraichir(transaction, texte(request, "jetonRafraichissement"));
        transaction.commit();
        contexte_.vie.annoncer();
        if (!jetons) refuserSession();
        return Response::json(200, jetonsJson(*jetons));
    }

    Response sortir(const Request& request) const {
        auto session = contexte_.pool.acquire();
        postgres::Transaction transaction(*session);
        contexte_.ouverture.fermer(transaction, texte(request, "jetonRafraichissement"));
        transaction.commit();
        contexte_.vie.annoncer();
        return Response::noContent();
    }

    Response sortirPartout(const Request& request) const {
        const auto& compte = auth::bearer(request).subject;
        if (!core::isUuid(compte)) refuserSession();
        auto session = contexte_.pool.acquire();
        postgres::Transaction transaction(*session);
        contexte_.vie.revoquer(transaction, compte);
        transaction.commit();
        contexte_.vie.annoncer();
        return Response::noContent();
    }

  private:
    // The try counts whatever follows; those of all the codes of an account count together.
    std::optional<CodeEssaye> essayer(const std::string& demande, const std::string& code) const {
        std::optional<CodeEssaye> essai;
        {
            auto session = contexte_.pool.acquire();
            postgres::Transaction transaction(*session);
            essai = essayerCode(transaction, auth::fingerprint(demande), auth::fingerprint(demande + code), kEssaisDuCode,
                                contexte_.vie.clock().now());
            transaction.commit();
        }
        if (!essai) return std::nullopt;
        const Frein codes{"codes " + essai->compte, kEssaisDeCodes};
        verification_.freiner({codes});
        if (essai->juste) rendreEssai(*contexte_.pool.acquire(), {codes}, codes.cle);
        return essai;
    }

    Response demanderCode(const CompteLu& compte, bool longue) const {
        verification_.freiner({{"envois " + compte.id, kEnvoisDeCodes}});
        const auto demande = auth::newSecret();
        const auto code = auth::newCode(6);
        auto session = contexte_.pool.acquire();
        postgres::Transaction transaction(*session);
        insererCode(transaction, {auth::fingerprint(demande), compte.id, auth::fingerprint(demande + code), longue,
                                  contexte_.vie.clock().now() + kVieDuCode});
        contexte_.vie.ecrire(transaction, compte, courriels::kCode, Json::object(), {{"code", code}});
        transaction.commit();
        contexte_.vie.annoncer();
        const auto secondes = std::chrono::duration_cast<std::chrono::seconds>(kVieDuCode).count();
        return Response::json(200, {{"etape", "code"}, {"demande", demande}, {"expireDans", secondes}});
    }

    Response ouvrir(const CompteLu& compte, Moyen moyen, bool longue) const {
        auto session = contexte_.pool.acquire();
        postgres::Transaction transaction(*session);
        const auto jetons = contexte_.ouverture.ouvrir(transaction, compte, moyen, longue);
        if (!jetons) refuser();
        transaction.commit();
        return sessionOuverte(compte, *jetons);
    }

    const ContexteConnexion contexte_;
    const Verification verification_;
};

}  // namespace

Response sessionOuverte(const CompteLu& compte, const JetonsOuverts& jetons) {
    auto json = jetonsJson(jetons);
    json["etape"] = "ouverte";
    json["compte"] = ficheJson(compte);
    return Response::json(200, json);
}

Json ficheJson(const CompteLu& compte) {
    auto partenaires = Json::array();
    for (const auto& un : compte.partenaires) {
        partenaires.push_back({{"id", un.id},
                               {"nom", un.nom},
                               {"type", un.type},
                               {"territoire", un.territoire ? Json(*un.territoire) : Json(nullptr)}});
    }
    const auto instant = [](const std::optional<core::Instant>& le) {
        return le ? Json(core::toRfc3339(*le)) : Json(nullptr);
    };
    return {{"id", compte.id},
            {"courriel", compte.courriel},
            {"prenom", compte.prenom},
            {"nom", compte.nom},
            {"fonction", compte.fonction},
            {"telephone", compte.telephone},
            {"role", std::string(auth::nameOf(compte.role))},
            {"statut", std::string(nomDe(compte.statut))},
            {"permissionAffectation", compte.permissionAffectation},
            {"partenaires", partenaires},
            {"territoires", compte.territoires()},
            {"derniereConnexionLe", instant(compte.derniereConnexionLe)},
            {"archivagePrevuLe", instant(compte.archivagePrevuLe)},
            {"creeLe", core::toRfc3339(compte.creeLe)}};
}

void bindConnexion(http::Router& router, const ContexteConnexion& contexte) {
    const auto connexion = std::make_shared<const Connexion>(contexte);
    router.bindAside("signIn", freinee([connexion](const Request& request) { return connexion->entrer(request); }));
    router.bind("confirmSignIn", freinee([connexion](const Request& request) { return connexion->confirmer(request); }));
    router.bind("refreshSession", [connexion](const Request& request) { return connexion->rafraichir(request); });
    router.bind("signOut", [connexion](const Request& request) { return connexion->sortir(request); });
    router.bind("signOutEverywhere", [connexion](const Request& request) { return connexion->sortirPartout(request); });
}

}  // namespace histologe::routing
