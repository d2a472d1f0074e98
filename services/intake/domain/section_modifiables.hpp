// The sections that agents edit (reference of intake, 6.2): one row a field.
#pragma once

#include "services/intake/domain/section_listes.hpp"

namespace histologe::intake::tables {

// clang-format off
inline constexpr ChampDeSection kAdresse[] = {
    {.nom = "adresse", .libelle = "Numéro et rue", .chemin = "/adresse/voie", .requis = kTous, .minimum = 6, .maximum = 100},
    {.nom = "codePostal", .libelle = "Code postal", .nature = Nature::CodePostal, .chemin = "/adresse/codePostal", .requis = kTous},
    {.nom = "ville", .libelle = "Commune", .chemin = "/adresse/commune", .requis = kTous, .maximum = 100},
    {.nom = "etage", .libelle = "Étage", .chemin = "/adresse/etage", .maximum = 5},
    {.nom = "escalier", .libelle = "Escalier", .chemin = "/adresse/escalier", .maximum = 3},
    {.nom = "numAppart", .libelle = "Numéro d'appartement", .chemin = "/adresse/numeroAppartement", .maximum = 5},
    {.nom = "autre", .libelle = "Complément d'adresse", .chemin = "/adresse/complement", .maximum = 255},
    {.nom = "insee", .libelle = "Code de la commune", .nature = Nature::CodeInsee, .chemin = "/adresse/codeInsee", .requis = kTous},
    {.nom = "manuel", .libelle = "Adresse saisie à la main", .nature = Nature::Choix, .chemin = "/adresse/saisieManuelle", .garde = Garde::Booleen, .choix = kOuiNon},
};

inline constexpr ChampDeSection kCoordonneesTiers[] = {
    {.nom = "typeProprio", .libelle = "Type de bailleur", .nature = Nature::Choix, .chemin = "/proprietaire/type", .pour = kB, .choix = kTypesDeProprietaire},
    {.nom = "nom", .libelle = "Nom", .chemin = "/declarant/nom", .requis = kTous, .maximum = 50},
    {.nom = "prenom", .libelle = "Prénom", .chemin = "/declarant/prenom", .requis = kTous, .maximum = 50},
    {.nom = "matricule", .libelle = "Matricule", .chemin = "/declarant/matricule", .maximum = 255},
    {.nom = "mail", .libelle = "Courriel", .nature = Nature::Courriel, .chemin = "/declarant/courriel", .requis = kTous, .maximum = 255},
    {.nom = "telephone", .libelle = "Téléphone", .nature = Nature::Telephone, .chemin = "/declarant/telephone", .requis = kTous},
    {.nom = "lien", .libelle = "Lien avec l'occupant", .nature = Nature::Choix, .chemin = "/declarant/lien", .choix = kTousLiens},
    {.nom = "structure", .libelle = "Structure", .chemin = "/declarant/structure", .maximum = 200},
    {.nom = "dateNaissance", .libelle = "Date de naissance", .nature = Nature::JourPasse, .objet = kIC, .cle = "informations_complementaires_situation_bailleur_date_naissance"},
};

inline constexpr ChampDeSection kCoordonneesFoyer[] = {
    {.nom = "typeProprio", .libelle = "Type de propriétaire", .nature = Nature::Choix, .chemin = "/proprietaire/type", .pour = kBOC, .choix = kTypesDeProprietaire},
    {.nom = "nomStructure", .libelle = "Nom de la structure", .chemin = "/declarant/structure", .pour = kBOC, .maximum = 200},
    {.nom = "civilite", .libelle = "Civilité", .nature = Nature::Choix, .chemin = "/occupant/civilite", .requis = kL, .choix = kCivilites},
    {.nom = "nom", .libelle = "Nom", .chemin = "/occupant/nom", .requis = kSansSecours, .maximum = 50},
    {.nom = "prenom", .libelle = "Prénom", .chemin = "/occupant/prenom", .requis = kSansSecours, .maximum = 50},
    {.nom = "mail", .libelle = "Courriel", .nature = Nature::Courriel, .chemin = "/occupant/courriel", .requis = kOccupants, .maximum = 255},
    {.nom = "telephone", .libelle = "Téléphone", .nature = Nature::Telephone, .chemin = "/occupant/telephone", .requis = kOccupants},
    {.nom = "telephoneBis", .libelle = "Téléphone secondaire", .nature = Nature::Telephone, .chemin = "/occupant/telephoneSecondaire"},
    {.nom = "profileOccupant", .libelle = "Profil de l'occupant", .nature = Nature::Choix, .chemin = "/occupant/profil", .pour = kTP | kPRO | kSS, .choix = kProfilsOccupant},
};

inline constexpr ChampDeSection kCoordonneesBailleur[] = {
    {.nom = "typeProprio", .libelle = "Type de propriétaire", .nature = Nature::Choix, .chemin = "/proprietaire/type", .choix = kTypesDeProprietaire},
    {.nom = "denomination", .libelle = "Dénomination", .chemin = "/proprietaire/denomination", .maximum = 255},
    {.nom = "nom", .libelle = "Nom", .chemin = "/proprietaire/nom", .requis = kSansSecours, .maximum = 255},
    {.nom = "prenom", .libelle = "Prénom", .chemin = "/proprietaire/prenom", .requis = kBOC | kB, .maximum = 255},
    {.nom = "mail", .libelle = "Courriel", .nature = Nature::Courriel, .chemin = "/proprietaire/courriel", .requis = kBOC | kB, .maximum = 255},
    {.nom = "telephone", .libelle = "Téléphone", .nature = Nature::Telephone, .chemin = "/proprietaire/telephone", .requis = kBOC | kB},
    {.nom = "telephoneBis", .libelle = "Téléphone secondaire", .nature = Nature::Telephone, .chemin = "/proprietaire/telephoneSecondaire"},
    {.nom = "adresse", .libelle = "Adresse", .chemin = "/proprietaire/adresse", .requis = kBOC, .maximum = 255},
    {.nom = "codePostal", .libelle = "Code postal", .nature = Nature::CodePostal, .chemin = "/proprietaire/codePostal", .requis = kBOC},
    {.nom = "ville", .libelle = "Commune", .chemin = "/proprietaire/commune", .requis = kBOC, .maximum = 255},
    {.nom = "beneficiaireRsa", .libelle = "Bénéficiaire du RSA", .nature = Nature::Choix, .objet = kIC, .cle = "informations_complementaires_situation_bailleur_beneficiaire_rsa", .choix = kOuiNon},
    {.nom = "beneficiaireFsl", .libelle = "Bénéficiaire du FSL", .nature = Nature::Choix, .objet = kIC, .cle = "informations_complementaires_situation_bailleur_beneficiaire_fsl", .choix = kOuiNon},
    {.nom = "revenuFiscal", .libelle = "Revenu fiscal", .objet = kIC, .cle = "informations_complementaires_situation_bailleur_revenu_fiscal", .maximum = 50},
    {.nom = "dateNaissance", .libelle = "Date de naissance", .nature = Nature::JourPasse, .objet = kIC, .cle = "informations_complementaires_situation_bailleur_date_naissance"},
};

inline constexpr ChampDeSection kCoordonneesAgence[] = {
    {.nom = "denomination", .libelle = "Dénomination", .chemin = "/agence/denomination", .maximum = 255},
    {.nom = "nom", .libelle = "Nom", .chemin = "/agence/nom", .maximum = 255},
    {.nom = "prenom", .libelle = "Prénom", .chemin = "/agence/prenom", .maximum = 255},
    {.nom = "mail", .libelle = "Courriel", .nature = Nature::Courriel, .chemin = "/agence/courriel", .maximum = 255},
    {.nom = "telephone", .libelle = "Téléphone", .nature = Nature::Telephone, .chemin = "/agence/telephone"},
    {.nom = "telephoneBis", .libelle = "Téléphone secondaire", .nature = Nature::Telephone, .chemin = "/agence/telephoneSecondaire"},
    {.nom = "adresse", .libelle = "Adresse", .chemin = "/agence/adresse", .maximum = 255},
    {.nom = "codePostal", .libelle = "Code postal", .nature = Nature::CodePostal, .chemin = "/agence/codePostal"},
    {.nom = "ville", .libelle = "Commune", .chemin = "/agence/commune", .maximum = 255},
};

inline constexpr ChampDeSection kCoordonneesSyndic[] = {
    {.nom = "denomination", .libelle = "Dénomination", .chemin = "/syndic/denomination", .maximum = 255},
    {.nom = "nom", .libelle = "Nom", .chemin = "/syndic/nom", .maximum = 255},
    {.nom = "mail", .libelle = "Courriel", .nature = Nature::Courriel, .chemin = "/syndic/courriel", .maximum = 255},
    {.nom = "telephone", .libelle = "Téléphone", .nature = Nature::Telephone, .chemin = "/syndic/telephone"},
    {.nom = "telephoneBis", .libelle = "Téléphone secondaire", .nature = Nature::Telephone, .chemin = "/syndic/telephoneSecondaire"},
};

inline constexpr ChampDeSection kInformationsLogement[] = {
    {.nom = "nombrePersonnes", .libelle = "Nombre de personnes", .nature = Nature::Entier, .chemin = "/logement/nbOccupants", .cle = "composition_logement_nombre_personnes", .garde = Garde::Nombre, .requis = kTous, .minimum = 1, .maximum = 99},
    {.nom = "compositionLogementNombreEnfants", .libelle = "Nombre d'enfants", .nature = Nature::Entier, .objet = kTCL, .cle = "composition_logement_nombre_enfants", .minimum = 0, .maximum = 99},
    {.nom = "compositionLogementEnfants", .libelle = "Enfants de moins de six ans", .nature = Nature::Choix, .objet = kTCL, .cle = "composition_logement_enfants", .requis = kSansSecours, .choix = kOuiNonNsp},
    {.nom = "autreSituationVulnerabilite", .libelle = "Autre situation de vulnérabilité", .nature = Nature::Lignes, .chemin = "/foyer/autreSituationVulnerabilite", .maximum = 5000},
    {.nom = "dateEntree", .libelle = "Date d'entrée dans le logement", .nature = Nature::JourPasse, .chemin = "/logement/dateEntree", .requis = kOccupants},
    {.nom = "bailleurDateEffetBail", .libelle = "Date d'effet du bail", .nature = Nature::JourLibre, .objet = kIC, .cle = "informations_complementaires_situation_bailleur_date_effet_bail"},
    {.nom = "bailDpeBail", .libelle = "Bail", .nature = Nature::Choix, .chemin = "/logement/bailEnCours", .objet = kTCL, .cle = "bail_dpe_bail", .garde = Garde::Booleen, .requis = kL | kB, .choix = kOuiNonNsp},
    {.nom = "bailDpeInvariant", .libelle = "Numéro d'invariant fiscal", .chemin = "/logement/numeroInvariant", .maximum = 12},
    {.nom = "bailDpeEtatDesLieux", .libelle = "État des lieux", .nature = Nature::Choix, .objet = kTCL, .cle = "bail_dpe_etat_des_lieux", .requis = kL | kB, .choix = kOuiNonNsp},
    {.nom = "bailDpeDpe", .libelle = "Diagnostic de performance énergétique", .nature = Nature::Choix, .objet = kTCL, .cle = "bail_dpe_dpe", .requis = kL | kB | kBOC, .choix = kOuiNonNsp},
    {.nom = "bailDpeClasseEnergetique", .libelle = "Classe énergétique", .nature = Nature::Choix, .objet = kTCL, .cle = "bail_dpe_classe_energetique", .choix = kClasses},
    {.nom = "loyer", .libelle = "Loyer", .nature = Nature::Nombre, .chemin = "/logement/loyer", .garde = Garde::Nombre, .minimum = 0, .maximum = 1e9},
    {.nom = "loyersPayes", .libelle = "Loyers à jour", .nature = Nature::Choix, .objet = kIC, .cle = "informations_complementaires_situation_occupants_loyers_payes", .choix = kOuiNon},
    {.nom = "anneeConstruction", .libelle = "Année de construction", .nature = Nature::Annee, .chemin = "/logement/anneeConstruction", .objet = kIC, .cle = "informations_complementaires_logement_annee_construction"},
    {.nom = "autresOccupantsDesordre", .libelle = "Autres logements touchés", .nature = Nature::Choix, .chemin = "/logement/autresOccupantsDesordre", .choix = kOuiNonNsp},
};

inline constexpr ChampDeSection kCompositionLogement[] = {
    {.nom = "type", .libelle = "Type de logement", .nature = Nature::Choix, .chemin = "/logement/nature", .objet = kTCL, .cle = "type_logement_nature", .requis = kTous, .choix = kNatures},
    {.nom = "typeLogementNatureAutrePrecision", .libelle = "Précision sur le type de logement", .objet = kTCL, .cle = "type_logement_nature_autre_precision", .maximum = 15},
    {.nom = "typeCompositionLogement", .libelle = "Une ou plusieurs pièces", .nature = Nature::Choix, .objet = kTCL, .cle = "composition_logement_piece_unique", .requis = kTous, .choix = kPieces},
    {.nom = "superficie", .libelle = "Superficie", .nature = Nature::Nombre, .chemin = "/logement/superficie", .cle = "composition_logement_superficie", .garde = Garde::Nombre, .requis = kOccupants, .minimum = 1, .maximum = 9999},
    {.nom = "compositionLogementNbPieces", .libelle = "Nombre de pièces", .nature = Nature::Entier, .chemin = "/logement/nbPieces", .objet = kTCL, .cle = "composition_logement_nb_pieces", .garde = Garde::Nombre, .requis = kTous, .minimum = 1, .maximum = 999},
    {.nom = "nombreEtages", .libelle = "Nombre d'étages", .nature = Nature::Entier, .chemin = "/logement/nbNiveaux", .objet = kIC, .cle = "informations_complementaires_logement_nombre_etages", .garde = Garde::Nombre, .minimum = 0, .maximum = 999},
    {.nom = "etage", .libelle = "Étage", .nature = Nature::Choix, .objet = kTCL, .cle = "type_logement_appartement_etage", .choix = kEtages},
    {.nom = "avecFenetres", .libelle = "Fenêtres", .nature = Nature::Choix, .objet = kTCL, .cle = "type_logement_appartement_avec_fenetres", .choix = kOuiNonNsp},
    {.nom = "typeLogementCommoditesPieceAVivre9m", .libelle = "Pièce à vivre d'au moins 9 m²", .nature = Nature::Choix, .objet = kTCL, .cle = "type_logement_commodites_piece_a_vivre_9m", .requis = kL | kBOC | kB | kTP, .choix = kOuiNonNsp},
    {.nom = "typeLogementCommoditesCuisine", .libelle = "Cuisine", .nature = Nature::Choix, .objet = kTCL, .cle = "type_logement_commodites_cuisine", .requis = kTous, .choix = kOuiNonNsp},
    {.nom = "typeLogementCommoditesCuisineCollective", .libelle = "Cuisine collective", .nature = Nature::Choix, .objet = kTCL, .cle = "type_logement_commodites_cuisine_collective", .choix = kOuiNon},
    {.nom = "typeLogementCommoditesSalleDeBain", .libelle = "Salle de bain", .nature = Nature::Choix, .objet = kTCL, .cle = "type_logement_commodites_salle_de_bain", .requis = kTous, .choix = kOuiNonNsp},
    {.nom = "typeLogementCommoditesSalleDeBainCollective", .libelle = "Salle de bain collective", .nature = Nature::Choix, .objet = kTCL, .cle = "type_logement_commodites_salle_de_bain_collective", .choix = kOuiNon},
    {.nom = "typeLogementCommoditesWc", .libelle = "Toilettes", .nature = Nature::Choix, .objet = kTCL, .cle = "type_logement_commodites_wc", .requis = kTous, .choix = kOuiNonNsp},
    {.nom = "typeLogementCommoditesWcCollective", .libelle = "Toilettes collectives", .nature = Nature::Choix, .objet = kTCL, .cle = "type_logement_commodites_wc_collective", .choix = kOuiNon},
    {.nom = "typeLogementCommoditesWcCuisine", .libelle = "Toilettes et cuisine dans la même pièce", .nature = Nature::Choix, .objet = kTCL, .cle = "type_logement_commodites_wc_cuisine", .choix = kOuiNon},
};

inline constexpr ChampDeSection kSituationFoyer[] = {
    {.nom = "isLogementSocial", .libelle = "Logement social", .nature = Nature::Choix, .chemin = "/logement/social", .garde = Garde::Booleen, .choix = kOuiNonNsp},
    {.nom = "isRelogement", .libelle = "Demande de relogement", .nature = Nature::Choix, .chemin = "/foyer/relogement", .garde = Garde::Booleen, .requis = kOccupants, .choix = kOuiNon},
    {.nom = "isAllocataire", .libelle = "Allocataire", .nature = Nature::Choix, .chemin = "/foyer/allocataire", .garde = Garde::Allocataire, .requis = kSansSecours, .choix = kAllocataires},
    {.nom = "dateNaissanceOccupant", .libelle = "Date de naissance", .nature = Nature::JourPasse, .chemin = "/foyer/dateNaissanceOccupant", .objet = kSF, .cle = "logement_social_date_naissance"},
    {.nom = "numAllocataire", .libelle = "Numéro d'allocataire", .chemin = "/foyer/numeroAllocataire", .objet = kSF, .cle = "logement_social_numero_allocataire", .maximum = 25},
    {.nom = "logementSocialMontantAllocation", .libelle = "Montant de l'allocation", .nature = Nature::Nombre, .chemin = "/foyer/montantAllocation", .objet = kSF, .cle = "logement_social_montant_allocation", .garde = Garde::Nombre, .minimum = 0, .maximum = 1e9},
    {.nom = "travailleurSocialQuitteLogement", .libelle = "Souhaite quitter le logement", .nature = Nature::Choix, .objet = kSF, .cle = "travailleur_social_quitte_logement", .requis = kL | kBOC | kTP | kPRO, .choix = kOuiNonNsp},
    {.nom = "travailleurSocialPreavisDepart", .libelle = "Préavis de départ", .nature = Nature::Choix, .chemin = "/foyer/preavisDepart", .objet = kSF, .cle = "travailleur_social_preavis_depart", .garde = Garde::Booleen, .choix = kOuiNonNsp},
    {.nom = "travailleurSocialAccompagnement", .libelle = "Accompagnement social", .nature = Nature::Choix, .objet = kSF, .cle = "travailleur_social_accompagnement", .requis = kL | kBOC | kTP | kPRO, .choix = kOuiNonNsp},
    {.nom = "travailleurSocialAccompagnementNomStructure", .libelle = "Structure d'accompagnement", .objet = kSF, .cle = "travailleur_social_accompagnement_nom_structure", .maximum = 255},
    {.nom = "travailleurSocialAccompagnementNomReferent", .libelle = "Nom du référent", .objet = kSF, .cle = "travailleur_social_accompagnement_nom_referent", .maximum = 255},
    {.nom = "travailleurSocialAccompagnementPrenomReferent", .libelle = "Prénom du référent", .objet = kSF, .cle = "travailleur_social_accompagnement_prenom_referent", .maximum = 255},
    {.nom = "beneficiaireRsa", .libelle = "Bénéficiaire du RSA", .nature = Nature::Choix, .chemin = "/foyer/rsa", .objet = kIC, .cle = "informations_complementaires_situation_occupants_beneficiaire_rsa", .garde = Garde::Booleen, .choix = kOuiNon},
    {.nom = "beneficiaireFsl", .libelle = "Bénéficiaire du FSL", .nature = Nature::Choix, .objet = kIC, .cle = "informations_complementaires_situation_occupants_beneficiaire_fsl", .choix = kOuiNon},
    {.nom = "revenuFiscal", .libelle = "Revenu fiscal", .objet = kIC, .cle = "informations_complementaires_situation_occupants_revenu_fiscal", .maximum = 50},
};

inline constexpr ChampDeSection kProcedureDemarches[] = {
    {.nom = "isProprioAverti", .libelle = "Propriétaire averti", .nature = Nature::Choix, .chemin = "/proprietaire/averti", .garde = Garde::Booleen, .requis = kL, .choix = kOuiNon},
    {.nom = "infoProcedureBailMoyen", .libelle = "Moyen utilisé pour l'avertir", .nature = Nature::Choix, .objet = kIP, .cle = "info_procedure_bail_moyen", .choix = kMoyens},
    {.nom = "infoProcedureBailDate", .libelle = "Mois où il a été averti", .nature = Nature::Mois, .chemin = "/proprietaire/avertiLe", .garde = Garde::Mois},
    {.nom = "infoProcedureBailReponse", .libelle = "Réponse du propriétaire", .nature = Nature::Lignes, .objet = kIP, .cle = "info_procedure_bail_reponse", .maximum = 255},
    {.nom = "infoProcedureBailNumero", .libelle = "Numéro de réclamation", .objet = kIP, .cle = "info_procedure_bail_numero", .maximum = 30},
    {.nom = "infoProcedureAssuranceContactee", .libelle = "Assurance contactée", .nature = Nature::Choix, .objet = kIP, .cle = "info_procedure_assurance_contactee", .requis = kL | kBOC | kB, .choix = kAssurancesAgents},
    {.nom = "infoProcedureReponseAssurance", .libelle = "Réponse de l'assurance", .nature = Nature::Lignes, .objet = kIP, .cle = "info_procedure_reponse_assurance", .maximum = 255},
    {.nom = "infoProcedureDepartApresTravaux", .libelle = "Départ après travaux", .nature = Nature::Choix, .objet = kIP, .cle = "info_procedure_depart_apres_travaux", .requis = kOccupants, .choix = kOuiNonNsp},
    {.nom = "dateMissionServiceSecours", .libelle = "Date de la mission", .nature = Nature::JourPasse, .chemin = "/mission/date", .pour = kSS},
    {.nom = "origineMissionServiceSecours", .libelle = "Origine de la mission", .chemin = "/mission/origine", .pour = kSS, .maximum = 255},
    {.nom = "ordreMissionServiceSecours", .libelle = "Ordre de mission", .chemin = "/mission/ordre", .pour = kSS, .maximum = 255},
};

inline constexpr ChampDeSection kLogementVacant[] = {
    {.nom = "logementVacant", .libelle = "Logement vacant", .nature = Nature::Choix, .chemin = "/logement/vacant", .garde = Garde::Booleen, .requis = kTous, .choix = kOuiNon},
};

inline constexpr Section kSectionsModifiables[] = {
    {SectionId::Adresse, "adresse", "Adresse du logement", kAdresse},
    {SectionId::CoordonneesTiers, "coordonnees-tiers", "Coordonnées du tiers déclarant", kCoordonneesTiers},
    {SectionId::CoordonneesFoyer, "coordonnees-foyer", "Coordonnées du foyer", kCoordonneesFoyer},
    {SectionId::CoordonneesBailleur, "coordonnees-bailleur", "Coordonnées du bailleur", kCoordonneesBailleur},
    {SectionId::CoordonneesAgence, "coordonnees-agence", "Coordonnées de l'agence", kCoordonneesAgence},
    {SectionId::CoordonneesSyndic, "coordonnees-syndic", "Coordonnées du syndic", kCoordonneesSyndic},
    {SectionId::InformationsLogement, "informations-logement", "Informations sur le logement", kInformationsLogement},
    {SectionId::CompositionLogement, "composition-logement", "Description du logement", kCompositionLogement},
    {SectionId::SituationFoyer, "situation-foyer", "Situation du foyer", kSituationFoyer},
    {SectionId::ProcedureDemarches, "procedure-demarches", "Procédure et démarches", kProcedureDemarches},
    {SectionId::LogementVacant, "logement-vacant", "Occupation du logement", kLogementVacant},
};
// clang-format on

}  // namespace histologe::intake::tables
