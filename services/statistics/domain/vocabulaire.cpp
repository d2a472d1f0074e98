#include "services/statistics/domain/vocabulaire.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace histologe::statistics {
namespace {

constexpr std::array<std::string_view, 5> kExclus = {"ARCHIVED", "DRAFT", "DRAFT_ARCHIVED", "INJONCTION_BAILLEUR",
                                                     "INJONCTION_CLOSED"};

constexpr std::array<std::string_view, 5> kResolus = {"TRAVAUX_FAITS_OU_EN_COURS", "RELOGEMENT_OCCUPANT", "INSALUBRITE",
                                                      "RSD", "PERIL"};

constexpr Part kStatuts[] = {
    {"REFUSED", "Refusé", "#CE0500"},
    {"CLOSED", "Fermé", "#21AB8E"},
    {"ACTIVE", "En cours", "#000091"},
    {"NEED_VALIDATION", "Nouveau", "#E4794A"},
};

constexpr Part kZones[] = {
    {"BATIMENT", "Bâtiment", "#2F4077"},
    {"LOGEMENT", "Logement", "#447049"},
};

constexpr std::string_view kPalmares[] = {"#2F4077", "#447049", "#6E445A", "#716043", "#8D533E"};

constexpr std::array<std::pair<std::string_view, std::string_view>, 20> kMotifs = {{
    {"TRAVAUX_FAITS_OU_EN_COURS", "Travaux faits ou en cours"},
    {"RELOGEMENT_OCCUPANT", "Relogement occupant"},
    {"NON_DECENCE", "Non décence"},
    {"RSD", "RSD"},
    {"INSALUBRITE", "Insalubrité"},
    {"LOGEMENT_DECENT", "Pas d'infraction dans le logement"},
    {"DEPART_OCCUPANT", "Départ occupant"},
    {"LOGEMENT_VENDU", "Logement vendu"},
    {"ABANDON_DE_PROCEDURE_ABSENCE_DE_REPONSE", "Abandon de procédure / absence de réponse"},
    {"PERIL", "Mise en sécurité / Péril"},
    {"REFUS_DE_VISITE", "Refus de visite"},
    {"REFUS_DE_TRAVAUX", "Refus de travaux"},
    {"RESPONSABILITE_DE_L_OCCUPANT", "Responsabilité de l'occupant / assurantiel"},
    {"DOUBLON", "Doublon"},
    {"AUTRE", "Autre"},
    {"LOGEMENT_MIS_EN_CONFORMITE", "Logement mis en conformité"},
    {"DEMANDE_FERMETURE_ABANDON_OCCUPANT", "Demande fermeture / abandon occupant"},
    {"ABSENCE_DE_REPONSE_OCCUPANT", "Absence de réponse occupant"},
    {"GESTION_DU_DOSSIER_EXTERNE", "Gestion du dossier externe"},
    {"HORS_PERIMETRE_LHI", "Hors périmètre LHI"},
}};

}  // namespace

bool estExclu(std::string_view statut) noexcept {
    return std::ranges::find(kExclus, statut) != kExclus.end();
}

bool estResolu(std::string_view motif) noexcept {
    return std::ranges::find(kResolus, motif) != kResolus.end();
}

std::span<const Part> partsStatut() noexcept {
    return kStatuts;
}

std::span<const Part> partsZone() noexcept {
    return kZones;
}

std::span<const std::string_view> couleursPalmares() noexcept {
    return kPalmares;
}

std::string_view libelleMotif(std::string_view code) noexcept {
    const auto* const found = std::ranges::find(kMotifs, code, [](const auto& motif) { return motif.first; });
    return found == kMotifs.end() ? code : found->second;
}

}  // namespace histologe::statistics
