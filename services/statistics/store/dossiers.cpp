#include "services/statistics/store/dossiers.hpp"

#include "services/statistics/store/lot.hpp"

namespace histologe::statistics {
namespace {

using postgres::Statement;

// The place follows whoever spoke of it last.
#define HISTOLOGE_LIEU                                                                                             \
    "code_insee = CASE WHEN dossiers.lieu_le > EXCLUDED.lieu_le THEN dossiers.code_insee ELSE EXCLUDED.code_insee " \
    "END, code_postal = CASE WHEN dossiers.lieu_le > EXCLUDED.lieu_le THEN dossiers.code_postal ELSE "             \
    "COALESCE(EXCLUDED.code_postal, dossiers.code_postal) END, commune = CASE WHEN dossiers.lieu_le > "            \
    "EXCLUDED.lieu_le THEN dossiers.commune ELSE COALESCE(EXCLUDED.commune, dossiers.commune) END, lieu_le = "     \
    "GREATEST(dossiers.lieu_le, EXCLUDED.lieu_le)"

const Statement kDeclare{
    "dossiers_declare",
    "INSERT INTO dossiers (signalement, territoire, reference, source, importe, profil_declarant, code_insee, "
    "code_postal, "
    "commune, logement_social, cree_le, lieu_le) SELECT signalement, territoire, reference, source, importe, "
    "profil_declarant, code_insee, code_postal, commune, logement_social, cree_le, cree_le FROM jsonb_to_recordset($1::jsonb) AS lot(signalement "
    "uuid, "
    "territoire text, reference text, source text, importe boolean, profil_declarant text, code_insee text, "
    "code_postal text, commune text, logement_social boolean, cree_le timestamptz) ORDER BY signalement "
    "ON CONFLICT (signalement) DO UPDATE SET territoire = COALESCE(EXCLUDED.territoire, dossiers.territoire), "
    "reference = EXCLUDED.reference, source = EXCLUDED.source, importe = EXCLUDED.importe, "
    "profil_declarant = EXCLUDED.profil_declarant, " HISTOLOGE_LIEU ", logement_social = EXCLUDED.logement_social, cree_le = EXCLUDED.cree_le"};
const Statement kPlace{"dossiers_place",
                       "INSERT INTO dossiers (signalement, code_insee, code_postal, commune, lieu_le) SELECT "
                       "signalement, code_insee, code_postal, commune, dit_le FROM jsonb_to_recordset($1::jsonb) AS "
                       "lot(signalement uuid, code_insee text, code_postal text, commune text, dit_le timestamptz) "
                       "ORDER BY signalement ON CONFLICT (signalement) DO UPDATE SET " HISTOLOGE_LIEU};
#undef HISTOLOGE_LIEU
const Statement kOpen{
    "dossiers_open",
    "INSERT INTO dossiers (signalement, territoire, statut, statut_le) SELECT signalement, territoire, statut, dit_le "
    "FROM jsonb_to_recordset($1::jsonb) AS lot(signalement uuid, territoire text, statut text, dit_le timestamptz) "
    "ORDER BY signalement ON CONFLICT (signalement) DO UPDATE SET "
    "territoire = COALESCE(dossiers.territoire, EXCLUDED.territoire), statut = EXCLUDED.statut, "
    "statut_le = EXCLUDED.statut_le WHERE dossiers.statut IS NULL"};
const Statement kChange{
    "dossiers_change",
    "INSERT INTO dossiers (signalement, statut, clos_le, motif_cloture, statut_le) SELECT signalement, statut, "
    "clos_le, "
    "motif_cloture, dit_le FROM jsonb_to_recordset($1::jsonb) AS lot(signalement uuid, statut text, clos_le "
    "timestamptz, "
    "motif_cloture text, dit_le timestamptz) ORDER BY signalement ON CONFLICT (signalement) DO UPDATE SET "
    "statut = EXCLUDED.statut, clos_le = EXCLUDED.clos_le, motif_cloture = EXCLUDED.motif_cloture, "
    "statut_le = EXCLUDED.statut_le WHERE dossiers.statut_le IS NULL OR dossiers.statut_le <= EXCLUDED.statut_le"};
const Statement kEvaluate{
    "dossiers_evaluate",
    "INSERT INTO dossiers (signalement, score, score_batiment, score_logement, precisions, criteres_batiment, "
    "criteres_logement, version_catalogue, evalue_le) SELECT signalement, score, score_batiment, score_logement, "
    "precisions, criteres_batiment, criteres_logement, version_catalogue, dit_le FROM jsonb_to_recordset($1::jsonb) "
    "AS lot(signalement uuid, score float8, score_batiment float8, score_logement float8, precisions text[], "
    "criteres_batiment text[], criteres_logement text[], version_catalogue text, dit_le timestamptz) "
    "ORDER BY signalement ON CONFLICT (signalement) DO UPDATE SET score = EXCLUDED.score, "
    "score_batiment = EXCLUDED.score_batiment, score_logement = EXCLUDED.score_logement, "
    "precisions = EXCLUDED.precisions, criteres_batiment = EXCLUDED.criteres_batiment, "
    "criteres_logement = EXCLUDED.criteres_logement, version_catalogue = EXCLUDED.version_catalogue, "
    "evalue_le = EXCLUDED.evalue_le WHERE dossiers.evalue_le IS NULL OR dossiers.evalue_le <= EXCLUDED.evalue_le"};

}  // namespace

void saveDeclarations(postgres::Transaction& transaction, const std::vector<Declaration>& declarations) {
    auto lot = core::Json::array();
    for (const auto& one : declarations) {
        lot.push_back({{"signalement", one.signalement},
                       {"territoire", orNull(one.territoire)},
                       {"reference", orNull(one.reference)},
                       {"source", one.source},
                       {"importe", one.importe},
                       {"profil_declarant", orNull(one.profilDeclarant)},
                       {"code_insee", orNull(one.codeInsee)},
                       {"code_postal", orNull(one.codePostal)},
                       {"commune", orNull(one.commune)},
                       {"logement_social", orNull(one.logementSocial)},
                       {"cree_le", core::toRfc3339(one.creeLe)}});
    }
    transaction.send(kDeclare, {lot});
}

void saveLieux(postgres::Transaction& transaction, const std::vector<Lieu>& lieux) {
    if (lieux.empty()) return;
    auto lot = core::Json::array();
    for (const auto& one : lieux) {
        lot.push_back({{"signalement", one.signalement},
                       {"code_insee", one.codeInsee},
                       {"code_postal", orNull(one.codePostal)},
                       {"commune", orNull(one.commune)},
                       {"dit_le", core::toRfc3339(one.ditLe)}});
    }
    transaction.send(kPlace, {lot});
}

void saveOuvertures(postgres::Transaction& transaction, const std::vector<Ouverture>& ouvertures) {
    auto lot = core::Json::array();
    for (const auto& one : ouvertures) {
        lot.push_back({{"signalement", one.signalement},
                       {"territoire", orNull(one.territoire)},
                       {"statut", one.statut},
                       {"dit_le", core::toRfc3339(one.ditLe)}});
    }
    transaction.send(kOpen, {lot});
}

void saveChangementsStatut(postgres::Transaction& transaction, const std::vector<ChangementStatut>& changements) {
    auto lot = core::Json::array();
    for (const auto& one : changements) {
        lot.push_back({{"signalement", one.signalement},
                       {"statut", one.statut},
                       {"clos_le", orNull(one.closLe)},
                       {"motif_cloture", orNull(one.motifCloture)},
                       {"dit_le", core::toRfc3339(one.ditLe)}});
    }
    transaction.send(kChange, {lot});
}

void saveEvaluations(postgres::Transaction& transaction, const std::vector<Evaluation>& evaluations) {
    auto lot = core::Json::array();
    for (const auto& one : evaluations) {
        lot.push_back({{"signalement", one.signalement},
                       {"score", one.score},
                       {"score_batiment", one.scoreBatiment},
                       {"score_logement", one.scoreLogement},
                       {"precisions", one.precisions},
                       {"criteres_batiment", one.criteresBatiment},
                       {"criteres_logement", one.criteresLogement},
                       {"version_catalogue", one.versionCatalogue},
                       {"dit_le", core::toRfc3339(one.ditLe)}});
    }
    transaction.send(kEvaluate, {lot});
}

}  // namespace histologe::statistics
