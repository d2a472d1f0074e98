// The steps in which an agent writes a signalement (reference of intake, 7.1): one row a field. Fields whose answers are
// kept in several places, or turned round, have `Garde::Non` and are kept by the rules of their step.
#pragma once

#include "services/intake/domain/section_listes.hpp"

namespace histologe::intake::tables {

// clang-format off
inline constexpr ChampDeSection kEtapeAdresse[] = {
    {.nom = "profileDeclarant", .libelle = "Profil du déclarant", .nature = Nature::Choix, .chemin = "/profilDeclarant", .requis = kTous, .choix = kDeclarants},
    {.nom = "lienDeclarantOccupant", .libelle = "Lien avec l'occupant", .nature = Nature::Choix, .chemin = "/declarant/lien", .choix = kLiensDuTiers},
    {.nom = "profileOccupant", .libelle = "Profil de l'occupant", .nature = Nature::Choix, .garde = Garde::Non, .choix = kProfilsOccupantOuVacant},
    {.nom = "adresseOccupant", .libelle = "Numéro et rue", .chemin = "/adresse/voie", .requis = kTous, .maximum = 100},
    {.nom = "cpOccupant", .libelle = "Code postal", .nature = Nature::CodePostal, .chemin = "/adresse/codePostal", .requis = kTous},
    {.nom = "villeOccupant", .libelle = "Commune", .chemin = "/adresse/commune", .requis = kTous, .maximum = 100},
    {.nom = "inseeOccupant", .libelle = "Code de la commune", .nature = Nature::CodeInsee, .chemin = "/adresse/codeInsee"},
    {.nom = "latitude", .libelle = "Latitude", .nature = Nature::Nombre, .garde = Garde::Non, .minimum = -90, .maximum = 90},
    {.nom = "longitude", .libelle = "Longitude", .nature = Nature::Nombre, .garde = Garde::Non, .minimum = -180, .maximum = 180},
    {.nom = "rnbId", .libelle = "Identifiant du bâtiment", .chemin = "/adresse/rnbId", .maximum = 255},
    {.nom = "etageOccupant", .libelle = "Étage", .chemin = "/adresse/etage", .maximum = 5},
    {.nom = "escalierOccupant", .libelle = "Escalier", .chemin = "/adresse/escalier", .maximum = 3},
    {.nom = "numAppartOccupant", .libelle = "Numéro d'appartement", .chemin = "/adresse/numeroAppartement", .maximum = 5},
    {.nom = "adresseAutreOccupant", .libelle = "Complément d'adresse", .chemin = "/adresse/complement", .maximum = 255},
    {.nom = "isLogementSocial", .libelle = "Logement social", .nature = Nature::Choix, .chemin = "/logement/social", .garde = Garde::Booleen, .requis = kTous, .choix = kOuiNonNsp},
    {.nom = "natureLogement", .libelle = "Type de logement", .nature = Nature::Choix, .chemin = "/logement/nature", .objet = kTCL, .cle = "type_logement_nature", .requis = kTous, .choix = kNatures},
    {.nom = "natureLogementAutre", .libelle = "Précision sur le type de logement", .objet = kTCL, .cle = "type_logement_nature_autre_precision", .maximum = 15},
    {.nom = "nbOccupantsLogement", .libelle = "Nombre de personnes", .nature = Nature::Entier, .chemin = "/logement/nbOccupants", .cle = "composition_logement_nombre_personnes", .garde = Garde::Nombre, .minimum = 0, .maximum = 99},
    {.nom = "nbEnfantsDansLogement", .libelle = "Nombre d'enfants", .nature = Nature::Entier, .objet = kTCL, .cle = "composition_logement_nombre_enfants", .minimum = 0, .maximum = 99},
    {.nom = "enfantsDansLogementMoinsSixAns", .libelle = "Enfants de moins de six ans", .nature = Nature::Choix, .objet = kTCL, .cle = "composition_logement_enfants", .choix = kOuiNonNsp},
    {.nom = "autreSituationVulnerabilite", .libelle = "Autre situation de vulnérabilité", .nature = Nature::Lignes, .chemin = "/foyer/autreSituationVulnerabilite", .maximum = 5000},
};

inline constexpr ChampDeSection kEtapeLogement[] = {
    {.nom = "appartementEtage", .libelle = "Étage", .nature = Nature::Choix, .objet = kTCL, .cle = "type_logement_appartement_etage", .choix = kEtages},
    {.nom = "appartementAvecFenetres", .libelle = "Fenêtres", .nature = Nature::Choix, .objet = kTCL, .cle = "type_logement_appartement_avec_fenetres", .choix = kOuiNon},
    {.nom = "nombreEtages", .libelle = "Nombre d'étages", .nature = Nature::Entier, .chemin = "/logement/nbNiveaux", .objet = kIC, .cle = "informations_complementaires_logement_nombre_etages", .garde = Garde::Nombre, .minimum = 1, .maximum = 99},
    {.nom = "anneeConstruction", .libelle = "Année de construction", .nature = Nature::Annee, .chemin = "/logement/anneeConstruction", .objet = kIC, .cle = "informations_complementaires_logement_annee_construction"},
    {.nom = "autresOccupantsDesordre", .libelle = "Autres logements touchés", .nature = Nature::Choix, .chemin = "/logement/autresOccupantsDesordre", .choix = kOuiNonNsp},
    {.nom = "pieceUnique", .libelle = "Une ou plusieurs pièces", .nature = Nature::Choix, .objet = kTCL, .cle = "composition_logement_piece_unique", .choix = kPieces},
    {.nom = "nombrePieces", .libelle = "Nombre de pièces", .nature = Nature::Entier, .chemin = "/logement/nbPieces", .objet = kTCL, .cle = "composition_logement_nb_pieces", .garde = Garde::Nombre, .minimum = 1, .maximum = 999},
    {.nom = "superficie", .libelle = "Superficie", .nature = Nature::Nombre, .chemin = "/logement/superficie", .cle = "composition_logement_superficie", .garde = Garde::Nombre, .minimum = 1, .maximum = 9999},
    {.nom = "pieceAVivre9m", .libelle = "Pièce à vivre d'au moins 9 m²", .nature = Nature::Choix, .objet = kTCL, .cle = "type_logement_commodites_piece_a_vivre_9m", .choix = kOuiNon},
    {.nom = "cuisine", .libelle = "Cuisine", .nature = Nature::Choix, .garde = Garde::Non, .choix = kOuiCollectiveNon},
    {.nom = "sdb", .libelle = "Salle de bain", .nature = Nature::Choix, .garde = Garde::Non, .choix = kOuiCollectiveNon},
    {.nom = "toilettes", .libelle = "Toilettes", .nature = Nature::Choix, .garde = Garde::Non, .choix = kOuiCollectiveNon},
    {.nom = "toilettesCuisineMemePiece", .libelle = "Toilettes et cuisine dans la même pièce", .nature = Nature::Choix, .objet = kTCL, .cle = "type_logement_commodites_wc_cuisine", .choix = kOuiNon},
    {.nom = "typeChauffage", .libelle = "Chauffage", .nature = Nature::Choix, .garde = Garde::Non, .choix = kChauffagesParCode},
};

inline constexpr ChampDeSection kEtapeSituation[] = {
    {.nom = "bail", .libelle = "Bail", .nature = Nature::Choix, .chemin = "/logement/bailEnCours", .objet = kTCL, .cle = "bail_dpe_bail", .garde = Garde::Booleen, .choix = kOuiNon},
    {.nom = "dpe", .libelle = "Diagnostic de performance énergétique", .nature = Nature::Choix, .objet = kTCL, .cle = "bail_dpe_dpe", .choix = kOuiNon},
    {.nom = "classeEnergetique", .libelle = "Classe énergétique", .nature = Nature::Choix, .objet = kTCL, .cle = "bail_dpe_classe_energetique", .choix = kClassesSansNsp},
    {.nom = "dateDpe", .libelle = "Date du diagnostic", .nature = Nature::Choix, .objet = kTCL, .cle = "desordres_logement_chauffage_details_dpe_annee", .choix = kAnneesDpe},
    {.nom = "etatDesLieux", .libelle = "État des lieux", .nature = Nature::Choix, .objet = kTCL, .cle = "bail_dpe_etat_des_lieux", .choix = kOuiNon},
    {.nom = "dateEntree", .libelle = "Date d'entrée dans le logement", .nature = Nature::JourPasse, .chemin = "/logement/dateEntree"},
    {.nom = "loyer", .libelle = "Loyer", .nature = Nature::Nombre, .chemin = "/logement/loyer", .garde = Garde::Nombre, .minimum = 0, .maximum = 1e9},
    {.nom = "payementLoyersAJour", .libelle = "Loyers à jour", .nature = Nature::Choix, .objet = kIC, .cle = "informations_complementaires_situation_occupants_loyers_payes", .choix = kOuiNon},
    {.nom = "allocataire", .libelle = "Allocataire", .nature = Nature::Choix, .garde = Garde::Non, .choix = kOuiNon},
    {.nom = "caisseAllocation", .libelle = "Caisse d'allocation", .nature = Nature::Choix, .garde = Garde::Non, .choix = kCaisses},
    {.nom = "dateNaissanceAllocataire", .libelle = "Date de naissance", .nature = Nature::JourPasse, .chemin = "/foyer/dateNaissanceOccupant", .objet = kSF, .cle = "logement_social_date_naissance"},
    {.nom = "numeroAllocataire", .libelle = "Numéro d'allocataire", .chemin = "/foyer/numeroAllocataire", .objet = kSF, .cle = "logement_social_numero_allocataire", .maximum = 25},
    {.nom = "typeAllocation", .libelle = "Type d'allocation", .nature = Nature::Choix, .objet = kIC, .cle = "informations_complementaires_situation_occupants_type_allocation", .choix = kTypesAllocation},
    {.nom = "montantAllocation", .libelle = "Montant de l'allocation", .nature = Nature::Nombre, .chemin = "/foyer/montantAllocation", .objet = kSF, .cle = "logement_social_montant_allocation", .garde = Garde::Nombre, .minimum = 0, .maximum = 1e9},
    {.nom = "accompagnementTravailleurSocial", .libelle = "Accompagnement social", .nature = Nature::Choix, .objet = kSF, .cle = "travailleur_social_accompagnement", .choix = kOuiNon},
    {.nom = "accompagnementTravailleurSocialNomStructure", .libelle = "Structure d'accompagnement", .objet = kSF, .cle = "travailleur_social_accompagnement_nom_structure", .maximum = 255},
    {.nom = "accompagnementTravailleurSocialNomReferent", .libelle = "Nom du référent", .objet = kSF, .cle = "travailleur_social_accompagnement_nom_referent", .maximum = 255},
    {.nom = "accompagnementTravailleurSocialPrenomReferent", .libelle = "Prénom du référent", .objet = kSF, .cle = "travailleur_social_accompagnement_prenom_referent", .maximum = 255},
    {.nom = "beneficiaireRSA", .libelle = "Bénéficiaire du RSA", .nature = Nature::Choix, .chemin = "/foyer/rsa", .objet = kIC, .cle = "informations_complementaires_situation_occupants_beneficiaire_rsa", .garde = Garde::Booleen, .choix = kOuiNon},
    {.nom = "beneficiaireFSL", .libelle = "Bénéficiaire du FSL", .nature = Nature::Choix, .objet = kIC, .cle = "informations_complementaires_situation_occupants_beneficiaire_fsl", .choix = kOuiNon},
    {.nom = "isProprioAverti", .libelle = "Propriétaire averti", .nature = Nature::Choix, .chemin = "/proprietaire/averti", .garde = Garde::Booleen, .choix = kOuiNon},
    {.nom = "dateProprietaireAverti", .libelle = "Date où il a été averti", .nature = Nature::JourPasse, .chemin = "/proprietaire/avertiLe"},
    {.nom = "moyenInformationProprietaire", .libelle = "Moyen utilisé pour l'avertir", .nature = Nature::Choix, .objet = kIP, .cle = "info_procedure_bail_moyen", .choix = kMoyens},
    {.nom = "reponseProprietaire", .libelle = "Réponse du propriétaire", .nature = Nature::Lignes, .objet = kIP, .cle = "info_procedure_bail_reponse", .maximum = 255},
    {.nom = "isRelogement", .libelle = "Demande de relogement", .nature = Nature::Choix, .chemin = "/foyer/relogement", .garde = Garde::Booleen, .choix = kOuiNon},
    {.nom = "souhaiteQuitterLogement", .libelle = "Souhaite quitter le logement", .nature = Nature::Choix, .objet = kSF, .cle = "travailleur_social_quitte_logement", .choix = kOuiNon},
    {.nom = "preavisDepartDepose", .libelle = "Préavis de départ", .nature = Nature::Choix, .chemin = "/foyer/preavisDepart", .objet = kSF, .cle = "travailleur_social_preavis_depart", .garde = Garde::Booleen, .choix = kOuiNon},
    {.nom = "logementAssure", .libelle = "Logement assuré", .nature = Nature::Choix, .garde = Garde::Non, .choix = kOuiNon},
    {.nom = "assuranceContactee", .libelle = "Assurance contactée", .nature = Nature::Choix, .garde = Garde::Non, .choix = kOuiNon},
    {.nom = "reponseAssurance", .libelle = "Réponse de l'assurance", .nature = Nature::Lignes, .objet = kIP, .cle = "info_procedure_reponse_assurance", .maximum = 255},
};

inline constexpr ChampDeSection kEtapeCoordonnees[] = {
    {.nom = "civiliteOccupant", .libelle = "Civilité de l'occupant", .nature = Nature::Choix, .chemin = "/occupant/civilite", .choix = kCivilites},
    {.nom = "nomOccupant", .libelle = "Nom de l'occupant", .chemin = "/occupant/nom", .maximum = 50},
    {.nom = "prenomOccupant", .libelle = "Prénom de l'occupant", .chemin = "/occupant/prenom", .maximum = 50},
    {.nom = "mailOccupant", .libelle = "Courriel de l'occupant", .nature = Nature::Courriel, .chemin = "/occupant/courriel", .maximum = 255},
    {.nom = "telOccupant", .libelle = "Téléphone de l'occupant", .nature = Nature::Telephone, .chemin = "/occupant/telephone"},
    {.nom = "typeProprio", .libelle = "Type de propriétaire", .nature = Nature::Choix, .chemin = "/proprietaire/type", .choix = kTypesDeProprietaire},
    {.nom = "denominationProprio", .libelle = "Dénomination du propriétaire", .chemin = "/proprietaire/denomination", .maximum = 255},
    {.nom = "nomProprio", .libelle = "Nom du propriétaire", .chemin = "/proprietaire/nom", .maximum = 255},
    {.nom = "prenomProprio", .libelle = "Prénom du propriétaire", .chemin = "/proprietaire/prenom", .maximum = 255},
    {.nom = "mailProprio", .libelle = "Courriel du propriétaire", .nature = Nature::Courriel, .chemin = "/proprietaire/courriel", .maximum = 255},
    {.nom = "telProprio", .libelle = "Téléphone du propriétaire", .nature = Nature::Telephone, .chemin = "/proprietaire/telephone"},
    {.nom = "adresseProprio", .libelle = "Adresse du propriétaire", .chemin = "/proprietaire/adresse", .maximum = 255},
    {.nom = "codePostalProprio", .libelle = "Code postal du propriétaire", .nature = Nature::CodePostal, .chemin = "/proprietaire/codePostal"},
    {.nom = "villeProprio", .libelle = "Commune du propriétaire", .chemin = "/proprietaire/commune", .maximum = 255},
    {.nom = "structureDeclarant", .libelle = "Structure du déclarant", .chemin = "/declarant/structure", .maximum = 200},
    {.nom = "nomDeclarant", .libelle = "Nom du déclarant", .chemin = "/declarant/nom", .requis = kTiers, .maximum = 50},
    {.nom = "prenomDeclarant", .libelle = "Prénom du déclarant", .chemin = "/declarant/prenom", .maximum = 50},
    {.nom = "matriculeDeclarant", .libelle = "Matricule du déclarant", .chemin = "/declarant/matricule", .maximum = 255},
    {.nom = "mailDeclarant", .libelle = "Courriel du déclarant", .nature = Nature::Courriel, .chemin = "/declarant/courriel", .requis = kTiers, .maximum = 255},
    {.nom = "telDeclarant", .libelle = "Téléphone du déclarant", .nature = Nature::Telephone, .chemin = "/declarant/telephone"},
    {.nom = "denominationAgence", .libelle = "Dénomination de l'agence", .chemin = "/agence/denomination", .maximum = 255},
    {.nom = "nomAgence", .libelle = "Nom à l'agence", .chemin = "/agence/nom", .maximum = 255},
    {.nom = "prenomAgence", .libelle = "Prénom à l'agence", .chemin = "/agence/prenom", .maximum = 255},
    {.nom = "mailAgence", .libelle = "Courriel de l'agence", .nature = Nature::Courriel, .chemin = "/agence/courriel", .maximum = 255},
    {.nom = "telAgence", .libelle = "Téléphone de l'agence", .nature = Nature::Telephone, .chemin = "/agence/telephone"},
    {.nom = "adresseAgence", .libelle = "Adresse de l'agence", .chemin = "/agence/adresse", .maximum = 255},
    {.nom = "codePostalAgence", .libelle = "Code postal de l'agence", .nature = Nature::CodePostal, .chemin = "/agence/codePostal"},
    {.nom = "villeAgence", .libelle = "Commune de l'agence", .chemin = "/agence/commune", .maximum = 255},
    {.nom = "denominationSyndic", .libelle = "Dénomination du syndic", .chemin = "/syndic/denomination", .maximum = 255},
    {.nom = "nomSyndic", .libelle = "Nom du syndic", .chemin = "/syndic/nom", .maximum = 255},
    {.nom = "mailSyndic", .libelle = "Courriel du syndic", .nature = Nature::Courriel, .chemin = "/syndic/courriel", .maximum = 255},
    {.nom = "telSyndic", .libelle = "Téléphone du syndic", .nature = Nature::Telephone, .chemin = "/syndic/telephone"},
    {.nom = "telSyndicSecondaire", .libelle = "Téléphone secondaire du syndic", .nature = Nature::Telephone, .chemin = "/syndic/telephoneSecondaire"},
};

inline constexpr Section kEtapesDeSaisie[] = {
    {SectionId::EtapeAdresse, "adresse", "Le logement et le déclarant", kEtapeAdresse},
    {SectionId::EtapeLogement, "logement", "La composition du logement", kEtapeLogement},
    {SectionId::EtapeSituation, "situation", "La situation du foyer", kEtapeSituation},
    {SectionId::EtapeCoordonnees, "coordonnees", "Les coordonnées", kEtapeCoordonnees},
};

inline constexpr ChampDeSection kMission[] = {
    {.nom = "matriculeDeclarant", .libelle = "Matricule", .chemin = "/declarant/matricule", .requis = kTous, .maximum = 50},
    {.nom = "nomDeclarant", .libelle = "Nom", .chemin = "/declarant/nom", .maximum = 50},
    {.nom = "dateMission", .libelle = "Date de la mission", .nature = Nature::JourPasse, .chemin = "/mission/date"},
    {.nom = "origineMission", .libelle = "Origine de la mission", .chemin = "/mission/origine", .maximum = 50},
    {.nom = "ordreMission", .libelle = "Ordre de mission", .chemin = "/mission/ordre", .maximum = 50},
};

inline constexpr ChampDeSection kSecoursAdresse[] = {
    {.nom = "adresseOccupant", .libelle = "Numéro et rue", .chemin = "/adresse/voie", .requis = kTous, .maximum = 100},
    {.nom = "cpOccupant", .libelle = "Code postal", .nature = Nature::CodePostal, .chemin = "/adresse/codePostal", .requis = kTous},
    {.nom = "villeOccupant", .libelle = "Commune", .chemin = "/adresse/commune", .requis = kTous, .maximum = 100},
    {.nom = "inseeOccupant", .libelle = "Code de la commune", .nature = Nature::CodeInsee, .chemin = "/adresse/codeInsee"},
    {.nom = "latitude", .libelle = "Latitude", .nature = Nature::Nombre, .garde = Garde::Non, .minimum = -90, .maximum = 90},
    {.nom = "longitude", .libelle = "Longitude", .nature = Nature::Nombre, .garde = Garde::Non, .minimum = -180, .maximum = 180},
    {.nom = "rnbId", .libelle = "Identifiant du bâtiment", .chemin = "/adresse/rnbId", .maximum = 255},
    {.nom = "adresseAutreOccupant", .libelle = "Complément d'adresse", .chemin = "/adresse/complement", .maximum = 255},
    {.nom = "isLogementSocial", .libelle = "Logement social", .nature = Nature::Choix, .chemin = "/logement/social", .garde = Garde::Booleen, .requis = kTous, .choix = kOuiNonNsp},
    {.nom = "natureLogement", .libelle = "Type de logement", .nature = Nature::Choix, .chemin = "/logement/nature", .objet = kTCL, .cle = "type_logement_nature", .requis = kTous, .choix = kNatures},
    {.nom = "natureLogementAutre", .libelle = "Précision sur le type de logement", .objet = kTCL, .cle = "type_logement_nature_autre_precision", .maximum = 15},
    {.nom = "typeEtageLogement", .libelle = "Étage", .nature = Nature::Choix, .objet = kTCL, .cle = "type_logement_appartement_etage", .choix = kEtages},
    {.nom = "etageOccupant", .libelle = "Numéro de l'étage", .chemin = "/adresse/etage", .maximum = 5},
    {.nom = "nbPiecesLogement", .libelle = "Nombre de pièces", .nature = Nature::Entier, .chemin = "/logement/nbPieces", .garde = Garde::Nombre, .minimum = 1, .maximum = 999},
    {.nom = "superficie", .libelle = "Superficie", .nature = Nature::Entier, .chemin = "/logement/superficie", .garde = Garde::Nombre, .minimum = 1, .maximum = 9999},
};

inline constexpr ChampDeSection kSecoursOccupant[] = {
    {.nom = "profilOccupant", .libelle = "Profil de l'occupant", .nature = Nature::Choix, .garde = Garde::Non, .requis = kTous, .choix = kProfilsOccupantDesSecours},
    {.nom = "nomOccupant", .libelle = "Nom de l'occupant", .chemin = "/occupant/nom", .maximum = 50},
    {.nom = "prenomOccupant", .libelle = "Prénom de l'occupant", .chemin = "/occupant/prenom", .maximum = 50},
    {.nom = "mailOccupant", .libelle = "Courriel de l'occupant", .nature = Nature::Courriel, .chemin = "/occupant/courriel", .maximum = 255},
    {.nom = "telOccupant", .libelle = "Téléphone de l'occupant", .nature = Nature::Telephone, .chemin = "/occupant/telephone"},
    {.nom = "nbAdultesDansLogement", .libelle = "Nombre d'adultes", .nature = Nature::Entier, .garde = Garde::Non, .minimum = 0, .maximum = 99},
    {.nom = "nbEnfantsDansLogement", .libelle = "Nombre d'enfants", .nature = Nature::Entier, .objet = kTCL, .cle = "composition_logement_nombre_enfants", .minimum = 0, .maximum = 99},
    {.nom = "isEnfantsMoinsSixAnsDansLogement", .libelle = "Enfants de moins de six ans", .nature = Nature::Choix, .objet = kTCL, .cle = "composition_logement_enfants", .choix = kOuiNonNsp},
    {.nom = "autreVulnerabilite", .libelle = "Autre situation de vulnérabilité", .nature = Nature::Lignes, .chemin = "/foyer/autreSituationVulnerabilite", .maximum = 5000},
};

inline constexpr ChampDeSection kSecoursBailleur[] = {
    {.nom = "isBailleurAverti", .libelle = "Bailleur averti", .nature = Nature::Choix, .chemin = "/proprietaire/averti", .garde = Garde::Booleen, .choix = kOuiNonIndetermine},
    {.nom = "denominationProprio", .libelle = "Dénomination du propriétaire", .chemin = "/proprietaire/denomination", .maximum = 255},
    {.nom = "nomProprio", .libelle = "Nom du propriétaire", .chemin = "/proprietaire/nom", .maximum = 255},
    {.nom = "prenomProprio", .libelle = "Prénom du propriétaire", .chemin = "/proprietaire/prenom", .maximum = 255},
    {.nom = "mailProprio", .libelle = "Courriel du propriétaire", .nature = Nature::Courriel, .chemin = "/proprietaire/courriel", .maximum = 255},
    {.nom = "telProprio", .libelle = "Téléphone du propriétaire", .nature = Nature::Telephone, .chemin = "/proprietaire/telephone"},
    {.nom = "denominationSyndic", .libelle = "Dénomination du syndic", .chemin = "/syndic/denomination", .maximum = 255},
    {.nom = "nomSyndic", .libelle = "Nom du syndic", .chemin = "/syndic/nom", .maximum = 255},
    {.nom = "mailSyndic", .libelle = "Courriel du syndic", .nature = Nature::Courriel, .chemin = "/syndic/courriel", .maximum = 255},
    {.nom = "telSyndic", .libelle = "Téléphone du syndic", .nature = Nature::Telephone, .chemin = "/syndic/telephone"},
    {.nom = "telSyndicSecondaire", .libelle = "Téléphone secondaire du syndic", .nature = Nature::Telephone, .chemin = "/syndic/telephoneSecondaire"},
};

inline constexpr Section kEtapesDesSecours[] = {
    {SectionId::Mission, "mission", "La mission", kMission},
    {SectionId::SecoursAdresse, "adresse", "Le logement", kSecoursAdresse},
    {SectionId::SecoursOccupant, "occupant", "L'occupant", kSecoursOccupant},
    {SectionId::SecoursBailleur, "bailleur", "Le bailleur et le syndic", kSecoursBailleur},
};
// clang-format on

}  // namespace histologe::intake::tables
