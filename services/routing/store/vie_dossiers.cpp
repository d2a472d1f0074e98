#include "services/routing/store/vie_dossiers.hpp"

#include <algorithm>

namespace histologe::routing {
namespace {

using postgres::Statement;

#define HISTOLOGE_DOSSIER_VIF                                                                                             \
    "SELECT d.territoire, d.statut, d.version, coalesce(d.reference, ''), coalesce(d.code_postal, ''), "                  \
    "coalesce(d.commune, ''), d.score, d.qualifications, coalesce(r.importe, false), d.logement_vacant, d.valide_le, "    \
    "d.clos_le, d.clos_par, d.motif_cloture, d.commentaire_cloture, d.motif_refus, d.motif_usager "                       \
    "FROM dossiers d LEFT JOIN recherche r USING (signalement) "                                                          \
    "WHERE d.signalement = $1 AND d.depose_le IS NOT NULL AND d.territoire IS NOT NULL"
const Statement kVerrouiller{"vie_verrouiller", HISTOLOGE_DOSSIER_VIF " FOR UPDATE OF d"};
const Statement kLire{"vie_lire", HISTOLOGE_DOSSIER_VIF};
const Statement kAffectations{
    "vie_affectations",
    "SELECT id, partenaire, statut, version, cree_le, repondu_le, repondu_par, motif_refus, motif_cloture, travaux, precisions "
    "FROM affectations WHERE signalement = $1 ORDER BY cree_le, id"};
const Statement kDossierDe{"vie_dossier_de", "SELECT signalement FROM affectations WHERE id = $1"};
const Statement kNommer{"vie_nommer",
                        "SELECT set_config('histologe.acteur', $1, true), set_config('histologe.role', $2, true), "
                        "set_config('histologe.partenaire', $3, true), set_config('histologe.action', $4, true), "
                        "set_config('histologe.le', $5, true)"};
const Statement kNommerChacun{"vie_nommer_chacun", "SELECT set_config('histologe.acteurs', $1, true)"};
const Statement kEcrire{
    "vie_ecrire",
    "UPDATE dossiers SET statut = $2, valide_le = $3, clos_le = $4, clos_par = $5, motif_cloture = $6, commentaire_cloture = $7, "
    "motif_refus = $8, motif_usager = $9 WHERE signalement = $1"};
// What an imported dossier was closed for stands in the lists alone; it goes with the closing.
const Statement kMotifCherche{"vie_motif_cherche",
                              "UPDATE recherche SET motif_cloture = $2 WHERE signalement = $1 AND motif_cloture IS DISTINCT FROM $2"};
const Statement kVersion{"vie_version", "UPDATE dossiers SET version = version + 1 WHERE signalement = $1"};
const Statement kEcrireAffectation{
    "vie_ecrire_affectation",
    "UPDATE affectations SET statut = $2, repondu_le = $3, repondu_par = $4, motif_refus = $5, motif_cloture = $6, "
    "travaux = $7, precisions = $8 WHERE id = $1"};
const Statement kAjouter{"vie_ajouter",
                         "INSERT INTO affectations (id, signalement, partenaire, statut, affecte_par, cree_le) "
                         "VALUES ($1, $2, $3, $4, $5, $6)"};
const Statement kRetirer{"vie_retirer", "DELETE FROM affectations WHERE id = $1"};
const Statement kSuivi{
    "vie_suivi",
    "INSERT INTO suivis (id, signalement, categorie, auteur, compte, partenaire, description, visible_usager, cree_le) "
    "VALUES ($1, $2, $3, $4, nullif($5, ''), nullif($6, ''), $7, $8, $9)"};
const Statement kAUnSuivi{"vie_a_un_suivi", "SELECT EXISTS (SELECT FROM suivis WHERE signalement = $1 AND categorie = $2)"};

std::optional<DossierVif> lire(postgres::Transaction& transaction, const Statement& statement, const std::string& signalement) {
    const auto rows = transaction.query(statement, {signalement});
    if (rows.empty()) return std::nullopt;
    const auto row = rows[0];
    auto vise = auth::dossierVise(signalement, row.text(0), row.view(1));
    if (!vise) return std::nullopt;
    DossierVif dossier;
    dossier.vise = std::move(*vise);
    dossier.version = row.integer(2);
    dossier.reference = row.text(3);
    dossier.codePostal = row.text(4);
    dossier.commune = row.text(5);
    if (!row.isNull(6)) dossier.score = row.real(6);
    if (!row.isNull(7)) dossier.qualifications = row.json(7);
    dossier.importe = row.flag(8);
    dossier.vacant = row.flag(9);
    dossier.valideLe = row.optionalInstant(10);
    dossier.closLe = row.optionalInstant(11);
    dossier.closPar = row.optionalText(12);
    dossier.motifCloture = row.optionalText(13);
    dossier.commentaireCloture = row.optionalText(14);
    dossier.motifRefus = row.optionalText(15);
    dossier.motifUsager = row.optionalText(16);
    const auto lignes = transaction.query(kAffectations, {signalement});
    for (const auto& ligne : lignes) {
        const auto statut = domain::parseName<domain::StatutAffectation>(ligne.view(2));
        if (!statut) continue;
        dossier.affectations.push_back({ligne.text(0), ligne.text(1), etatDe(*statut), ligne.integer(3), ligne.instant(4),
                                        ligne.optionalInstant(5), ligne.optionalText(6), ligne.optionalText(7),
                                        ligne.optionalText(8), ligne.optionalText(9), ligne.optionalText(10)});
        dossier.vise.partenaires.push_back(ligne.text(1));
        if (*statut == domain::StatutAffectation::EnCours) dossier.vise.partenairesEnCours.push_back(ligne.text(1));
    }
    return dossier;
}

}  // namespace

AffectationVive* DossierVif::du(const std::string& partenaire) {
    const auto found = std::find_if(affectations.begin(), affectations.end(),
                                    [&](const AffectationVive& une) { return une.partenaire == partenaire; });
    return found == affectations.end() ? nullptr : &*found;
}

std::vector<std::string> DossierVif::saisis() const {
    std::vector<std::string> partenaires;
    for (const auto& une : affectations) {
        if (une.etat == EtatAffectation::Nouveau || une.etat == EtatAffectation::EnCours) partenaires.push_back(une.partenaire);
    }
    return partenaires;
}

std::optional<DossierVif> verrouillerDossier(postgres::Transaction& transaction, const std::string& signalement) {
    return lire(transaction, kVerrouiller, signalement);
}
std::optional<DossierVif> lireDossierVif(postgres::Transaction& transaction, const std::string& signalement) {
    return lire(transaction, kLire, signalement);
}

std::optional<std::string> dossierDeLAffectation(postgres::Transaction& transaction, const std::string& affectation) {
    const auto rows = transaction.query(kDossierDe, {affectation});
    return rows.empty() ? std::nullopt : std::optional(rows[0].text(0));
}

void nommerActeur(postgres::Transaction& transaction, const QuiAgit& qui, std::string_view action, core::Instant le) {
    transaction.send(kNommer, {qui.compte, qui.role, qui.partenaire, std::string(action), core::toRfc3339(le)});
}
void nommerActeurs(postgres::Transaction& transaction, const core::Json& acteurs) {
    transaction.send(kNommerChacun, {acteurs});
}

void ecrireDossier(postgres::Transaction& transaction, const DossierVif& dossier) {
    const auto& id = dossier.vise.signalement;
    transaction.send(kEcrire, {id, domain::nameOf(dossier.vise.statut), dossier.valideLe, dossier.closLe, dossier.closPar,
                               dossier.motifCloture, dossier.commentaireCloture, dossier.motifRefus, dossier.motifUsager});
    if (dossier.vise.statut != domain::StatutDossier::Archive) transaction.send(kMotifCherche, {id, dossier.motifCloture});
}

void compterVersion(postgres::Transaction& transaction, const std::string& signalement) {
    transaction.send(kVersion, {signalement});
}

void ecrireAffectation(postgres::Transaction& transaction, const AffectationVive& une) {
    transaction.send(kEcrireAffectation, {une.id, nomDe(une.etat), une.reponduLe, une.reponduPar, une.motifRefus,
                                          une.motifCloture, une.travaux, une.precisions});
}

void ajouterAffectation(postgres::Transaction& transaction, const std::string& signalement, const AffectationVive& une,
                        const std::string& par) {
    transaction.send(kAjouter, {une.id, signalement, une.partenaire, nomDe(une.etat), par, une.creeLe});
}

void retirerAffectation(postgres::Transaction& transaction, const std::string& id) { transaction.send(kRetirer, {id}); }

void ecrireSuivi(postgres::Transaction& transaction, const SuiviAEcrire& suivi) {
    transaction.send(kSuivi, {suivi.id, suivi.signalement, suivi.categorie, suivi.auteur, suivi.compte, suivi.partenaire,
                              suivi.description, suivi.visibleUsager, suivi.creeLe});
}

bool aUnSuivi(postgres::Transaction& transaction, const std::string& signalement, std::string_view categorie) {
    return transaction.query(kAUnSuivi, {signalement, categorie})[0].flag(0);
}

}  // namespace histologe::routing
