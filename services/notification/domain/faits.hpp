// What notification understands of the events it hears: only what a mail needs, read tolerantly.
#pragma once

#include <string>
#include <vector>

#include "libs/core/json.hpp"

namespace histologe::notification {

struct Personne {
    std::string prenom;
    std::string nom;
    std::string courriel;
    friend bool operator==(const Personne&, const Personne&) = default;
};

// A dossier as its usagers' mails need it; kept, because later events name the dossier only.
struct DossierUsagers {
    std::string signalementId;
    std::string reference;
    std::string territoire;  // name
    std::string statut;      // empty when the event does not say
    std::string profilDeclarant;
    Personne occupant;
    Personne declarant;  // empty when the occupant declares for himself
    std::string codeSuivi;
    std::string adresse;  // street line
    std::string codePostal;
    std::string commune;
    bool logementVacant = false;
    bool bailleurAverti = true;  // false only when the usager said that he has not told his landlord
    friend bool operator==(const DossierUsagers&, const DossierUsagers&) = default;
};

// A report that begins by the accelerated procedure: what its landlord is told.
struct Injonction {
    std::string bailleur;      // his mail; empty: he is written to by post
    std::string codeBailleur;  // opens his space, with the reference
    std::string repondreAvant;  // day, 25/11/2026; empty when the event does not say when it was filed
};

struct AffectationCreee {
    std::string signalementId;
    std::string affectationId;
    std::string reference;
    std::string territoire;
    std::string codePostal;
    std::string commune;
    std::vector<std::string> qualifications;  // codes, in the order of the event
    std::string partenaire;                   // name
    std::string courrielPartenaire;           // empty when it has none
    bool partenaireNotifiable = true;
};

struct StatutModifie {
    std::string signalementId;
    std::string ancien;
    std::string nouveau;
};

// A usager asked for a link: to follow the signalement, or to go on with a draft.
struct LienDemande {
    std::string demandeId;      // the event's id: each request makes one mail
    std::string signalementId;  // empty for a draft
    std::string courriel;
    std::string prenom;
    std::string codeSuivi;    // of the signalement
    std::string brouillonId;  // of the draft
    std::string creeLe;       // of the draft, RFC 3339
    std::string adresse;
    std::string codePostal;
    std::string commune;
};

// The owner of an account is to be written to.
struct CourrielDeCompte {
    std::string evenementId;  // each request makes one mail
    std::string compteId;
    std::string motif;  // name of the kind of mail
    std::string courriel;
    std::string prenom;
    std::string lien;  // secret of the link
    std::string code;
    std::string territoire;
    std::string partenaire;
    std::string le;  // RFC 3339 date
    std::string nombre;
};

// Readers of an event's `data` and `personnel`. `sujet` is the signalement's id (the event's subject). A field that is
// absent, null or of another type reads as empty: a mail with less to say is better than none. They throw core::Error
// (InvalidInput, `evenement_incomplet`) only when an id without which no mail can be made or recognised is missing.
DossierUsagers lireDepot(const std::string& sujet, const core::Json& data, const core::Json& personnel);
Injonction lireInjonction(const core::Json& data, const core::Json& personnel);
AffectationCreee lireAffectation(const std::string& sujet, const core::Json& data, const core::Json& personnel);
StatutModifie lireStatut(const std::string& sujet, const core::Json& data);
LienDemande lireLienDemande(const std::string& evenementId, const std::string& sujet, const core::Json& data,
                            const core::Json& personnel);
CourrielDeCompte lireCourrielDeCompte(const std::string& evenementId, const std::string& sujet, const core::Json& data,
                                      const core::Json& personnel);

}  // namespace histologe::notification
