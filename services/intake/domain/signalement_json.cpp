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
    return {{"libelle", a.libelle},
            {"voie", ou(a.voie)},
            {"codePostal", a.codePostal},
            {"commune", a.commune},
            {"codeInsee", a.codeInsee},
            {"etage", ou(a.etage)},
            {"escalier", ou(a.escalier)},
            {"numeroAppartement", ou(a.numeroAppartement)},
            {"complement", ou(a.complement)},
            {"rnbId", ou(a.rnbId)},
            {"saisieManuelle", a.saisieManuelle},
            {"geoloc", std::move(geoloc)}};
}

Json enJson(const Occupant& o) {
    return {{"profil", ou(o.profil)},
            {"civilite", ou(o.civilite)},
            {"nom", ou(o.nom)},
            {"prenom", ou(o.prenom)},
            {"courriel", ou(o.courriel)},
            {"telephone", ou(o.telephone)},
            {"telephoneSecondaire", ou(o.telephoneSecondaire)}};
}

Json enJson(const Declarant& d) {
    return {{"lien", ou(d.lien)},
            {"structure", ou(d.structure)},
            {"nom", ou(d.nom)},
            {"prenom", ou(d.prenom)},
            {"courriel", ou(d.courriel)},
            {"telephone", ou(d.telephone)},
            {"telephoneSecondaire", ou(d.telephoneSecondaire)}};
}

Json enJson(const Proprietaire& p) {
    return {{"type", ou(p.type)},
            {"denomination", ou(p.denomination)},
            {"nom", ou(p.nom)},
            {"prenom", ou(p.prenom)},
            {"courriel", ou(p.courriel)},
            {"telephone", ou(p.telephone)},
            {"telephoneSecondaire", ou(p.telephoneSecondaire)},
            {"adresse", ou(p.adresse)},
            {"codePostal", ou(p.codePostal)},
            {"commune", ou(p.commune)},
            {"averti", ou(p.averti)},
            {"avertiLe", ou(p.avertiLe)}};
}

Json enJson(const Logement& l) {
    return {{"social", ou(l.social)},
            {"vacant", ou(l.vacant)},
            {"nature", ou(l.nature)},
            {"superficie", ou(l.superficie)},
            {"nbPieces", ou(l.nbPieces)},
            {"nbNiveaux", ou(l.nbNiveaux)},
            {"nbOccupants", ou(l.nbOccupants)},
            {"anneeConstruction", ou(l.anneeConstruction)},
            {"constructionAvant1949", ou(l.constructionAvant1949)},
            {"loyer", ou(l.loyer)},
            {"bailEnCours", ou(l.bailEnCours)},
            {"numeroInvariant", ou(l.numeroInvariant)},
            {"dateEntree", ou(l.dateEntree)}};
}

Json enJson(const Foyer& f) {
    return {{"allocataire", ou(f.allocataire)},
            {"numeroAllocataire", ou(f.numeroAllocataire)},
            {"montantAllocation", ou(f.montantAllocation)},
            {"dateNaissanceOccupant", ou(f.dateNaissanceOccupant)},
            {"relogement", ou(f.relogement)},
            {"preavisDepart", ou(f.preavisDepart)},
            {"rsa", ou(f.rsa)}};
}

}  // namespace

Json enJson(const Signalement& s) {
    return {{"profilDeclarant", codeDe(s.profilDeclarant)},
            {"declarePourAutrui", s.declarePourAutrui()},
            {"territoire", ou(s.territoire)},
            {"message", s.message},
            {"adresse", enJson(s.adresse)},
            {"occupant", enJson(s.occupant)},
            {"declarant", enJson(s.declarant)},
            {"proprietaire", enJson(s.proprietaire)},
            {"logement", enJson(s.logement)},
            {"foyer", enJson(s.foyer)},
            {"debutDesordres", ou(s.debutDesordres)},
            {"desordresConstates", ou(s.desordresConstates)},
            {"cguAcceptees", s.cguAcceptees},
            {"typeCompositionLogement", s.typeCompositionLogement},
            {"situationFoyer", s.situationFoyer},
            {"informationProcedure", s.informationProcedure},
            {"informationComplementaire", s.informationComplementaire},
            {"precisionsLibres", s.precisionsLibres}};
}

}  // namespace histologe::intake
