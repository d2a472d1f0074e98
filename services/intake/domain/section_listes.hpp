// The lists that the tables of sections refer to. Declarants as in regles_listes.hpp.
#pragma once

#include "services/intake/domain/regles_listes.hpp"
#include "services/intake/domain/section.hpp"

namespace histologe::intake::tables {

// Shorthand of the tables.
inline constexpr ProfilMask kOccupants = kL | kBOC;
inline constexpr ProfilMask kSansSecours = kL | kBOC | kTP | kPRO | kB;
inline constexpr ProfilMask kTiers = kTP | kPRO | kB | kSS;

inline constexpr std::string_view kTypesDeProprietaire[] = {"PARTICULIER", "ORGANISME_SOCIETE"};
inline constexpr std::string_view kTousLiens[] = {"PROCHE", "VOISIN", "SECOURS", "BAILLEUR", "PRO", "AUTRE"};
inline constexpr std::string_view kLiensDuTiers[] = {"PROCHE", "VOISIN", "AUTRE"};
inline constexpr std::string_view kProfilsOccupant[] = {"LOCATAIRE", "BAILLEUR_OCCUPANT"};
inline constexpr std::string_view kProfilsOccupantOuVacant[] = {"LOCATAIRE", "BAILLEUR_OCCUPANT", "vacant"};
inline constexpr std::string_view kProfilsOccupantDesSecours[] = {"LOCATAIRE", "BAILLEUR_OCCUPANT", "logement_vacant",
                                                                  "indetermine"};
inline constexpr std::string_view kDeclarants[] = {"LOCATAIRE", "BAILLEUR_OCCUPANT", "TIERS_PARTICULIER",
                                                   "TIERS_PRO", "BAILLEUR",          "SERVICE_SECOURS"};
inline constexpr std::string_view kEtages[] = {"RDC", "DERNIER_ETAGE", "SOUSSOL", "AUTRE"};
inline constexpr std::string_view kOuiCollectiveNon[] = {"oui", "collective", "non"};
inline constexpr std::string_view kChauffagesParCode[] = {"ELECTRIQUE", "GAZ", "AUCUN", "NSP"};
inline constexpr std::string_view kAllocataires[] = {"oui", "non", "CAF", "MSA"};
inline constexpr std::string_view kAnneesDpe[] = {"post2023", "before2023"};
inline constexpr std::string_view kTypesAllocation[] = {"als", "alf", "apl"};
inline constexpr std::string_view kAssurancesAgents[] = {"oui", "non", "pas_assurance_logement"};
inline constexpr std::string_view kOuiNonIndetermine[] = {"oui", "non", "indetermine"};
inline constexpr std::string_view kClassesSansNsp[] = {"A", "B", "C", "D", "E", "F", "G"};

// The copies of answers.
inline constexpr std::string_view kTCL = "typeCompositionLogement";
inline constexpr std::string_view kSF = "situationFoyer";
inline constexpr std::string_view kIP = "informationProcedure";
inline constexpr std::string_view kIC = "informationComplementaire";

}  // namespace histologe::intake::tables
