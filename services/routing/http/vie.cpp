#include "services/routing/http/vie.hpp"

#include <charconv>

#include "libs/auth/droits.hpp"
#include "libs/core/error.hpp"
#include "libs/core/ids.hpp"
#include "libs/http/etag.hpp"
#include "libs/http/problem.hpp"
#include "libs/http/uri.hpp"
#include "libs/service/acces.hpp"
#include "services/routing/http/vie_commun.hpp"
#include "services/routing/store/historique.hpp"

namespace histologe::routing {
namespace {

using core::Error;
using core::ErrorKind;
using core::Json;

Error introuvable() { return {ErrorKind::NotFound, "dossier_introuvable", "Ce dossier n'existe pas."}; }

// 412 tells what the state has become, as 409 does.
void exigerVersion(const http::Request& request, Acte& acte, long long version) {
    try {
        http::requireMatch(request, std::to_string(version));
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::PreconditionFailed) throw;
        throw TransitionRefusee(error.kind(), error.code(), "Le dossier a changé entre-temps : voici où il en est.", etatPermis(acte), version);
    }
}

Demande demandeDe(const Json& corps) {
    Demande demande;
    demande.action = corps.at("action").get<std::string>();
    demande.motif = corps.value("motif", "");
    demande.texte = corps.value("texte", "");
    demande.travaux = corps.value("travaux", "");
    if (corps.contains("visibleUsager")) demande.visibleUsager = corps.at("visibleUsager").get<bool>();
    demande.abonnes = textesDe(corps, "abonnes");
    if (corps.contains("partenaires")) demande.partenaires = textesDe(corps, "partenaires");
    return demande;
}

class Vie {
  public:
    explicit Vie(const VieContext& context) : context_(context) {}

    [[nodiscard]] static http::Response tables(const http::Request&) {
        return http::Response::json(200, tablesDesTransitions()).header("Cache-Control", "max-age=3600");
    }

    [[nodiscard]] http::Response lire(const http::Request& request) const {
        const auto session = context_.pool.acquire();
        postgres::Transaction transaction(*session);
        return montrer(transaction, request.pathParameters.get("uuid"), auth::bearer(request));
    }

    [[nodiscard]] http::Response agir(const http::Request& request) const {
        return ecrire(request, [&](Acte& acte) {
            exigerVersion(request, acte, acte.dossier().version);
            agirSurDossier(acte, demandeDe(request.json));
        });
    }

    [[nodiscard]] http::Response distribuer(const http::Request& request) const {
        return ecrire(request, [&](Acte& acte) {
            exigerVersion(request, acte, acte.dossier().version);
            repartir(acte, textesDe(request.json, "ajouter"), textesDe(request.json, "retirer"));
        });
    }

    [[nodiscard]] http::Response repondre(const http::Request& request) const {
        const auto id = request.pathParameters.get("uuid");
        return ecrire(request, [&](Acte& acte) {
            for (auto& une : acte.dossier().affectations) {
                if (une.id != id) continue;
                exigerVersion(request, acte, une.version);
                agirSurAffectation(acte, une, demandeDe(request.json));
                return;
            }
            throw introuvable();
        }, true);
    }

    [[nodiscard]] http::Response historique(const http::Request& request) const {
        const auto uuid = request.pathParameters.get("uuid");
        const auto limite = request.query.integer("limite").value_or(25);
        std::optional<long long> avant;
        if (request.query.has("curseur")) {
            avant = request.query.integer("curseur");
            if (!avant) throw Error(ErrorKind::InvalidInput, "curseur_invalide", "Cette page n'existe pas.");
        }
        const auto session = context_.pool.acquire();
        postgres::Transaction transaction(*session);
        dossierDe(transaction, uuid, auth::bearer(request), false);
        auto lignes = lireHistorique(transaction, uuid, avant, limite + 1);
        const bool aUneSuite = lignes.size() > static_cast<std::size_t>(limite);
        if (aUneSuite) lignes.pop_back();
        auto liste = Json::array();
        const auto annuaire = context_.annuaire.get();
        for (const auto& une : lignes) liste.push_back(montrerLigneHistorique(une, *annuaire->annuaire));
        auto response = http::Response::json(200, {{"lignes", liste}});
        if (aUneSuite) response.header("Link", http::nextPage(request, std::to_string(lignes.back().rang)));
        return response.header("Cache-Control", "no-store");
    }

  private:
    static Json montrerLigneHistorique(const LigneHistorique& une, const Annuaire& annuaire) {
        const auto nom = [&](const std::optional<std::string>& id) -> Json {
            if (!id) return nullptr;
            const auto* partenaire = annuaire.partenaire(PartenaireId{*id});
            return {{"id", *id}, {"nom", partenaire == nullptr ? "" : partenaire->nom}};
        };
        return {{"rang", une.rang},          {"le", core::toRfc3339(une.le)}, {"objet", une.objet},
                {"action", une.action},      {"acteur", une.acteur},          {"role", une.role},
                {"auNomDe", nom(une.auNomDe)}, {"partenaire", nom(une.partenaire)}, {"avant", une.avant},
                {"apres", une.apres}};
    }

    http::Response montrer(postgres::Transaction& transaction, const std::string& uuid, const auth::Principal& qui) const {
        auto dossier = dossierDe(transaction, uuid, qui, false);
        const auto charge = context_.annuaire.get();
        Acte acte(transaction, context_.outbox, *charge, qui, dossier, context_.clock.now());
        const auto version = dossier.version;
        return http::Response::json(200, etatPermis(acte)).header("ETag", http::etag(version)).header("Cache-Control", "no-store");
    }

    template <typename Travail>
    http::Response ecrire(const http::Request& request, Travail travail, bool parAffectation = false) const {
        const auto& qui = auth::bearer(request);
        auto uuid = request.pathParameters.get("uuid");
        const auto charge = context_.annuaire.get();
        const auto session = context_.pool.acquire();
        postgres::Transaction transaction(*session);
        if (parAffectation) {
            if (!core::isUuid(uuid)) throw introuvable();
            const auto trouve = dossierDeLAffectation(transaction, uuid);
            if (!trouve) throw introuvable();
            uuid = *trouve;
            service::noteSignalement(uuid);
        }
        auto dossier = dossierDe(transaction, uuid, qui, true);
        Acte acte(transaction, context_.outbox, *charge, qui, dossier, context_.clock.now());
        travail(acte);
        acte.publier();
        auto relu = lireDossierVif(transaction, uuid);
        Acte vu(transaction, context_.outbox, *charge, qui, *relu, context_.clock.now());
        auto etat = etatPermis(vu);
        transaction.commit();
        context_.outbox.announce();
        return http::Response::json(200, etat).header("ETag", http::etag(relu->version)).header("Cache-Control", "no-store");
    }

    VieContext context_;
};

}  // namespace

DossierVif dossierDe(postgres::Transaction& transaction, const std::string& uuid, const auth::Principal& qui, bool verrou) {
    if (!core::isUuid(uuid) || auth::isBoundToOneSignalement(qui.role)) throw introuvable();
    auto dossier = verrou ? verrouillerDossier(transaction, uuid) : lireDossierVif(transaction, uuid);
    if (!dossier || !auth::maySee(qui, dossier->vise)) throw introuvable();
    return std::move(*dossier);
}

http::Handler vivant(const VieContext& context, http::Handler handler) {
    return [trace = service::traced(context.pool, context.clock, std::move(handler))](const http::Request& request) {
        try {
            return trace(request);
        } catch (const TransitionRefusee& refus) {
            auto response = http::problem(refus, request.requestId);
            auto document = core::parseJson(response.body);
            document["etat"] = refus.etat();
            response.body = core::dumpJson(document);
            return response.header("ETag", http::etag(refus.version()));
        }
    };
}

std::vector<std::string> textesDe(const Json& corps, const char* nom) {
    std::vector<std::string> textes;
    const auto trouve = corps.find(nom);
    if (trouve == corps.end()) return textes;
    for (const auto& un : *trouve) textes.push_back(un.get<std::string>());
    return textes;
}

void bindVie(http::Router& router, const VieContext& context) {
    const auto vie = std::make_shared<const Vie>(context);
    router.bind("getTransitions", [](const auto& request) { return Vie::tables(request); });
    router.bind("getTransitionsDossier", vivant(context, [vie](const auto& request) { return vie->lire(request); }));
    router.bind("actOnDossier", vivant(context, [vie](const auto& request) { return vie->agir(request); }));
    router.bind("dispatchDossier", vivant(context, [vie](const auto& request) { return vie->distribuer(request); }));
    router.bind("actOnAffectation", vivant(context, [vie](const auto& request) { return vie->repondre(request); }));
    router.bind("listHistorique", vivant(context, [vie](const auto& request) { return vie->historique(request); }));
}

}  // namespace histologe::routing
