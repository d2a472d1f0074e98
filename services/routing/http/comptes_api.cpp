#include "services/routing/http/comptes_api.hpp"

#include <memory>

#include "libs/auth/secrets.hpp"
#include "libs/core/ids.hpp"
#include "libs/core/text.hpp"
#include "libs/domain/vocabulaire/partenaires.hpp"
#include "libs/service/acces.hpp"
#include "services/routing/store/comptes_api.hpp"
#include "services/routing/store/listes_comptes.hpp"

namespace histologe::routing {
namespace {

using core::Error;
using core::ErrorKind;
using core::Json;
using http::Request;
using http::Response;

std::optional<std::string> texteOuRien(const Json& json, const char* nom) {
    const auto place = json.find(nom);
    return place == json.end() || !place->is_string() ? std::nullopt : std::optional(place->get<std::string>());
}

std::vector<PermissionApi> permissionsDe(postgres::Transaction& transaction, const Json& liste) {
    std::vector<PermissionApi> permissions;
    std::vector<core::Violation> violations;
    for (std::size_t i = 0; i < liste.size(); ++i) {
        PermissionApi une{texteOuRien(liste[i], "partenaire"), texteOuRien(liste[i], "type"),
                          texteOuRien(liste[i], "territoire")};
        const auto champ = "permissions[" + std::to_string(i) + "]";
        if (!estBienFormee(une)) {
            violations.push_back({champ, "permission_invalide", "Donnez un partenaire, ou un type ou un territoire."});
        } else if (une.partenaire && !lirePartenaireOuvert(transaction, *une.partenaire)) {
            violations.push_back({champ, "partenaire_inconnu", "Ce partenaire n'existe pas."});
        } else if (une.territoire && !nomDuTerritoire(transaction, *une.territoire)) {
            violations.push_back({champ, "territoire_inconnu", "Ce territoire n'existe pas."});
        } else if (une.type && !domain::parseNameOrLabel<domain::TypePartenaire>(*une.type)) {
            violations.push_back({champ, "type_inconnu", "Ce type de partenaire n'existe pas."});
        }
        permissions.push_back(std::move(une));
    }
    if (!violations.empty()) {
        throw Error(ErrorKind::InvalidInput, "permissions_invalides", "Ces permissions ne conviennent pas.",
                    std::move(violations));
    }
    return permissions;
}

class ComptesApi {
  public:
    explicit ComptesApi(const ContexteConnexion& contexte) : contexte_(contexte), vie_(contexte.vie) {}

    Response lister(const Request&) const {
        auto session = contexte_.pool.acquire();
        postgres::Transaction transaction(*session);
        auto liste = Json::array();
        for (const auto& compte : listerComptesApi(transaction)) liste.push_back(fiche(transaction, compte));
        return Response::json(200, {{"comptes", liste}});
    }

    // The secret is shown here and never again: it is kept as a hash.
    Response creer(const Request& request) const {
        FicheCompte voulue;
        voulue.courriel = courrielCanonique(request.json.at("courriel").get_ref<const std::string&>());
        voulue.nom = core::trim(request.json.at("nom").get_ref<const std::string&>());
        voulue.role = auth::Role::Api;
        const auto secret = auth::newSecret();
        const auto hash = contexte_.hasher.hash(secret);
        auto session = contexte_.pool.acquire();
        postgres::Transaction transaction(*session);
        verifierCourriel(transaction, voulue.courriel);
        const auto permissions = permissionsDe(transaction, request.json.at("permissions"));
        const auto id = vie_.creer(transaction, voulue, {}, false);
        activerCompte(transaction, id, hash);
        ecrirePermissionsApi(transaction, id, permissions);
        return finir(transaction, request, id, "creation", secret, 201).header("Location", "/comptes-api/" + id);
    }

    Response lire(const Request& request) const {
        auto session = contexte_.pool.acquire();
        postgres::Transaction transaction(*session);
        return Response::json(200, fiche(transaction, demande(transaction, request)));
    }

    Response permettre(const Request& request) const {
        auto session = contexte_.pool.acquire();
        postgres::Transaction transaction(*session);
        const auto compte = demande(transaction, request);
        ecrirePermissionsApi(transaction, compte.id, permissionsDe(transaction, request.json.at("permissions")));
        vie_.revoquer(transaction, compte.id);
        return finir(transaction, request, compte.id, "permissions", {}, 200);
    }

    Response renouveler(const Request& request) const {
        const auto secret = auth::newSecret();
        const auto hash = contexte_.hasher.hash(secret);
        auto session = contexte_.pool.acquire();
        postgres::Transaction transaction(*session);
        const auto compte = demande(transaction, request);
        activerCompte(transaction, compte.id, hash);
        vie_.revoquer(transaction, compte.id);
        return finir(transaction, request, compte.id, "secret", secret, 200);
    }

    Response archiver(const Request& request) const {
        auto session = contexte_.pool.acquire();
        postgres::Transaction transaction(*session);
        const auto compte = demande(transaction, request);
        vie_.archiver(transaction, compte, false);
        return finir(transaction, request, compte.id, "archivage", {}, 200);
    }

  private:
    static CompteLu demande(postgres::Transaction& transaction, const Request& request) {
        const auto id = request.pathParameters.get("compte");
        auto compte = core::isUuid(id) ? verrouillerCompte(transaction, id) : std::nullopt;
        if (!compte || compte->role != auth::Role::Api || compte->statut == StatutCompte::Archive) {
            throw Error(ErrorKind::NotFound, "compte_inconnu", "Ce compte n'existe pas.");
        }
        return *compte;
    }

    static Json fiche(postgres::Transaction& transaction, const CompteLu& compte) {
        const auto ouNul = [](const std::optional<std::string>& texte) { return texte ? Json(*texte) : Json(nullptr); };
        auto permissions = Json::array();
        for (const auto& une : lirePermissionsApi(transaction, compte.id)) {
            permissions.push_back({{"partenaire", ouNul(une.partenaire)},
                                   {"type", ouNul(une.type)},
                                   {"territoire", ouNul(une.territoire)}});
        }
        const auto& vu = compte.derniereConnexionLe;
        return {{"id", compte.id},
                {"courriel", compte.courriel},
                {"nom", compte.nom},
                {"statut", std::string(nomDe(compte.statut))},
                {"permissions", permissions},
                {"derniereConnexionLe", vu ? Json(core::toRfc3339(*vu)) : Json(nullptr)},
                {"creeLe", core::toRfc3339(compte.creeLe)}};
    }

    Response finir(postgres::Transaction& transaction, const Request& request, const std::string& id, const char* action,
                   const std::string& secret, int statut) const {
        noterHistorique(transaction, id, auth::bearer(request).subject, action, Json::object(), vie_.clock().now());
        auto json = fiche(transaction, lireCompte(transaction, id).value());
        if (!secret.empty()) json["secret"] = secret;
        transaction.commit();
        vie_.annoncer();
        return Response::json(statut, json);
    }

    const ContexteConnexion contexte_;
    const VieDesComptes& vie_;
};

}  // namespace

void bindComptesApi(http::Router& router, const ContexteConnexion& contexte) {
    const auto comptes = std::make_shared<const ComptesApi>(contexte);
    const auto avec = [&](Response (ComptesApi::*methode)(const Request&) const) {
        return service::traced(contexte.pool, contexte.vie.clock(), [comptes, methode](const Request& request) {
            exigerDroit(auth::bearer(request).isSuperAdmin());
            return (*comptes.*methode)(request);
        });
    };
    router.bind("listComptesApi", avec(&ComptesApi::lister));
    router.bindAside("createCompteApi", avec(&ComptesApi::creer));
    router.bind("getCompteApi", avec(&ComptesApi::lire));
    router.bind("updateCompteApiPermissions", avec(&ComptesApi::permettre));
    router.bindAside("renewCompteApiSecret", avec(&ComptesApi::renouveler));
    router.bind("archiveCompteApi", avec(&ComptesApi::archiver));
}

}  // namespace histologe::routing
