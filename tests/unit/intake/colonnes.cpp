#include "tests/unit/intake/colonnes.hpp"

#include "services/intake/domain/lecture.hpp"

namespace histologe::intake::essais {
namespace {

using core::Json;

void poser(Json& colonnes, const char* nom, const TexteOptionnel& texte) {
    if (texte && !texte->empty()) colonnes[nom] = *texte;
}

template <typename T>
void poser(Json& colonnes, const char* nom, const std::optional<T>& valeur) {
    if (valeur) colonnes[nom] = *valeur;
}

void poser(Json& colonnes, const char* nom, const std::optional<Jour>& jour) {
    if (jour) colonnes[nom] = texteDe(*jour);
}

void poser(Json& colonnes, const char* nom, const Json& objet) {
    if (!objet.empty()) colonnes[nom] = objet;
}

void personnes(Json& c, const Signalement& s) {
    const Occupant& o = s.occupant;
    poser(c, "profile_occupant", o.profil);
    poser(c, "civilite_occupant", o.civilite);
    poser(c, "nom_occupant", o.nom);
    poser(c, "prenom_occupant", o.prenom);
    poser(c, "mail_occupant", o.courriel);
    poser(c, "tel_occupant", o.telephone);
    poser(c, "tel_occupant_bis", o.telephoneSecondaire);
    const Declarant& d = s.declarant;
    poser(c, "lien_declarant_occupant", d.lien);
    poser(c, "structure_declarant", d.structure);
    poser(c, "nom_declarant", d.nom);
    poser(c, "prenom_declarant", d.prenom);
    poser(c, "mail_declarant", d.courriel);
    poser(c, "tel_declarant", d.telephone);
    poser(c, "tel_declarant_secondaire", d.telephoneSecondaire);
    const Proprietaire& p = s.proprietaire;
    poser(c, "type_proprio", p.type);
    poser(c, "denomination_proprio", p.denomination);
    poser(c, "nom_proprio", p.nom);
    poser(c, "prenom_proprio", p.prenom);
    poser(c, "mail_proprio", p.courriel);
    poser(c, "tel_proprio", p.telephone);
    poser(c, "tel_proprio_secondaire", p.telephoneSecondaire);
    poser(c, "adresse_proprio", p.adresse);
    poser(c, "code_postal_proprio", p.codePostal);
    poser(c, "ville_proprio", p.commune);
    poser(c, "is_proprio_averti", p.averti);
    poser(c, "proprio_averti_at", p.avertiLe);
    if (p.bailleurRecherche)
        c["_bailleur_lookup"] = {{"name", *p.bailleurRecherche}, {"territory", s.territoire.value_or("")}};
}

void adresse(Json& c, const AdresseDuLogement& a) {
    poser(c, "adresse_occupant", a.voie);
    poser(c, "cp_occupant", TexteOptionnel(a.codePostal));
    poser(c, "ville_occupant", TexteOptionnel(a.commune));
    poser(c, "insee_occupant", TexteOptionnel(a.codeInsee));
    poser(c, "etage_occupant", a.etage);
    poser(c, "escalier_occupant", a.escalier);
    poser(c, "num_appart_occupant", a.numeroAppartement);
    poser(c, "adresse_autre_occupant", a.complement);
}

void logementEtFoyer(Json& c, const Logement& l, const Foyer& f) {
    poser(c, "is_logement_social", l.social);
    poser(c, "is_logement_vacant", l.vacant);
    poser(c, "nature_logement", l.nature);
    poser(c, "superficie", l.superficie);
    poser(c, "nb_pieces_logement", l.nbPieces);
    poser(c, "nb_niveaux_logement", l.nbNiveaux);
    poser(c, "nb_occupants_logement", l.nbOccupants);
    poser(c, "annee_construction", l.anneeConstruction);
    poser(c, "is_construction_avant1949", l.constructionAvant1949);
    poser(c, "loyer", l.loyer);
    poser(c, "is_bail_en_cours", l.bailEnCours);
    poser(c, "date_entree", l.dateEntree);
    poser(c, "is_allocataire", f.allocataire);
    poser(c, "num_allocataire", f.numeroAllocataire);
    poser(c, "montant_allocation", f.montantAllocation);
    poser(c, "date_naissance_occupant", f.dateNaissanceOccupant);
    poser(c, "is_relogement", f.relogement);
    poser(c, "is_preavis_depart", f.preavisDepart);
    poser(c, "is_rsa", f.rsa);
}

}  // namespace

Json enColonnes(const Signalement& s) {
    Json c = {{"creation_source", "FORM_USAGER_V2"},
              {"profile_declarant", codeDe(s.profilDeclarant)},
              {"is_not_occupant", s.declarePourAutrui()},
              {"is_cgu_accepted", s.cguAcceptees},
              {"details", s.message}};
    poser(c, "territory_zip", s.territoire);
    adresse(c, s.adresse);
    personnes(c, s);
    logementEtFoyer(c, s.logement, s.foyer);
    poser(c, "debut_desordres", s.debutDesordres);
    poser(c, "json_content", s.precisionsLibres);
    poser(c, "type_composition_logement", s.typeCompositionLogement);
    poser(c, "situation_foyer", s.situationFoyer);
    poser(c, "information_procedure", s.informationProcedure);
    poser(c, "information_complementaire", s.informationComplementaire);
    return c;
}

}  // namespace histologe::intake::essais
