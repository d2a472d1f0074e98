// Social landlords, as super admins keep them and managers read them.
#include "libs/core/ids.hpp"
#include "libs/core/text.hpp"
#include "libs/http/etag.hpp"
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
        auto filtre = filtreDe(request);
        if (seance.acteur().role != auth::Role::SuperAdmin) filtre.territoiresVisibles = seance.acteur().territoires;
        return pageDe(request, "bailleurs", listerFiches(seance.transaction(), Genre::Bailleur, filtre), filtre.limite,
                      montrer);
    }

    Response creer(const Request& request) const {
        Seance seance(contexte_, request, Seance::Usage::Ecriture);
        exigerDroit(seance.acteur().role == auth::Role::SuperAdmin);
        auto contenu = request.json;
        verifier(seance, contenu, "");
        const auto id = core::uuidV7(seance.now());
        const auto fiche =
            creerFiche(seance.transaction(), Genre::Bailleur, id, contenu, seance.acteur().compte, seance.now());
        seance.conclure();
        return reponse(201, montrer(fiche), fiche).header("Location", "/bailleurs/" + id);
    }

    Response lire(const Request& request) const {
        Seance seance(contexte_, request, Seance::Usage::Lecture);
        const auto fiche = demande(seance);
        return reponse(200, montrer(fiche), fiche);
    }

    Response modifier(const Request& request) const {
        Seance seance(contexte_, request, Seance::Usage::Ecriture);
        const auto avant = aEcrire(seance, request);
        auto contenu = modifiee(avant.contenu, request.json);
        verifier(seance, contenu, avant.id);
        return changer(seance, avant, contenu, false);
    }

    Response archiver(const Request& request) const {
        Seance seance(contexte_, request, Seance::Usage::Ecriture);
        const auto avant = aEcrire(seance, request);
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
            const auto& acteur = seance.acteur();
            const auto codes = fiche.contenu.value("territoires", std::vector<std::string>());
            return acteur.role == auth::Role::SuperAdmin ||
                   std::any_of(codes.begin(), codes.end(),
                               [&](const auto& code) { return gereTerritoire(acteur, code); });
        });
    }

    static FicheLue aEcrire(Seance& seance, const Request& request) {
        auto avant = demande(seance);
        exigerDroit(seance.acteur().role == auth::Role::SuperAdmin && !avant.archive);
        http::requireMatch(request, std::to_string(avant.version));
        return avant;
    }

    static void verifier(Seance& seance, Json& contenu, const std::string& sauf) {
        refuserSi(lireBailleur(contenu, seance.territoires()));
        if (bailleurIdentique(seance.transaction(), contenu, sauf)) {
            refuserConflit("bailleur_en_double", "Un bailleur porte déjà ce nom et ce SIRET.", "nom");
        }
    }

    static Response changer(Seance& seance, const FicheLue& avant, const Json& contenu, bool archive) {
        const auto apres = changerFiche(seance.transaction(), Genre::Bailleur, avant, contenu, archive,
                                        seance.acteur().compte, seance.now());
        seance.conclure();
        return reponse(200, montrer(apres), apres);
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
