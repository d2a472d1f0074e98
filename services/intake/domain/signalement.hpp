// A signalement as it was declared: what the builder makes of a draft.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "libs/core/json.hpp"
#include "services/intake/domain/profil.hpp"

namespace histologe::intake {

using TexteOptionnel = std::optional<std::string>;
using Jour = std::chrono::sys_days;

struct Geoloc {
    double lat = 0;
    double lng = 0;
};

// The dwelling's address, as the declarant gave it (before any correction by the national address base).
struct AdresseDuLogement {
    std::string libelle;  // the whole line
    TexteOptionnel voie;  // number and street
    std::string codePostal;
    std::string commune;
    std::string codeInsee;
    TexteOptionnel etage;
    TexteOptionnel escalier;
    TexteOptionnel numeroAppartement;
    TexteOptionnel complement;
    TexteOptionnel rnbId;
    bool saisieManuelle = false;
    std::optional<Geoloc> geoloc;
};

struct Occupant {
    TexteOptionnel profil;    // LOCATAIRE, BAILLEUR_OCCUPANT or unknown
    TexteOptionnel civilite;  // mr, mme
    TexteOptionnel nom;
    TexteOptionnel prenom;
    TexteOptionnel courriel;
    TexteOptionnel telephone;
    TexteOptionnel telephoneSecondaire;
};

// Who declares, when it is not the occupant; for a bailleur occupant only `structure` is set.
struct Declarant {
    TexteOptionnel lien;  // PROCHE, VOISIN, AUTRE, SECOURS, BAILLEUR, PRO
    TexteOptionnel structure;
    TexteOptionnel nom;
    TexteOptionnel prenom;
    TexteOptionnel courriel;
    TexteOptionnel telephone;
    TexteOptionnel telephoneSecondaire;
};

struct Proprietaire {
    TexteOptionnel type;  // PARTICULIER, ORGANISME_SOCIETE
    TexteOptionnel denomination;
    TexteOptionnel nom;
    TexteOptionnel prenom;
    TexteOptionnel courriel;
    TexteOptionnel telephone;
    TexteOptionnel telephoneSecondaire;
    TexteOptionnel adresse;
    TexteOptionnel codePostal;
    TexteOptionnel commune;  // up to 255 characters
    std::optional<bool> averti;
    std::optional<Jour> avertiLe;  // first day of the month
    // The name under which the social landlord is to be looked for in the territoire; empty when it is not social
    // housing.
    TexteOptionnel bailleurRecherche;
};

struct Logement {
    std::optional<bool> social;
    std::optional<bool> vacant;  // false when an occupant is known; unknown otherwise
    TexteOptionnel nature;
    std::optional<double> superficie;  // square metres
    std::optional<int> nbPieces;
    std::optional<int> nbNiveaux;
    std::optional<int> nbOccupants;
    TexteOptionnel anneeConstruction;
    std::optional<bool> constructionAvant1949;
    std::optional<double> loyer;  // euros a month
    std::optional<bool> bailEnCours;
    TexteOptionnel numeroInvariant;
    std::optional<Jour> dateEntree;
};

struct Foyer {
    TexteOptionnel allocataire;  // CAF, MSA, 1 (yes, unknown by whom), 0
    TexteOptionnel numeroAllocataire;
    std::optional<double> montantAllocation;
    std::optional<Jour> dateNaissanceOccupant;
    std::optional<bool> relogement;
    std::optional<bool> preavisDepart;
    std::optional<bool> rsa;
};

// The person of the social services whom the declarant wants to let follow.
struct TiersInvite {
    std::string nom;
    std::string prenom;
    std::string courriel;
};

struct Signalement {
    Profil profilDeclarant = Profil::Locataire;
    std::optional<std::string> territoire;  // its key (`13`, `69A`)
    std::string message;                    // `N/C` when the declarant wrote none
    AdresseDuLogement adresse;
    Occupant occupant;
    Declarant declarant;
    Proprietaire proprietaire;
    Logement logement;
    Foyer foyer;
    TexteOptionnel debutDesordres;  // LESS_1_MONTH ... NSP
    std::optional<bool> desordresConstates;
    bool cguAcceptees = true;
    bool injonctionSouhaitee = false;  // `injonction_bailleur_choice` = oui
    std::optional<TiersInvite> tiersInvite;
    // Copies of answers under their own keys, without empty ones; objects (reference of intake, 5.1).
    core::Json typeCompositionLogement = core::Json::object();
    core::Json situationFoyer = core::Json::object();
    core::Json informationProcedure = core::Json::object();
    core::Json informationComplementaire = core::Json::object();
    // Free words on désordres and the kind of heating, by critère (reference of scoring, 1.5); an object.
    core::Json precisionsLibres = core::Json::object();

    // True when somebody else declares for the occupant.
    [[nodiscard]] bool declarePourAutrui() const noexcept { return !estOccupant(profilDeclarant); }
};

// The whole signalement as our JSON: camelCase French names, nested as the members above, null for what is not known,
// days as YYYY-MM-DD. Holds personal data.
core::Json enJson(const Signalement& signalement);

}  // namespace histologe::intake
