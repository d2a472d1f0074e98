// The columns of the historical import and the closed lists of its cells.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "libs/core/text.hpp"

namespace histologe::intake::tables {

// clang-format off
inline constexpr std::string_view kColonnes[] = {
    "Ref signalement", "Date de creation signalement", "Date cloture", "motif_cloture", "ref des photos", "ref des documents",
    "details", "Propriétaire averti", "Date proprietaire averti", "nb d'adultes", "nb d enfants <6ans", "nb d enfants >6ans",
    "nb occupants logement", "Allocataire", "numéro Allocataire", "superficie", "Nom propriétaire", "Adresse Propriétaire",
    "Telephone Proprietaire", "Mail Propriétaire", "Logement social", "Préavis de départ donné",
    "Demande de Relogement en cours?", "Déclarant est l occupant?", "nom du declarant", "prenom declarant",
    "telephone declarant", "mail declarant", "lien entre declarant et occupant",
    "nom structure declarant si tiers professionnel", "nom occupant", "prenom occupant", "telephone occupant",
    "mail occupant", "adresse occupant", "Code postal occupant", "ville occupant", "code insee occupant", "date visite",
    "conclusion visite", "Occupant présent lors de la visite ?", "etage occupant", "escalier occupant",
    "numéro appartement  occupant", "RSA", "Logement < 1948", "numero invariant", "Nature du logement", "loyer",
    "Bail en cours", "date entree bail", "CGU acceptees", "Date modification / maj", "statut", "geoloc",
    "montant allocation", "adresse_autre_occupant", "annee construction immeuble", "naissance occupant",
    "nb de pieces du logement", "nb niveaux logement", "qualification", "Partenaires à affecter",
    "Signalement - Securite occupants 1", "Signalement - Securite occupants 2", "Signalement - Securite occupants 3",
    "Signalement - Etat & Proprete logement 1", "Signalement - Etat & Proprete logement 2",
    "Signalement - Etat & Proprete logement 3", "Signalement - Confort logement 1", "Signalement - Confort logement 2",
    "Signalement - Confort logement 3", "Signalement - Etat batiment 1", "Signalement - Etat batiment 2",
    "Signalement - Etat batiment 3", "Signalement - Espaces de vie 1", "Signalement - Espaces de vie 2",
    "Signalement - Espaces de vie 3", "Signalement - Vie commune & voisinage 1",
    "Signalement - Vie commune & voisinage 2", "Signalement - Vie commune & voisinage 3", "suivi",
};
// clang-format on
static_assert(std::size(kColonnes) == 82);

inline constexpr auto kColonnesDesDesordres = [] {
    std::array<std::string_view, 18> colonnes;
    for (std::size_t i = 0; i < colonnes.size(); ++i) colonnes[i] = kColonnes[63 + i];
    return colonnes;
}();

inline constexpr std::string_view kMotifsDeCloture[] = {
    "ABANDON_DE_PROCEDURE_ABSENCE_DE_REPONSE",
    "DEPART_OCCUPANT",
    "INSALUBRITE",
    "LOGEMENT_DECENT",
    "LOGEMENT_VENDU",
    "NON_DECENCE",
    "PERIL",
    "REFUS_DE_VISITE",
    "REFUS_DE_TRAVAUX",
    "RELOGEMENT_OCCUPANT",
    "RESPONSABILITE_DE_L_OCCUPANT",
    "RSD",
    "TRAVAUX_FAITS_OU_EN_COURS",
    "DOUBLON",
    "AUTRE",
    "DEMANDE_FERMETURE_ABANDON_OCCUPANT",
    "LOGEMENT_MIS_EN_CONFORMITE",
    "ABSENCE_DE_REPONSE_OCCUPANT",
    "GESTION_DU_DOSSIER_EXTERNE",
    "HORS_PERIMETRE_LHI",
};

// Letters and digits of a folded text, everything between as one underscore.
inline std::string enNom(std::string_view texte) {
    std::string nom;
    for (const char c : core::fold(texte)) {
        const bool estGarde = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (estGarde) {
            nom += static_cast<char>(c >= 'a' ? c - 32 : c);
        } else if (!nom.empty() && nom.back() != '_') {
            nom += '_';
        }
    }
    while (nom.ends_with('_')) nom.pop_back();
    return nom;
}

// A motive by its name or by the words of its name, with the three other wordings of old files; nullptr for none.
inline const std::string_view* motifDeCloture(std::string_view texte) {
    auto nom = enNom(texte);
    if (nom == "ABANDON_DE_PROCEDURE") nom = "ABANDON_DE_PROCEDURE_ABSENCE_DE_REPONSE";
    if (nom == "LOGEMENT_DECENT_PAS_D_INFRACTION") nom = "LOGEMENT_DECENT";
    for (const auto& motif : kMotifsDeCloture) {
        if (motif == nom) return &motif;
    }
    return nullptr;
}

inline constexpr std::string_view kLiensImportes[] = {"proche", "voisin", "secours", "bailleur", "pro", "autre"};
inline std::string codeDuLien(std::string_view plie) {
    for (const auto lien : kLiensImportes) {
        if (lien == plie) return enNom(lien);
    }
    return "AUTRE";
}

}  // namespace histologe::intake::tables
