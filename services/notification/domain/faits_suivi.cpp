#include "services/notification/domain/faits_suivi.hpp"

#include "services/notification/domain/lecture_evenement.hpp"

namespace histologe::notification {

using core::Json;

SuiviCree lireSuivi(const std::string& sujet, const std::string& instant, const Json& data, const Json& personnel) {
    constexpr std::size_t kHeure = 13;
    SuiviCree suivi;
    suivi.signalementId = exige(sujet, "subject");
    suivi.suiviId = exige(texte(data, "suiviId"), "suiviId");
    suivi.reference = texte(data, "reference");
    suivi.territoire = nomTerritoire(data);
    suivi.categorie = texte(data, "categorie");
    suivi.auteur = texte(data, "auteur");
    suivi.statut = texte(data, "statut");
    suivi.heure = instant.substr(0, kHeure);
    suivi.visibleUsager = booleen(data, "visibleUsager", false);
    if (const Json* liste = champ(personnel, "partenaires"); liste && liste->is_array())
        for (const Json& element : *liste)
            suivi.partenaires.push_back(
                {texte(element, "nom"), texte(element, "courriel"), booleen(element, "notifiable", true)});
    return suivi;
}

TiersInvite lireTiersInvite(const std::string& sujet, const Json& data, const Json& personnel) {
    TiersInvite invite;
    invite.signalementId = exige(sujet, "subject");
    invite.invitationId = exige(texte(data, "invitationId"), "invitationId");
    invite.codeSuivi = exige(texte(personnel, "codeSuivi"), "codeSuivi");
    invite.jeton = exige(texte(personnel, "jeton"), "jeton");
    invite.courriel = texte(personnel, "courriel");
    invite.prenom = texte(personnel, "prenom");
    invite.invitant = personne(personnel, "invitant");
    invite.commune = texte(data, "commune");
    return invite;
}

CourrielAConfirmer lireCourrielAConfirmer(const std::string& evenementId, const std::string& sujet, const Json& data,
                                          const Json& personnel) {
    CourrielAConfirmer demande;
    demande.signalementId = exige(sujet, "subject");
    demande.demandeId = exige(evenementId, "id");
    demande.reference = texte(data, "reference");
    demande.codeSuivi = exige(texte(personnel, "codeSuivi"), "codeSuivi");
    demande.jeton = exige(texte(personnel, "jeton"), "jeton");
    demande.courriel = texte(personnel, "courriel");
    demande.ancienCourriel = texte(personnel, "ancienCourriel");
    demande.prenom = texte(personnel, "prenom");
    return demande;
}

RecapitulatifPret lireRecapitulatif(const std::string& sujet, const Json& data, const Json& personnel) {
    return {exige(sujet, "subject"),      texte(data, "reference"),     texte(data, "territoireNom"),
            texte(personnel, "service"), texte(personnel, "courriel"), exige(texte(personnel, "chemin"), "chemin")};
}

ActeUsager lireActe(const std::string& sujet, const Json& data, const Json& personnel) {
    const Json& details = objetOuVide(data, "details");
    // The landlord knows the procedure by its own number, which it loses when it becomes an ordinary one.
    const std::string injonction = texte(details, "injonction");
    return {exige(sujet, "subject"),
            exige(texte(data, "acteId"), "acteId"),
            injonction.empty() ? texte(data, "reference") : injonction,
            texte(data, "categorie"),
            texte(details, "motif"),
            texte(personnel, "bailleur")};
}

}  // namespace histologe::notification
