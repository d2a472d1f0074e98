// The form of the rescue services, and its doors.
#include "services/intake/domain/secours.hpp"

#include <memory>

#include "libs/core/error.hpp"
#include "libs/core/ids.hpp"
#include "libs/core/text.hpp"
#include "libs/service/acces.hpp"
#include "services/intake/depot_fiche.hpp"
#include "services/intake/domain/courriel.hpp"
#include "services/intake/domain/lieu.hpp"
#include "services/intake/domain/telephone.hpp"
#include "services/intake/http/agents.hpp"
#include "services/intake/store/recapitulatifs.hpp"
#include "services/intake/store/secours.hpp"

namespace histologe::intake {
namespace {

using core::Error;
using core::ErrorKind;
using core::Json;
using http::Request;
using http::Response;

Error unknownDoor() {
    return {ErrorKind::NotFound, "service_inconnu",
            "Cette adresse n'est plus valable. Demandez la nouvelle à votre référent."};
}

// A text of a step that may be of any type, trimmed; empty for what is no text.
std::string textOf(const Json& step, const char* name) {
    if (!step.is_object()) return {};
    const auto place = step.find(name);
    return place != step.end() && place->is_string() ? std::string(core::trim(place->get_ref<const std::string&>()))
                                                     : std::string();
}

class Secours {
  public:
    Secours(AgentsContext context, files::ObjectStore& store) : context_(context), store_(store) {}

    Response create(const Request& request) const {
        const auto& bearer = superAdmin(request);
        ServiceSecours service;
        service.nom = textOf(request.json, "nom");
        service.courriel = textOf(request.json, "courriel");
        service.telephone = textOf(request.json, "telephone");
        service.territoire = textOf(request.json, "territoire");
        check(service);
        service.uuid = core::uuidV4();
        service.slug = slugDe(service.nom);
        auto session = context_.pool.acquire();
        if (!insertServiceSecours(*session, service, bearer.subject, context_.clock.now())) {
            throw Error(ErrorKind::Conflict, "service_deja_connu", "Un service porte déjà ce nom.");
        }
        return Response::created(path(service), describe(service));
    }

    Response list(const Request& request) const {
        superAdmin(request);
        auto session = context_.pool.acquire();
        const auto all = allServicesSecours(*session);
        Json list = Json::array();
        for (const auto& service : all) list.push_back(describe(service));
        return Response::json(200, {{"services", std::move(list)}});
    }

    Response close(const Request& request) const {
        superAdmin(request);
        const auto uuid = request.pathParameters.get("uuid");
        auto session = context_.pool.acquire();
        if (!core::isUuid(uuid) || !closeServiceSecours(*session, uuid)) throw unknownDoor();
        return Response::noContent();
    }

    Response door(const Request& request) const {
        const auto service = serviceOf(request);
        return Response::json(200, {{"nom", service.nom}, {"territoire", service.territoire}});
    }

    Response checkStep(const Request& request) const {
        const auto service = serviceOf(request);
        const auto etape = request.pathParameters.get("etape");
        if (!estEtapeDesSecours(etape)) throw Error(ErrorKind::NotFound, "etape_inconnue", "Cette étape n'existe pas.");
        auto violations = examinerEtapeDesSecours(etape, request.json, context_.catalogue, contexte(service));
        if (violations.empty() && etape == "adresse") violations = misplaced(request.json, service, "");
        if (!violations.empty()) refuser(std::move(violations));
        return Response::noContent();
    }

    Response declare(const Request& request) const {
        const auto service = serviceOf(request);
        const auto now = context_.clock.now();
        auto declaration = lireDeclaration(request.json, service, context_.catalogue, contexte(service));
        const auto address = request.json.value("adresse", Json::object());
        if (declaration.violations.empty()) declaration.violations = misplaced(address, service, "adresse.");
        if (!declaration.violations.empty()) refuser(std::move(declaration.violations));
        declaration.fiche.contenu["adresse"]["codeInsee"] = inseeOf(address);
        const auto uuid = core::uuidV7(now);
        auto session = context_.pool.acquire();
        postgres::Transaction transaction(*session);
        const auto reference = deposerFiche(
            transaction, context_.outbox, *context_.lieux.territoires(),
            {uuid, service.territoire, "FORM_SERVICE_SECOURS", {}, declaration.fiche, nullptr, declaration.fichiers},
            now);
        demanderRecapitulatif(transaction, uuid, service.uuid, now);
        transaction.commit();
        context_.outbox.announce();
        return Response::json(201, {{"uuid", uuid}, {"reference", reference}, {"statut", "NEED_VALIDATION"}});
    }

    // The door's secret and the declaration's identifier together open it; neither does alone.
    Response summary(const Request& request) const {
        const auto service = serviceOf(request);
        const auto uuid = request.pathParameters.get("signalement");
        const Error unknown(ErrorKind::NotFound, "recapitulatif_introuvable", "Ce récapitulatif n'existe pas.");
        if (!core::isUuid(uuid)) throw unknown;
        const auto key = findRecapitulatif(*context_.pool.acquire(), uuid, service.uuid);
        if (!key) throw unknown;
        if (key->empty()) {
            return Response::json(202, {{"etat", "EN_PREPARATION"}}).header("Retry-After", "5");
        }
        try {
            return Response::text(200, "application/pdf", store_.read(*key))
                .header("Content-Disposition", "attachment; filename=\"recapitulatif.pdf\"")
                .header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "no-store");
        } catch (const std::runtime_error&) {
            throw Error(ErrorKind::Unavailable, "stockage_indisponible",
                        "Le récapitulatif ne peut pas être lu pour le moment. Réessayez dans un instant.");
        }
    }

  private:
    static const auth::Principal& superAdmin(const Request& request) {
        const auto& bearer = agentOf(request);
        if (!bearer.isSuperAdmin()) {
            throw Error(ErrorKind::Forbidden, "administrateurs_seulement",
                        "Cette opération est réservée aux administrateurs.");
        }
        return bearer;
    }

    static std::string path(const ServiceSecours& service) {
        return "/services-secours/" + service.slug + "/" + service.uuid;
    }

    static Json describe(const ServiceSecours& service) {
        return {{"uuid", service.uuid},         {"slug", service.slug},
                {"nom", service.nom},           {"territoire", service.territoire},
                {"courriel", service.courriel}, {"telephone", service.telephone},
                {"actif", service.actif},       {"adresse", path(service)}};
    }

    void check(const ServiceSecours& service) const {
        std::vector<core::Violation> violations;
        if (service.nom.empty()) violations.push_back({"nom", "obligatoire", "Indiquez le nom du service."});
        if (!courrielValide(service.courriel)) {
            violations.push_back({"courriel", "courriel_invalide", "Vérifiez cette adresse de courriel."});
        }
        if (!telephoneValide(service.telephone)) {
            violations.push_back({"telephone", "telephone_invalide", "Vérifiez ce numéro de téléphone."});
        }
        const auto code = domain::CodeTerritoire::parse(service.territoire);
        if (!code || context_.lieux.territoires()->find(*code) == nullptr) {
            violations.push_back({"territoire", "territoire_inconnu", "Ce territoire n'existe pas."});
        }
        if (!violations.empty()) refuser(std::move(violations));
    }

    ServiceSecours serviceOf(const Request& request) const {
        const auto uuid = request.pathParameters.get("uuid");
        if (!core::isUuid(uuid)) throw unknownDoor();
        auto session = context_.pool.acquire();
        auto service = findServiceSecours(*session, request.pathParameters.get("slug"), uuid);
        if (!service) throw unknownDoor();
        return std::move(*service);
    }

    ContexteDeSection contexte(const ServiceSecours& service) const {
        ContexteDeSection all;
        all.aujourdhui = aujourdhuiDans(context_.lieux, service.territoire, context_.clock.now());
        connaitreLesLieux(all, context_.lieux);
        return all;
    }

    // The commune that was named by its code, or by its name, or the first that the postcode serves.
    std::string inseeOf(const Json& address) const {
        if (const auto insee = textOf(address, "inseeOccupant"); !insee.empty()) {
            return inseeActuel(*context_.lieux.communes(), textOf(address, "cpOccupant"), insee);
        }
        const auto postal = domain::CodePostal::parse(textOf(address, "cpOccupant"));
        if (!postal) return {};
        const auto table = context_.lieux.communes();
        const auto communes = table->ofPostal(*postal);
        const auto ville = core::fold(textOf(address, "villeOccupant"));
        for (const auto& commune : communes) {
            if (core::fold(commune.nom) == ville) return commune.codeInsee.str();
        }
        return communes.empty() ? std::string() : communes.front().codeInsee.str();
    }

    // A dwelling outside of the territoire that the door is for, or where the service is closed.
    std::vector<core::Violation> misplaced(const Json& address, const ServiceSecours& service,
                                           const std::string& prefix) const {
        const auto territoires = context_.lieux.territoires();
        const auto communes = context_.lieux.communes();
        const auto codePostal = textOf(address, "cpOccupant");
        const auto insee = inseeOf(address);
        if (territoireDe(*territoires, *communes, codePostal, insee) != service.territoire) {
            return {{prefix + "cpOccupant", "autre_territoire", "Ce logement n'est pas dans votre territoire."}};
        }
        if (!situationDuLieu(*territoires, *communes, codePostal, insee).territoireOuvert) {
            return {
                {prefix + "cpOccupant", "territoire_ferme", "Le service n'est pas encore ouvert dans cette commune."}};
        }
        return {};
    }

    AgentsContext context_;
    files::ObjectStore& store_;
};

}  // namespace

void bindSecours(http::Router& router, AgentsContext context, files::ObjectStore& store) {
    const auto secours = std::make_shared<const Secours>(context, store);
    using Method = Response (Secours::*)(const Request&) const;
    const auto handler = [&](Method method) -> http::Handler {
        return [secours, method](const Request& request) { return (*secours.*method)(request); };
    };
    const auto bind = [&](const char* operation, Method method) {
        router.bind(operation, service::traced(context.pool, context.clock, handler(method)));
    };
    bind("createServiceSecours", &Secours::create);
    bind("listServicesSecours", &Secours::list);
    bind("closeServiceSecours", &Secours::close);
    router.bind("getServiceSecours", handler(&Secours::door));
    router.bind("verifierEtapeDesSecours", handler(&Secours::checkStep));
    router.bind("declarerParLesSecours", handler(&Secours::declare));
    router.bind("getRecapitulatifDesSecours", handler(&Secours::summary));
}

}  // namespace histologe::intake
