#include "services/intake/domain/lecture.hpp"
#include "services/intake/domain/signalement.hpp"

namespace histologe::intake {
namespace {

using core::Json;

template <typename T>
Json ou(const std::optional<T>& valeur) {
    return valeur ? Json(*valeur) : Json(nullptr);
}

Json ou(const std::optional<Jour>& jour) {
    return jour ? Json(texteDe(*jour)) : Json(nullptr);
}

Json enJson(const AdresseDuLogement& a) {
    Json geoloc = nullptr;
    if (a.geoloc) geoloc = {{"lat", a.geoloc->lat}, {"lng", a.geoloc->lng}};
    Json json = Json::object();
    json["libelle"] = a.libelle;
    json["voie"] = ou(a.voie);
    json["codePostal"] = a.codePostal;
    json["commune"] = a.commune;
    json["codeInsee"] = a.codeInsee;
    json["etage"] = ou(a.etage);
    json["escalier"] = ou(a.escalier);
    json["numeroAppartement"] = ou(a.numeroAppartement);
    json["complement"] = ou(a.complement);
    json["rnbId"] = ou(a.rnbId);
    json["saisieManuelle"] = a.saisieManuelle;
    json["geoloc"] = std::move(geoloc);
    return json;
}

Json enJson(const Occupant& o) {
    Json json = Json::object();
    json["profil"] = ou(o.profil);
    json["civilite"] = ou(o.civilite);
    json["nom"] = ou(o.nom);
    json["prenom"] = ou(o.prenom);
    json["courriel"] = ou(o.courriel);
    json["telephone"] = ou(o.telephone);
    json["telephoneSecondaire"] = ou(o.telephoneSecondaire);
    return json;
}

Json enJson(const Declarant& d) {
    Json json = Json::object();
    json["lien"] = ou(d.lien);
    json["structure"] = ou(d.structure);
    json["nom"] = ou(d.nom);
    json["prenom"] = ou(d.prenom);
    json["courriel"] = ou(d.courriel);
    json["telephone"] = ou(d.telephone);
    json["telephoneSecondaire"] = ou(d.telephoneSecondaire);
    return json;
}

Json enJson(const Proprietaire& p) {
    Json json = Json::object();
    json["type"] = ou(p.type);
    json["denomination"] = ou(p.denomination);
    json["nom"] = ou(p.nom);
    json["prenom"] = ou(p.prenom);
    json["courriel"] = ou(p.courriel);
    json["telephone"] = ou(p.telephone);
    json["telephoneSecondaire"] = ou(p.telephoneSecondaire);
    json["adresse"] = ou(p.adresse);
    json["codePostal"] = ou(p.codePostal);
    json["commune"] = ou(p.commune);
    json["averti"] = ou(p.averti);
    json["avertiLe"] = ou(p.avertiLe);
    return json;
}

Json enJson(const Logement& l) {
    Json json = Json::object();
    json["social"] = ou(l.social);
    json["vacant"] = ou(l.vacant);
    json["nature"] = ou(l.nature);
    json["superficie"] = ou(l.superficie);
    json["nbPieces"] = ou(l.nbPieces);
    json["nbNiveaux"] = ou(l.nbNiveaux);
    json["nbOccupants"] = ou(l.nbOccupants);
    json["anneeConstruction"] = ou(l.anneeConstruction);
    json["constructionAvant1949"] = ou(l.constructionAvant1949);
    json["loyer"] = ou(l.loyer);
    json["bailEnCours"] = ou(l.bailEnCours);
    json["numeroInvariant"] = ou(l.numeroInvariant);
    json["dateEntree"] = ou(l.dateEntree);
    return json;
}

Json enJson(const Foyer& f) {
    Json json = Json::object();
    json["allocataire"] = ou(f.allocataire);
    json["numeroAllocataire"] = ou(f.numeroAllocataire);
    json["montantAllocation"] = ou(f.montantAllocation);
    json["dateNaissanceOccupant"] = ou(f.dateNaissanceOccupant);
    json["relogement"] = ou(f.relogement);
    json["preavisDepart"] = ou(f.preavisDepart);
    json["rsa"] = ou(f.rsa);
    return json;
}

}  // namespace

Json enJson(const Signalement& s) {
    Json json = Json::object();
    json["profilDeclarant"] = codeDe(s.profilDeclarant);
    json["declarePourAutrui"] = s.declarePourAutrui();
    json["territoire"] = ou(s.territoire);
    json["message"] = s.message;
    json["adresse"] = enJson(s.adresse);
    json["occupant"] = enJson(s.occupant);
    json["declarant"] = enJson(s.declarant);
    json["proprietaire"] = enJson(s.proprietaire);
    json["logement"] = enJson(s.logement);
    json["foyer"] = enJson(s.foyer);
    json["debutDesordres"] = ou(s.debutDesordres);
    json["desordresConstates"] = ou(s.desordresConstates);
    json["cguAcceptees"] = s.cguAcceptees;
    json["typeCompositionLogement"] = s.typeCompositionLogement;
    json["situationFoyer"] = s.situationFoyer;
    json["informationProcedure"] = s.informationProcedure;
    json["informationComplementaire"] = s.informationComplementaire;
    json["precisionsLibres"] = s.precisionsLibres;
    return json;
}

}  // namespace histologe::intake
