#include "services/routing/http/suivis.hpp"

#include <algorithm>

#include "libs/core/error.hpp"
#include "libs/core/ids.hpp"
#include "libs/core/text.hpp"
#include "libs/http/etag.hpp"
#include "libs/http/uri.hpp"
#include "libs/service/acces.hpp"
#include "services/routing/domain/categories_suivi.hpp"
#include "services/routing/http/vie_commun.hpp"
#include "services/routing/store/abonnements.hpp"
#include "services/routing/vie_suivis.hpp"

namespace histologe::routing {
namespace {

using core::Error;
using core::ErrorKind;
using core::Json;

Error introuvable() { return {ErrorKind::NotFound, "suivi_introuvable", "Ce suivi n'existe pas."}; }

Json ouNul(const std::optional<core::Instant>& instant) { return instant ? Json(core::toRfc3339(*instant)) : Json(nullptr); }

SuiviDemande demandeDe(const Json& corps) {
    return {corps.at("texte").get<std::string>(), corps.at("visibleUsager").get<bool>(), corps.value("visibleBailleur", false),
            textesDe(corps, "fichiers")};
}

struct Lecteur {
    const auth::Principal& qui;
    core::Instant maintenant;
    std::optional<core::Instant> luLe;
};

Json montrer(const SuiviLu& suivi, const Lecteur& lecteur) {
    const auto* categorie = categorieDeSuivi(suivi.categorie);
    // Words of before, and of the platform, are no HTML.
    const auto html = suivi.format == "html" ? suivi.description : core::escapeHtml(suivi.description);
    const bool sien = suivi.compte == lecteur.qui.subject;
    return {{"id", suivi.id},
            {"categorie", suivi.categorie},
            {"libelle", categorie == nullptr ? suivi.categorie : std::string(categorie->libelle)},
            {"type", categorie == nullptr ? "AUTO" : std::string(nomDe(categorie->type))},
            {"auteur", suivi.auteur},
            {"html", html},
            {"visibleUsager", suivi.visibleUsager},
            {"visibleBailleur", suivi.visibleBailleur},
            {"fichiers", suivi.fichiers},
            {"creeLe", core::toRfc3339(suivi.creeLe)},
            {"modifieLe", ouNul(suivi.modifieLe)},
            {"retenuJusque", ouNul(suivi.retenuJusque)},
            {"supprimeLe", ouNul(suivi.supprimeLe)},
            {"lu", sien || (lecteur.luLe && suivi.creeLe <= *lecteur.luLe)},
            {"etag", http::etag(suivi.version)},
            {"droits",
             {{"modifier", modifiable(suivi, lecteur.qui, lecteur.maintenant)},
              {"supprimer", supprimable(suivi, lecteur.qui, lecteur.maintenant)}}}};
}

class Suivis {
  public:
    explicit Suivis(const VieContext& context) : context_(context) {}

    [[nodiscard]] static http::Response categories(const http::Request&) {
        auto liste = Json::array();
        for (const auto& une : categoriesDeSuivi()) {
            liste.push_back({{"code", une.code}, {"libelle", une.libelle}, {"type", nomDe(une.type)}, {"visibleUsager", nomDe(une.usager)},
                             {"visibleBailleur", nomDe(une.bailleur)}, {"annonce", une.annonce}, {"avisAuxAgents", nomDe(une.avis)},
                             {"injonction", une.injonction}});
        }
        return http::Response::json(200, {{"categories", liste}}).header("Cache-Control", "max-age=3600");
    }

    [[nodiscard]] http::Response lister(const http::Request& request) const {
        const auto& qui = auth::bearer(request);
        const auto uuid = request.pathParameters.get("uuid");
        const auto limite = request.query.integer("limite").value_or(25);
        std::optional<std::string> apres;
        if (request.query.has("curseur")) {
            apres = request.query.get("curseur");
            if (!core::isUuid(*apres)) throw Error(ErrorKind::InvalidInput, "curseur_invalide", "Cette page n'existe pas.");
        }
        const auto session = context_.pool.acquire();
        postgres::Transaction transaction(*session);
        dossierDe(transaction, uuid, qui, false);
        const Lecteur lecteur{qui, context_.clock.now(), derniereLecture(transaction, uuid, qui.subject)};
        auto suivis = lireSuivis(transaction, uuid, apres, limite + 1);
        const bool aUneSuite = suivis.size() > static_cast<std::size_t>(limite);
        if (aUneSuite) suivis.pop_back();
        auto liste = Json::array();
        for (const auto& un : suivis) liste.push_back(montrer(un, lecteur));
        auto response = http::Response::json(200, {{"suivis", liste},
                                                   {"nonLus", nonLus(transaction, uuid, qui.subject)},
                                                   {"derniereActiviteLe", ouNul(derniereActivite(transaction, uuid))}});
        if (aUneSuite) response.header("Link", http::nextPage(request, suivis.back().id));
        return response.header("Cache-Control", "no-store");
    }

    [[nodiscard]] http::Response creer(const http::Request& request) const {
        return surDossier(request, [&](Acte& acte) {
            bool neuf = false;
            const auto suivi = ecrireUnSuivi(acte, demandeDe(request.json), neuf);
            const auto corps = montrer(suivi, {acte.qui(), acte.maintenant(), {}});
            auto response = neuf ? http::Response::created("/suivis/" + suivi.id, corps) : http::Response::json(200, corps);
            return response.header("ETag", http::etag(suivi.version));
        });
    }

    [[nodiscard]] http::Response modifier(const http::Request& request) const {
        return surSuivi(request, [&](Acte& acte, SuiviLu& suivi) {
            modifierUnSuivi(acte, suivi, demandeDe(request.json));
            return http::Response::json(200, montrer(suivi, {acte.qui(), acte.maintenant(), {}})).header("ETag", http::etag(suivi.version));
        });
    }

    [[nodiscard]] http::Response supprimer(const http::Request& request) const {
        return surSuivi(request, [&](Acte& acte, SuiviLu& suivi) {
            supprimerUnSuivi(acte, suivi);
            return http::Response::noContent();
        });
    }

    [[nodiscard]] http::Response lire(const http::Request& request) const {
        return surDossier(request, [&](Acte& acte) {
            noterLecture(acte.transaction(), acte.dossier().vise.signalement, acte.qui().subject, acte.maintenant());
            return http::Response::noContent();
        }, false);
    }

    [[nodiscard]] http::Response abonnements(const http::Request& request) const {
        return surDossier(request, [&](Acte& acte) { return montrerAbonnes(acte); }, false);
    }
    [[nodiscard]] http::Response abonnerMoi(const http::Request& request) const {
        return surDossier(request, [&](Acte& acte) {
            sAbonner(acte);
            return montrerAbonnes(acte);
        });
    }
    [[nodiscard]] http::Response desabonnerMoi(const http::Request& request) const {
        return surDossier(request, [&](Acte& acte) {
            seDesabonner(acte, textesDe(request.json, "remplacants"));
            return montrerAbonnes(acte);
        });
    }

  private:
    static http::Response montrerAbonnes(Acte& acte) {
        const auto comptes = abonnes(acte.transaction(), acte.dossier().vise.signalement);
        const bool moi = std::find(comptes.begin(), comptes.end(), acte.qui().subject) != comptes.end();
        return http::Response::json(200, {{"comptes", comptes}, {"moi", moi}}).header("Cache-Control", "no-store");
    }

    template <typename Travail>
    http::Response surDossier(const http::Request& request, Travail travail, bool verrou = true) const {
        const auto& qui = auth::bearer(request);
        const auto charge = context_.annuaire.get();
        const auto session = context_.pool.acquire();
        postgres::Transaction transaction(*session);
        auto dossier = dossierDe(transaction, request.pathParameters.get("uuid"), qui, verrou);
        Acte acte(transaction, context_.outbox, *charge, qui, dossier, context_.clock.now());
        auto response = travail(acte);
        transaction.commit();
        return response;
    }

    template <typename Travail>
    http::Response surSuivi(const http::Request& request, Travail travail) const {
        const auto& qui = auth::bearer(request);
        const auto id = request.pathParameters.get("uuid");
        if (!core::isUuid(id)) throw introuvable();
        const auto charge = context_.annuaire.get();
        const auto session = context_.pool.acquire();
        postgres::Transaction transaction(*session);
        const auto uuid = dossierDuSuivi(transaction, id);
        if (!uuid) throw introuvable();
        std::optional<DossierVif> dossier;
        try {
            dossier = dossierDe(transaction, *uuid, qui, true);
        } catch (const Error&) {
            throw introuvable();
        }
        service::noteSignalement(*uuid);
        auto suivi = verrouillerSuivi(transaction, id);
        if (!suivi) throw introuvable();
        http::requireMatch(request, std::to_string(suivi->version));
        Acte acte(transaction, context_.outbox, *charge, qui, *dossier, context_.clock.now());
        auto response = travail(acte, *suivi);
        acte.publier();
        transaction.commit();
        context_.outbox.announce();
        return response;
    }

    VieContext context_;
};

}  // namespace

void bindSuivis(http::Router& router, const VieContext& context) {
    const auto suivis = std::make_shared<const Suivis>(context);
    router.bind("listCategoriesSuivi", [](const auto& request) { return Suivis::categories(request); });
    router.bind("listSuivis", vivant(context, [suivis](const auto& request) { return suivis->lister(request); }));
    router.bind("createSuivi", vivant(context, [suivis](const auto& request) { return suivis->creer(request); }));
    router.bind("updateSuivi", vivant(context, [suivis](const auto& request) { return suivis->modifier(request); }));
    router.bind("deleteSuivi", vivant(context, [suivis](const auto& request) { return suivis->supprimer(request); }));
    router.bind("readSuivis", vivant(context, [suivis](const auto& request) { return suivis->lire(request); }));
    router.bind("listAbonnements", vivant(context, [suivis](const auto& request) { return suivis->abonnements(request); }));
    router.bind("subscribeDossier", vivant(context, [suivis](const auto& request) { return suivis->abonnerMoi(request); }));
    router.bind("unsubscribeDossier", vivant(context, [suivis](const auto& request) { return suivis->desabonnerMoi(request); }));
}

}  // namespace histologe::routing
