// What the lists and the dashboard of today's platform have and ours do not have yet, each with its reason: the one place
// that says so. A test holds it against the reference tables of filters and of tabs.
#pragma once

#include <string_view>

namespace histologe::routing {

struct Absent {
    std::string_view nom;
    std::string_view raison;  // for people
};

// Parameters of the list. A request that names one is refused with the reason.
inline constexpr Absent kFiltresAbsents[] = {
    {"etiquettes", "Les dossiers ne portent pas encore d'étiquettes."},
    {"visiteStatus", "Les visites ne sont pas encore tenues ici."},
    {"procedureConstatee", "Les conclusions de visite ne sont pas encore tenues ici."},
    {"isEmailAVerifier", "On ne sait pas encore ici quels courriels n'arrivent pas."},
    {"page", "Les pages se suivent par le curseur de l'en-tête Link."},
    {"isZonesDisplayed", "Les contours des zones se demandent à part."},
};

// Values of parameters that the list has.
inline constexpr Absent kValeursAbsentes[] = {
    {"situation=attente_relogement", "La déclaration transmise aux dossiers ne le dit pas."},
    {"situation=preavis_de_depart", "La déclaration transmise aux dossiers ne le dit pas."},
    {"occupationLogement=logement_occupe_bailleur_occupant", "La déclaration transmise ne dit pas qui occupe le logement."},
    {"occupationLogement=logement_occupe_locataire", "La déclaration transmise ne dit pas qui occupe le logement."},
    {"occupationLogement=non_renseigne", "La déclaration transmise ne distingue pas « occupé » de « non dit »."},
};

// Tabs of the dashboard.
inline constexpr Absent kOngletsAbsents[] = {
    {"dossiers-adresse-email-a-verifier", "On ne sait pas encore ici quels courriels n'arrivent pas."},
};

// Empty for a parameter that is none of these.
constexpr std::string_view raisonDAbsence(std::string_view filtre) noexcept {
    for (const auto& un : kFiltresAbsents) {
        if (un.nom == filtre) return un.raison;
    }
    return {};
}

}  // namespace histologe::routing
