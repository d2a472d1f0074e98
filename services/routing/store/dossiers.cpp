#include "services/routing/store/dossiers.hpp"

#include "services/routing/domain/recherche_fiche.hpp"

namespace histologe::routing {
namespace {

using postgres::Statement;

const Statement kDeclare{
    "dossiers_declare",
    "INSERT INTO dossiers (signalement, reference, territoire, code_insee, code_postal, commune, longitude, latitude, "
    "logement_social, allocataire, profil, bailleur, depose_le, statut, valide_le, oriente_le, saisie, logement_vacant) SELECT signalement, reference, "
    "territoire, code_insee, code_postal, commune, longitude, latitude, logement_social, allocataire, profil, bailleur, "
    "depose_le, statut, CASE WHEN importe THEN depose_le END, CASE WHEN importe THEN depose_le END, "
    "CASE WHEN jsonb_typeof(saisie) = 'object' THEN saisie END, vacant "
    "FROM jsonb_to_recordset($1::jsonb) AS lot(signalement uuid, reference text, territoire text, code_insee text, "
    "code_postal text, commune text, longitude float8, latitude float8, logement_social boolean, allocataire text, "
    "profil text, bailleur text, depose_le timestamptz, statut text, importe boolean, saisie jsonb, vacant boolean) "
    "ON CONFLICT (signalement) DO UPDATE SET reference = EXCLUDED.reference, territoire = EXCLUDED.territoire, "
    "code_insee = EXCLUDED.code_insee, code_postal = EXCLUDED.code_postal, commune = EXCLUDED.commune, "
    "longitude = EXCLUDED.longitude, latitude = EXCLUDED.latitude, logement_social = EXCLUDED.logement_social, "
    "allocataire = EXCLUDED.allocataire, profil = EXCLUDED.profil, bailleur = EXCLUDED.bailleur, "
    "depose_le = EXCLUDED.depose_le, statut = EXCLUDED.statut, valide_le = EXCLUDED.valide_le, "
    "oriente_le = EXCLUDED.oriente_le, saisie = EXCLUDED.saisie, logement_vacant = EXCLUDED.logement_vacant WHERE dossiers.depose_le IS NULL RETURNING signalement"};
const Statement kRedeclare{
    "dossiers_redeclare",
    "UPDATE dossiers d SET territoire = lot.territoire, "
    // What the registers say of the place stays until they say something else, or until the dwelling is said to be
    // elsewhere: where it is, is not known then.
    "code_insee = CASE WHEN d.localise_le IS NULL OR lot.ailleurs_le >= d.localise_le THEN lot.code_insee "
    "ELSE d.code_insee END, "
    "code_postal = CASE WHEN d.localise_le IS NULL OR lot.ailleurs_le >= d.localise_le THEN lot.code_postal "
    "ELSE d.code_postal END, "
    "commune = CASE WHEN d.localise_le IS NULL OR lot.ailleurs_le >= d.localise_le THEN lot.commune "
    "ELSE d.commune END, "
    "longitude = CASE WHEN d.localise_le IS NULL OR lot.ailleurs_le >= d.localise_le THEN lot.longitude "
    "ELSE d.longitude END, "
    "latitude = CASE WHEN d.localise_le IS NULL OR lot.ailleurs_le >= d.localise_le THEN lot.latitude "
    "ELSE d.latitude END, "
    "ban_id = CASE WHEN lot.ailleurs_le >= d.localise_le THEN NULL ELSE d.ban_id END, "
    "rnb_id = CASE WHEN lot.ailleurs_le >= d.localise_le THEN NULL ELSE d.rnb_id END, "
    "precision_lieu = CASE WHEN lot.ailleurs_le >= d.localise_le THEN NULL ELSE d.precision_lieu END, "
    "localise_le = CASE WHEN lot.ailleurs_le >= d.localise_le THEN NULL ELSE d.localise_le END, "
    "ailleurs_le = greatest(d.ailleurs_le, lot.ailleurs_le), "
    "logement_social = lot.logement_social, logement_vacant = lot.vacant, "
    "allocataire = lot.allocataire, profil = lot.profil, bailleur = lot.bailleur "
    "FROM jsonb_to_recordset($1::jsonb) AS lot(signalement uuid, territoire text, code_insee text, code_postal text, "
    "commune text, longitude float8, latitude float8, logement_social boolean, allocataire text, profil text, "
    "bailleur text, vacant boolean, declaree_le timestamptz, ailleurs_le timestamptz) JOIN recherche r ON r.signalement = lot.signalement "
    "WHERE d.signalement = lot.signalement AND r.declaree_le <= lot.declaree_le"};
const Statement kEvaluate{
    "dossiers_evaluate",
    "INSERT INTO dossiers (signalement, score, score_batiment, score_logement, qualifications, procedures, evalue_le) "
    "SELECT signalement, score, score_batiment, score_logement, qualifications, "
    "ARRAY(SELECT jsonb_array_elements_text(procedures)), evalue_le "
    "FROM jsonb_to_recordset($1::jsonb) AS lot(signalement uuid, score float8, score_batiment float8, "
    "score_logement float8, qualifications jsonb, procedures jsonb, evalue_le timestamptz) "
    "ON CONFLICT (signalement) DO UPDATE SET score = EXCLUDED.score, score_batiment = EXCLUDED.score_batiment, "
    "score_logement = EXCLUDED.score_logement, qualifications = EXCLUDED.qualifications, "
    "procedures = EXCLUDED.procedures, evalue_le = EXCLUDED.evalue_le "
    "WHERE dossiers.evalue_le IS NULL OR dossiers.evalue_le <= EXCLUDED.evalue_le"};
const Statement kToRoute{
    "dossiers_to_route",
    "SELECT signalement, reference, territoire, code_insee, code_postal, commune, longitude, latitude, logement_social, "
    "allocataire, profil, bailleur, depose_le, statut, score, qualifications, saisie, "
    "(SELECT coalesce(jsonb_agg(a.partenaire), '[]') FROM affectations a WHERE a.signalement = dossiers.signalement) FROM dossiers "
    "WHERE signalement IN (SELECT s::uuid FROM jsonb_array_elements_text($1::jsonb) s) "
    "AND depose_le IS NOT NULL AND evalue_le IS NOT NULL AND oriente_le IS NULL "
    // Nobody is given a dossier as long as the landlord has the word.
    "AND statut NOT IN ('INJONCTION_BAILLEUR', 'INJONCTION_CLOSED') ORDER BY signalement FOR UPDATE"};
const Statement kRouted{"dossiers_routed",
                        "UPDATE dossiers d SET statut = lot.statut, valide_le = lot.valide_le, oriente_le = $2 "
                        "FROM jsonb_to_recordset($1::jsonb) AS lot(signalement uuid, statut text, valide_le timestamptz) "
                        "WHERE d.signalement = lot.signalement"};
const Statement kAffect{"dossiers_affect",
                        "INSERT INTO affectations (id, signalement, partenaire, statut, affecte_par, cree_le) "
                        "SELECT id, signalement, partenaire, 'NOUVEAU', $2, $3 FROM jsonb_to_recordset($1::jsonb) "
                        "AS lot(id uuid, signalement uuid, partenaire text)"};
const Statement kAffectImported{
    "dossiers_affect_imported",
    "INSERT INTO affectations (id, signalement, partenaire, statut, affecte_par, cree_le) "
    "SELECT lot.id, lot.signalement, lot.partenaire, lot.statut, $2, $3 FROM jsonb_to_recordset($1::jsonb) "
    "AS lot(id uuid, signalement uuid, partenaire text, statut text) JOIN partenaires p ON p.id = lot.partenaire "
    "ON CONFLICT (signalement, partenaire) DO NOTHING"};
const Statement kFollowImported{
    "dossiers_follow_imported",
    "INSERT INTO suivis (id, signalement, categorie, auteur, description, visible_usager, cree_le) "
    "SELECT id, signalement, 'IMPORT', $2, description, false, cree_le FROM jsonb_to_recordset($1::jsonb) "
    "AS lot(id uuid, signalement uuid, description text, cree_le timestamptz)"};
const Statement kFollow{"dossiers_follow",
                        "INSERT INTO suivis (id, signalement, categorie, auteur, description, visible_usager, cree_le) "
                        "SELECT id, signalement, categorie, $2, description, visible_usager, $3 "
                        "FROM jsonb_to_recordset($1::jsonb) AS lot(id uuid, signalement uuid, categorie text, "
                        "description text, visible_usager boolean)"};

template <typename Value>
core::Json orNull(const std::optional<Value>& value) {
    return value ? core::Json(*value) : core::Json(nullptr);
}

core::Json lotDe(const std::vector<Declaration>& declarations) {
    auto lot = core::Json::array();
    for (const auto& one : declarations) {
        lot.push_back({{"signalement", one.signalement},
                       {"reference", one.reference},
                       {"territoire", one.territoire},
                       {"code_insee", orNull(one.codeInsee)},
                       {"code_postal", orNull(one.codePostal)},
                       {"commune", orNull(one.commune)},
                       {"longitude", orNull(one.longitude)},
                       {"latitude", orNull(one.latitude)},
                       {"logement_social", orNull(one.logementSocial)},
                       {"allocataire", orNull(one.allocataire)},
                       {"profil", orNull(one.profil)},
                       {"bailleur", orNull(one.bailleur)},
                       {"depose_le", core::toRfc3339(one.deposeLe)},
                       {"declaree_le", core::toRfc3339(one.declareeLe)},
                       {"ailleurs_le", one.ailleursLe ? core::Json(core::toRfc3339(*one.ailleursLe)) : core::Json(nullptr)},
                       {"statut", one.statut},
                       {"importe", one.importe},
                       {"vacant", one.vacant},
                       {"saisie", one.saisie}});
    }
    return lot;
}

}  // namespace

std::vector<std::string> insertDeclarations(postgres::Transaction& transaction,
                                            const std::vector<Declaration>& declarations) {
    std::vector<std::string> written;
    const auto rows = transaction.query(kDeclare, {lotDe(declarations)});
    for (const auto& row : rows) written.push_back(row.text(0));
    return written;
}

void updateDeclarations(postgres::Transaction& transaction, const std::vector<Declaration>& declarations) {
    transaction.send(kRedeclare, {lotDe(declarations)});
}

void saveEvaluations(postgres::Transaction& transaction, const std::vector<Evaluation>& evaluations) {
    auto lot = core::Json::array();
    for (const auto& one : evaluations) {
        lot.push_back({{"signalement", one.signalement},
                       {"score", one.score},
                       {"score_batiment", one.scoreBatiment},
                       {"score_logement", one.scoreLogement},
                       {"qualifications", one.qualifications},
                       {"procedures", proceduresCherchables(one.qualifications)},
                       {"evalue_le", core::toRfc3339(one.evalueLe)}});
    }
    transaction.send(kEvaluate, {lot});
}

std::vector<DossierAOrienter> lockDossiersAOrienter(postgres::Transaction& transaction,
                                                    const std::vector<std::string>& signalements) {
    std::vector<DossierAOrienter> dossiers;
    const auto rows = transaction.query(kToRoute, {core::Json(signalements)});
    for (const auto& row : rows) {
        DossierAOrienter dossier;
        auto& declaration = dossier.declaration;
        declaration.signalement = row.text(0);
        declaration.reference = row.text(1);
        declaration.territoire = row.text(2);
        declaration.codeInsee = row.optionalText(3);
        declaration.codePostal = row.optionalText(4);
        declaration.commune = row.optionalText(5);
        declaration.longitude = row.optionalReal(6);
        declaration.latitude = row.optionalReal(7);
        declaration.logementSocial = row.optionalFlag(8);
        declaration.allocataire = row.optionalText(9);
        declaration.profil = row.optionalText(10);
        declaration.bailleur = row.optionalText(11);
        declaration.deposeLe = row.instant(12);
        dossier.statut = row.text(13);
        dossier.score = row.real(14);
        dossier.qualifications = row.json(15);
        if (!row.isNull(16)) declaration.saisie = row.json(16);
        const auto affectes = row.json(17);
        for (const auto& un : affectes) dossier.dejaAffectes.push_back(un.get<std::string>());
        dossiers.push_back(std::move(dossier));
    }
    return dossiers;
}

void saveOrientations(postgres::Transaction& transaction, const std::vector<Orientation>& orientations,
                      const std::vector<AffectationCreee>& affectations, const std::vector<SuiviCree>& suivis,
                      const std::string& auteur, core::Instant now) {
    auto routed = core::Json::array();
    for (const auto& one : orientations) {
        routed.push_back({{"signalement", one.signalement},
                          {"statut", one.statut},
                          {"valide_le", one.valideLe ? core::Json(core::toRfc3339(*one.valideLe)) : core::Json(nullptr)}});
    }
    transaction.send(kRouted, {routed, now});
    if (!affectations.empty()) {
        auto lot = core::Json::array();
        for (const auto& one : affectations) {
            lot.push_back({{"id", one.id}, {"signalement", one.signalement}, {"partenaire", one.partenaire}});
        }
        transaction.send(kAffect, {lot, auteur, now});
    }
    if (!suivis.empty()) {
        auto lot = core::Json::array();
        for (const auto& one : suivis) {
            lot.push_back({{"id", one.id},
                           {"signalement", one.signalement},
                           {"categorie", one.categorie},
                           {"description", one.description},
                           {"visible_usager", one.visibleUsager}});
        }
        transaction.send(kFollow, {lot, auteur, now});
    }
}

void insertAffectationsImportees(postgres::Transaction& transaction, const std::vector<AffectationImportee>& affectations,
                                 const std::string& auteur, core::Instant now) {
    auto lot = core::Json::array();
    for (const auto& one : affectations) {
        lot.push_back({{"id", one.id}, {"signalement", one.signalement}, {"partenaire", one.partenaire}, {"statut", one.statut}});
    }
    transaction.send(kAffectImported, {lot, auteur, now});
}

void insertSuivisImportes(postgres::Transaction& transaction, const std::vector<SuiviImporte>& suivis, const std::string& auteur) {
    auto lot = core::Json::array();
    for (const auto& one : suivis) {
        lot.push_back({{"id", one.id},
                       {"signalement", one.signalement},
                       {"description", one.description},
                       {"cree_le", core::toRfc3339(one.creeLe)}});
    }
    transaction.send(kFollowImported, {lot, auteur});
}

}  // namespace histologe::routing
