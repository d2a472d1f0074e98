#include "services/intake/domain/sous_objets.hpp"

#include <span>

#include "services/intake/domain/regles.hpp"

namespace histologe::intake {
namespace {

using core::Json;

constexpr Champ kTypeComposition[] = {
    Champ::TypeLogementNature,
    Champ::TypeLogementNatureAutrePrecision,
    Champ::TypeLogementRdc,
    Champ::TypeLogementDernierEtage,
    Champ::TypeLogementSousSolSansFenetre,
    Champ::TypeLogementSousCombleSansFenetre,
    Champ::CompositionLogementPieceUnique,
    Champ::CompositionLogementNbPieces,
    Champ::CompositionLogementNombreEnfants,
    Champ::CompositionLogementEnfants,
    Champ::TypeLogementCommoditesPieceAVivre9m,
    Champ::TypeLogementCommoditesCuisine,
    Champ::TypeLogementCommoditesCuisineCollective,
    Champ::TypeLogementCommoditesSalleDeBain,
    Champ::TypeLogementCommoditesSalleDeBainCollective,
    Champ::TypeLogementCommoditesWc,
    Champ::TypeLogementCommoditesWcCollective,
    Champ::TypeLogementCommoditesWcCuisine,
    Champ::BailDpeBail,
    Champ::BailDpeEtatDesLieux,
    Champ::BailDpeDpe,
    Champ::BailDpeClasseEnergetique,
    Champ::DesordresLogementChauffageDetailsDpeAnnee,
    Champ::DesordresLogementChauffageDetailsDpeConso,
    Champ::DesordresLogementChauffageDetailsDpeConsoFinale,
    Champ::DesordresLogementChauffageDetailsDpeConsoVide,
    Champ::TypeLogementAppartementAvecFenetres,
    Champ::TypeLogementAppartementEtage,
};

constexpr Champ kSituationFoyer[] = {
    Champ::LogementSocialDemandeRelogement,
    Champ::LogementSocialAllocation,
    Champ::LogementSocialAllocationCaisse,
    Champ::LogementSocialDateNaissance,
    Champ::LogementSocialMontantAllocation,
    Champ::LogementSocialNumeroAllocataire,
    Champ::TravailleurSocialQuitteLogement,
    Champ::TravailleurSocialPreavisDepart,
    Champ::TravailleurSocialAccompagnement,
    Champ::TravailleurSocialAccompagnementDeclarant,
    Champ::TravailleurSocialAccompagnementNomStructure,
    Champ::TravailleurSocialAccompagnementNomReferent,
    Champ::TravailleurSocialAccompagnementPrenomReferent,
};

constexpr Champ kProcedure[] = {
    Champ::InfoProcedureBailMoyen,
    Champ::InfoProcedureBailReponse,
    Champ::InfoProcedureBailNumero,
    Champ::InfoProcedureAssuranceContactee,
    Champ::InfoProcedureReponseAssurance,
    Champ::InfoProcedureDepartApresTravaux,
    Champ::UtilisationServiceOkPrevenirBailleur,
    Champ::UtilisationServiceOkVisite,
    Champ::UtilisationServiceOkDemandeLogement,
    Champ::UtilisationServiceOkCgu,
};

constexpr Champ kComplements[] = {
    Champ::InformationsComplementairesSituationOccupantsBeneficiaireRsa,
    Champ::InformationsComplementairesSituationOccupantsBeneficiaireFsl,
    Champ::InformationsComplementairesSituationOccupantsDateNaissance,
    Champ::InformationsComplementairesSituationOccupantsDemandeRelogement,
    Champ::InformationsComplementairesSituationOccupantsDateEmmenagement,
    Champ::InformationsComplementairesSituationOccupantsLoyersPayes,
    Champ::InformationsComplementairesSituationBailleurBeneficiaireRsa,
    Champ::InformationsComplementairesSituationBailleurBeneficiaireFsl,
    Champ::InformationsComplementairesSituationBailleurRevenuFiscal,
    Champ::InformationsComplementairesSituationBailleurDateNaissance,
    Champ::InformationsComplementairesLogementNombreEtages,
    Champ::InformationsComplementairesLogementAnneeConstruction,
    Champ::InformationsComplementairesSituationBailleurDateEffetBail,
    Champ::InformationsComplementairesSituationOccupantsRevenuFiscal,
    Champ::InformationsComplementairesSituationOccupantsTypeAllocation,
};

void copier(const Demande& demande, std::span<const Champ> champs, Json& objet) {
    auto& membres = objet.get_ref<Json::object_t&>();
    for (const Champ champ : champs) {
        if (regleDe(champ).genre == Genre::Booleen) {
            if (demande.coche(champ)) membres.emplace(cleDe(champ), true);
        } else if (const auto texte = demande.texte(champ)) {
            membres.emplace(cleDe(champ), *texte);
        }
    }
}

// What the declarant wrote or measured besides the boxes, kept when the category it belongs to was chosen.
struct Libre {
    std::string_view categorie;
    std::string_view cle;
    Champ reponse;
    std::optional<Champ> inconnue;
};

constexpr Libre kLibres[] = {
    {"desordres_batiment_nuisibles", "desordres_batiment_nuisibles_autres",
     Champ::DesordresBatimentNuisiblesAutresDetailsTypeNuisibles, std::nullopt},
    {"desordres_logement_nuisibles", "desordres_logement_nuisibles_autres",
     Champ::DesordresLogementNuisiblesAutresDetailsTypeNuisibles, std::nullopt},
    {"desordres_logement_lumiere", "desordres_logement_lumiere_plafond_trop_bas_piece_a_vivre",
     Champ::DesordresLogementLumierePlafondTropBasPieceAVivreTaille,
     Champ::DesordresLogementLumierePlafondTropBasPieceAVivreTailleNsp},
    {"desordres_logement_lumiere", "desordres_logement_lumiere_plafond_trop_bas_cuisine",
     Champ::DesordresLogementLumierePlafondTropBasCuisineTaille,
     Champ::DesordresLogementLumierePlafondTropBasCuisineTailleNsp},
    {"desordres_logement_lumiere", "desordres_logement_lumiere_plafond_trop_bas_salle_de_bain",
     Champ::DesordresLogementLumierePlafondTropBasSalleDeBainTaille,
     Champ::DesordresLogementLumierePlafondTropBasSalleDeBainTailleNsp},
};

constexpr std::string_view kChauffage = "desordres_logement_chauffage";

// The names of the kinds of heating (enumeration ChauffageType of the reference).
std::optional<std::string_view> nomDuChauffage(std::string_view type) noexcept {
    if (type == "electrique") return "Chauffage électrique";
    if (type == "gaz") return "Chauffage au gaz, bois, éthanol ou fioul";
    if (type == "aucun") return "Aucun radiateur ou moyen de chauffage fixe";
    if (type == "nsp") return "Type de chauffage inconnu";
    return std::nullopt;
}

void precisionsLibres(const Demande& demande, Json& objet) {
    for (const Libre& libre : kLibres) {
        const bool inconnue = libre.inconnue && demande.coche(*libre.inconnue);
        const auto reponse = demande.texte(libre.reponse);
        if ((!inconnue && !reponse) || !demande.categorieChoisie(libre.categorie)) continue;
        objet[std::string(libre.cle)] = inconnue ? std::string_view("Ne sait pas") : *reponse;
    }
    const auto type = demande.texte(Champ::DesordresLogementChauffageType);
    if (!type || !demande.categorieChoisie(kChauffage)) return;
    if (const auto nom = nomDuChauffage(*type)) objet[std::string(kChauffage)] = *nom;
}

}  // namespace

void sousObjets(const Demande& demande, Profil profil, Signalement& signalement) {
    copier(demande, kTypeComposition, signalement.typeCompositionLogement);
    copier(demande, kSituationFoyer, signalement.situationFoyer);
    copier(demande, kProcedure, signalement.informationProcedure);
    if (profil != Profil::ServiceSecours) copier(demande, kComplements, signalement.informationComplementaire);
    precisionsLibres(demande, signalement.precisionsLibres);
}

}  // namespace histologe::intake
