// Partners: their sheets, and what happens to their people when they go.
#include "services/routing/store/partenaires.hpp"

#include "services/routing/domain/droits_annuaire.hpp"
#include "services/routing/http/annuaire.hpp"
#include "services/routing/http/comptes.hpp"
#include "services/routing/store/interconnexions.hpp"
#include "services/routing/store/listes_comptes.hpp"

namespace histologe::routing {
namespace {

using core::Json;
using http::Request;
using http::Response;

constexpr char kInconnu[] = "partenaire_inconnu";

PartenaireVise viseDe(const FicheLue& fiche) {
    const auto territoire = territoireDe(fiche.contenu);
    return {fiche.id, territoire.empty() ? std::nullopt : std::optional(territoire)};
}

Json montrer(const FicheLue& fiche) {
    const auto& c = fiche.contenu;
    const auto membre = [&](const char* nom, Json defaut) {
        return c.contains(nom) && !c.at(nom).is_null() ? c.at(nom) : std::move(defaut);
    };
    return {{"id", fiche.id},
            {"nom", membre("nom", "")},
            {"type", membre("type", "AUTRE")},
            {"territoire", c.contains("territoire") ? c.at("territoire") : Json(nullptr)},
            {"courriel", membre("courriel", "")},
            {"notifiable", membre("notifiable", true)},
            {"archive", fiche.archive},
            {"communes", membre("communes", Json::array())},
            {"zones", membre("zones", Json::array())},
            {"zonesExclues", membre("zonesExclues", Json::array())},
            {"epcis", membre("epcis", Json::array())},
            {"bailleur", c.contains("bailleur") ? c.at("bailleur") : Json(nullptr)},
            {"competences", membre("competences", Json::array())}};
}

class Partenaires {
  public:
    explicit Partenaires(const ContexteAnnuaire& contexte) : contexte_(contexte) {}

    Response lister(const Request& request) const {
        Seance seance(contexte_, request, Seance::Usage::Lecture);
        auto filtre = filtreDe(request, seance.acteur());
        const auto visibles = partenairesDesListes(seance.acteur(), filtre.archives);
        filtre.territoiresVisibles = visibles.territoires;
        filtre.partenairesVisibles = visibles.partenaires;
        return pageDe(request, "partenaires", listerFiches(seance.transaction(), Genre::Partenaire, filtre),
                      filtre.limite, montrer);
    }

    Response creer(const Request& request) const {
        Seance seance(contexte_, request, Seance::Usage::Ecriture);
        auto contenu = request.json;
        contenu["archive"] = false;
        if (!contenu.contains("competences")) contenu["competences"] = competencesUsuelles(contenu.value("type", ""));
        exigerDroit(peutTenirPartenaires(seance.acteur(), territoireDe(contenu)));
        verifier(seance, contenu, "");
        const auto fiche = seance.creer(Genre::Partenaire, contenu);
        return seance.conclureNeuve(fiche, complet(seance, fiche), "/partenaires");
    }

    Response lire(const Request& request) const {
        Seance seance(contexte_, request, Seance::Usage::Lecture);
        const auto fiche = demande(seance);
        return reponse(200, complet(seance, fiche), fiche);
    }

    Response modifier(const Request& request) const {
        Seance seance(contexte_, request, Seance::Usage::Ecriture);
        const auto avant = demande(seance);
        exigerDroit(peutModifierPartenaire(seance.acteur(), viseDe(avant), avant.archive));
        seance.exigerVersion(avant);
        auto contenu = modifiee(avant.contenu, request.json);
        const bool demenage = territoireDe(contenu) != territoireDe(avant.contenu);
        exigerDroit(!demenage || peutDemenagerPartenaire(seance.acteur()));
        verifier(seance, contenu, avant.id);
        if (demenage) demenager(seance, avant, contenu);
        const auto apres = seance.changer(Genre::Partenaire, avant, contenu);
        eteindreInterconnexions(seance.transaction(), avant.id, contenu.at("type").get_ref<const std::string&>());
        return seance.conclure(apres, complet(seance, apres));
    }

    Response archiver(const Request& request) const {
        Seance seance(contexte_, request, Seance::Usage::Ecriture);
        const auto avant = demande(seance);
        exigerDroit(!avant.archive && peutTenirPartenaires(seance.acteur(), viseDe(avant).territoire));
        seance.exigerVersion(avant);
        if (avant.contenu.value("systeme", false))
            refuserConflit("partenaire_du_systeme", "Ce partenaire est celui de la plateforme.");
        refuserAffectations(seance, avant.id);
        auto contenu = avant.contenu;
        contenu["archive"] = true;
        const auto apres = seance.changer(Genre::Partenaire, avant, contenu, true);
        for (const auto& compte : comptesDuPartenaire(seance.transaction(), avant.id)) quitter(seance, compte, avant);
        return seance.conclure(apres, montrer(apres));
    }

    Response historique(const Request& request) const {
        Seance seance(contexte_, request, Seance::Usage::Lecture);
        return seance.historique(Genre::Partenaire, demande(seance).id);
    }

  private:
    static FicheLue demande(Seance& seance) {
        return seance.demandee(Genre::Partenaire, "partenaire", kInconnu, [&](const FicheLue& fiche) {
            return peutVoirPartenaire(seance.acteur(), viseDe(fiche), fiche.archive);
        });
    }

    static void verifier(Seance& seance, Json& contenu, const std::string& sauf) {
        refuserSi(lirePartenaire(contenu, seance.territoires(), referencesDe(seance.transaction(), {contenu})));
        const auto& courriel = contenu.at("courriel").get_ref<const std::string&>();
        if (courriel.empty()) return;
        if (courrielPris(seance.transaction(), territoireDe(contenu), courriel, sauf)) {
            refuserConflit("courriel_pris", "Un autre partenaire du territoire a cette adresse.", "courriel");
        }
        if (courrielDeCompte(seance.transaction(), courriel)) {
            refuserConflit("courriel_de_compte", "Cette adresse est celle d'un compte.", "courriel");
        }
    }

    // Dossiers in hand do not follow a partner to another territory, nor do they stay with one that is gone.
    static void refuserAffectations(Seance& seance, const std::string& partenaire) {
        if (affectationsOuvertes(seance.transaction(), partenaire) == 0) return;
        refuserConflit("affectations_ouvertes",
                       "Des dossiers sont encore entre les mains de ce partenaire. Retirez-les d'abord.");
    }

    void demenager(Seance& seance, const FicheLue& avant, const Json& contenu) const {
        refuserAffectations(seance, avant.id);
        const auto& vie = contexte_.vie;
        for (const auto& compte : comptesDuPartenaire(seance.transaction(), avant.id)) {
            vie.changerDroits(seance.transaction(), compte.id);
            vie.ecrire(seance.transaction(), compte, courriels::kTransfert, {{"partenaire", contenu.at("nom")}});
        }
    }

    // Who works elsewhere too stays there; for the others it was the last partner.
    void quitter(Seance& seance, const CompteLu& compte, const FicheLue& partenaire) const {
        const auto& vie = contexte_.vie;
        auto& transaction = seance.transaction();
        const bool reste = compte.partenaires.size() > 1 || compte.role == auth::Role::SuperAdmin;
        if (reste) {
            retirerPartenaire(transaction, compte.id, partenaire.id);
            vie.changerDroits(transaction, compte.id);
            vie.ecrire(transaction, compte, courriels::kRetrait, {{"partenaire", partenaire.contenu.at("nom")}});
        } else {
            vie.archiver(transaction, compte, true);
        }
        noterHistorique(transaction, compte.id, seance.acteur().compte, reste ? "retrait" : "archivage",
                        {{"partenaire", partenaire.id}}, seance.now());
    }

    static Json complet(Seance& seance, const FicheLue& fiche) {
        auto vue = montrer(fiche);
        const bool boite = vue.at("notifiable") == true && !vue.at("courriel").get_ref<const std::string&>().empty();
        vue["recoitCourriels"] = !fiche.archive && (boite || aUnCompteActif(seance.transaction(), fiche.id));
        return vue;
    }

    const ContexteAnnuaire contexte_;
};

}  // namespace

void bindPartenaires(http::Router& router, const ContexteAnnuaire& contexte) {
    const auto partenaires = std::make_shared<const Partenaires>(contexte);
    const auto bind = [&](const char* operation, Response (Partenaires::*methode)(const Request&) const) {
        router.bind(operation,
                    [partenaires, methode](const Request& request) { return (*partenaires.*methode)(request); });
    };
    bind("listPartenaires", &Partenaires::lister);
    bind("createPartenaire", &Partenaires::creer);
    bind("getPartenaire", &Partenaires::lire);
    bind("updatePartenaire", &Partenaires::modifier);
    bind("archivePartenaire", &Partenaires::archiver);
    bind("listPartenaireHistorique", &Partenaires::historique);
}

}  // namespace histologe::routing
