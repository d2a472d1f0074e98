// The sections that usagers correct themselves (reference of intake, 6.2): those of the agents where they are the same.
#pragma once

#include "services/intake/domain/section_modifiables.hpp"

namespace histologe::intake::tables {

// clang-format off
inline constexpr ChampDeSection kUsagerAdresse[] = {
    {.nom = "etage", .libelle = "Étage", .chemin = "/adresse/etage", .maximum = 5},
    {.nom = "escalier", .libelle = "Escalier", .chemin = "/adresse/escalier", .maximum = 3},
    {.nom = "numAppart", .libelle = "Numéro d'appartement", .chemin = "/adresse/numeroAppartement", .maximum = 5},
    {.nom = "autre", .libelle = "Complément d'adresse", .chemin = "/adresse/complement", .maximum = 255},
};

inline constexpr ChampDeSection kUsagerOccupant[] = {
    {.nom = "civilite", .libelle = "Civilité", .nature = Nature::Choix, .chemin = "/occupant/civilite", .choix = kCivilites},
    {.nom = "nom", .libelle = "Nom", .chemin = "/occupant/nom", .requis = kTous, .maximum = 50},
    {.nom = "prenom", .libelle = "Prénom", .chemin = "/occupant/prenom", .requis = kTous, .maximum = 50},
    {.nom = "mail", .libelle = "Courriel", .nature = Nature::Courriel, .chemin = "/occupant/courriel", .requis = kOccupants, .maximum = 255},
    {.nom = "telephone", .libelle = "Téléphone", .nature = Nature::Telephone, .chemin = "/occupant/telephone"},
    {.nom = "telephoneBis", .libelle = "Téléphone secondaire", .nature = Nature::Telephone, .chemin = "/occupant/telephoneSecondaire"},
};

inline constexpr ChampDeSection kUsagerBailleur[] = {
    {.nom = "nom", .libelle = "Nom", .chemin = "/proprietaire/nom", .requis = kSansSecours, .maximum = 255},
    {.nom = "prenom", .libelle = "Prénom", .chemin = "/proprietaire/prenom", .maximum = 255},
    {.nom = "mail", .libelle = "Courriel", .nature = Nature::Courriel, .chemin = "/proprietaire/courriel", .maximum = 255},
    {.nom = "telephone", .libelle = "Téléphone", .nature = Nature::Telephone, .chemin = "/proprietaire/telephone"},
    {.nom = "telephoneBis", .libelle = "Téléphone secondaire", .nature = Nature::Telephone, .chemin = "/proprietaire/telephoneSecondaire"},
    {.nom = "adresse", .libelle = "Adresse", .chemin = "/proprietaire/adresse", .maximum = 255},
    {.nom = "codePostal", .libelle = "Code postal", .nature = Nature::CodePostal, .chemin = "/proprietaire/codePostal"},
    {.nom = "ville", .libelle = "Commune", .chemin = "/proprietaire/commune", .maximum = 255},
    {.nom = "isProprioAverti", .libelle = "Propriétaire averti", .nature = Nature::Choix, .chemin = "/proprietaire/averti", .garde = Garde::Booleen, .requis = kTous, .choix = kOuiNon},
    {.nom = "infoProcedureBailMoyen", .libelle = "Moyen utilisé pour l'avertir", .nature = Nature::Choix, .objet = kIP, .cle = "info_procedure_bail_moyen", .choix = kMoyens},
    {.nom = "infoProcedureBailDate", .libelle = "Mois où il a été averti", .nature = Nature::Mois, .chemin = "/proprietaire/avertiLe", .garde = Garde::Mois},
    {.nom = "infoProcedureBailReponse", .libelle = "Réponse du propriétaire", .nature = Nature::Lignes, .objet = kIP, .cle = "info_procedure_bail_reponse", .maximum = 255},
    {.nom = "infoProcedureBailNumero", .libelle = "Numéro de réclamation", .objet = kIP, .cle = "info_procedure_bail_numero", .maximum = 30},
};

inline constexpr ChampDeSection kUsagerAssurance[] = {
    {.nom = "infoProcedureAssuranceContactee", .libelle = "Assurance contactée", .nature = Nature::Choix, .objet = kIP, .cle = "info_procedure_assurance_contactee", .choix = kAssurances},
    {.nom = "infoProcedureReponseAssurance", .libelle = "Réponse de l'assurance", .nature = Nature::Lignes, .objet = kIP, .cle = "info_procedure_reponse_assurance", .maximum = 255},
};

inline constexpr Section kSectionsDesUsagers[] = {
    {SectionId::Adresse, "adresse", "Compléments d'adresse", kUsagerAdresse},
    {SectionId::CoordonneesFoyer, "occupant", "Coordonnées de l'occupant", kUsagerOccupant},
    {SectionId::CoordonneesBailleur, "bailleur", "Coordonnées du bailleur", kUsagerBailleur},
    {SectionId::CoordonneesAgence, "agence", "Coordonnées de l'agence", kCoordonneesAgence},
    {SectionId::CoordonneesSyndic, "syndic", "Coordonnées du syndic", kCoordonneesSyndic},
    {SectionId::SituationFoyer, "situation-foyer", "Situation du foyer", kSituationFoyer},
    {SectionId::ProcedureDemarches, "assurance", "Assurance", kUsagerAssurance},
    {SectionId::InformationsLogement, "informations-generales", "Informations générales", kInformationsLogement},
    {SectionId::CompositionLogement, "type-composition", "Type et composition du logement", kCompositionLogement},
};
// clang-format on

}  // namespace histologe::intake::tables
