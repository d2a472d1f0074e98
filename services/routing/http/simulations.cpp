// The dry run of rules: which partners a dossier would get, and why not the others.
#include "services/routing/store/simulations.hpp"

#include "libs/core/ids.hpp"
#include "libs/service/acces.hpp"
#include "services/routing/domain/annuaire_json.hpp"
#include "services/routing/domain/droits_annuaire.hpp"
#include "services/routing/domain/simulation.hpp"
#include "services/routing/faits.hpp"
#include "services/routing/http/annuaire.hpp"
#include "services/routing/http/comptes.hpp"

namespace histologe::routing {
namespace {

using core::Json;
using http::Request;
using http::Response;

constexpr char kEssai[] = "essai";

template <typename Value>
std::optional<Value> valeur(const Json& objet, const char* nom) {
    const auto place = objet.find(nom);
    return place == objet.end() || place->is_null() ? std::nullopt : std::optional(place->template get<Value>());
}

// The dossier that a body describes.
DossierAOrienter decrit(const Json& faits, const domain::Territoires& territoires) {
    DossierAOrienter lu;
    auto& declaration = lu.declaration;
    declaration.codeInsee = valeur<std::string>(faits, "codeInsee");
    const auto insee = declaration.codeInsee ? domain::CodeInsee::parse(*declaration.codeInsee) : std::nullopt;
    if (declaration.codeInsee && !insee)
        refuserSi({{"faits.codeInsee", "code_insee_invalide", "Ce code INSEE est mal formé."}});
    const auto* sien = insee ? territoires.territoireOf(*insee) : nullptr;
    const auto code = valeur<std::string>(faits, "territoire");
    const auto lue = code ? domain::CodeTerritoire::parse(*code) : std::nullopt;
    if (code && (!lue || territoires.find(*lue) == nullptr)) {
        refuserSi({{"faits.territoire", "territoire_inconnu", "Ce territoire n'existe pas."}});
    }
    if (!lue && sien == nullptr) refuserSi({{"faits.territoire", "requis", "Donnez le territoire, ou une commune."}});
    declaration.territoire = lue ? lue->str() : sien->code.str();
    declaration.longitude = valeur<double>(faits, "longitude");
    declaration.latitude = valeur<double>(faits, "latitude");
    declaration.logementSocial = valeur<bool>(faits, "logementSocial");
    declaration.allocataire = valeur<std::string>(faits, "allocataire");
    declaration.profil = valeur<std::string>(faits, "profil");
    declaration.bailleur = valeur<std::string>(faits, "denominationBailleur");
    lu.qualifications = Json::array();
    const auto qualifications = faits.value("qualifications", Json::array());
    for (const auto& une : qualifications) lu.qualifications.push_back({{"qualification", une}});
    lu.dejaAffectes = faits.value("dejaAffectes", std::vector<std::string>());
    return lu;
}

Json faitsJson(const DossierAOrienter& lu, const DossierAAffecter& faits) {
    const auto& declaration = lu.declaration;
    auto qualifications = Json::array();
    for (const auto une : faits.qualifications.list()) qualifications.push_back(domain::nameOf(une));
    return {{"territoire", faits.territoire.view()},
            {"codeInsee", faits.codeInsee ? Json(faits.codeInsee->view()) : Json(nullptr)},
            {"position", faits.position
                             ? Json{{"longitude", faits.position->longitude}, {"latitude", faits.position->latitude}}
                             : Json(nullptr)},
            {"logementSocial", faits.logementSocial ? Json(*faits.logementSocial) : Json(nullptr)},
            {"allocataire", declaration.allocataire ? Json(*declaration.allocataire) : Json(nullptr)},
            {"profil", faits.profil ? Json(domain::nameOf(*faits.profil)) : Json(nullptr)},
            {"bailleur", faits.bailleur ? Json(faits.bailleur->valeur) : Json(nullptr)},
            {"qualifications", qualifications}};
}

Json partenairesJson(const Annuaire& annuaire, const Explication& explication, ModeAffectation mode) {
    auto liste = Json::array();
    for (std::uint32_t numero = 0; numero < explication.partenaires.size(); ++numero) {
        const auto& explique = explication.partenaires[numero];
        const auto& partenaire = *annuaire.partenaire(explique.id);
        const auto& l = explique.localisation;
        const auto regle = regleQuiRetient(explication, numero);
        auto raisons = Json::array();
        for (const auto& raison : raisonsDe(annuaire, explication, numero, mode)) {
            raisons.push_back({{"regle", raison.regle ? Json(raison.regle->valeur) : Json(nullptr)},
                               {"code", raison.code},
                               {"message", raison.message}});
        }
        liste.push_back({{"id", partenaire.id.valeur},
                         {"nom", partenaire.nom},
                         {"type", domain::nameOf(partenaire.type)},
                         {"retenu", regle.has_value()},
                         {"regle", regle ? Json(regle->valeur) : Json(nullptr)},
                         {"dejaAffecte", explique.dejaAffecte},
                         {"perimetre",
                          {{"communes", l.communes},
                           {"zone", l.zone},
                           {"territoireEntier", l.territoireEntier},
                           {"epci", l.epci},
                           {"zoneExclue", l.zoneExclue},
                           {"contient", l.candidat()}}},
                         {"raisons", raisons}});
    }
    return liste;
}

Json reglesJson(const Annuaire& annuaire, const Explication& explication, domain::CodeTerritoire territoire) {
    auto liste = Json::array();
    for (std::uint32_t numero = 0; numero < explication.regles.size(); ++numero) {
        const auto& r = explication.regles[numero];
        auto couples = Json::array();
        for (const auto& couple : explication.couples) {
            if (couple.regle != numero) continue;
            couples.push_back({{"partenaire", explication.partenaires[couple.partenaire].id.valeur},
                               {"typePartenaire", couple.typePartenaire},
                               {"partenaireNonExclu", couple.partenaireNonExclu},
                               {"retenu", couple.retenu}});
        }
        const auto& regle = *annuaire.index(territoire)->regles[numero].regle;
        liste.push_back({{"id", r.id.valeur},
                         {"essai", r.id.valeur == kEssai},
                         {"typePartenaire", domain::nameOf(regle.typePartenaire)},
                         {"conditions",
                          {{"profil", r.profil},
                           {"codeInsee", r.codeInsee},
                           {"parc", r.parc},
                           {"allocataire", r.allocataire},
                           {"procedure", r.procedure}}},
                         {"vise", r.vise()},
                         {"partenaires", couples}});
    }
    return liste;
}

class Simulations {
  public:
    explicit Simulations(const ContexteAnnuaire& contexte) : contexte_(contexte) {}

    Response simuler(const Request& request) const {
        Seance seance(contexte_, request, Seance::Usage::Lecture);
        exigerDroit(peutEcrireReglesEtBailleurs(seance.acteur()));
        const auto charge = contexte_.annuaire.get(seance.transaction());
        const auto lu = dossierDe(seance, request.json);
        auto faits = faitsDe(lu, *charge);
        if (!faits) refuserConflit("dossier_sans_territoire", "Ce dossier n'est dans aucun territoire.");
        const auto mode = request.json.value("mode", "reelle") == "simulation" ? ModeAffectation::Simulation
                                                                               : ModeAffectation::Reelle;
        const Annuaire annuaire(partDuTerritoire(*charge->annuaire, faits->territoire, regleDe(seance, request.json)));
        const auto explication = expliquer(annuaire, *faits, mode);
        auto retenus = Json::array();
        for (const auto& id : explication.retenus) {
            const auto& partenaire = *annuaire.partenaire(id);
            retenus.push_back({{"id", id.valeur}, {"nom", partenaire.nom}, {"type", domain::nameOf(partenaire.type)}});
        }
        auto misesDeCote = Json::array();
        for (const auto& une : charge->illisibles) {
            if (une.liste == "regles")
                misesDeCote.push_back({{"regle", une.id}, {"raison", une.champ + " : " + une.raison}});
        }
        return Response::json(200, {{"faits", faitsJson(lu, *faits)},
                                    {"retenus", retenus},
                                    {"partenaires", partenairesJson(annuaire, explication, mode)},
                                    {"regles", reglesJson(annuaire, explication, faits->territoire)},
                                    {"reglesEnPanne", misesDeCote}});
    }

  private:
    static DossierAOrienter dossierDe(Seance& seance, const Json& corps) {
        const bool parUuid = corps.contains("dossier");
        if (parUuid == corps.contains("faits")) {
            refuserSi({{"dossier", "dossier_ou_faits",
                        "Donnez l'identifiant d'un dossier, ou les faits d'un dossier inventé."}});
        }
        if (!parUuid) return decrit(corps.at("faits"), seance.territoires());
        const auto uuid = corps.at("dossier").get<std::string>();
        if (core::isUuid(uuid)) service::noteSignalement(uuid);
        auto lu = core::isUuid(uuid) ? lireDossierASimuler(seance.transaction(), uuid) : std::nullopt;
        if (!lu) throw core::Error(core::ErrorKind::NotFound, "dossier_inconnu", "Ce dossier n'existe pas.");
        return *lu;
    }

    // The rule that is tried, read as one that is saved; in place of the one of its `id`.
    static std::optional<Regle> regleDe(Seance& seance, const Json& corps) {
        if (!corps.contains("regle")) return std::nullopt;
        auto contenu = corps.at("regle");
        contenu["id"] = corps.value("remplace", kEssai);
        contenu["active"] = true;
        auto refus = lireRegle(contenu, seance.territoires(), referencesDe(seance.transaction(), {contenu}));
        for (auto& un : refus) un.champ = "regle." + un.champ;
        refuserSi(std::move(refus));
        auto lues = readAnnuaire(Json{{"regles", Json::array({contenu})}}).regles;
        return std::move(lues.front());
    }

    const ContexteAnnuaire contexte_;
};

}  // namespace

void bindSimulations(http::Router& router, const ContexteAnnuaire& contexte) {
    const auto simulations = std::make_shared<const Simulations>(contexte);
    router.bind("simulateRegles", service::traced(contexte.pool, contexte.vie.clock(), [simulations](const Request& request) {
                    return simulations->simuler(request);
                }));
}

}  // namespace histologe::routing
