// Auto-affectation rules: their sheets, and whether they work.
#include "services/routing/domain/droits_annuaire.hpp"
#include "services/routing/http/annuaire.hpp"
#include "services/routing/http/comptes.hpp"

namespace histologe::routing {
namespace {

using core::Json;
using http::Request;
using http::Response;

constexpr char kInconnue[] = "regle_inconnue";

// The sheet as it is, readable or not, and its state: ACTIVE, ARCHIVED, or EN_PANNE with the reason.
Json montrer(const FicheLue& fiche) {
    auto vue = fiche.contenu.is_object() ? fiche.contenu : Json::object();
    vue["id"] = fiche.id;
    vue["etat"] = fiche.panne ? "EN_PANNE" : fiche.archive ? "ARCHIVED" : "ACTIVE";
    vue["panne"] = fiche.panne ? Json{{"raison", *fiche.panne},
                                      {"depuisLe", core::toRfc3339(fiche.panneLe.value_or(core::Instant{}))}}
                               : Json(nullptr);
    return vue;
}

class Regles {
  public:
    explicit Regles(const ContexteAnnuaire& contexte) : contexte_(contexte) {}

    Response lister(const Request& request) const {
        Seance seance(contexte_, request, Seance::Usage::Lecture);
        const auto filtre = filtreDe(request, seance.acteur());
        return pageDe(request, "regles", listerFiches(seance.transaction(), Genre::Regle, filtre), filtre.limite,
                      montrer);
    }

    Response creer(const Request& request) const {
        Seance seance(contexte_, request, Seance::Usage::Ecriture);
        exigerDroit(peutEcrireReglesEtBailleurs(seance.acteur()));
        auto contenu = request.json;
        verifier(seance, contenu, "");
        const auto fiche = seance.creer(Genre::Regle, contenu);
        return seance.conclureNeuve(fiche, montrer(fiche), "/regles");
    }

    Response lire(const Request& request) const {
        Seance seance(contexte_, request, Seance::Usage::Lecture);
        const auto fiche = demandee(seance);
        return reponse(200, montrer(fiche), fiche);
    }

    // Also brings an archived rule back: `active`.
    Response modifier(const Request& request) const {
        Seance seance(contexte_, request, Seance::Usage::Ecriture);
        const auto avant = aEcrire(seance);
        auto contenu = modifiee(avant.contenu, request.json);
        verifier(seance, contenu, avant.id);
        return changer(seance, avant, contenu);
    }

    Response archiver(const Request& request) const {
        Seance seance(contexte_, request, Seance::Usage::Ecriture);
        const auto avant = aEcrire(seance);
        auto contenu = avant.contenu;
        contenu["active"] = false;
        return changer(seance, avant, contenu);
    }

    Response historique(const Request& request) const {
        Seance seance(contexte_, request, Seance::Usage::Lecture);
        return seance.historique(Genre::Regle, demandee(seance).id);
    }

  private:
    static FicheLue demandee(Seance& seance) {
        return seance.demandee(Genre::Regle, "regle", kInconnue, [&](const FicheLue& fiche) {
            return gereTerritoire(seance.acteur(), territoireDe(fiche.contenu));
        });
    }

    static FicheLue aEcrire(Seance& seance) {
        auto avant = demandee(seance);
        exigerDroit(peutEcrireReglesEtBailleurs(seance.acteur()));
        seance.exigerVersion(avant);
        return avant;
    }

    static void verifier(Seance& seance, Json& contenu, const std::string& sauf) {
        refuserSi(lireRegle(contenu, seance.territoires(), referencesDe(seance.transaction(), {contenu})));
        if (contenu.at("active") == true && regleIdentique(seance.transaction(), contenu, sauf)) {
            refuserConflit("regle_en_double", "Une règle active du territoire dit exactement la même chose.");
        }
    }

    static Response changer(Seance& seance, const FicheLue& avant, const Json& contenu) {
        const auto apres = seance.changer(Genre::Regle, avant, contenu);
        return seance.conclure(apres, montrer(apres));
    }

    const ContexteAnnuaire contexte_;
};

}  // namespace

void bindRegles(http::Router& router, const ContexteAnnuaire& contexte) {
    const auto regles = std::make_shared<const Regles>(contexte);
    const auto bind = [&](const char* operation, Response (Regles::*methode)(const Request&) const) {
        router.bind(operation, [regles, methode](const Request& request) { return (*regles.*methode)(request); });
    };
    bind("listRegles", &Regles::lister);
    bind("createRegle", &Regles::creer);
    bind("getRegle", &Regles::lire);
    bind("updateRegle", &Regles::modifier);
    bind("archiveRegle", &Regles::archiver);
    bind("listRegleHistorique", &Regles::historique);
}

}  // namespace histologe::routing
