#include "services/routing/http/comptes.hpp"

#include <algorithm>
#include <memory>

#include "libs/auth/principal.hpp"
#include "libs/core/ids.hpp"
#include "libs/core/text.hpp"
#include "libs/http/etag.hpp"
#include "libs/http/uri.hpp"
#include "libs/service/acces.hpp"
#include "services/routing/http/connexion.hpp"
#include "services/routing/store/listes_comptes.hpp"

namespace histologe::routing {
namespace {

using core::Error;
using core::ErrorKind;
using core::Json;
using http::Request;
using http::Response;

std::string texte(const Json& json, const char* nom) {
    const auto place = json.find(nom);
    return place == json.end() || !place->is_string() ? std::string()
                                                      : std::string(core::trim(place->get_ref<const std::string&>()));
}

Response fiche(int statut, const CompteLu& compte) {
    return Response::json(statut, ficheJson(compte)).header("ETag", http::etag(static_cast<long long>(compte.version)));
}

// An account that also works where he has no say keeps its name, address and role.
bool estToutASaPortee(const Acteur& acteur, const CompteLu& compte) {
    return std::all_of(compte.partenaires.begin(), compte.partenaires.end(),
                       [&](const auto& un) { return peutCreer(acteur, {un.id, un.territoire}); });
}

class Comptes {
  public:
    explicit Comptes(const ContexteComptes& contexte) : contexte_(contexte) {}

    Response lister(const Request& request) const {
        const auto acteur = acteurDe(request);
        FiltreComptes filtre;
        const bool parTerritoire = acteur.role == auth::Role::ResponsableTerritoire;
        const bool parPartenaire = acteur.role == auth::Role::AdminPartenaire;
        if (acteur.role != auth::Role::SuperAdmin) {
            filtre.territoiresVisibles = parTerritoire ? acteur.territoires : std::vector<std::string>();
            filtre.partenairesVisibles = parPartenaire ? acteur.partenaires : std::vector<std::string>();
        }
        filtre.partenaire = request.query.nonEmpty("partenaire");
        filtre.territoire = request.query.nonEmpty("territoire");
        filtre.role = request.query.nonEmpty("role");
        filtre.statut = request.query.nonEmpty("statut");
        filtre.contient = request.query.nonEmpty("q");
        filtre.apres = request.query.nonEmpty("curseur");
        if (filtre.apres && !core::isUuid(*filtre.apres)) {
            throw Error(ErrorKind::InvalidInput, "curseur_invalide", "Cette page n'existe pas.");
        }
        filtre.limite = static_cast<int>(request.query.integer("limite").value_or(25));
        auto session = contexte_.pool.acquire();
        postgres::Transaction transaction(*session);
        auto comptes = listerComptes(transaction, filtre);
        const bool encore = comptes.size() > static_cast<std::size_t>(filtre.limite);
        if (encore) comptes.pop_back();
        auto liste = Json::array();
        for (const auto& compte : comptes) liste.push_back(ficheJson(compte));
        auto response = Response::json(200, {{"comptes", liste}});
        if (encore) response.header("Link", http::nextPage(request, comptes.back().id));
        return response;
    }

    Response creer(const Request& request) const {
        const auto acteur = acteurDe(request);
        const auto& json = request.json;
        FicheCompte voulue;
        voulue.courriel = courrielCanonique(texte(json, "courriel"));
        voulue.role = auth::roleNamed(texte(json, "role")).value_or(auth::Role::Agent);
        voulue.prenom = texte(json, "prenom");
        voulue.nom = texte(json, "nom");
        voulue.fonction = texte(json, "fonction");
        voulue.telephone = texte(json, "telephone");
        voulue.permissionAffectation = json.value("permissionAffectation", false);
        exigerDroit(peutDonner(acteur, voulue.role));
        auto session = contexte_.pool.acquire();
        postgres::Transaction transaction(*session);
        std::vector<std::string> partenaires;
        if (json.contains("partenaire")) {
            const auto partenaire = partenairePermis(transaction, acteur, texte(json, "partenaire"));
            exigerDroit(!voulue.permissionAffectation ||
                        peutPermettreAffectation(acteur, {partenaire.id, partenaire.territoire}));
            partenaires.push_back(partenaire.id);
        } else if (voulue.role != auth::Role::SuperAdmin) {
            throw Error(ErrorKind::InvalidInput, "partenaire_requis", "Choisissez le partenaire de ce compte.",
                        {{"partenaire", "champ_requis", "Choisissez un partenaire."}});
        }
        verifierCourriel(transaction, voulue.courriel);
        const auto id = contexte_.vie.creer(transaction, voulue, partenaires, json.value("prevenir", true));
        noterHistorique(transaction, id, acteur.compte, "creation",
                        {{"role", std::string(auth::nameOf(voulue.role))}, {"partenaires", partenaires}},
                        contexte_.vie.clock().now());
        const auto compte = lireCompte(transaction, id).value();
        transaction.commit();
        contexte_.vie.annoncer();
        return fiche(201, compte).header("Location", "/comptes/" + id);
    }

    Response lire(const Request& request) const {
        auto session = contexte_.pool.acquire();
        postgres::Transaction transaction(*session);
        return fiche(200, compteDemande(transaction, request, acteurDe(request)));
    }

    Response modifier(const Request& request) const {
        const auto acteur = acteurDe(request);
        auto session = contexte_.pool.acquire();
        postgres::Transaction transaction(*session);
        const auto avant = compteDemande(transaction, request, acteur);
        exigerDroit(peutModifier(acteur, avant.vise()) && estToutASaPortee(acteur, avant) && !avant.systeme);
        http::requireMatch(request, std::to_string(avant.version));
        const auto voulue = ficheVoulue(transaction, acteur, avant, request.json);
        ecrireFiche(transaction, avant.id, voulue);
        if (voulue.courriel != avant.courriel) {
            // The new address is proved by choosing a password there; who held the old one proves nothing any more.
            oublierPreuves(transaction, avant.id);
            contexte_.vie.revoquer(transaction, avant.id);
            const auto change = lireCompte(transaction, avant.id).value();
            if (avant.statut != StatutCompte::Archive && !avant.desactive) {
                contexte_.vie.envoyerLien(transaction, change, courriels::kActivation);
            }
        } else if (voulue.role != avant.role || voulue.permissionAffectation != avant.permissionAffectation) {
            contexte_.vie.changerDroits(transaction, avant.id);
        }
        auto champs = Json::array();
        for (const auto& [nom, valeur] : request.json.items()) champs.push_back(nom);
        noterHistorique(transaction, avant.id, acteur.compte, "modification", {{"champs", champs}},
                        contexte_.vie.clock().now());
        const auto apres = lireCompte(transaction, avant.id).value();
        transaction.commit();
        contexte_.vie.annoncer();
        return fiche(200, apres);
    }

    Response historique(const Request& request) const {
        auto session = contexte_.pool.acquire();
        postgres::Transaction transaction(*session);
        const auto compte = compteDemande(transaction, request, acteurDe(request));
        auto liste = Json::array();
        for (const auto& ligne : lireHistorique(transaction, compte.id)) {
            liste.push_back({{"auteur", ligne.auteur},
                             {"action", ligne.action},
                             {"detail", ligne.detail},
                             {"le", core::toRfc3339(ligne.le)}});
        }
        return Response::json(200, {{"historique", liste}});
    }

  private:
    FicheCompte ficheVoulue(postgres::Transaction& transaction, const Acteur& acteur, const CompteLu& avant,
                            const Json& json) const {
        FicheCompte voulue{avant.courriel,  avant.role,      avant.prenom,
                           avant.nom,       avant.fonction,  avant.telephone,
                           avant.permissionAffectation};
        const auto prendre = [&](const char* nom, std::string& champ) {
            if (json.contains(nom)) champ = texte(json, nom);
        };
        prendre("prenom", voulue.prenom);
        prendre("nom", voulue.nom);
        prendre("fonction", voulue.fonction);
        prendre("telephone", voulue.telephone);
        if (json.contains("courriel")) voulue.courriel = courrielCanonique(texte(json, "courriel"));
        if (voulue.courriel != avant.courriel) verifierCourriel(transaction, voulue.courriel);
        if (json.contains("role")) voulue.role = auth::roleNamed(texte(json, "role")).value_or(avant.role);
        if (voulue.role != avant.role) {
            exigerDroit(peutDonner(acteur, voulue.role));
            if (acteur.compte == avant.id) {
                throw Error(ErrorKind::Conflict, "soi_meme", "Vous ne pouvez pas changer votre propre rôle.");
            }
            if (voulue.role != auth::Role::SuperAdmin && avant.partenaires.empty()) {
                throw Error(ErrorKind::Conflict, "partenaire_requis", "Ce rôle demande un partenaire.");
            }
        }
        voulue.permissionAffectation = json.value("permissionAffectation", avant.permissionAffectation);
        if (voulue.permissionAffectation != avant.permissionAffectation) {
            exigerDroit(std::all_of(avant.partenaires.begin(), avant.partenaires.end(), [&](const auto& un) {
                return peutPermettreAffectation(acteur, {un.id, un.territoire});
            }));
        }
        return voulue;
    }

    const ContexteComptes contexte_;
};

}  // namespace

Acteur acteurDe(const Request& request) {
    const auto& bearer = auth::bearer(request);
    return {bearer.subject, bearer.role, bearer.territoires, bearer.partenaires};
}

CompteLu compteDemande(postgres::Transaction& transaction, const Request& request, const Acteur& acteur) {
    const auto id = request.pathParameters.get("compte");
    auto compte = core::isUuid(id) ? verrouillerCompte(transaction, id) : std::nullopt;
    if (!compte || !peutVoir(acteur, compte->vise())) {
        throw Error(ErrorKind::NotFound, "compte_inconnu", "Ce compte n'existe pas.");
    }
    return *compte;
}

void exigerDroit(bool peut) {
    if (!peut) throw Error(ErrorKind::Forbidden, "droit_insuffisant", "Vous n'avez pas le droit de faire cela.");
}

PartenaireDuCompte partenairePermis(postgres::Transaction& transaction, const Acteur& acteur, const std::string& id) {
    auto partenaire = lirePartenaireOuvert(transaction, id);
    exigerDroit(partenaire && peutCreer(acteur, {partenaire->id, partenaire->territoire}));
    return *partenaire;
}

void verifierCourriel(postgres::Transaction& transaction, const std::string& courriel) {
    if (!estCourriel(courriel)) {
        throw Error(ErrorKind::InvalidInput, "courriel_invalide", "Cette adresse n'est pas une adresse de courriel.",
                    {{"courriel", "courriel_invalide", "Écrivez une adresse de courriel."}});
    }
    if (estCourrielDePartenaire(transaction, courriel)) {
        throw Error(ErrorKind::Conflict, "courriel_de_partenaire", "Cette adresse est celle d'un partenaire.",
                    {{"courriel", "courriel_de_partenaire", "Donnez l'adresse de la personne, pas celle du partenaire."}});
    }
}

void bindComptes(http::Router& router, const ContexteComptes& contexte) {
    const auto comptes = std::make_shared<const Comptes>(contexte);
    const auto bind = [&](const char* operation, Response (Comptes::*methode)(const Request&) const) {
        router.bind(operation, service::traced(contexte.pool, contexte.vie.clock(),
                                               [comptes, methode](const Request& request) {
                                                   return (*comptes.*methode)(request);
                                               }));
    };
    bind("listComptes", &Comptes::lister);
    bind("createCompte", &Comptes::creer);
    bind("getCompte", &Comptes::lire);
    bind("updateCompte", &Comptes::modifier);
    bind("listCompteHistorique", &Comptes::historique);
}

}  // namespace histologe::routing
