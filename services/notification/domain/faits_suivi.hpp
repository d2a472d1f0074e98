// What notification understands of the events about suivis and about a usager's space; read as in faits.hpp.
#pragma once

#include <string>
#include <vector>

#include "services/notification/domain/faits.hpp"

namespace histologe::notification {

struct PartenaireAInformer {
    std::string nom;
    std::string courriel;
    bool notifiable = true;
};

// Something new in a dossier, with who had it at that moment.
struct SuiviCree {
    std::string signalementId;
    std::string suiviId;
    std::string reference;
    std::string territoire;  // name
    std::string categorie;
    std::string auteur;  // systeme, occupant, declarant, bailleur, or a partner's name
    std::string statut;  // of the dossier
    std::string heure;   // the hour in which it was written, `2026-11-25T09`
    bool visibleUsager = false;
    std::vector<PartenaireAInformer> partenaires;
};
// `instant` is the event's time, RFC 3339.
SuiviCree lireSuivi(const std::string& sujet, const std::string& instant, const core::Json& data,
                    const core::Json& personnel);

struct TiersInvite {
    std::string signalementId;
    std::string invitationId;
    std::string codeSuivi;
    std::string jeton;
    std::string courriel;
    std::string prenom;
    Personne invitant;
    std::string commune;
};
TiersInvite lireTiersInvite(const std::string& sujet, const core::Json& data, const core::Json& personnel);

struct CourrielAConfirmer {
    std::string signalementId;
    std::string demandeId;  // the event's id
    std::string reference;
    std::string codeSuivi;
    std::string jeton;
    std::string courriel;
    std::string ancienCourriel;  // empty when there is none
    std::string prenom;
};
CourrielAConfirmer lireCourrielAConfirmer(const std::string& evenementId, const std::string& sujet,
                                          const core::Json& data, const core::Json& personnel);

// The summary of a rescue service's declaration is ready.
struct RecapitulatifPret {
    std::string signalementId;
    std::string reference;
    std::string territoire;  // name
    std::string service;
    std::string courriel;
    std::string chemin;  // of the summary
};
RecapitulatifPret lireRecapitulatif(const std::string& sujet, const core::Json& data, const core::Json& personnel);

// An act that the landlord is written to about.
struct ActeUsager {
    std::string signalementId;
    std::string acteId;
    std::string reference;
    std::string categorie;
    std::string motif;
    std::string bailleur;  // his mail; empty: he is not told
};
ActeUsager lireActe(const std::string& sujet, const core::Json& data, const core::Json& personnel);

}  // namespace histologe::notification
