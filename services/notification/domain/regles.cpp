#include "services/notification/domain/regles.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "libs/core/text.hpp"
#include "services/notification/domain/adresse_courriel.hpp"
#include "services/notification/domain/variables.hpp"

namespace histologe::notification {
namespace {

constexpr std::string_view kInjonction = "INJONCTION_BAILLEUR";

// 2026-11-25T… -> 25/11/2026; empty when it is not a date.
std::string jourFrancais(const std::string& instant) {
    if (instant.size() < 10 || instant[4] != '-' || instant[7] != '-') return {};
    return instant.substr(8, 2) + "/" + instant.substr(5, 2) + "/" + instant.substr(0, 4);
}

}  // namespace

std::vector<CourrielACreer> courrielsDuDepot(const DossierUsagers& dossier) {
    if (dossier.statut == kInjonction) return {};
    std::vector<CourrielACreer> courriels = auxUsagers(TypeCourriel::AccuseReception, dossier);
    if (!dossier.bailleurAverti)
        for (CourrielACreer& courriel : courriels) courriel.variables.emplace("bailleurAPrevenir", "oui");
    return courriels;
}

std::vector<CourrielACreer> courrielsDeLInjonction(const DossierUsagers& dossier, const Injonction& injonction) {
    if (dossier.statut != kInjonction) return {};
    std::vector<CourrielACreer> courriels = auxUsagers(TypeCourriel::ConfirmationInjonction, dossier);
    for (CourrielACreer& courriel : courriels) ajoute(courriel.variables, "repondreAvant", injonction.repondreAvant);
    const std::optional<std::string> adresse = adresseCourriel(injonction.bailleur);
    if (!adresse) return courriels;
    Variables variables;
    ajoute(variables, "reference", dossier.reference);
    ajoute(variables, "locataire", std::string(core::trim(sansAppel(dossier.occupant.prenom, kPrenomMax) + " " +
                                                          sansAppel(dossier.occupant.nom, kPrenomMax))));
    ajoute(variables, "adresse",
           adresseComplete(sansAppel(dossier.adresse, kAdresseMax), dossier.codePostal, dossier.commune));
    ajoute(variables, "codeBailleur", injonction.codeBailleur);
    ajoute(variables, "repondreAvant", injonction.repondreAvant);
    // The code is never part of a link, which is kept and passed on more easily than a mail is.
    ajoute(variables, "bailleur", "?reference=" + dossier.reference);
    courriels.push_back({TypeCourriel::InjonctionBailleur, dossier.signalementId, dossier.signalementId, *adresse,
                         dossier.territoire, std::move(variables)});
    return courriels;
}

std::vector<CourrielACreer> courrielsDeLAffectation(const AffectationCreee& affectation) {
    const std::optional<std::string> adresse = adresseCourriel(affectation.courrielPartenaire);
    if (!adresse || !affectation.partenaireNotifiable) return {};
    Variables variables;
    ajoute(variables, "reference", affectation.reference);
    ajoute(variables, "territoire", affectation.territoire);
    ajoute(variables, "codePostal", affectation.codePostal);
    ajoute(variables, "commune", std::string(core::trim(affectation.codePostal + " " + affectation.commune)));
    ajoute(variables, "partenaire", affectation.partenaire);
    ajoute(variables, "signalementId", affectation.signalementId);
    std::string soupcons;
    for (const std::string& code : affectation.qualifications) {
        const std::string_view libelle = libelleQualification(code);
        if (libelle.empty()) continue;
        if (!soupcons.empty()) soupcons += ", ";
        soupcons += libelle;
    }
    ajoute(variables, "soupcons", soupcons);
    return {{TypeCourriel::NouvelleAffectation, affectation.signalementId, affectation.affectationId, *adresse,
             affectation.territoire, std::move(variables)}};
}

bool estValidation(const StatutModifie& statut) {
    return statut.nouveau == "ACTIVE" && (statut.ancien == "NEED_VALIDATION" || statut.ancien == kInjonction);
}

std::vector<CourrielACreer> courrielsDeLaValidation(const DossierUsagers& dossier) {
    if (dossier.logementVacant) return {};
    return auxUsagers(TypeCourriel::ValidationSignalement, dossier);
}

std::vector<CourrielACreer> courrielsDuLien(const LienDemande& demande) {
    const std::optional<std::string> adresse = adresseCourriel(demande.courriel);
    if (!adresse) return {};
    const bool brouillon = !demande.brouillonId.empty();
    Variables variables;
    ajoute(variables, "prenom", sansAppel(demande.prenom, kPrenomMax));
    ajoute(variables, "adresse",
           adresseComplete(sansAppel(demande.adresse, kAdresseMax), demande.codePostal, demande.commune));
    ajoute(variables, "creeLe", jourFrancais(demande.creeLe));
    if (brouillon)
        ajoute(variables, "brouillonId", demande.brouillonId);
    else
        ajoute(variables, "codeSuivi", demande.codeSuivi);
    return {{brouillon ? TypeCourriel::RepriseBrouillon : TypeCourriel::LienSuivi,
             demande.signalementId,
             demande.demandeId,
             *adresse,
             {},
             std::move(variables)}};
}

std::vector<CourrielACreer> courrielsDuCompte(const CourrielDeCompte& compte) {
    const std::optional<std::string> adresse = adresseCourriel(compte.courriel);
    const std::optional<TypeCourriel> type = typeDeNom(compte.motif);
    if (!adresse || !type || !estDeCompte(*type)) return {};
    Variables variables;
    ajoute(variables, "prenom", sansAppel(compte.prenom, kPrenomMax));
    ajoute(variables, "partenaire", sansAppel(compte.partenaire, kAdresseMax));
    ajoute(variables, "le", jourFrancais(compte.le));
    ajoute(variables, "nombre", compte.nombre);
    ajoute(variables, "code", compte.code);
    if (!compte.lien.empty())
        ajoute(variables, *type == TypeCourriel::MotDePassePerdu ? "reinitialisation" : "activation",
               compte.compteId + "/" + compte.lien);
    return {{*type, {}, compte.evenementId, *adresse, compte.territoire, std::move(variables)}};
}

std::string_view libelleQualification(std::string_view code) noexcept {
    static constexpr std::pair<std::string_view, std::string_view> kLibelles[] = {
        {"NON_DECENCE", "non-décence"},
        {"RSD", "manquement au règlement sanitaire départemental"},
        {"INSALUBRITE", "insalubrité"},
        {"MISE_EN_SECURITE_PERIL", "mise en sécurité ou péril"},
        {"NON_DECENCE_ENERGETIQUE", "non-décence énergétique"},
        {"DANGER", "danger pour les occupants"},
        {"SUROCCUPATION", "suroccupation"},
        {"ASSURANTIEL", "assurance du logement"},
        {"SALETE", "logement très sale ou encombré"},
    };
    for (const auto& [connu, libelle] : kLibelles)
        if (connu == code) return libelle;
    return {};
}

}  // namespace histologe::notification
