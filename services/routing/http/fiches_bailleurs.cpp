// Social landlords, as super admins keep them and managers read them.
#include "libs/core/text.hpp"
#include "services/routing/domain/droits_annuaire.hpp"
#include "services/routing/http/annuaire.hpp"
#include "services/routing/http/comptes.hpp"

namespace histologe::routing {
namespace {

using core::Json;
using http::Request;
using http::Response;

Json montrer(const FicheLue& fiche) {
    const auto& c = fiche.contenu;
    return {{"id", fiche.id},
            {"nom", c.value("nom", "")},
            {"raisonSociale", c.value("raisonSociale", "")},
            {"siret", c.value("siret", "")},
            {"territoires", c.value("territoires", Json::array())},
            {"archive", fiche.archive}};
}

class Bailleurs {
  public:
    explicit Bailleurs(const ContexteAnnuaire& contexte) : contexte_(contexte) {}

    Response lister(const Request& request) const {
        Seance seance(contexte_, request, Seance::Usage::Lecture);
        const auto filtre = filtreDe(request, seance.acteur());
        return pageDe(request, "bailleurs", listerFiches(seance.transaction(), Genre::Bailleur, filtre), filtre.limite,
                      montrer);
    }

    Response creer(const Request& request) const {
        Seance seance(contexte_, request, Seance::Usage::Ecriture);
        exigerDroit(peutEcrireReglesEtBailleurs(seance.acteur()));
        auto contenu = request.json;
        verifier(seance, contenu, "");
        const auto fiche = seance.creer(Genre::Bailleur, contenu);
        return seance.conclureNeuve(fiche, montrer(fiche), "/bailleurs");
    }

    Response lire(const Request& request) const {
        Seance seance(contexte_, request, Seance::Usage::Lecture);
        const auto fiche = demande(seance);
        return reponse(200, montrer(fiche), fiche);
    }

    Response modifier(const Request& request) const {
        Seance seance(contexte_, request, Seance::Usage::Ecriture);
        const auto avant = aEcrire(seance);
        auto contenu = modifiee(avant.contenu, request.json);
        verifier(seance, contenu, avant.id);
        return changer(seance, avant, contenu, false);
    }

    Response archiver(const Request& request) const {
        Seance seance(contexte_, request, Seance::Usage::Ecriture);
        const auto avant = aEcrire(seance);
        if (bailleurUtilise(seance.transaction(), avant.id)) {
            refuserConflit("bailleur_utilise", "Des partenaires sont ce bailleur. Changez-les d'abord.");
        }
        return changer(seance, avant, avant.contenu, true);
    }

    Response historique(const Request& request) const {
        Seance seance(contexte_, request, Seance::Usage::Lecture);
        return seance.historique(Genre::Bailleur, demande(seance).id);
    }

  private:
    static FicheLue demande(Seance& seance) {
        return seance.demandee(Genre::Bailleur, "bailleur", "bailleur_inconnu", [&](const FicheLue& fiche) {
            return peutVoirBailleur(seance.acteur(),
                                    fiche.contenu.value("territoires", std::vector<std::string>()));
        });
    }

    static FicheLue aEcrire(Seance& seance) {
        auto avant = demande(seance);
        exigerDroit(peutEcrireReglesEtBailleurs(seance.acteur()) && !avant.archive);
        seance.exigerVersion(avant);
        return avant;
    }

    static void verifier(Seance& seance, Json& contenu, const std::string& sauf) {
        refuserSi(lireBailleur(contenu, seance.territoires()));
        if (bailleurIdentique(seance.transaction(), contenu, sauf)) {
            refuserConflit("bailleur_en_double", "Un bailleur porte déjà ce nom et ce SIRET.", "nom");
        }
    }

    static Response changer(Seance& seance, const FicheLue& avant, const Json& contenu, bool archive) {
        const auto apres = seance.changer(Genre::Bailleur, avant, contenu, archive);
        return seance.conclure(apres, montrer(apres));
    }

    const ContexteAnnuaire contexte_;
};

}  // namespace

void bindFichesBailleurs(http::Router& router, const ContexteAnnuaire& contexte) {
    const auto bailleurs = std::make_shared<const Bailleurs>(contexte);
    const auto bind = [&](const char* operation, Response (Bailleurs::*methode)(const Request&) const) {
        router.bind(operation, [bailleurs, methode](const Request& request) { return (*bailleurs.*methode)(request); });
    };
    bind("listBailleurs", &Bailleurs::lister);
    bind("createBailleur", &Bailleurs::creer);
    bind("getBailleur", &Bailleurs::lire);
    bind("updateBailleur", &Bailleurs::modifier);
    bind("archiveBailleur", &Bailleurs::archiver);
    bind("listBailleurHistorique", &Bailleurs::historique);
}

}  // namespace histologe::routing
