#include "services/notification/domain/faits.hpp"

#include <initializer_list>

#include "libs/core/error.hpp"

namespace histologe::notification {
namespace {

using core::Json;

const Json* champ(const Json& objet, const char* cle) {
    if (!objet.is_object()) return nullptr;
    const auto trouve = objet.find(cle);
    return trouve == objet.end() || trouve->is_null() ? nullptr : &*trouve;
}

std::string texte(const Json& objet, const char* cle) {
    const Json* valeur = champ(objet, cle);
    return valeur && valeur->is_string() ? valeur->get<std::string>() : std::string();
}

bool booleen(const Json& objet, const char* cle, bool defaut) {
    const Json* valeur = champ(objet, cle);
    return valeur && valeur->is_boolean() ? valeur->get<bool>() : defaut;
}

const Json& objetOuVide(const Json& objet, const char* cle) {
    static const Json kVide = Json::object();
    const Json* valeur = champ(objet, cle);
    return valeur && valeur->is_object() ? *valeur : kVide;
}

std::string exige(std::string valeur, const char* nom) {
    if (valeur.empty())
        throw core::Error(core::ErrorKind::InvalidInput, "evenement_incomplet",
                          "L’événement ne porte pas ce qu’il faut pour écrire le courriel.", {}, nom);
    return valeur;
}

Personne personne(const Json& personnel, const char* cle) {
    const Json& objet = objetOuVide(personnel, cle);
    return {texte(objet, "prenom"), texte(objet, "nom"), texte(objet, "courriel")};
}

// The street line is personal: it is looked for in `personnel` first, as text or as an object with a `voie`.
std::string ligneAdresse(const Json& data, const Json& personnel) {
    for (const Json* source : {&personnel, &data}) {
        if (std::string ligne = texte(*source, "adresse"); !ligne.empty()) return ligne;
        if (std::string voie = texte(objetOuVide(*source, "adresse"), "voie"); !voie.empty()) return voie;
    }
    return {};
}

// The name, beside a territory's code or within it.
std::string nomTerritoire(const Json& data) {
    std::string nom = texte(data, "territoireNom");
    return nom.empty() ? texte(objetOuVide(data, "territoire"), "nom") : nom;
}

}  // namespace

DossierUsagers lireDepot(const std::string& sujet, const Json& data, const Json& personnel) {
    DossierUsagers dossier;
    dossier.signalementId = exige(sujet, "subject");
    dossier.reference = texte(data, "reference");
    dossier.territoire = nomTerritoire(data);
    dossier.statut = texte(data, "statut");
    dossier.profilDeclarant = texte(data, "profilDeclarant");
    dossier.occupant = personne(personnel, "occupant");
    dossier.declarant = personne(personnel, "declarant");
    dossier.codeSuivi = texte(personnel, "codeSuivi");
    dossier.adresse = ligneAdresse(data, personnel);
    dossier.codePostal = texte(data, "codePostal");
    dossier.commune = texte(data, "commune");
    dossier.logementVacant = booleen(data, "logementVacant", false);
    dossier.bailleurAverti = booleen(data, "bailleurAverti", true);
    return dossier;
}

AffectationCreee lireAffectation(const std::string& sujet, const Json& data, const Json& personnel) {
    AffectationCreee affectation;
    affectation.signalementId = exige(sujet, "subject");
    affectation.affectationId = exige(texte(data, "affectationId"), "affectationId");
    affectation.reference = texte(data, "reference");
    affectation.territoire = nomTerritoire(data);
    affectation.codePostal = texte(data, "codePostal");
    affectation.commune = texte(data, "commune");
    if (const Json* liste = champ(data, "qualifications"); liste && liste->is_array())
        for (const Json& element : *liste) {
            if (element.is_string()) affectation.qualifications.push_back(element.get<std::string>());
            if (element.is_object()) affectation.qualifications.push_back(texte(element, "code"));
        }
    const Json& partenaire = objetOuVide(data, "partenaire");
    affectation.partenaire = texte(partenaire, "nom");
    const Json& contact = objetOuVide(personnel, "partenaire");
    affectation.partenaireNotifiable = booleen(contact, "notifiable", booleen(partenaire, "notifiable", true));
    affectation.courrielPartenaire = texte(contact, "courriel");
    return affectation;
}

StatutModifie lireStatut(const std::string& sujet, const Json& data) {
    return {exige(sujet, "subject"), texte(data, "ancien"), texte(data, "nouveau")};
}

LienDemande lireLienDemande(const std::string& evenementId, const std::string& sujet, const Json& data,
                            const Json& personnel) {
    LienDemande demande;
    demande.demandeId = exige(evenementId, "id");
    demande.codeSuivi = texte(personnel, "codeSuivi");
    demande.brouillonId = texte(personnel, "brouillonId");
    exige(demande.codeSuivi + demande.brouillonId, "codeSuivi");
    if (demande.brouillonId.empty()) demande.signalementId = sujet;
    demande.courriel = texte(personnel, "courriel");
    demande.prenom = texte(personnel, "prenom");
    demande.creeLe = texte(data, "creeLe");
    demande.adresse = ligneAdresse(data, personnel);
    demande.codePostal = texte(data, "codePostal");
    demande.commune = texte(data, "commune");
    return demande;
}

CourrielDeCompte lireCourrielDeCompte(const std::string& evenementId, const std::string& sujet, const Json& data,
                                      const Json& personnel) {
    CourrielDeCompte compte;
    compte.evenementId = exige(evenementId, "id");
    const auto deuxPoints = sujet.find(':');
    compte.compteId = exige(deuxPoints == std::string::npos ? "" : sujet.substr(deuxPoints + 1), "subject");
    compte.motif = exige(texte(data, "motif"), "motif");
    compte.courriel = texte(personnel, "courriel");
    compte.prenom = texte(personnel, "prenom");
    compte.lien = texte(personnel, "lien");
    compte.code = texte(personnel, "code");
    compte.territoire = texte(data, "territoire");
    compte.partenaire = texte(data, "partenaire");
    compte.le = texte(data, "le");
    if (const Json* nombre = champ(data, "nombre"); nombre && nombre->is_number_integer())
        compte.nombre = std::to_string(nombre->get<long long>());
    return compte;
}

}  // namespace histologe::notification
