// The smallest draft that each profile may submit: what is always asked, what is asked of the profile, and nothing
// else.
#pragma once

#include "libs/core/json.hpp"
#include "services/intake/domain/demande.hpp"

namespace histologe::intake::essais {

inline constexpr Profil kTousLesProfils[] = {Profil::Locataire, Profil::BailleurOccupant, Profil::TiersParticulier,
                                             Profil::TiersPro,  Profil::Bailleur,         Profil::ServiceSecours};

inline core::Json complet(Profil profil) {
    core::Json charge = {{"profil", motDe(profil)},
                         {"currentStep", kEtapeFinale},
                         {"adresse_logement_adresse", "1 rue de l'Essai 13002 Marseille"},
                         {"adresse_logement_adresse_detail_numero", "1 rue de l'Essai"},
                         {"adresse_logement_adresse_detail_code_postal", "13002"},
                         {"adresse_logement_adresse_detail_commune", "Marseille"},
                         {"adresse_logement_adresse_detail_insee", "13202"},
                         {"composition_logement_superficie", "40"},
                         {"composition_logement_nb_pieces", "2"},
                         {"categorieDisorders", {{"batiment", {"desordres_batiment_bruit"}}}},
                         {"desordres_batiment_bruit_exterieur", 1}};
    const auto personne = [&charge](const std::string& debut, const char* qui) {
        charge[debut + "_nom"] = std::string("Nom ") + qui;
        charge[debut + "_prenom"] = std::string("Prénom ") + qui;
        charge[debut + "_email"] = "a.b@example.org";
        charge[debut + "_tel"] = "0639980001";
    };
    const bool occupe = estOccupant(profil);
    charge["signalement_concerne_profil"] = occupe ? "logement_occupez" : "autre_logement";
    charge["signalement_concerne_profil_detail_" + std::string(occupe ? "occupant" : "tiers")] = motDe(profil);
    charge[profil == Profil::ServiceSecours ? "signalement_concerne_logement_social_service_secours"
                                            : "signalement_concerne_logement_social_autre_tiers"] = "non";
    if (occupe) {
        personne("vos_coordonnees_occupant", "Occupant");
        charge["vos_coordonnees_occupant_civilite"] = "mme";
    } else {
        personne("vos_coordonnees_tiers", "Declarant");
        personne("coordonnees_occupant", "Occupant");
        charge["vos_coordonnees_tiers_nom_organisme"] = "Organisme";
    }
    if (profil == Profil::BailleurOccupant) {
        charge["signalement_concerne_profil_detail_bailleur_proprietaire"] = "particulier";
    }
    if (profil == Profil::Bailleur) charge["signalement_concerne_profil_detail_bailleur_bailleur"] = "particulier";
    return charge;
}

}  // namespace histologe::intake::essais
