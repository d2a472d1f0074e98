#include "services/routing/store/dossier_detail.hpp"

namespace histologe::routing {
namespace {

using postgres::Statement;

const Statement kDossier{
    "dossier_detail",
    "SELECT d.reference, r.territoire, d.statut, d.depose_le, d.valide_le, r.source, r.importe, r.profil, r.parc, "
    "r.allocataire, r.enfants, d.code_insee, d.code_postal, d.commune, d.longitude, d.latitude, r.bailleur, "
    "r.motif_cloture, p.contenu, d.evalue_le, d.score, d.score_batiment, d.score_logement, d.qualifications "
    "FROM recherche r JOIN dossiers d USING (signalement) LEFT JOIN personnel p USING (signalement) WHERE r.signalement = $1"};
const Statement kAffectations{
    "dossier_affectations",
    "SELECT id, partenaire, statut, cree_le FROM affectations WHERE signalement = $1 ORDER BY cree_le, partenaire"};
const Statement kSuivis{
    "dossier_suivis",
    "SELECT id, categorie, auteur, description, visible_usager, cree_le FROM suivis WHERE signalement = $1 AND supprime_le IS NULL "
    "ORDER BY cree_le DESC, id DESC LIMIT 200"};
const Statement kVise{"dossier_vise", "SELECT territoire, statut FROM recherche WHERE signalement = $1"};

void lireAffectations(postgres::Connection& session, const std::string& signalement, auth::DossierVise& vise,
                      std::vector<DossierDetail::Affectation>& affectations) {
    const auto rows = session.run(kAffectations, {signalement});
    for (const auto& row : rows) {
        affectations.push_back({row.text(0), row.text(1), row.text(2), row.instant(3)});
        vise.partenaires.push_back(row.text(1));
        if (row.view(2) == "EN_COURS") vise.partenairesEnCours.push_back(row.text(1));
    }
}

}  // namespace

std::optional<auth::DossierVise> trouverVise(postgres::Connection& session, const std::string& signalement) {
    const auto rows = session.run(kVise, {signalement});
    if (rows.empty()) return std::nullopt;
    auto vise = auth::dossierVise(signalement, rows[0].text(0), rows[0].view(1));
    std::vector<DossierDetail::Affectation> affectations;
    if (vise) lireAffectations(session, signalement, *vise, affectations);
    return vise;
}

std::optional<DossierDetail> trouverDossier(postgres::Connection& session, const std::string& signalement) {
    const auto rows = session.run(kDossier, {signalement});
    if (rows.empty()) return std::nullopt;
    const auto row = rows[0];
    auto vise = auth::dossierVise(signalement, row.text(1), row.view(2));
    if (!vise) return std::nullopt;
    DossierDetail dossier;
    dossier.vise = std::move(*vise);
    dossier.reference = row.optionalText(0);
    dossier.deposeLe = row.instant(3);
    dossier.valideLe = row.optionalInstant(4);
    dossier.source = row.text(5);
    dossier.importe = row.flag(6);
    dossier.profil = row.text(7);
    dossier.parc = row.text(8);
    dossier.allocataire = row.text(9);
    dossier.enfants = row.text(10);
    dossier.codeInsee = row.optionalText(11);
    dossier.codePostal = row.optionalText(12);
    dossier.commune = row.optionalText(13);
    dossier.longitude = row.optionalReal(14);
    dossier.latitude = row.optionalReal(15);
    dossier.bailleur = row.optionalText(16);
    dossier.motifCloture = row.optionalText(17);
    dossier.personnel = row.isNull(18) ? core::Json(nullptr) : row.json(18);
    dossier.evalueLe = row.optionalInstant(19);
    if (dossier.evalueLe) {
        dossier.score = row.real(20);
        dossier.scoreBatiment = row.real(21);
        dossier.scoreLogement = row.real(22);
        dossier.qualifications = row.json(23);
    }
    lireAffectations(session, signalement, dossier.vise, dossier.affectations);
    const auto suivis = session.run(kSuivis, {signalement});
    for (const auto& suivi : suivis) {
        dossier.suivis.push_back(
            {suivi.text(0), suivi.text(1), suivi.text(2), suivi.text(3), suivi.flag(4), suivi.instant(5)});
    }
    return dossier;
}

}  // namespace histologe::routing
