#include <algorithm>
#include <memory>

#include "libs/http/etag.hpp"
#include "libs/service/acces.hpp"
#include "services/routing/http/comptes.hpp"
#include "services/routing/http/connexion.hpp"
#include "services/routing/store/listes_comptes.hpp"

namespace histologe::routing {
namespace {

using core::Error;
using core::ErrorKind;
using core::Json;
using http::Request;
using http::Response;

[[noreturn]] void refuser(const char* code, const char* message) {
    throw Error(ErrorKind::Conflict, code, message);
}

const PartenaireDuCompte* partenaireDuCompte(const CompteLu& compte, const std::string& id) {
    const auto place = std::find_if(compte.partenaires.begin(), compte.partenaires.end(),
                                    [&](const auto& un) { return un.id == id; });
    return place == compte.partenaires.end() ? nullptr : &*place;
}

// One change of one account: who asks, on what, in which transaction.
struct Action {
    Acteur acteur;
    CompteLu compte;
    postgres::Transaction& transaction;
    const Request& request;
};

class Actions {
  public:
    explicit Actions(const ContexteComptes& contexte) : contexte_(contexte), vie_(contexte.vie) {}

    // An account that exists works for one more partner.
    Response rattacher(const Request& request) const {
        const auto acteur = acteurDe(request);
        auto session = contexte_.pool.acquire();
        postgres::Transaction transaction(*session);
        const auto partenaire =
            partenairePermis(transaction, acteur, request.json.at("partenaire").get_ref<const std::string&>());
        const auto trouve = lireCompteDuCourriel(
            transaction, courrielCanonique(request.json.at("courriel").get_ref<const std::string&>()));
        const auto compte = trouve ? verrouillerCompte(transaction, trouve->id) : std::nullopt;
        if (!compte || compte->statut == StatutCompte::Archive) {
            throw Error(ErrorKind::NotFound, "compte_inconnu", "Aucun compte n'est ouvert à cette adresse.");
        }
        // Nobody learns more of these accounts than that they cannot be attached.
        const bool simple = compte->role == auth::Role::Agent || compte->role == auth::Role::AdminPartenaire;
        if (!simple || compte->permissionAffectation || compte->systeme) {
            refuser("rattachement_refuse", "Ce compte ne peut pas travailler pour plusieurs partenaires.");
        }
        if (std::any_of(compte->partenaires.begin(), compte->partenaires.end(),
                        [&](const auto& un) { return un.territoire == partenaire.territoire; })) {
            refuser("deja_du_territoire", "Ce compte a déjà un partenaire de ce territoire.");
        }
        ajouterPartenaire(transaction, compte->id, partenaire.id);
        vie_.changerDroits(transaction, compte->id);
        vie_.ecrire(transaction, *compte, courriels::kNouveauPartenaire, {{"partenaire", partenaire.nom}});
        return finir({acteur, *compte, transaction, request}, "rattachement", {{"partenaire", partenaire.id}});
    }

    Response transferer(const Action& action) const {
        const auto& compte = action.compte;
        exigerDroit(peutRetirer(action.acteur, compte.vise()) && !compte.systeme);
        if (compte.statut == StatutCompte::Archive) {
            refuser("statut_inattendu", "Ce compte est archivé. Ramenez-le d'abord.");
        }
        const auto& json = action.request.json;
        const auto de = json.value("de", compte.partenaires.size() == 1 ? compte.partenaires[0].id : std::string());
        const auto* ancien = partenaireDuCompte(compte, de);
        if (ancien == nullptr) refuser("partenaire_inconnu", "Dites quel partenaire ce compte doit quitter.");
        const auto nouveau =
            partenairePermis(action.transaction, action.acteur, json.at("vers").get_ref<const std::string&>());
        exigerDroit(peutCreer(action.acteur, {ancien->id, ancien->territoire}) &&
                    (action.acteur.role == auth::Role::SuperAdmin || ancien->territoire == nouveau.territoire));
        if (partenaireDuCompte(compte, nouveau.id) != nullptr) {
            refuser("deja_partenaire", "Ce compte travaille déjà pour ce partenaire.");
        }
        retirerPartenaire(action.transaction, compte.id, ancien->id);
        ajouterPartenaire(action.transaction, compte.id, nouveau.id);
        vie_.changerDroits(action.transaction, compte.id);
        vie_.ecrire(action.transaction, compte, courriels::kTransfert, {{"partenaire", nouveau.nom}});
        return finir(action, "transfert", {{"de", ancien->id}, {"vers", nouveau.id}});
    }

    Response retirer(const Action& action) const {
        const auto& compte = action.compte;
        exigerDroit(peutRetirer(action.acteur, compte.vise()) && !compte.systeme);
        const auto* partenaire = partenaireDuCompte(compte, action.request.pathParameters.get("partenaire"));
        if (partenaire == nullptr || compte.statut == StatutCompte::Archive) {
            throw Error(ErrorKind::NotFound, "partenaire_inconnu", "Ce compte ne travaille pas pour ce partenaire.");
        }
        exigerDroit(peutCreer(action.acteur, {partenaire->id, partenaire->territoire}));
        refuserSoi(action);
        if (compte.partenaires.size() == 1) {
            vie_.archiver(action.transaction, compte, true);
            return finir(action, "archivage", {{"partenaire", partenaire->id}});
        }
        retirerPartenaire(action.transaction, compte.id, partenaire->id);
        vie_.changerDroits(action.transaction, compte.id);
        vie_.ecrire(action.transaction, compte, courriels::kRetrait, {{"partenaire", partenaire->nom}});
        return finir(action, "retrait", {{"partenaire", partenaire->id}});
    }

    Response archiver(const Action& action) const {
        const auto& compte = action.compte;
        exigerDroit(peutRetirer(action.acteur, compte.vise()) && !compte.systeme);
        exigerDroit(std::all_of(compte.partenaires.begin(), compte.partenaires.end(), [&](const auto& un) {
            return peutCreer(action.acteur, {un.id, un.territoire});
        }));
        refuserSoi(action);
        if (compte.statut == StatutCompte::Archive) refuser("statut_inattendu", "Ce compte est déjà archivé.");
        vie_.archiver(action.transaction, compte, true);
        return finir(action, "archivage", Json::object());
    }

    Response desactiver(const Action& action) const {
        const auto& compte = action.compte;
        exigerDroit(peutDesactiver(action.acteur, compte.vise()) && !compte.systeme);
        refuserSoi(action);
        if (compte.statut != StatutCompte::Active) refuser("statut_inattendu", "Ce compte n'est pas actif.");
        const auto now = vie_.clock().now();
        desactiverCompte(action.transaction, compte.id, now);
        perimerLiens(action.transaction, compte.id, now);
        vie_.revoquer(action.transaction, compte.id);
        return finir(action, "desactivation", Json::object());
    }

    // Brings back an account that was archived, for a partner, or that an administrator closed. Its owner chooses a password.
    Response reactiver(const Action& action) const {
        const auto& compte = action.compte;
        exigerDroit(peutDesactiver(action.acteur, compte.vise()));
        const bool archive = compte.statut == StatutCompte::Archive;
        if (!archive && !compte.desactive) refuser("statut_inattendu", "Ce compte n'est ni archivé ni désactivé.");
        Json detail = Json::object();
        if (action.request.json.is_object() && action.request.json.contains("partenaire")) {
            const auto partenaire = partenairePermis(action.transaction, action.acteur,
                                                     action.request.json.at("partenaire").get_ref<const std::string&>());
            retirerTousPartenaires(action.transaction, compte.id);
            ajouterPartenaire(action.transaction, compte.id, partenaire.id);
            detail["partenaire"] = partenaire.id;
        } else if (archive && compte.role != auth::Role::SuperAdmin) {
            throw Error(ErrorKind::InvalidInput, "partenaire_requis", "Choisissez le partenaire de ce compte.",
                        {{"partenaire", "champ_requis", "Choisissez un partenaire."}});
        }
        verifierCourriel(action.transaction, compte.courriel);
        ramenerCompte(action.transaction, compte.id, archive ? StatutCompte::Active : StatutCompte::Inactive,
                      vie_.clock().now());
        vie_.envoyerLien(action.transaction, lireCompte(action.transaction, compte.id).value(), courriels::kReactivation);
        return finir(action, "reactivation", detail);
    }

    Response renvoyer(const Action& action) const {
        exigerDroit(peutModifier(action.acteur, action.compte.vise()));
        if (action.compte.statut != StatutCompte::Inactive || action.compte.desactive) {
            refuser("statut_inattendu", "Ce compte n'attend pas d'être ouvert.");
        }
        vie_.envoyerLien(action.transaction, action.compte, courriels::kActivation);
        return finir(action, "envoi_activation", Json::object());
    }

    // Finds and locks the account, then acts.
    Response agir(const Request& request, Response (Actions::*methode)(const Action&) const) const {
        auto acteur = acteurDe(request);
        auto session = contexte_.pool.acquire();
        postgres::Transaction transaction(*session);
        auto compte = compteDemande(transaction, request, acteur);
        return (this->*methode)({std::move(acteur), std::move(compte), transaction, request});
    }

  private:
    static void refuserSoi(const Action& action) {
        if (action.acteur.compte == action.compte.id) refuser("soi_meme", "Vous ne pouvez pas fermer votre propre compte.");
    }

    Response finir(const Action& action, const char* nom, const Json& detail) const {
        noterHistorique(action.transaction, action.compte.id, action.acteur.compte, nom, detail, vie_.clock().now());
        const auto apres = lireCompte(action.transaction, action.compte.id).value();
        action.transaction.commit();
        vie_.annoncer();
        return Response::json(200, ficheJson(apres)).header("ETag", http::etag(static_cast<long long>(apres.version)));
    }

    const ContexteComptes contexte_;
    const VieDesComptes& vie_;
};

}  // namespace

void bindActionsComptes(http::Router& router, const ContexteComptes& contexte) {
    const auto actions = std::make_shared<const Actions>(contexte);
    const auto traced = [&](http::Handler handler) {
        return service::traced(contexte.pool, contexte.vie.clock(), std::move(handler));
    };
    router.bind("attachCompte", traced([actions](const Request& request) { return actions->rattacher(request); }));
    const auto bind = [&](const char* operation, Response (Actions::*methode)(const Action&) const) {
        router.bind(operation, traced([actions, methode](const Request& request) { return actions->agir(request, methode); }));
    };
    bind("transferCompte", &Actions::transferer);
    bind("removeComptePartenaire", &Actions::retirer);
    bind("archiveCompte", &Actions::archiver);
    bind("disableCompte", &Actions::desactiver);
    bind("reactivateCompte", &Actions::reactiver);
    bind("sendCompteActivation", &Actions::renvoyer);
}

}  // namespace histologe::routing
