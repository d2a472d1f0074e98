// Tags of a territory, and those of a dossier.
#include "services/routing/store/etiquettes.hpp"

#include <algorithm>
#include <set>

#include "libs/auth/droits.hpp"
#include "libs/core/ids.hpp"
#include "libs/http/etag.hpp"
#include "libs/service/acces.hpp"
#include "services/routing/domain/droits_annuaire.hpp"
#include "services/routing/http/annuaire.hpp"
#include "services/routing/http/comptes.hpp"
#include "services/routing/store/dossier_detail.hpp"

namespace histologe::routing {
namespace {

using core::Json;
using http::Request;
using http::Response;

Json montrer(const FicheLue& fiche) {
    return {{"id", fiche.id},
            {"libelle", fiche.contenu.value("libelle", "")},
            {"territoire", territoireDe(fiche.contenu)},
            {"archive", fiche.archive}};
}

class Etiquettes {
  public:
    explicit Etiquettes(const ContexteAnnuaire& contexte) : contexte_(contexte) {}

    Response lister(const Request& request) const {
        Seance seance(contexte_, request, Seance::Usage::Lecture);
        const auto filtre = filtreDe(request, seance.acteur());
        return pageDe(request, "etiquettes", listerFiches(seance.transaction(), Genre::Etiquette, filtre),
                      filtre.limite, montrer);
    }

    Response creer(const Request& request) const {
        Seance seance(contexte_, request, Seance::Usage::Ecriture);
        auto contenu = request.json;
        exigerDroit(gereTerritoire(seance.acteur(), territoireDe(contenu)));
        verifier(seance, contenu, "");
        const auto fiche = seance.creer(Genre::Etiquette, contenu);
        return seance.conclureNeuve(fiche, montrer(fiche), "/etiquettes");
    }

    Response lire(const Request& request) const {
        Seance seance(contexte_, request, Seance::Usage::Lecture);
        const auto fiche = demandee(seance);
        return reponse(200, montrer(fiche), fiche);
    }

    Response modifier(const Request& request) const {
        Seance seance(contexte_, request, Seance::Usage::Ecriture);
        const auto avant = aEcrire(seance);
        auto contenu = modifiee(avant.contenu, request.json);
        verifier(seance, contenu, avant.id);
        return changer(seance, avant, contenu, false);
    }

    // Dossiers that bear it keep it; it is given to no other.
    Response archiver(const Request& request) const {
        Seance seance(contexte_, request, Seance::Usage::Ecriture);
        const auto avant = aEcrire(seance);
        return changer(seance, avant, avant.contenu, true);
    }

    Response historique(const Request& request) const {
        Seance seance(contexte_, request, Seance::Usage::Lecture);
        const auto fiche = demandee(seance);
        exigerDroit(gereTerritoire(seance.acteur(), territoireDe(fiche.contenu)));
        return seance.historique(Genre::Etiquette, fiche.id);
    }

    Response lireDuDossier(const Request& request) const {
        const auto dossier = dossierDemande(request);
        Seance seance(contexte_, request, Seance::Usage::Lecture);
        return duDossier(seance, dossier.signalement);
    }

    // Tags of the territory that are not archived, or that the dossier has already.
    Response remplacerDuDossier(const Request& request) const {
        const auto dossier = dossierDemande(request);
        exigerDroit(auth::mayTag(auth::bearer(request), dossier));
        Seance seance(contexte_, request, Seance::Usage::Lecture);
        verrouillerEtiquettes(seance.transaction(), dossier.signalement);
        const auto avant = etiquettesDuDossier(seance.transaction(), dossier.signalement);
        http::requireMatch(request, versionDe(avant));
        std::set<std::string> voulues;
        const auto& demandees = request.json.at("etiquettes");
        for (const auto& id : demandees) voulues.insert(id.get<std::string>());
        Refus refus;
        for (const auto& id : voulues) {
            const bool aDeja = std::any_of(avant.begin(), avant.end(), [&](const auto& une) { return une.id == id; });
            const auto fiche = aDeja ? std::nullopt : lireFiche(seance.transaction(), Genre::Etiquette, id);
            if (aDeja || (fiche && !fiche->archive && territoireDe(fiche->contenu) == dossier.territoire)) continue;
            refus.push_back(
                {"etiquettes", "etiquette_inconnue", "Cette étiquette n'existe pas dans ce territoire : " + id + "."});
        }
        refuserSi(std::move(refus));
        remplacerEtiquettes(seance.transaction(), dossier.signalement, {voulues.begin(), voulues.end()},
                            seance.acteur().compte, seance.now());
        auto response = duDossier(seance, dossier.signalement);
        seance.conclure();
        return response;
    }

  private:
    static FicheLue demandee(Seance& seance) {
        return seance.demandee(Genre::Etiquette, "etiquette", "etiquette_inconnue", [&](const FicheLue& fiche) {
            return estDuTerritoire(seance.acteur(), territoireDe(fiche.contenu));
        });
    }

    static FicheLue aEcrire(Seance& seance) {
        auto avant = demandee(seance);
        exigerDroit(gereTerritoire(seance.acteur(), territoireDe(avant.contenu)) && !avant.archive);
        seance.exigerVersion(avant);
        return avant;
    }

    static void verifier(Seance& seance, Json& contenu, const std::string& sauf) {
        refuserSi(lireEtiquette(contenu, seance.territoires()));
        if (homonyme(seance.transaction(), Genre::Etiquette, territoireDe(contenu),
                     contenu.at("libelle").get<std::string>(), sauf)) {
            refuserConflit("libelle_pris", "Une étiquette du territoire porte déjà ce libellé.", "libelle");
        }
    }

    static Response changer(Seance& seance, const FicheLue& avant, const Json& contenu, bool archive) {
        const auto apres = seance.changer(Genre::Etiquette, avant, contenu, archive);
        return seance.conclure(apres, montrer(apres));
    }

    [[nodiscard]] auth::DossierVise dossierDemande(const Request& request) const {
        const auto uuid = request.pathParameters.get("uuid");
        auto dossier = core::isUuid(uuid) ? trouverVise(*contexte_.pool.acquire(), uuid) : std::nullopt;
        if (!dossier || !auth::maySee(auth::bearer(request), *dossier)) {
            throw core::Error(core::ErrorKind::NotFound, "dossier_introuvable", "Ce dossier n'existe pas.");
        }
        return *dossier;
    }

    static std::string versionDe(const std::vector<EtiquetteDeDossier>& etiquettes) {
        std::string ids;
        for (const auto& une : etiquettes) ids += une.id + " ";
        return std::to_string(std::hash<std::string>{}(ids));
    }

    static Response duDossier(Seance& seance, const std::string& signalement) {
        const auto etiquettes = etiquettesDuDossier(seance.transaction(), signalement);
        auto liste = Json::array();
        for (const auto& une : etiquettes)
            liste.push_back({{"id", une.id}, {"libelle", une.libelle}, {"archive", une.archive}});
        return Response::json(200, {{"etiquettes", liste}}).header("ETag", http::etag(versionDe(etiquettes)));
    }

    const ContexteAnnuaire contexte_;
};

}  // namespace

void bindEtiquettes(http::Router& router, const ContexteAnnuaire& contexte) {
    const auto etiquettes = std::make_shared<const Etiquettes>(contexte);
    const auto bind = [&](const char* operation, Response (Etiquettes::*methode)(const Request&) const) {
        router.bind(operation,
                    [etiquettes, methode](const Request& request) { return (*etiquettes.*methode)(request); });
    };
    bind("listEtiquettes", &Etiquettes::lister);
    bind("createEtiquette", &Etiquettes::creer);
    bind("getEtiquette", &Etiquettes::lire);
    bind("updateEtiquette", &Etiquettes::modifier);
    bind("archiveEtiquette", &Etiquettes::archiver);
    bind("listEtiquetteHistorique", &Etiquettes::historique);
    const auto bindDuDossier = [&](const char* operation, Response (Etiquettes::*methode)(const Request&) const) {
        router.bind(operation, service::traced(contexte.pool, contexte.vie.clock(),
                                               [etiquettes, methode](const Request& request) {
                                                   return (*etiquettes.*methode)(request);
                                               }));
    };
    bindDuDossier("getEtiquettesDuDossier", &Etiquettes::lireDuDossier);
    bindDuDossier("replaceEtiquettesDuDossier", &Etiquettes::remplacerDuDossier);
}

}  // namespace histologe::routing
