#include "services/routing/proconnect.hpp"

#include <stdexcept>

#include "libs/auth/base64url.hpp"
#include "libs/auth/secrets.hpp"
#include "libs/core/digest.hpp"
#include "libs/core/error.hpp"
#include "libs/core/log.hpp"
#include "libs/http/uri.hpp"

namespace histologe::routing {
namespace {

using core::Error;
using core::ErrorKind;
using core::Json;

constexpr std::chrono::hours kGardeDescription{1};
constexpr std::chrono::minutes kEntreDeuxLectures{1};

std::string texte(const Json& objet, const char* nom) {
    const auto place = objet.find(nom);
    return place == objet.end() || !place->is_string() ? std::string() : place->get<std::string>();
}

[[noreturn]] void indisponible(const std::string& pourquoi) {
    throw Error(ErrorKind::Unavailable, "proconnect_indisponible",
                "Ce service d'identité ne répond pas. Réessayez, ou entrez avec votre mot de passe.", {}, pourquoi);
}

[[noreturn]] void refuser(const std::string& pourquoi) {
    core::log::warning("proconnect_refused", {{"reason", pourquoi}});
    throw Error(ErrorKind::Unauthenticated, "proconnect_refuse",
                "Votre identité n'a pas pu être vérifiée. Recommencez depuis la page de connexion.", {}, pourquoi);
}

Json objet(const http::Response& reponse, const char* quoi) {
    try {
        auto json = core::parseJson(reponse.body);
        if (reponse.status == 200 && json.is_object()) return json;
    } catch (const Error&) {
        // told below, without what it said
    }
    indisponible(std::string(quoi) + " answered " + std::to_string(reponse.status));
}

// `https://host:port` and the rest.
std::pair<std::string, std::string> parties(const std::string& adresse) {
    const auto hote = adresse.find("://");
    if (hote == std::string::npos) indisponible("an address of the provider is none");
    const auto chemin = adresse.find('/', hote + 3);
    if (chemin == std::string::npos) return {adresse, "/"};
    return {adresse.substr(0, chemin), adresse.substr(chemin)};
}

std::string parametre(const char* nom, const std::string& valeur) {
    return std::string(nom) + "=" + http::encodeQueryValue(valeur);
}

}  // namespace

Proconnect::Proconnect(ReglagesProconnect reglages, const core::Clock& clock)
    : reglages_(std::move(reglages)), clock_(clock) {}

http::Response Proconnect::demander(const std::string& adresse, http::ClientRequest request) {
    const auto [hote, chemin] = parties(adresse);
    http::Client* client = nullptr;
    {
        const std::lock_guard lock(mutex_);
        auto& place = clients_[hote];
        if (!place) {
            http::ClientSettings settings;
            settings.baseUrl = hote;
            settings.totalDeadline = std::chrono::seconds(6);
            settings.maxAnswerBytes = 256 * 1024;
            place = std::make_unique<http::Client>(settings, clock_);
        }
        client = place.get();
    }
    request.target = chemin;
    return client->send(request);
}

std::shared_ptr<const Proconnect::Fournisseur> Proconnect::fournisseur() {
    const auto now = clock_.now();
    {
        const std::lock_guard lock(mutex_);
        if (fournisseur_ && now < fournisseur_->luLe + kGardeDescription) return fournisseur_;
    }
    auto base = reglages_.emetteur;
    if (base.ends_with('/')) base.pop_back();
    const auto json = objet(demander(base + "/.well-known/openid-configuration", {}), "the provider's description");
    // Whoever answers in another's name is nobody.
    if (texte(json, "issuer") != reglages_.emetteur) indisponible("the provider is another issuer");
    auto lu = std::make_shared<Fournisseur>();
    lu->autorisation = texte(json, "authorization_endpoint");
    lu->jetons = texte(json, "token_endpoint");
    lu->identite = texte(json, "userinfo_endpoint");
    lu->cles = texte(json, "jwks_uri");
    lu->luLe = now;
    for (const auto* adresse : {&lu->autorisation, &lu->jetons, &lu->identite, &lu->cles}) {
        if (adresse->empty()) indisponible("the provider's description lacks an address");
    }
    const std::lock_guard lock(mutex_);
    fournisseur_ = lu;
    return lu;
}

std::shared_ptr<const auth::ForeignKeys> Proconnect::cles(const std::string& jws) {
    const auto now = clock_.now();
    {
        const std::lock_guard lock(mutex_);
        const bool frais = cles_ && now < clesLuesLe_ + kGardeDescription;
        if (frais && (cles_->knows(auth::kidOf(jws)) || now < clesLuesLe_ + kEntreDeuxLectures)) return cles_;
    }
    const auto reponse = demander(fournisseur()->cles, {});
    if (reponse.status != 200) indisponible("the provider's keys answered " + std::to_string(reponse.status));
    try {
        auto lues = std::make_shared<const auth::ForeignKeys>(auth::ForeignKeys::fromJwks(reponse.body));
        const std::lock_guard lock(mutex_);
        cles_ = lues;
        clesLuesLe_ = now;
        return lues;
    } catch (const std::runtime_error& error) {
        indisponible(error.what());
    }
}

DepartProconnect Proconnect::partir() {
    DepartProconnect depart{{}, auth::newSecret(), auth::newSecret(), auth::newSecret(), auth::newSecret()};
    const auto connu = fournisseur();
    depart.adresse = connu->autorisation + (connu->autorisation.find('?') == std::string::npos ? "?" : "&") +
                     "response_type=code&" + parametre("client_id", reglages_.client) + "&" +
                     parametre("redirect_uri", reglages_.retour) + "&" + parametre("scope", reglages_.portees) + "&" +
                     parametre("state", depart.etat) + "&" + parametre("nonce", depart.nonce) + "&" +
                     parametre("code_challenge", auth::toBase64url(core::sha256({depart.verificateur}))) + "&code_challenge_method=S256";
    return depart;
}

core::Json Proconnect::claimsIdentite(const std::string& jetonAcces) {
    http::ClientRequest request;
    request.headers.add("Authorization", "Bearer " + jetonAcces);
    const auto reponse = demander(fournisseur()->identite, request);
    if (reponse.status != 200) refuser("userinfo answered " + std::to_string(reponse.status));
    if (!reponse.headers.get("Content-Type").starts_with("application/jwt")) return objet(reponse, "userinfo");
    const auto claims = cles(reponse.body)->verify(reponse.body);
    if (!claims) refuser("userinfo signature");
    if (texte(*claims, "iss") != reglages_.emetteur) refuser("userinfo iss");
    const auto aud = claims->find("aud");
    if (aud == claims->end() || (*aud != Json(reglages_.client) && *aud != Json::array({reglages_.client}))) {
        refuser("userinfo aud");
    }
    return *claims;
}

IdentiteProconnect Proconnect::revenir(const std::string& code, const std::string& nonce,
                                       const std::string& verificateur) {
    http::ClientRequest request;
    request.method = "POST";
    request.contentType = "application/x-www-form-urlencoded";
    request.body = "grant_type=authorization_code&" + parametre("code", code) + "&" +
                   parametre("redirect_uri", reglages_.retour) + "&" + parametre("client_id", reglages_.client) + "&" +
                   parametre("client_secret", reglages_.secret) + "&" + parametre("code_verifier", verificateur);
    const auto reponse = demander(fournisseur()->jetons, request);
    if (reponse.status >= 400 && reponse.status < 500) refuser("token endpoint answered " + std::to_string(reponse.status));
    const auto jetons = objet(reponse, "the token endpoint");
    const auto idToken = texte(jetons, "id_token");
    const auto verdict = auth::verifyIdToken(idToken, *cles(idToken), {reglages_.emetteur, reglages_.client, nonce},
                                             clock_.now());
    if (!verdict.refusal.empty()) refuser("id_token " + verdict.refusal);
    const auto identite = claimsIdentite(texte(jetons, "access_token"));
    const auto sujet = texte(verdict.claims, "sub");
    if (texte(identite, "sub") != sujet) refuser("userinfo sub");
    if (identite.contains("email_verified") && identite.at("email_verified") == Json(false)) refuser("email not verified");
    return {sujet, texte(identite, "email")};
}

}  // namespace histologe::routing
