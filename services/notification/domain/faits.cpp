#include "services/notification/domain/faits.hpp"

#include "libs/core/clock.hpp"
#include "libs/core/zone.hpp"
#include "services/notification/domain/lecture_evenement.hpp"

namespace histologe::notification {

using core::Json;

DossierUsagers lireDepot(const std::string& sujet, const Json& data, const Json& personnel) {
    DossierUsagers dossier;
    dossier.signalementId = exige(sujet, "subject");
    dossier.reference = texte(data, "reference");
    // An injonction is known by its national number.
    if (dossier.reference.empty()) dossier.reference = texte(data, "injonction");
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

Injonction lireInjonction(const Json& data, const Json& personnel) {
    // He has three weeks; the last day that he is told is the one before.
    constexpr std::chrono::days kPourRepondre{20};
    Injonction injonction;
    injonction.bailleur = texte(objetOuVide(personnel, "proprietaire"), "courriel");
    injonction.codeBailleur = texte(personnel, "codeBailleur");
    if (const auto depot = core::parseInstant(texte(data, "creeLe"))) {
        const auto jour = core::toRfc3339(core::Instant(std::chrono::sys_days(core::Zone::paris().dayOf(*depot)) +
                                                        kPourRepondre));
        injonction.repondreAvant = jour.substr(8, 2) + "/" + jour.substr(5, 2) + "/" + jour.substr(0, 4);
    }
    return injonction;
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
