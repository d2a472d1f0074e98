#include "services/intake/http/acces_personnes.hpp"

#include <memory>

#include "libs/auth/principal.hpp"
#include "libs/core/error.hpp"
#include "libs/core/ids.hpp"
#include "libs/core/text.hpp"
#include "libs/http/problem.hpp"
#include "services/intake/domain/espace_usager.hpp"
#include "services/intake/domain/fiche.hpp"
#include "services/intake/domain/secrets.hpp"
#include "services/intake/store/comptes.hpp"
#include "services/intake/store/sessions.hpp"

namespace histologe::intake {
namespace {

using core::Json;
using http::Request;
using http::Response;

// Looked for when what was typed is no code, so that the same is done.
constexpr char kNobodysCode[] = "00000000-0000-0000-0000-000000000000";

core::Error refused() {
    return {
        core::ErrorKind::Unauthenticated, "acces_refuse",
        "Ces informations ne permettent pas d'accéder au dossier. Vérifiez-les, ou demandez à recevoir votre lien."};
}

Response wait(const Request& request, const Limite& limit, core::Instant now) {
    const auto seconds = std::to_string(secondesAvantLaFin(limit, now));
    auto response = http::problem(429, "trop_d_essais",
                                  "Trop d'essais. Patientez quelques minutes avant de recommencer.", request.requestId);
    response.header("Retry-After", seconds)
        .header("RateLimit-Limit", std::to_string(limit.nombre))
        .header("RateLimit-Remaining", "0")
        .header("RateLimit-Reset", seconds);
    return response;
}

// Both people are looked at each time, whatever is found. Empty when nobody is recognised.
std::optional<Personne> identify(const DossierUsager& dossier, const Json& asked) {
    const auto given = motDuCorps(asked, "initialePrenom");
    const auto family = motDuCorps(asked, "initialeNom");
    const auto matches = [&](const std::string& part) {
        const bool one = initialeConcorde(given, texteEn(dossier.contenu, "/" + part + "/prenom").value_or(""));
        const bool other = initialeConcorde(family, texteEn(dossier.contenu, "/" + part + "/nom").value_or(""));
        return one && other;
    };
    const bool isOccupant = matches("occupant");
    const bool isDeclarant = matches("declarant");
    const bool isPlaced =
        memeSecret(motDuCorps(asked, "codePostal"), texteEn(dossier.contenu, "/adresse/codePostal").value_or(""));
    const bool declaredHimself = estOccupant(dossier.situation.profil);
    const auto said = usagerDe(motDuCorps(asked, "visiteur"));
    if (!isPlaced || (!said && !declaredHimself)) return std::nullopt;
    // Who declared his own dwelling is the occupant, whatever he says he is.
    if (isOccupant && (declaredHimself || said == Personne::Occupant)) return Personne::Occupant;
    if (isDeclarant && said == Personne::Declarant) return Personne::Declarant;
    return std::nullopt;
}

class Portes {
  public:
    Portes(const EspaceContext& context, const Signataire& signer, LimitesAcces limits)
        : context_(context),
          signer_(signer),
          perCode_{limits.parCode, limits.fenetre},
          perAddress_{limits.parAdresse, limits.fenetre} {}

    Response ofUsager(const Request& request) const {
        const auto code = core::fold(motDuCorps(request.json, "code"));
        const auto key = cleDeCompte("acces_usager", code);
        auto session = context_.pool.acquire();
        if (auto refusal = tooMany(*session, request, key)) return std::move(*refusal);
        const auto found = findParCode(*session, core::isUuid(code) ? code : kNobodysCode);
        // Without a signalement the same comparisons are made with an empty one.
        const auto dossier = found.value_or(DossierUsager());
        const bool isSameCode = memeSecret(code, dossier.codeSuivi);
        const auto who = identify(dossier, request.json);
        if (!found || !isSameCode || !who || !isVisible(dossier, *who)) throw refused();
        const bool hasCgu = *who == Personne::Declarant && dossier.situation.cguAAccepter;
        auto answer = open(*session, request, key, dossier, *who, {kPorteeUsager, "fichiers:read", "fichiers:write"});
        answer["visiteur"] = motDe(*who);
        answer["cguAAccepter"] = hasCgu;
        return Response::json(200, answer).header("Cache-Control", "no-store");
    }

    Response ofBailleur(const Request& request) const {
        auto reference = core::fold(motDuCorps(request.json, "reference"));
        if (reference.starts_with("inj-")) reference.erase(0, 4);
        const auto code = codeBailleurNormalise(motDuCorps(request.json, "code"));
        const auto key = cleDeCompte("acces_bailleur", reference);
        auto session = context_.pool.acquire();
        if (auto refusal = tooMany(*session, request, key)) return std::move(*refusal);
        const bool isNumber = !reference.empty() && reference.size() <= 9 &&
                              reference.find_first_not_of("0123456789") == std::string::npos;
        const auto found = findParInjonction(*session, isNumber ? std::stoi(reference) : 0);
        const auto kept = found ? found->codeBailleur.value_or("") : std::string();
        const bool isSameCode = memeSecret(code, kept);
        if (!found || kept.empty() || !isSameCode || !isVisible(*found, Personne::Bailleur)) throw refused();
        const auto answer = open(*session, request, key, *found, Personne::Bailleur, {kPorteeBailleur});
        return Response::json(200, answer).header("Cache-Control", "no-store");
    }

    // One session, or every one of the same person on the signalement.
    Response close(const Request& request) const {
        auto session = context_.pool.acquire();
        const auto who = sessionDe(*session, auth::bearer(request));
        postgres::Transaction transaction(*session);
        if (request.query.flag("toutes")) {
            fermerSessions(transaction, who.signalement, who.personne);
        } else {
            fermerSession(transaction, who.jeton);
        }
        transaction.commit();
        return Response::noContent();
    }

    Response acceptTerms(const Request& request) const {
        return faireGeste(context_, request, [](Geste& geste) {
            geste.exiger(Action::AccepterCgu, "Ce dossier n'est plus accessible.");
            // Said again, or by somebody who never had to: it is accepted already.
            if (geste.personne == Personne::Declarant && geste.dossier.situation.cguAAccepter) {
                saveCgu(geste.transaction, geste.dossier.uuid, false);
            }
            return Response::noContent();
        });
    }

  private:
    static bool isVisible(const DossierUsager& dossier, Personne who) {
        return permet(Action::Voir, dossier.situation.statut, who, masque(Condition::CguAcceptees));
    }

    // Counted before anything is looked at, and given back when it was right.
    std::optional<Response> tooMany(postgres::Connection& session, const Request& request,
                                    const std::string& key) const {
        const auto now = context_.clock.now();
        postgres::Transaction transaction(session);
        // What is refused to an address does not count against the code, or one address could close it to its owner.
        const bool isFewFromHere = compter(transaction, addressKey(request), perAddress_, now);
        const bool isFewOfCode = !isFewFromHere || compter(transaction, key, perCode_, now);
        transaction.commit();
        if (!isFewFromHere) return wait(request, perAddress_, now);
        if (!isFewOfCode) return wait(request, perCode_, now);
        return std::nullopt;
    }

    static std::string addressKey(const Request& request) {
        return cleDeCompte("acces_adresse", request.remoteAddress);
    }

    Json open(postgres::Connection& session, const Request& request, const std::string& key,
              const DossierUsager& dossier, Personne who, std::vector<std::string> scopes) const {
        const auto now = context_.clock.now();
        auth::Claims claims;
        claims.id = core::uuidV4();
        claims.subject = dossier.uuid;
        claims.role = who == Personne::Bailleur ? auth::Role::Bailleur : auth::Role::Usager;
        claims.scopes = std::move(scopes);
        claims.signalement = dossier.uuid;
        claims.issuedAt = std::chrono::floor<std::chrono::seconds>(now);
        claims.expiresAt = claims.issuedAt + kDureeAcces;
        postgres::Transaction transaction(session);
        oublierCompte(transaction, key);
        rendreCompte(transaction, addressKey(request), perAddress_, now);
        ouvrirSession(transaction, {claims.id, dossier.uuid, who, claims.expiresAt}, now);
        transaction.commit();
        return {{"jeton", auth::signToken(claims, signer_.parties, signer_.cle)},
                {"expireLe", core::toRfc3339(claims.expiresAt)}};
    }

    EspaceContext context_;
    const Signataire& signer_;
    Limite perCode_;
    Limite perAddress_;
};

}  // namespace

void bindAcces(http::Router& router, const EspaceContext& context, const Signataire& signataire, LimitesAcces limites) {
    const auto doors = std::make_shared<const Portes>(context, signataire, limites);
    router.bind("openUsagerAccess", [doors](const Request& request) { return doors->ofUsager(request); });
    router.bind("openBailleurAccess", [doors](const Request& request) { return doors->ofBailleur(request); });
    router.bind("closeUsagerAccess", [doors](const Request& request) { return doors->close(request); });
    router.bind("closeBailleurAccess", [doors](const Request& request) { return doors->close(request); });
    router.bind("acceptUsagerCgu", [doors](const Request& request) { return doors->acceptTerms(request); });
}

}  // namespace histologe::intake
