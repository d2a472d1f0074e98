// How a partner's own system is reached: secrets go in and never come out.
#include "services/routing/store/interconnexions.hpp"

#include <optional>

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

Response montrer(const Interconnexion& i) {
    const auto texte = [](const std::optional<std::string>& t) { return t ? Json(*t) : Json(nullptr); };
    const Json vue = {
        {"esaboraUrl", texte(i.esaboraUrl)},
        {"esaboraJetonEnregistre", i.esaboraJeton.has_value()},
        {"esaboraActif", i.esaboraActif},
        {"idossUrl", texte(i.idossUrl)},
        {"idossJetonEnregistre", i.idossJeton.has_value()},
        {"idossJetonExpireLe", i.idossJetonExpireLe ? Json(core::toRfc3339(*i.idossJetonExpireLe)) : Json(nullptr)},
        {"idossActif", i.idossActif}};
    return Response::json(200, vue)
        .header("ETag", http::etag(static_cast<long long>(i.version)))
        .header("Cache-Control", "no-store");
}

// What the history keeps: that a secret is another one, never which.
Json traceDe(const Interconnexion& i) {
    const auto texte = [](const std::optional<std::string>& t) { return t ? Json(*t) : Json(nullptr); };
    return {{"esaboraUrl", texte(i.esaboraUrl)}, {"esaboraJetonEnregistre", i.esaboraJeton.has_value()},
            {"esaboraActif", i.esaboraActif},    {"idossUrl", texte(i.idossUrl)},
            {"idossActif", i.idossActif},        {"idossJetonEnregistre", i.idossJeton.has_value()}};
}

class Interconnexions {
  public:
    explicit Interconnexions(const ContexteAnnuaire& contexte) : contexte_(contexte) {}

    Response lire(const Request& request) const {
        Seance seance(contexte_, request, Seance::Usage::Lecture);
        return montrer(lireInterconnexion(seance.transaction(), demande(seance).id));
    }

    Response modifier(const Request& request) const {
        Seance seance(contexte_, request, Seance::Usage::Ecriture);
        const auto fiche = demande(seance);
        exigerDroit(!fiche.archive);
        const auto avant = lireInterconnexion(seance.transaction(), fiche.id);
        http::requireMatch(request, std::to_string(avant.version));
        const auto& corps = request.json;
        for (const auto& [nom, valeur] : corps.items()) exigerDroit(peutChangerInterconnexion(seance.acteur(), nom));
        auto apres = voulue(avant, corps);
        const auto& type = fiche.contenu.at("type").get_ref<const std::string&>();
        apres.esaboraActif = apres.esaboraActif && peutAvoirEsabora(type);
        apres.idossActif = apres.idossActif && peutAvoirIdoss(type);
        ecrireInterconnexion(seance.transaction(), fiche.id, apres);
        auto change = difference(traceDe(avant), traceDe(apres));
        for (const auto* nom : {"esaboraJeton", "idossJeton"}) {
            if (corps.contains(nom)) change.apres[nom] = "remplacé";
        }
        noterFiche(seance.transaction(), Genre::Partenaire, fiche.id, seance.acteur().compte, "interconnexion", change,
                   seance.now());
        apres = lireInterconnexion(seance.transaction(), fiche.id);
        seance.conclure();
        return montrer(apres);
    }

  private:
    // For managers of the territory and super admins.
    static FicheLue demande(Seance& seance) {
        return seance.demandee(Genre::Partenaire, "partenaire", "partenaire_inconnu", [&](const FicheLue& fiche) {
            return peutTenirPartenaires(seance.acteur(), territoireDe(fiche.contenu)) &&
                   peutVoirPartenaire(seance.acteur(), {fiche.id, territoireDe(fiche.contenu)}, fiche.archive);
        });
    }

    static Interconnexion voulue(Interconnexion i, const Json& corps) {
        Refus refus;
        const auto adresse = [&](const char* nom, std::optional<std::string>& champ) {
            if (!corps.contains(nom)) return;
            champ.reset();
            if (corps.at(nom).is_null()) return;
            std::string lue(core::trim(corps.at(nom).get_ref<const std::string&>()));
            while (lue.ends_with('/')) lue.pop_back();
            if (!lue.starts_with("https://") && !lue.starts_with("http://")) {
                refus.push_back({nom, "adresse_invalide", "Une adresse commence par https://."});
            }
            champ = std::move(lue);
        };
        const auto secret = [&](const char* nom, std::optional<std::string>& champ) {
            if (!corps.contains(nom)) return;
            champ.reset();
            if (corps.at(nom).is_string()) champ = corps.at(nom).get<std::string>();
        };
        adresse("esaboraUrl", i.esaboraUrl);
        secret("esaboraJeton", i.esaboraJeton);
        i.esaboraActif = corps.value("esaboraActif", i.esaboraActif);
        adresse("idossUrl", i.idossUrl);
        secret("idossJeton", i.idossJeton);
        if (corps.contains("idossJeton")) i.idossJetonExpireLe.reset();
        i.idossActif = corps.value("idossActif", i.idossActif);
        if (i.esaboraActif && (!i.esaboraUrl || !i.esaboraJeton)) {
            refus.push_back({"esaboraActif", "incomplet", "Donnez d'abord l'adresse et le jeton."});
        }
        if (i.idossActif && !i.idossUrl) refus.push_back({"idossActif", "incomplet", "Donnez d'abord l'adresse."});
        refuserSi(std::move(refus));
        return i;
    }

    const ContexteAnnuaire contexte_;
};

}  // namespace

void bindInterconnexions(http::Router& router, const ContexteAnnuaire& contexte) {
    const auto toutes = std::make_shared<const Interconnexions>(contexte);
    router.bind("getInterconnexion", [toutes](const Request& request) { return toutes->lire(request); });
    router.bind("updateInterconnexion", [toutes](const Request& request) { return toutes->modifier(request); });
}

}  // namespace histologe::routing
