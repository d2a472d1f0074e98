#include "services/routing/store/recherche_fiches.hpp"

#include "libs/core/text.hpp"
#include "services/routing/domain/cellules.hpp"
#include "services/routing/domain/recherche_mots.hpp"

namespace histologe::routing {
namespace {

using core::Json;
using postgres::Statement;

const Statement kEcrire{
    "recherche_ecrire",
    "INSERT INTO recherche (signalement, declaree_le, reference, rang, territoire, statut, depose_le, code_insee, "
    "code_postal, commune, commune_tri, position, cellule, source, importe, profil, parc, allocataire, enfants, bailleur, "
    "motif_cloture, score, procedures, affectations, affectees, dernier_suivi_le, dernier_suivi_par, dernier_suivi_compte, "
    "signes, activite_le, abandon_demande, injonction, vacant, bail, nom_tri, adresse_cle, mots) SELECT d.signalement, lot.declaree_le, d.reference, lot.rang, COALESCE(d.territoire, ''), d.statut, d.depose_le, "
    "d.code_insee, d.code_postal, d.commune, lot.commune_tri, point(d.longitude, d.latitude), lot.cellule, "
    "COALESCE(lot.source, r.source, 'FORM_USAGER_V2'), lot.importe OR COALESCE(r.importe, false), COALESCE(d.profil, ''), "
    "lot.parc, lot.allocataire, lot.enfants, lot.bailleur, COALESCE(lot.motif_cloture, r.motif_cloture), d.score, "
    "d.procedures, a.elements, a.etats, s.le, s.par, s.compte, s.signes, s.activite_le, COALESCE(d.abandon_demande, false), "
    "d.injonction, d.logement_vacant, lot.bail, lot.nom_tri, lot.adresse_cle, "
    "array_to_tsvector(ARRAY(SELECT jsonb_array_elements_text(lot.mots))) "
    "FROM jsonb_to_recordset($1::jsonb) AS lot(signalement uuid, declaree_le timestamptz, rang bigint, commune_tri text, "
    "cellule bigint, source text, importe boolean, parc text, allocataire text, enfants text, bailleur text, "
    "motif_cloture text, bail boolean, nom_tri text, adresse_cle text, mots jsonb) "
    "JOIN dossiers d ON d.signalement = lot.signalement LEFT JOIN recherche r ON r.signalement = lot.signalement, "
    "LATERAL affectations_vues(d.signalement) a, LATERAL suivis_vus(d.signalement) s "
    "WHERE d.depose_le IS NOT NULL AND (r.declaree_le IS NULL OR r.declaree_le <= lot.declaree_le) "
    "ON CONFLICT (signalement) DO UPDATE SET declaree_le = EXCLUDED.declaree_le, reference = EXCLUDED.reference, "
    "rang = EXCLUDED.rang, territoire = EXCLUDED.territoire, statut = EXCLUDED.statut, depose_le = EXCLUDED.depose_le, "
    "code_insee = EXCLUDED.code_insee, code_postal = EXCLUDED.code_postal, commune = EXCLUDED.commune, "
    "commune_tri = EXCLUDED.commune_tri, position = EXCLUDED.position, cellule = EXCLUDED.cellule, source = EXCLUDED.source, "
    "importe = EXCLUDED.importe, profil = EXCLUDED.profil, parc = EXCLUDED.parc, allocataire = EXCLUDED.allocataire, "
    "enfants = EXCLUDED.enfants, bailleur = EXCLUDED.bailleur, motif_cloture = EXCLUDED.motif_cloture, "
    "score = EXCLUDED.score, procedures = EXCLUDED.procedures, affectations = EXCLUDED.affectations, "
    "affectees = EXCLUDED.affectees, dernier_suivi_le = EXCLUDED.dernier_suivi_le, "
    "dernier_suivi_par = EXCLUDED.dernier_suivi_par, dernier_suivi_compte = EXCLUDED.dernier_suivi_compte, "
    "signes = EXCLUDED.signes, activite_le = EXCLUDED.activite_le, abandon_demande = EXCLUDED.abandon_demande, "
    "injonction = EXCLUDED.injonction, vacant = EXCLUDED.vacant, bail = EXCLUDED.bail, nom_tri = EXCLUDED.nom_tri, adresse_cle = EXCLUDED.adresse_cle, "
    "mots = EXCLUDED.mots"};
const Statement kPersonnel{
    "recherche_personnel",
    "INSERT INTO personnel (signalement, contenu) SELECT lot.signalement, lot.contenu "
    "FROM jsonb_to_recordset($1::jsonb) AS lot(signalement uuid, declaree_le timestamptz, contenu jsonb) "
    "JOIN recherche r ON r.signalement = lot.signalement AND r.declaree_le = lot.declaree_le "
    "ON CONFLICT (signalement) DO UPDATE SET contenu = EXCLUDED.contenu"};

const Statement kLieux{
    "recherche_lieux",
    "SELECT signalement, reference, commune, longitude, latitude FROM dossiers WHERE depose_le IS NOT NULL "
    "AND signalement IN (SELECT e::uuid FROM jsonb_array_elements_text($1::jsonb) e)"};
// The words of before stay: a dossier is found by the commune that was declared too.
const Statement kSuivre{
    "recherche_suivre",
    "UPDATE recherche r SET reference = d.reference, depose_le = d.depose_le, code_insee = d.code_insee, "
    "code_postal = d.code_postal, commune = d.commune, position = point(d.longitude, d.latitude), rang = lot.rang, "
    "commune_tri = lot.commune_tri, cellule = lot.cellule, adresse_cle = CASE WHEN r.adresse_cle IS NOT NULL THEN "
    "concat(split_part(r.adresse_cle, '|', 1), '|', d.code_postal, '|', d.code_insee) END, "
    "mots = r.mots || array_to_tsvector(ARRAY(SELECT jsonb_array_elements_text(lot.mots))) "
    "FROM jsonb_to_recordset($1::jsonb) AS lot(signalement uuid, rang bigint, commune_tri text, cellule bigint, mots jsonb) "
    "JOIN dossiers d USING (signalement) WHERE r.signalement = d.signalement"};
const Statement kRetenir{"recherche_retenir", "SELECT set_config('histologe.listes', $1, true)"};
const Statement kRafraichir{
    "recherche_rafraichir",
    "UPDATE recherche r SET statut = d.statut, score = d.score, procedures = d.procedures, affectations = a.elements, "
    "affectees = a.etats, dernier_suivi_le = s.le, dernier_suivi_par = s.par, dernier_suivi_compte = s.compte, "
    "signes = s.signes, activite_le = s.activite_le, abandon_demande = COALESCE(d.abandon_demande, false), "
    "injonction = d.injonction, vacant = d.logement_vacant "
    "FROM (SELECT DISTINCT e::uuid AS signalement FROM jsonb_array_elements_text($1::jsonb) e) lot "
    "JOIN dossiers d USING (signalement), LATERAL affectations_vues(d.signalement) a, LATERAL suivis_vus(d.signalement) s "
    "WHERE r.signalement = d.signalement"};

template <typename Value>
Json ouNul(const std::optional<Value>& valeur) {
    return valeur ? Json(*valeur) : Json(nullptr);
}

}  // namespace

void ecrireFiches(postgres::Transaction& transaction, const std::vector<FicheAEcrire>& fiches) {
    if (fiches.empty()) return;
    auto lot = Json::array();
    auto personnes = Json::array();
    for (const auto& [signalement, declareeLe, bailleur, fiche] : fiches) {
        const auto le = core::toRfc3339(declareeLe);
        lot.push_back({{"signalement", signalement},
                       {"declaree_le", le},
                       {"rang", fiche.rang},
                       {"commune_tri", fiche.communeTri},
                       {"cellule", ouNul(fiche.cellule)},
                       {"source", ouNul(fiche.source)},
                       {"importe", fiche.importe},
                       {"parc", fiche.parc},
                       {"allocataire", fiche.allocataire},
                       {"enfants", fiche.enfants},
                       {"bailleur", ouNul(bailleur)},
                       {"motif_cloture", ouNul(fiche.motifCloture)},
                       {"bail", fiche.bailEnCours},
                       {"nom_tri", fiche.nomTri},
                       {"adresse_cle", ouNul(fiche.adresseCle)},
                       {"mots", fiche.mots}});
        personnes.push_back({{"signalement", signalement}, {"declaree_le", le}, {"contenu", fiche.personnel}});
    }
    transaction.send(kEcrire, {lot});
    transaction.send(kPersonnel, {personnes});
}

void suivreDossiers(postgres::Transaction& transaction, const std::vector<std::string>& signalements) {
    if (signalements.empty()) return;
    auto lot = Json::array();
    const auto rows = transaction.query(kLieux, {Json(signalements)});
    for (const auto& row : rows) {
        const auto reference = row.optionalText(1).value_or("");
        const auto commune = row.optionalText(2).value_or("");
        auto mots = motsDe(reference + " " + commune);
        const bool aUnePosition = !row.isNull(3) && !row.isNull(4);
        lot.push_back({{"signalement", row.text(0)},
                       {"rang", rangDeReference(reference)},
                       {"commune_tri", core::fold(commune)},
                       {"cellule", aUnePosition ? Json(celluleDe(row.real(3), row.real(4))) : Json(nullptr)},
                       {"mots", std::move(mots)}});
    }
    transaction.send(kSuivre, {lot});
}

void retenirListes(postgres::Transaction& transaction) { transaction.send(kRetenir, {"retenues"}); }

void rafraichirListes(postgres::Transaction& transaction, const std::vector<std::string>& signalements) {
    transaction.send(kRafraichir, {Json(signalements)});
    transaction.send(kRetenir, {""});
}

}  // namespace histologe::routing
