#include "services/routing/domain/motifs.hpp"

#include <algorithm>
#include <array>

namespace histologe::routing {
namespace {

constexpr Motif kRefusDossier[] = {
    {"HORS_PDLHI", "la situation ne relève pas de la lutte contre l'habitat indigne"},
    {"DOUBLON", "ce logement a déjà un dossier"},
    {"AUTRE", "autre"},
};
constexpr Motif kRefusAffectation[] = {
    {"HORS_ZONE_GEOGRAPHIQUE", "le logement est hors du périmètre du partenaire"},
    {"HORS_COMPETENCE", "la situation ne relève pas du partenaire"},
    {"DOUBLON", "ce logement a déjà un dossier"},
    {"AUTRE", "autre"},
};
constexpr Motif kClotureDossier[] = {
    {"ABANDON_DE_PROCEDURE_ABSENCE_DE_REPONSE", "procédure abandonnée, personne ne répond"},
    {"DEPART_OCCUPANT", "l'occupant est parti"},
    {"INSALUBRITE", "insalubrité"},
    {"LOGEMENT_DECENT", "le logement est décent"},
    {"LOGEMENT_VENDU", "le logement est vendu"},
    {"NON_DECENCE", "non-décence"},
    {"PERIL", "péril"},
    {"REFUS_DE_VISITE", "la visite est refusée"},
    {"REFUS_DE_TRAVAUX", "les travaux sont refusés"},
    {"RELOGEMENT_OCCUPANT", "l'occupant est relogé"},
    {"RESPONSABILITE_DE_L_OCCUPANT", "les désordres relèvent de l'occupant ou de son assurance"},
    {"RSD", "règlement sanitaire départemental"},
    {"TRAVAUX_FAITS_OU_EN_COURS", "les travaux sont faits ou en cours"},
    {"DOUBLON", "ce logement a déjà un dossier"},
    {"AUTRE", "autre"},
};
constexpr Motif kClotureAffectation[] = {
    {"LOGEMENT_MIS_EN_CONFORMITE", "le logement est mis en conformité"},
    {"RELOGEMENT_OCCUPANT", "l'occupant est relogé"},
    {"DEMANDE_FERMETURE_ABANDON_OCCUPANT", "l'occupant demande l'arrêt du dossier"},
    {"ABSENCE_DE_REPONSE_OCCUPANT", "l'occupant ne répond pas"},
    {"REFUS_DE_VISITE", "la visite est refusée"},
    {"REFUS_DE_TRAVAUX", "les travaux sont refusés"},
    {"DEPART_OCCUPANT", "l'occupant est parti"},
    {"LOGEMENT_VENDU", "le logement est vendu"},
    {"DOUBLON", "ce logement a déjà un dossier"},
    {"GESTION_DU_DOSSIER_EXTERNE", "le dossier est suivi ailleurs"},
    {"HORS_PERIMETRE_LHI", "la situation ne relève pas de la lutte contre l'habitat indigne"},
    {"LOGEMENT_DECENT", "le logement est décent"},
    {"RESPONSABILITE_DE_L_OCCUPANT", "les désordres relèvent de l'occupant ou de son assurance"},
    {"AUTRE", "autre"},
};
constexpr Motif kClotureLogiciel[] = {
    {"ABANDON_DE_PROCEDURE_ABSENCE_DE_REPONSE", "procédure abandonnée, personne ne répond"},
    {"DEPART_OCCUPANT", "l'occupant est parti"},
    {"INSALUBRITE", "insalubrité"},
    {"LOGEMENT_DECENT", "le logement est décent"},
    {"NON_DECENCE", "non-décence"},
    {"PERIL", "péril"},
    {"REFUS_DE_VISITE", "la visite est refusée"},
    {"REFUS_DE_TRAVAUX", "les travaux sont refusés"},
    {"RELOGEMENT_OCCUPANT", "l'occupant est relogé"},
    {"RESPONSABILITE_DE_L_OCCUPANT", "les désordres relèvent de l'occupant ou de son assurance"},
    {"RSD", "règlement sanitaire départemental"},
    {"TRAVAUX_FAITS_OU_EN_COURS", "les travaux sont faits ou en cours"},
    {"DOUBLON", "ce logement a déjà un dossier"},
    {"AUTRE", "autre"},
};
constexpr Motif kClotureInjonction[] = {
    {"ACCORD_PROPRIETAIRE", "un accord est trouvé avec le propriétaire"},
    {"RELOGEMENT_OCCUPANT", "l'occupant est relogé"},
    {"TRAVAUX_FAITS_OU_EN_COURS", "les travaux sont faits ou en cours"},
    {"AUTRE", "autre"},
};
constexpr std::array<std::string_view, 7> kAvecTravaux = {
    "LOGEMENT_MIS_EN_CONFORMITE", "RELOGEMENT_OCCUPANT", "DEMANDE_FERMETURE_ABANDON_OCCUPANT", "ABSENCE_DE_REPONSE_OCCUPANT",
    "DEPART_OCCUPANT",            "LOGEMENT_VENDU",      "AUTRE"};

}  // namespace

std::span<const Motif> motifsDe(ListeMotifs liste, bool logiciel) noexcept {
    switch (liste) {
        case ListeMotifs::RefusDossier: return kRefusDossier;
        case ListeMotifs::RefusAffectation: return kRefusAffectation;
        case ListeMotifs::ClotureDossier: return kClotureDossier;
        case ListeMotifs::ClotureAffectation: return logiciel ? std::span<const Motif>(kClotureLogiciel) : kClotureAffectation;
        case ListeMotifs::ClotureInjonction: return kClotureInjonction;
        case ListeMotifs::Aucune: break;
    }
    return {};
}

bool estUnMotif(ListeMotifs liste, std::string_view code, bool logiciel) noexcept {
    const auto motifs = motifsDe(liste, logiciel);
    return std::any_of(motifs.begin(), motifs.end(), [&](const Motif& motif) { return motif.code == code; });
}

std::string motsDuMotif(std::string_view code) {
    for (const auto liste : {ListeMotifs::RefusAffectation, ListeMotifs::ClotureAffectation, ListeMotifs::ClotureDossier,
                             ListeMotifs::ClotureInjonction, ListeMotifs::RefusDossier}) {
        for (const auto& motif : motifsDe(liste)) {
            if (motif.code == code) return std::string(motif.mots);
        }
    }
    return std::string(code);
}

bool veutLesTravaux(std::string_view motif) noexcept {
    return std::find(kAvecTravaux.begin(), kAvecTravaux.end(), motif) != kAvecTravaux.end();
}

std::string motsDesTravaux(std::string_view reponse) {
    if (reponse == "OUI") return "Les travaux de mise en conformité sont faits.";
    if (reponse == "EN_COURS") return "Les travaux de mise en conformité sont en cours.";
    return "Les travaux de mise en conformité ne sont pas faits.";
}

}  // namespace histologe::routing
