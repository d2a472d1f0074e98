#include <algorithm>
#include <memory>

#include "libs/auth/base64url.hpp"
#include "libs/auth/scopes.hpp"
#include "libs/auth/secrets.hpp"
#include "libs/core/ids.hpp"
#include "libs/core/text.hpp"
#include "libs/http/uri.hpp"
#include "libs/service/revocations.hpp"
#include "services/routing/http/comptes_api.hpp"
#include "services/routing/store/comptes_api.hpp"

namespace histologe::routing {
namespace {

using core::Json;
using http::Request;
using http::Response;

std::string texte(const Json& json, const char* nom) {
    if (!json.is_object()) return {};
    const auto place = json.find(nom);
    return place == json.end() || !place->is_string() ? std::string() : place->get<std::string>();
}

// The refusals of today's platform (reference of the partner API, 1.3), but one for whoever guesses.
Response refusApi(const std::string& error, const std::string& message) {
    return Response::json(401, {{"error", error}, {"message", message}, {"status", 401}});
}

// RFC 6749, 5.2.
Response refusOauth(int statut, const char* error, const char* description) {
    auto response = Response::json(statut, {{"error", error}, {"error_description", description}});
    if (statut == 401) response.header("WWW-Authenticate", "Basic realm=\"histologe\", charset=\"UTF-8\"");
    return response;
}

struct Identifiants {
    std::string client;
    std::string secret;
    bool valide = true;
};

std::optional<std::string> fromBase64(std::string text) {
    while (!text.empty() && text.back() == '=') text.pop_back();
    std::replace(text.begin(), text.end(), '+', '-');
    std::replace(text.begin(), text.end(), '/', '_');
    return auth::fromBase64url(text);
}

// From `Authorization: Basic` (each part form-encoded, RFC 6749, 2.3.1) or from the body, not from both.
Identifiants identifiants(const Request& request) {
    constexpr std::string_view kBasic = "Basic ";
    Identifiants lus{texte(request.json, "client_id"), texte(request.json, "client_secret")};
    const auto entete = request.headers.get("Authorization");
    if (entete.size() <= kBasic.size() || !http::equalsIgnoringCase(entete.substr(0, kBasic.size()), kBasic)) return lus;
    if (!lus.secret.empty()) return {{}, {}, false};
    const auto clair = fromBase64(std::string(core::trim(entete.substr(kBasic.size()))));
    const auto deuxPoints = clair ? clair->find(':') : std::string::npos;
    if (deuxPoints == std::string::npos) return {{}, {}, false};
    const auto client = http::percentDecode(std::string_view(*clair).substr(0, deuxPoints), true);
    const auto secret = http::percentDecode(std::string_view(*clair).substr(deuxPoints + 1), true);
    if (!client || !secret || !core::isUtf8(*client) || !core::isUtf8(*secret)) return {{}, {}, false};
    return {*client, *secret};
}

class Portes {
  public:
    Portes(const ContexteConnexion& contexte, Signataire& signataire)
        : contexte_(contexte), verification_(contexte), signataire_(signataire) {}

    Response entrer(const Request& request) const {
        const auto courriel = texte(request.json, "email");
        const auto motDePasse = texte(request.json, "password");
        const bool sontDonnes = request.json.is_object() && request.json.contains("email") &&
                                request.json.at("email").is_string() && request.json.contains("password") &&
                                request.json.at("password").is_string();
        if (sontDonnes && (courriel.empty() || motDePasse.empty())) {
            return refusApi("Une exception d'authentification s'est produite.", "E-mail ou mot de passe manquant.");
        }
        if (!sontDonnes) return refusApi("Identifiants invalides.", "Les identifiants sont invalides.");
        try {
            const auto compte = verification_.verifier(courriel, motDePasse, request.remoteAddress, true);
            if (!compte) return refusApi("Identifiants invalides.", "Les identifiants sont invalides.");
            auto session = contexte_.pool.acquire();
            postgres::Transaction transaction(*session);
            const auto claims = claimsDe(transaction, *compte);
            if (!claims) return refusApi("Identifiants invalides.", "Les identifiants sont invalides.");
            const auto jeton = opaque(transaction, *claims);
            transaction.commit();
            contexte_.vie.annoncer();
            return Response::json(200, {{"token", jeton}, {"expires_at", core::toRfc3339(claims->expiresAt)}});
        } catch (const TropDEssais& trop) {
            const int minutes = std::max(1, (trop.secondes() + 59) / 60);
            return refusApi("Vous avez fait trop de tentatives de connexion, merci de ré-essayer dans " +
                                std::to_string(minutes) + (minutes == 1 ? " minute." : " minutes."),
                            "")
                .header("Retry-After", std::to_string(trop.secondes()));
        }
    }

    // The system and the partners in whose name it acts, in the words of today's platform.
    Response moi(const Request& request) const {
        const auto& qui = auth::bearer(request);
        auto session = contexte_.pool.acquire();
        postgres::Transaction transaction(*session);
        const auto compte = qui.role == auth::Role::Api && core::isUuid(qui.subject) ? lireCompte(transaction, qui.subject) : std::nullopt;
        if (!compte || compte->role != auth::Role::Api) {
            throw core::Error(core::ErrorKind::Forbidden, "reserve_aux_systemes", "Cette page est réservée aux systèmes.");
        }
        auto partenaires = Json::array();
        for (const auto& un : partenairesApi(transaction, compte->id)) {
            partenaires.push_back({{"uuid", un.id},
                                   {"codeDepartement", un.territoire ? Json(*un.territoire) : Json(nullptr)},
                                   {"nom", un.nom},
                                   {"type", un.type}});
        }
        return Response::json(200, {{"email", compte->courriel}, {"partenairesAutorises", partenaires}}).header("Cache-Control", "no-store");
    }

    Response donner(const Request& request) const {
        const auto genre = texte(request.json, "grant_type");
        if (genre.empty()) return refusOauth(400, "invalid_request", "grant_type est obligatoire.");
        if (genre != "client_credentials") return refusOauth(400, "unsupported_grant_type", "Seul client_credentials est connu.");
        const auto client = identifiants(request);
        if (!client.valide) return refusOauth(400, "invalid_request", "Les identifiants du client sont mal écrits.");
        try {
            const auto compte =
                verification_.verifier(courrielDuClient(client.client), client.secret, request.remoteAddress, true);
            if (!compte) return refusOauth(401, "invalid_client", "Le client est inconnu ou son secret n'est pas le bon.");
            return emettre(*compte, texte(request.json, "scope"));
        } catch (const TropDEssais& trop) {
            return refusOauth(429, "invalid_client", "Trop d'essais. Réessayez plus tard.")
                .header("Retry-After", std::to_string(trop.secondes()));
        }
    }

  private:
    // The client may be named by its id or by its address.
    std::string courrielDuClient(const std::string& client) const {
        if (!core::isUuid(client)) return client;
        auto session = contexte_.pool.acquire();
        postgres::Transaction transaction(*session);
        const auto compte = lireCompte(transaction, client);
        return compte && compte->statut != StatutCompte::Archive ? compte->courriel : client;
    }

    Response emettre(const CompteLu& compte, const std::string& portees) const {
        auto session = contexte_.pool.acquire();
        postgres::Transaction transaction(*session);
        auto claims = claimsDe(transaction, compte);
        if (!claims) return refusOauth(401, "invalid_client", "Le client est inconnu ou son secret n'est pas le bon.");
        if (!portees.empty()) {
            std::vector<std::string> voulues;
            for (auto& une : core::split(portees, ' ')) {
                if (une.empty()) continue;
                if (std::find(claims->scopes.begin(), claims->scopes.end(), une) == claims->scopes.end()) {
                    return refusOauth(400, "invalid_scope", "Une de ces portées n'est pas ouverte aux systèmes.");
                }
                voulues.push_back(std::move(une));
            }
            claims->scopes = std::move(voulues);
        }
        auto jeton = signataire_.signer(*claims);
        if (!jeton) jeton = opaque(transaction, *claims);
        transaction.commit();
        contexte_.vie.annoncer();
        std::string toutes;
        for (const auto& une : claims->scopes) toutes += (toutes.empty() ? "" : " ") + une;
        const auto secondes = std::chrono::duration_cast<std::chrono::seconds>(kVieDuJetonApi).count();
        return Response::json(
            200, {{"access_token", *jeton}, {"token_type", "Bearer"}, {"expires_in", secondes}, {"scope", toutes}});
    }

    // What the system may do now; empty when the account is closed, or its secret was changed meanwhile.
    std::optional<auth::Claims> claimsDe(postgres::Transaction& transaction, const CompteLu& compte) const {
        const auto now = contexte_.vie.clock().now();
        const auto depuis = noterConnexion(transaction, compte.id, compte.motDePasse, now);
        if (!depuis) return std::nullopt;
        auto agissant = compte;
        agissant.partenaires = partenairesApi(transaction, compte.id);
        return claimsDuCompte(agissant, now, *depuis, kVieDuJetonApi);
    }

    std::string opaque(postgres::Transaction& transaction, const auth::Claims& claims) const {
        auto jeton = auth::newSecret();
        const auto empreinte = auth::fingerprint(jeton);
        const auto contenu = signataire_.charge(claims);
        service::saveOpaqueToken(transaction, empreinte, contenu, claims.expiresAt);
        const auto& outbox = contexte_.vie.outbox();
        outbox.add(transaction, outbox.make("jeton.emis", sujetDuCompte(claims.subject),
                                            {{"empreinte", empreinte},
                                             {"contenu", contenu},
                                             {"expireLe", core::toRfc3339(claims.expiresAt)}}));
        return jeton;
    }

    const ContexteConnexion contexte_;
    const Verification verification_;
    Signataire& signataire_;
};

}  // namespace

void bindPortesApi(http::Router& router, const ContexteConnexion& contexte, Signataire& signataire) {
    const auto portes = std::make_shared<const Portes>(contexte, signataire);
    router.bindAside("loginApi", [portes](const Request& request) { return portes->entrer(request); });
    router.bind("getApiMoi", [portes](const Request& request) { return portes->moi(request); });
    router.bindAside("issueToken", [portes](const Request& request) { return portes->donner(request); });
}

}  // namespace histologe::routing
