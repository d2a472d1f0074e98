#include "services/routing/http/recherches.hpp"

#include <algorithm>

#include "libs/auth/principal.hpp"
#include "libs/core/error.hpp"
#include "libs/core/ids.hpp"
#include "libs/core/text.hpp"
#include "libs/http/etag.hpp"
#include "services/routing/http/dossiers_filtres.hpp"
#include "services/routing/store/recherches_enregistrees.hpp"

namespace histologe::routing {
namespace {

using core::Error;
using core::ErrorKind;
using core::Json;

// The same whether it does not exist or is somebody else's.
Error introuvable() { return {ErrorKind::NotFound, "recherche_introuvable", "Cette recherche n'existe pas."}; }

Error perimee() {
    return {ErrorKind::PreconditionFailed, "version_perimee", "Cette recherche a changé entre-temps. Relisez-la et recommencez."};
}

const auth::Principal& agent(const http::Request& request) {
    const auto& qui = auth::bearer(request);
    if (auth::isBoundToOneSignalement(qui.role)) {
        throw Error(ErrorKind::Forbidden, "reserve_aux_agents", "Cette page est réservée aux agents.");
    }
    return qui;
}

Json montrer(const RechercheEnregistree& recherche) {
    return {{"id", recherche.id},
            {"nom", recherche.nom},
            {"parametres", recherche.parametres},
            {"creeLe", core::toRfc3339(recherche.creeLe)},
            {"etag", http::etag(recherche.version)}};
}

class Recherches {
  public:
    Recherches(postgres::Pool& pool, AnnuaireCourant& annuaire, const core::Clock& clock)
        : pool_(pool), annuaire_(annuaire), clock_(clock) {}

    http::Response lister(const http::Request& request) const {
        const auto& qui = agent(request);
        auto liste = Json::array();
        const auto session = pool_.acquire();
        for (const auto& une : recherchesDe(*session, qui.subject)) liste.push_back(montrer(une));
        return http::Response::json(200, {{"recherches", liste}}).header("Cache-Control", "no-store");
    }

    http::Response creer(const http::Request& request) const {
        const auto& qui = agent(request);
        const auto recherche = lire(request, qui, {core::uuidV7(clock_.now()), {}, {}, 1, clock_.now()});
        const auto session = pool_.acquire();
        postgres::Transaction transaction(*session);
        if (verrouillerRecherches(transaction, qui.subject) >= kRecherchesMax) {
            throw Error(ErrorKind::Conflict, "trop_de_recherches",
                        "Vous gardez déjà dix recherches. Supprimez-en une pour en ajouter une autre.");
        }
        refuserDoublon(transaction, qui.subject, recherche);
        ajouterRecherche(transaction, qui.subject, recherche);
        transaction.commit();
        return http::Response::created("/recherches/" + recherche.id, montrer(recherche))
            .header("ETag", http::etag(recherche.version));
    }

    http::Response modifier(const http::Request& request) const {
        const auto& qui = agent(request);
        const auto session = pool_.acquire();
        auto recherche = lire(request, qui, sienne(*session, request, qui));
        http::requireMatch(request, std::to_string(recherche.version));
        postgres::Transaction transaction(*session);
        verrouillerRecherches(transaction, qui.subject);
        refuserDoublon(transaction, qui.subject, recherche);
        if (!remplacerRecherche(transaction, qui.subject, recherche)) throw perimee();
        transaction.commit();
        ++recherche.version;
        return http::Response::json(200, montrer(recherche)).header("ETag", http::etag(recherche.version));
    }

    http::Response supprimer(const http::Request& request) const {
        const auto& qui = agent(request);
        const auto session = pool_.acquire();
        const auto recherche = sienne(*session, request, qui);
        http::requireMatch(request, std::to_string(recherche.version));
        if (!supprimerRecherche(*session, qui.subject, recherche.id, recherche.version)) throw perimee();
        return http::Response::noContent();
    }

  private:
    static RechercheEnregistree sienne(postgres::Connection& session, const http::Request& request, const auth::Principal& qui) {
        const auto id = request.pathParameters.get("uuid");
        if (!core::isUuid(id)) throw introuvable();
        auto recherche = trouverRecherche(session, qui.subject, id);
        if (!recherche) throw introuvable();
        return *recherche;
    }

    // What the body says over `recherche`: parameters that the list knows, in one form whatever the order they came in.
    RechercheEnregistree lire(const http::Request& request, const auth::Principal& qui, RechercheEnregistree recherche) const {
        recherche.nom = std::string(core::trim(request.json.at("nom").get_ref<const std::string&>()));
        if (recherche.nom.empty()) {
            throw Error(ErrorKind::InvalidInput, "requete_invalide", "Donnez un nom à cette recherche.",
                        {{"nom", "requis", "Donnez un nom à cette recherche."}});
        }
        http::Parameters query;
        recherche.parametres = Json::object();
        for (const auto& [nom, valeur] : request.json.at("parametres").items()) {
            auto valeurs = valeur.is_array() ? valeur : Json::array({valeur});
            for (const auto& une : valeurs) query.add(nom, une.get<std::string>());
            std::sort(valeurs.begin(), valeurs.end());
            valeurs.erase(std::unique(valeurs.begin(), valeurs.end()), valeurs.end());
            const auto cle = nom.ends_with("[]") ? nom.substr(0, nom.size() - 2) : nom;
            recherche.parametres[cle] = std::move(valeurs);
        }
        lireFiltres(query, qui, *annuaire_.get(), clock_.now(), {"sortBy", "direction"});
        return recherche;
    }

    static void refuserDoublon(postgres::Transaction& transaction, const std::string& compte,
                               const RechercheEnregistree& recherche) {
        const auto champ = doublonDe(transaction, compte, recherche);
        if (champ.empty()) return;
        const auto* message = champ == "nom" ? "Une de vos recherches porte déjà ce nom."
                                             : "Une de vos recherches a déjà ces filtres.";
        throw Error(ErrorKind::Conflict, "recherche_en_double", message, {{champ, "en_double", message}});
    }

    postgres::Pool& pool_;
    AnnuaireCourant& annuaire_;
    const core::Clock& clock_;
};

}  // namespace

void bindRecherches(http::Router& router, postgres::Pool& pool, AnnuaireCourant& annuaire, const core::Clock& clock) {
    const auto recherches = std::make_shared<const Recherches>(pool, annuaire, clock);
    router.bind("listRecherches", [recherches](const auto& request) { return recherches->lister(request); });
    router.bind("createRecherche", [recherches](const auto& request) { return recherches->creer(request); });
    router.bind("updateRecherche", [recherches](const auto& request) { return recherches->modifier(request); });
    router.bind("deleteRecherche", [recherches](const auto& request) { return recherches->supprimer(request); });
}

}  // namespace histologe::routing
