#include "services/routing/http/annuaire.hpp"

#include "libs/core/ids.hpp"
#include "libs/http/etag.hpp"
#include "libs/http/uri.hpp"
#include "services/routing/domain/droits_annuaire.hpp"
#include "services/routing/http/comptes.hpp"
#include "services/routing/store/communes.hpp"

namespace histologe::routing {
namespace {

using core::Error;
using core::ErrorKind;
using core::Json;

}  // namespace

Seance::Seance(const ContexteAnnuaire& contexte, const http::Request& request, Usage usage)
    : contexte_(contexte),
      request_(request),
      acteur_(acteurDe(request)),
      now_(contexte.vie.clock().now()),
      charge_(contexte.annuaire.get()),
      session_(contexte.pool.acquire()),
      transaction_(*session_) {
    if (usage == Usage::Ecriture) verrouillerAnnuaire(transaction_);
}

void Seance::inconnue(const char* code) {
    throw Error(ErrorKind::NotFound, code, "Cette fiche n'existe pas.");
}

void Seance::exigerVersion(const FicheLue& fiche) const {
    http::requireMatch(request_, std::to_string(fiche.version));
}

FicheLue Seance::creer(Genre genre, const Json& contenu) {
    return creerFiche(transaction_, genre, core::uuidV7(now_), contenu, acteur_.compte, now_);
}

FicheLue Seance::changer(Genre genre, const FicheLue& avant, const Json& contenu, bool archive) {
    return changerFiche(transaction_, genre, avant, contenu, archive, acteur_.compte, now_);
}

http::Response Seance::conclure(const FicheLue& fiche, const Json& vue) {
    conclure();
    return reponse(200, vue, fiche);
}

http::Response Seance::conclureNeuve(const FicheLue& fiche, const Json& vue, const std::string& racine) {
    conclure();
    return reponse(201, vue, fiche).header("Location", racine + "/" + fiche.id);
}

void Seance::conclure() {
    transaction_.commit();
    contexte_.annuaire.oublier();
    contexte_.vie.annoncer();
}

http::Response Seance::historique(Genre genre, const std::string& id) {
    auto liste = Json::array();
    for (const auto& ligne : historiqueDeFiche(transaction_, genre, id)) {
        liste.push_back({{"auteur", ligne.auteur},
                         {"action", ligne.action},
                         {"avant", ligne.avant},
                         {"apres", ligne.apres},
                         {"le", core::toRfc3339(ligne.le)}});
    }
    return http::Response::json(200, {{"historique", liste}});
}

std::string territoireDe(const Json& contenu) {
    const auto place = contenu.find("territoire");
    return place == contenu.end() || !place->is_string() ? std::string() : place->get<std::string>();
}

FiltreFiches filtreDe(const http::Request& request, const Acteur& acteur) {
    FiltreFiches filtre;
    filtre.territoiresVisibles = territoiresDesListes(acteur);
    filtre.territoire = request.query.nonEmpty("territoire");
    filtre.type = request.query.nonEmpty("type");
    filtre.competence = request.query.nonEmpty("competence");
    filtre.contient = request.query.nonEmpty("q");
    filtre.archives = request.query.flag("archives");
    filtre.apres = request.query.nonEmpty("curseur");
    filtre.limite = static_cast<int>(request.query.integer("limite").value_or(25));
    return filtre;
}

http::Response pageDe(const http::Request& request, const char* nom, std::vector<FicheLue> fiches, int limite,
                      const std::function<Json(const FicheLue&)>& montrer) {
    const bool encore = fiches.size() > static_cast<std::size_t>(limite);
    if (encore) fiches.pop_back();
    auto liste = Json::array();
    for (const auto& fiche : fiches) {
        liste.push_back(montrer(fiche));
        liste.back()["etag"] = http::etag(static_cast<long long>(fiche.version));
    }
    auto response = http::Response::json(200, {{nom, liste}});
    if (encore) response.header("Link", http::nextPage(request, fiches.back().id));
    return response;
}

http::Response reponse(int statut, const Json& json, const FicheLue& fiche) {
    auto complet = json;
    complet["etag"] = http::etag(static_cast<long long>(fiche.version));
    return http::Response::json(statut, complet).header("ETag", http::etag(static_cast<long long>(fiche.version)));
}

Json modifiee(const Json& avant, const Json& corps) {
    auto apres = avant;
    for (const auto& [nom, valeur] : corps.items()) apres[nom] = valeur;
    return apres;
}

void refuserSi(Refus refus) {
    if (refus.empty()) return;
    throw Error(ErrorKind::InvalidInput, "requete_invalide", "Certaines informations manquent ou sont incorrectes.",
                std::move(refus));
}

void refuserConflit(const char* code, const char* message, const char* champ) {
    std::vector<core::Violation> violations;
    if (champ != nullptr) violations.push_back({champ, code, message});
    throw Error(ErrorKind::Conflict, code, message, std::move(violations));
}

}  // namespace histologe::routing
