// The named lists and bounds that the table of fields refers to.
#pragma once

#include "services/intake/domain/regles.hpp"

namespace histologe::intake::tables {

inline constexpr ProfilMask kL = masque(Profil::Locataire);
inline constexpr ProfilMask kBOC = masque(Profil::BailleurOccupant);
inline constexpr ProfilMask kTP = masque(Profil::TiersParticulier);
inline constexpr ProfilMask kPRO = masque(Profil::TiersPro);
inline constexpr ProfilMask kB = masque(Profil::Bailleur);
inline constexpr ProfilMask kSS = masque(Profil::ServiceSecours);
inline constexpr ProfilMask kTous = kL | kBOC | kTP | kPRO | kB | kSS;

inline constexpr std::string_view kOuiNon[] = {"oui", "non"};
inline constexpr std::string_view kOuiNonNsp[] = {"oui", "non", "nsp"};
inline constexpr std::string_view kTypesProprietaire[] = {"particulier", "organisme_societe"};
inline constexpr std::string_view kProfils[] = {"locataire", "bailleur_occupant", "bailleur",
                                                "tiers_pro", "tiers_particulier", "service_secours"};
inline constexpr std::string_view kLogementsConcernes[] = {"logement_occupez", "autre_logement"};
inline constexpr std::string_view kSituationsOccupant[] = {"locataire", "bailleur_occupant"};
inline constexpr std::string_view kSituationsOccupantNsp[] = {"locataire", "bailleur_occupant", "nsp"};
inline constexpr std::string_view kRolesTiers[] = {"tiers_particulier", "tiers_pro", "bailleur", "service_secours"};
inline constexpr std::string_view kOuiNonNeSaisPas[] = {"oui", "non", "ne-sais-pas"};
inline constexpr std::string_view kLiens[] = {"proche", "voisin", "autre"};
inline constexpr std::string_view kCivilites[] = {"mr", "mme"};
inline constexpr std::string_view kZones[] = {"batiment", "logement", "batiment_logement"};
inline constexpr std::string_view kNatures[] = {"appartement", "maison", "autre"};
inline constexpr std::string_view kPieces[] = {"piece_unique", "plusieurs_pieces"};
inline constexpr std::string_view kClasses[] = {"A", "B", "C", "D", "E", "F", "G", "nsp"};
inline constexpr std::string_view kCaisses[] = {"caf", "msa"};
inline constexpr std::string_view kMoyens[] = {"courrier", "email", "telephone", "sms", "autre", "nsp"};
inline constexpr std::string_view kAssurances[] = {"oui", "non", "pas_assurance_logement", "nsp"};
inline constexpr std::string_view kDebuts[] = {"less_1_month", "months_1_to_6", "months_6_to_12",
                                               "years_1_to_2", "more_2_years",  "nsp"};
inline constexpr std::string_view kChauffages[] = {"electrique", "gaz", "aucun", "nsp"};

inline constexpr Bornes kSuperficie{.minimum = 0, .minimumExclu = true, .maximum = 10000, .maximumExclu = true};
inline constexpr Bornes kNbPieces{.minimum = 0, .minimumExclu = true, .maximum = 1000, .maximumExclu = true};
inline constexpr Bornes kPersonnes{.minimum = 0, .minimumExclu = true, .maximum = 99, .maximumExclu = false};
inline constexpr Bornes kEnfants{.minimum = 0, .minimumExclu = false, .maximum = 1e10, .maximumExclu = true};

}  // namespace histologe::intake::tables
