#include "services/routing/store/recherche_fiches.hpp"

namespace histologe::routing {
namespace {

using core::Json;
using postgres::Statement;

const Statement kEcrire{
    "recherche_ecrire",
    "INSERT INTO recherche (signalement, declaree_le, reference, rang, territoire, statut, depose_le, code_insee, "
    "code_postal, commune, commune_tri, position, cellule, source, importe, profil, parc, allocataire, enfants, bailleur, "
    "motif_cloture, score, procedures, affectations, affectees, dernier_suivi_le, dernier_suivi_par, nom_tri, adresse_cle, "
    "mots) SELECT d.signalement, lot.declaree_le, d.reference, lot.rang, COALESCE(d.territoire, ''), d.statut, d.depose_le, "
    "d.code_insee, d.code_postal, d.commune, lot.commune_tri, "
    // Where nothing is declared, what the registers found stays.
    "CASE WHEN lot.cellule IS NULL THEN r.position ELSE point(d.longitude, d.latitude) END, "
    "COALESCE(lot.cellule, r.cellule), "
    "COALESCE(lot.source, r.source, 'FORM_USAGER_V2'), lot.importe OR COALESCE(r.importe, false), COALESCE(d.profil, ''), "
    "lot.parc, lot.allocataire, lot.enfants, lot.bailleur, COALESCE(lot.motif_cloture, r.motif_cloture), d.score, "
    "d.procedures, a.elements, a.etats, s.le, s.par, lot.nom_tri, lot.adresse_cle, "
    "array_to_tsvector(ARRAY(SELECT jsonb_array_elements_text(lot.mots))) "
    "FROM jsonb_to_recordset($1::jsonb) AS lot(signalement uuid, declaree_le timestamptz, rang bigint, commune_tri text, "
    "cellule bigint, source text, importe boolean, parc text, allocataire text, enfants text, bailleur text, "
    "motif_cloture text, nom_tri text, adresse_cle text, mots jsonb) "
    "JOIN dossiers d ON d.signalement = lot.signalement LEFT JOIN recherche r ON r.signalement = lot.signalement, "
    "LATERAL affectations_vues(d.signalement) a, LATERAL dernier_suivi_vu(d.signalement) s "
    "WHERE d.depose_le IS NOT NULL AND (r.declaree_le IS NULL OR r.declaree_le <= lot.declaree_le) "
    "ON CONFLICT (signalement) DO UPDATE SET declaree_le = EXCLUDED.declaree_le, reference = EXCLUDED.reference, "
    "rang = EXCLUDED.rang, territoire = EXCLUDED.territoire, statut = EXCLUDED.statut, depose_le = EXCLUDED.depose_le, "
    "code_insee = EXCLUDED.code_insee, code_postal = EXCLUDED.code_postal, commune = EXCLUDED.commune, "
    "commune_tri = EXCLUDED.commune_tri, position = EXCLUDED.position, cellule = EXCLUDED.cellule, source = EXCLUDED.source, "
    "importe = EXCLUDED.importe, profil = EXCLUDED.profil, parc = EXCLUDED.parc, allocataire = EXCLUDED.allocataire, "
    "enfants = EXCLUDED.enfants, bailleur = EXCLUDED.bailleur, motif_cloture = EXCLUDED.motif_cloture, "
    "score = EXCLUDED.score, procedures = EXCLUDED.procedures, affectations = EXCLUDED.affectations, "
    "affectees = EXCLUDED.affectees, dernier_suivi_le = EXCLUDED.dernier_suivi_le, "
    "dernier_suivi_par = EXCLUDED.dernier_suivi_par, nom_tri = EXCLUDED.nom_tri, adresse_cle = EXCLUDED.adresse_cle, "
    "mots = EXCLUDED.mots"};
const Statement kPersonnel{
    "recherche_personnel",
    "INSERT INTO personnel (signalement, contenu) SELECT lot.signalement, lot.contenu "
    "FROM jsonb_to_recordset($1::jsonb) AS lot(signalement uuid, declaree_le timestamptz, contenu jsonb) "
    "JOIN recherche r ON r.signalement = lot.signalement AND r.declaree_le = lot.declaree_le "
    "ON CONFLICT (signalement) DO UPDATE SET contenu = EXCLUDED.contenu"};

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
                       {"nom_tri", fiche.nomTri},
                       {"adresse_cle", ouNul(fiche.adresseCle)},
                       {"mots", fiche.mots}});
        personnes.push_back({{"signalement", signalement}, {"declaree_le", le}, {"contenu", fiche.personnel}});
    }
    transaction.send(kEcrire, {lot});
    transaction.send(kPersonnel, {personnes});
}

}  // namespace histologe::routing
