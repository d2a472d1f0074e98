// Signalements that agents write, step by step, until they are validated.
#include "services/intake/store/saisies.hpp"

#include <memory>

#include "libs/core/error.hpp"
#include "libs/core/ids.hpp"
#include "libs/http/etag.hpp"
#include "libs/http/problem.hpp"
#include "libs/http/uri.hpp"
#include "libs/service/acces.hpp"
#include "services/intake/depot_fiche.hpp"
#include "services/intake/domain/formulaire.hpp"
#include "services/intake/domain/saisie.hpp"
#include "services/intake/http/adresse_saisie.hpp"
#include "services/intake/http/agents.hpp"
#include "services/intake/http/meme_adresse.hpp"
#include "services/intake/store/fiches.hpp"
#include "services/intake/store/fichiers.hpp"

namespace histologe::intake {
namespace {

using core::Error;
using core::ErrorKind;
using core::Json;
using http::Request;
using http::Response;

// The same whether it does not exist or is somebody else's.
Error unknownDraft() {
    return {ErrorKind::NotFound, "brouillon_introuvable", "Nous ne trouvons pas ce brouillon."};
}

class Saisies {
  public:
    explicit Saisies(AgentsContext context) : context_(context) {}

    Response create(const Request& request) const {
        const auto& bearer = agentOf(request);
        const auto now = context_.clock.now();
        Saisie saisie;
        saisie.uuid = core::uuidV7(now);
        saisie.compte = bearer.subject;
        saisie.creeLe = saisie.modifieLe = now;
        poserAdresse(context_, bearer, request.json, saisie);
        auto session = context_.pool.acquire();
        if (!request.query.flag("forcer")) {
            if (auto same = memeAdresse(*session, bearer, saisie)) return alreadyThere(*same, request.requestId);
        }
        insertSaisie(*session, saisie);
        service::noteSignalement(saisie.uuid);
        return Response::created("/agents/brouillons/" + saisie.uuid, describe(saisie))
            .header("ETag", http::etag(saisie.version));
    }

    Response list(const Request& request) const {
        const auto& bearer = agentOf(request);
        const auto limit = request.query.integer("limite").value_or(25);
        auto session = context_.pool.acquire();
        const auto all = findSaisies(*session, bearer.subject, placeOf(request), limit);
        Json list = Json::array();
        for (const auto& one : all) list.push_back(resumeDe(one));
        auto response = Response::json(200, {{"brouillons", std::move(list)}});
        if (static_cast<long long>(all.size()) == limit) {
            const auto& last = all.back();
            response.header("Link", http::nextPage(request, core::toRfc3339(last.creeLe) + "_" + last.uuid));
        }
        return response;
    }

    Response get(const Request& request) const {
        auto session = context_.pool.acquire();
        const auto saisie = findSaisie(*session, uuidOf(request));
        requireOwn(agentOf(request), saisie);
        auto body = describe(*saisie);
        body["fichiers"] = Json::array();
        for (const auto& fichier : fichiersDuBrouillon(*session, saisie->uuid)) {
            body["fichiers"].push_back({{"id", fichier.id}, {"titre", fichier.titre}, {"typeMime", fichier.typeMime}});
        }
        return Response::json(200, body).header("ETag", http::etag(saisie->version));
    }

    Response saveStep(const Request& request) const {
        const auto& bearer = agentOf(request);
        const auto etape = request.pathParameters.get("etape");
        if (!estEtapeDeSaisie(etape)) throw Error(ErrorKind::NotFound, "etape_inconnue", "Cette étape n'existe pas.");
        auto session = context_.pool.acquire();
        postgres::Transaction transaction(*session);
        auto saisie = lockSaisie(transaction, uuidOf(request));
        requireInProgress(bearer, saisie);
        http::requireMatch(request, std::to_string(saisie->version));
        if (etape == "adresse") {
            poserAdresse(context_, bearer, request.json, *saisie);
        } else {
            auto violations =
                examinerEtapeDeSaisie(etape, request.json, saisie->etapes, context_.catalogue, contexte(*saisie));
            if (!violations.empty()) refuser(std::move(violations));
            saisie->etapes[etape] = request.json;
        }
        ++saisie->version;
        saisie->modifieLe = context_.clock.now();
        updateSaisie(transaction, *saisie);
        transaction.commit();
        auto body = describe(*saisie);
        if (etape == "adresse" && !request.query.flag("forcer")) {
            // The step is kept: nothing that was typed is lost. The agent is told what stands there already.
            if (auto same = memeAdresse(*session, bearer, *saisie)) body["doublons"] = std::move(*same);
        }
        return Response::json(200, body).header("ETag", http::etag(saisie->version));
    }

    Response archive(const Request& request) const {
        auto session = context_.pool.acquire();
        postgres::Transaction transaction(*session);
        const auto saisie = lockSaisie(transaction, uuidOf(request));
        requireInProgress(agentOf(request), saisie);
        setStatutSaisie(transaction, saisie->uuid, "ARCHIVE", context_.clock.now());
        transaction.commit();
        return Response::noContent();
    }

    Response validate(const Request& request) const {
        const auto& bearer = agentOf(request);
        requireConsents(request.json);
        const auto now = context_.clock.now();
        auto session = context_.pool.acquire();
        postgres::Transaction transaction(*session);
        const auto saisie = lockSaisie(transaction, uuidOf(request));
        requireOwn(bearer, saisie);
        if (saisie->statut == "EN_SIGNALEMENT") {
            transaction.commit();
            return acknowledge(*session, saisie->uuid);
        }
        requireInProgress(bearer, saisie);
        auto fiche = assembler(saisie->etapes, context_.catalogue, contexte(*saisie));
        acheverFiche(fiche);
        if (auto missing = bloquants(fiche, context_.catalogue); !missing.empty()) {
            throw Error(ErrorKind::InvalidInput, "brouillon_incomplet",
                        "Il manque des informations pour enregistrer ce signalement.", std::move(missing));
        }
        requireTerritory(bearer, saisie->territoire);
        deposit(transaction, *saisie, fiche, bearer, request.json, now);
        transaction.commit();
        context_.outbox.announce();
        return acknowledge(*session, saisie->uuid);
    }

    Response form(const Request& request) const {
        auto described = formulaire(request.pathParameters.get("formulaire"));
        if (!described) throw Error(ErrorKind::NotFound, "formulaire_inconnu", "Ce formulaire n'existe pas.");
        return Response::json(200, *described).header("Cache-Control", "public, max-age=3600");
    }

  private:
    static std::string uuidOf(const Request& request) {
        auto uuid = request.pathParameters.get("uuid");
        if (!core::isUuid(uuid)) throw unknownDraft();
        return uuid;
    }

    // A draft belongs to whoever began it; a super admin may open it too.
    static void requireOwn(const auth::Principal& bearer, const std::optional<Saisie>& saisie) {
        if (!saisie || (saisie->compte != bearer.subject && !bearer.isSuperAdmin())) throw unknownDraft();
    }

    static void requireInProgress(const auth::Principal& bearer, const std::optional<Saisie>& saisie) {
        requireOwn(bearer, saisie);
        if (saisie->statut == "EN_COURS") return;
        if (saisie->statut == "ARCHIVE") throw unknownDraft();
        throw Error(ErrorKind::Conflict, "brouillon_deja_valide", "Ce brouillon est déjà devenu un signalement.");
    }

    static void requireConsents(const Json& body) {
        std::vector<core::Violation> missing;
        for (const auto* consent : {"consentementTiers", "consentementDonneesSante"}) {
            if (!body.is_object() || body.value(consent, Json()) != true) {
                missing.push_back(
                    {consent, "consentement_requis", "Cochez cette case pour enregistrer le signalement."});
            }
        }
        if (!missing.empty()) refuser(std::move(missing));
    }

    ContexteDeSection contexte(const Saisie& saisie) const { return contexteDeSaisie(context_, saisie); }

    // 409 with what stands at the address already.
    static Response alreadyThere(const Json& duplicates, const std::string& requestId) {
        auto response = http::problem(409, "logement_deja_signale",
                                      "Un brouillon ou un signalement existe déjà à cette adresse.", requestId);
        auto body = Json::parse(response.body);
        body["doublons"] = duplicates;
        response.body = core::dumpJson(body);
        return response;
    }

    Json describe(const Saisie& saisie) const {
        auto body = resumeDe(saisie);
        body["etapes"] = saisie.etapes;
        Json missing = Json::array();
        for (const auto& one :
             bloquants(assembler(saisie.etapes, context_.catalogue, contexte(saisie)), context_.catalogue)) {
            missing.push_back({{"champ", one.champ}, {"code", one.code}, {"message", one.message}});
        }
        body["bloquants"] = std::move(missing);
        return body;
    }

    static std::optional<PlaceDeSaisie> placeOf(const Request& request) {
        const auto cursor = request.query.get("curseur");
        if (cursor.empty()) return std::nullopt;
        const auto cut = cursor.find('_');
        const auto instant = core::parseInstant(cursor.substr(0, cut));
        if (cut == std::string::npos || !instant || !core::isUuid(cursor.substr(cut + 1))) {
            throw Error(ErrorKind::InvalidInput, "curseur_invalide", "Cette page n'existe pas.");
        }
        return PlaceDeSaisie{*instant, cursor.substr(cut + 1)};
    }

    void deposit(postgres::Transaction& transaction, const Saisie& saisie, const Fiche& fiche,
                 const auth::Principal& bearer, const Json& choices, core::Instant now) const {
        // Those who run the territoire validate by declaring; whom they chose counts when no rule chooses.
        const bool runsIt = bearer.isSuperAdmin() || bearer.role == auth::Role::ResponsableTerritoire;
        const auto chosen = [&](const char* whom) {
            return runsIt ? choices.value(whom, Json::array()) : Json::array();
        };
        const Json written = {{"compte", saisie.compte},
                              {"role", std::string(nameOf(bearer.role))},
                              {"valide", runsIt},
                              {"partenaires", chosen("partenaires")},
                              {"responsables", chosen("responsables")}};
        deposerFiche(transaction, context_.outbox, *context_.lieux.territoires(),
                     {saisie.uuid, saisie.territoire, "FORM_PRO_BO", saisie.compte, fiche, written, {}}, now);
        setStatutSaisie(transaction, saisie.uuid, "EN_SIGNALEMENT", now);
    }

    static Response acknowledge(postgres::Connection& session, const std::string& uuid) {
        const auto fiche = findFiche(session, uuid);
        if (!fiche) throw unknownDraft();
        return Response::created("/signalements/" + uuid, {{"uuid", uuid},
                                                           {"reference", fiche->reference},
                                                           {"statut", fiche->statut},
                                                           {"territoire", fiche->dossier.territoire},
                                                           {"version", fiche->version}});
    }

    AgentsContext context_;
};

}  // namespace

void bindSaisies(http::Router& router, AgentsContext context) {
    const auto saisies = std::make_shared<const Saisies>(context);
    const auto bind = [&](const char* operation, Response (Saisies::*handler)(const Request&) const) {
        router.bind(operation, service::traced(context.pool, context.clock, [saisies, handler](const Request& request) {
                        return (*saisies.*handler)(request);
                    }));
    };
    bind("createSaisie", &Saisies::create);
    bind("listSaisies", &Saisies::list);
    bind("getSaisie", &Saisies::get);
    bind("saveEtape", &Saisies::saveStep);
    bind("archiveSaisie", &Saisies::archive);
    bind("validerSaisie", &Saisies::validate);
    router.bind("getFormulaire", [saisies](const Request& request) { return saisies->form(request); });
}

}  // namespace histologe::intake
