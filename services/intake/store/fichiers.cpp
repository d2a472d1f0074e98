#include "services/intake/store/fichiers.hpp"

namespace histologe::intake {
namespace {

using postgres::Statement;

const Statement kInsert{"fichiers_insert",
                        "INSERT INTO fichiers (cle, titre, type_mime, octets, recu_le, brouillon, prochain_essai, modifie_le) "
                        "VALUES ($1, $2, $3, $4, $5, $6, $5, $5)"};
const Statement kVerrouVolume{"fichiers_verrou_volume", "SELECT pg_advisory_xact_lock(hashtext('histologe.brouillon.' || current_schema()), hashtext($1))"};
const Statement kVolume{"fichiers_volume",
                        "SELECT count(*), coalesce(sum(octets), 0)::bigint FROM fichiers WHERE brouillon = $1 "
                        "AND etat <> 'SUPPRIME'"};
// A lease that has ended makes its file due again in the same statement: nothing waits for a sweep.
const Statement kBailler{
    "fichiers_bailler",
    "WITH dus AS (SELECT id FROM fichiers WHERE (etat = 'A_EXAMINER' AND prochain_essai <= $1::timestamptz) "
    "OR (etat = 'EN_COURS' AND bail_jusqu_a < $1::timestamptz) "
    "ORDER BY prochain_essai LIMIT $4::int FOR UPDATE SKIP LOCKED) "
    "UPDATE fichiers f SET etat = 'EN_COURS', bail = $2, bail_jusqu_a = $3::timestamptz FROM dus WHERE f.id = dus.id "
    "RETURNING f.id, f.cle, f.type_mime, f.essais"};
const Statement kDisponible{
    "fichiers_disponible",
    "UPDATE fichiers SET etat = 'DISPONIBLE', bail = NULL, bail_jusqu_a = NULL, examine_le = $8, essais = essais + 1, "
    "type_mime = $3, cle_original = $4, cle_moyenne = $5, cle_vignette = $6, pris_le = $7, octets = $9, virus = $10, "
    "modifie_le = $8 "
    "WHERE id = $1 AND bail = $2 AND etat = 'EN_COURS'"};
const Statement kInfecte{
    "fichiers_infecte",
    "UPDATE fichiers SET etat = 'INFECTE', bail = NULL, bail_jusqu_a = NULL, examine_le = $4, essais = essais + 1, "
    "virus = $3, modifie_le = $4 WHERE id = $1 AND bail = $2 AND etat = 'EN_COURS'"};
const Statement kRendre{
    "fichiers_rendre",
    "UPDATE fichiers SET etat = 'A_EXAMINER', bail = NULL, bail_jusqu_a = NULL, essais = essais + $3::int, "
    "prochain_essai = $4 WHERE id = $1 AND bail = $2 AND etat = 'EN_COURS'"};
const Statement kAnnoncer{
    "fichiers_annoncer",
    "WITH neufs AS (SELECT id FROM fichiers WHERE etat = 'DISPONIBLE' AND NOT annonce AND signalement IS NOT NULL "
    "ORDER BY recu_le LIMIT $1::int FOR UPDATE SKIP LOCKED) "
    "UPDATE fichiers f SET annonce = true FROM neufs WHERE f.id = neufs.id "
    "RETURNING f.id, f.signalement, f.titre, f.type_mime, f.type, f.desordre, f.visibilite, f.octets, f.recu_le"};
const std::string kVu =
    "SELECT id, coalesce(signalement::text, ''), titre, type_mime, octets, etat, type, desordre, description, "
    "visibilite, virus IS NOT NULL, pris_le, cle_original, cle_moyenne, cle_vignette, recu_le, modifie_le, depose_par FROM fichiers "
    "WHERE etat <> 'SUPPRIME' AND ";
const std::string kDuSignalementText = kVu + "signalement = $1 ORDER BY recu_le, id";
const std::string kTrouverText = kVu + "id = $1";
const std::string kVerrouillerText = kTrouverText + " FOR UPDATE";
const Statement kDuSignalement{"fichiers_du_signalement", kDuSignalementText.c_str()};
const Statement kTrouver{"fichiers_trouver", kTrouverText.c_str()};
const Statement kVerrouiller{"fichiers_verrouiller", kVerrouillerText.c_str()};
const std::string kDuBrouillonText = kVu + "brouillon = $1 AND signalement IS NULL ORDER BY recu_le, id";
const Statement kDuBrouillon{"fichiers_du_brouillon", kDuBrouillonText.c_str()};
const Statement kJoindre{
    "fichiers_joindre",
    "UPDATE fichiers f SET signalement = $1::uuid, type = coalesce(lot.type, f.type), "
    "description = coalesce(lot.description, f.description), visibilite = coalesce(lot.visibilite, f.visibilite), "
    "depose_par = CASE WHEN f.signalement IS NULL THEN $4 ELSE f.depose_par END, modifie_le = $3 FROM json_to_recordset($2::json) AS lot(cle text, type text, description text, visibilite text) "
    "WHERE f.cle = lot.cle AND f.etat <> 'SUPPRIME' AND (f.signalement = $1::uuid OR (f.signalement IS NULL "
    "AND (f.brouillon IS NULL OR f.brouillon = $1::uuid))) RETURNING f.cle, f.id"};
const Statement kSuivre{"fichiers_suivre",
                        "UPDATE fichiers SET signalement = brouillon WHERE brouillon = $1 AND signalement IS NULL "
                        "AND etat <> 'SUPPRIME'"};
const Statement kModifier{"fichiers_modifier",
                          "UPDATE fichiers SET titre = $2, description = $3, type = $4, visibilite = $5, modifie_le = $6 "
                          "WHERE id = $1"};
const Statement kSupprimer{"fichiers_supprimer",
                           "UPDATE fichiers SET etat = 'SUPPRIME', bail = NULL, bail_jusqu_a = NULL, modifie_le = $2 "
                           "WHERE id = $1"};
const Statement kExpirer{
    "fichiers_expirer",
    "WITH vieux AS (SELECT id FROM fichiers WHERE signalement IS NULL AND etat <> 'SUPPRIME' AND recu_le < $1 "
    "ORDER BY recu_le LIMIT $3::int FOR UPDATE SKIP LOCKED) "
    "UPDATE fichiers f SET etat = 'SUPPRIME', bail = NULL, bail_jusqu_a = NULL, modifie_le = $2 FROM vieux "
    "WHERE f.id = vieux.id"};
const Statement kAEffacer{"fichiers_a_effacer",
                          "SELECT id, cle, cle_original, cle_moyenne, cle_vignette FROM fichiers "
                          "WHERE etat = 'SUPPRIME' AND NOT efface ORDER BY modifie_le LIMIT $1::int"};
const Statement kEfface{"fichiers_efface", "UPDATE fichiers SET efface = true WHERE id = $1 AND etat = 'SUPPRIME'"};
const Statement kBruts{"fichiers_bruts",
                       "SELECT id, cle FROM fichiers WHERE etat = 'DISPONIBLE' AND cle_original <> cle AND NOT brut_efface "
                       "ORDER BY examine_le LIMIT $1::int"};
const Statement kBrutEfface{"fichiers_brut_efface", "UPDATE fichiers SET brut_efface = true WHERE id = $1"};
const Statement kQuarantaine{"fichiers_quarantaine",
                             "SELECT count(*) FILTER (WHERE etat IN ('A_EXAMINER', 'EN_COURS')), "
                             "count(*) FILTER (WHERE etat = 'INFECTE'), "
                             "min(recu_le) FILTER (WHERE etat IN ('A_EXAMINER', 'EN_COURS')) FROM fichiers "
                             "WHERE etat IN ('A_EXAMINER', 'EN_COURS', 'INFECTE')"};

FichierVu lire(const postgres::Row& row) {
    return {row.text(0),          row.text(1),          row.text(2),          row.text(3),     row.integer(4),
            row.text(5),          row.text(6),          row.text(7),          row.text(8),     row.text(9),
            row.flag(10),         row.optionalText(11), row.optionalText(12), row.optionalText(13),
            row.optionalText(14), row.instant(15),      row.instant(16),      row.optionalText(17)};
}

}  // namespace

void insertFichier(postgres::Transaction& transaction, const Fichier& fichier) {
    transaction.send(kInsert, {fichier.cle, fichier.titre, fichier.typeMime, fichier.octets, fichier.recuLe, fichier.brouillon});
}

Volume verrouillerVolume(postgres::Transaction& transaction, const std::string& brouillon) {
    transaction.send(kVerrouVolume, {brouillon});
    const auto rows = transaction.query(kVolume, {brouillon});
    return {rows[0].integer(0), rows[0].integer(1)};
}

std::vector<FichierBaille> baillerFichiers(postgres::Connection& session, const std::string& bail, core::Instant now,
                                           core::Instant jusquA, int combien) {
    std::vector<FichierBaille> bailles;
    const auto rows = session.run(kBailler, {now, bail, jusquA, combien});
    for (const auto& row : rows) {
        bailles.push_back({row.text(0), bail, row.text(1), row.text(2), static_cast<int>(row.integer(3))});
    }
    return bailles;
}

bool noterDisponible(postgres::Transaction& transaction, const FichierBaille& baille, const Examen& examen,
                     core::Instant now) {
    return transaction
               .query(kDisponible, {baille.id, baille.bail, examen.typeMime, examen.cleOriginal, examen.cleMoyenne,
                                    examen.cleVignette, examen.prisLe, now, examen.octets, examen.soupcon})
               .affected() == 1;
}

bool noterInfecte(postgres::Transaction& transaction, const FichierBaille& baille, const std::string& virus,
                  core::Instant now) {
    return transaction.query(kInfecte, {baille.id, baille.bail, virus, now}).affected() == 1;
}

void rendreFichier(postgres::Connection& session, const FichierBaille& baille, bool essaye, core::Instant quand) {
    session.run(kRendre, {baille.id, baille.bail, essaye ? 1 : 0, quand});
}

std::vector<FichierAAnnoncer> prendreAAnnoncer(postgres::Transaction& transaction, int combien) {
    std::vector<FichierAAnnoncer> fichiers;
    const auto rows = transaction.query(kAnnoncer, {combien});
    for (const auto& row : rows) {
        fichiers.push_back({row.text(0), row.text(1), row.text(2), row.text(3), row.text(4), row.text(5), row.text(6),
                            row.integer(7), row.instant(8)});
    }
    return fichiers;
}

std::vector<FichierVu> fichiersDuSignalement(postgres::Connection& session, const std::string& signalement) {
    std::vector<FichierVu> fichiers;
    const auto rows = session.run(kDuSignalement, {signalement});
    for (const auto& row : rows) fichiers.push_back(lire(row));
    return fichiers;
}

std::optional<FichierVu> trouverFichier(postgres::Connection& session, const std::string& id) {
    const auto rows = session.run(kTrouver, {id});
    if (rows.empty()) return std::nullopt;
    return lire(rows[0]);
}

std::optional<FichierVu> verrouillerFichier(postgres::Transaction& transaction, const std::string& id) {
    const auto rows = transaction.query(kVerrouiller, {id});
    if (rows.empty()) return std::nullopt;
    return lire(rows[0]);
}

std::map<std::string, std::string> joindreFichiers(postgres::Transaction& transaction, const std::string& signalement,
                                                   const core::Json& demandes, const std::string& par, core::Instant now) {
    std::map<std::string, std::string> joints;
    const auto rows = transaction.query(kJoindre, {signalement, demandes, now, par});
    for (const auto& row : rows) joints.emplace(row.text(0), row.text(1));
    return joints;
}

std::vector<FichierVu> fichiersDuBrouillon(postgres::Connection& session, const std::string& brouillon) {
    std::vector<FichierVu> fichiers;
    const auto rows = session.run(kDuBrouillon, {brouillon});
    for (const auto& row : rows) fichiers.push_back(lire(row));
    return fichiers;
}

void suivreFichiersDuBrouillon(postgres::Transaction& transaction, const std::string& uuid) {
    transaction.send(kSuivre, {uuid});
}

void modifierFichier(postgres::Transaction& transaction, const FichierVu& fichier, core::Instant now) {
    transaction.send(kModifier, {fichier.id, fichier.titre, fichier.description, fichier.type, fichier.visibilite, now});
}

void supprimerFichier(postgres::Transaction& transaction, const std::string& id, core::Instant now) {
    transaction.send(kSupprimer, {id, now});
}

int expirerFichiers(postgres::Connection& session, core::Instant avant, core::Instant now, int combien) {
    return static_cast<int>(session.run(kExpirer, {avant, now, combien}).affected());
}

std::vector<FichierAEffacer> fichiersAEffacer(postgres::Connection& session, int combien) {
    std::vector<FichierAEffacer> fichiers;
    const auto rows = session.run(kAEffacer, {combien});
    for (const auto& row : rows) {
        FichierAEffacer fichier{row.text(0), {}};
        for (int column = 1; column <= 4; ++column) {
            if (!row.isNull(column)) fichier.cles.push_back(row.text(column));
        }
        fichiers.push_back(std::move(fichier));
    }
    return fichiers;
}

void noterEfface(postgres::Connection& session, const std::string& id) { session.run(kEfface, {id}); }

std::vector<FichierAEffacer> brutsAEffacer(postgres::Connection& session, int combien) {
    std::vector<FichierAEffacer> fichiers;
    const auto rows = session.run(kBruts, {combien});
    for (const auto& row : rows) fichiers.push_back({row.text(0), {row.text(1)}});
    return fichiers;
}

void noterBrutEfface(postgres::Connection& session, const std::string& id) { session.run(kBrutEfface, {id}); }

Quarantaine compterQuarantaine(postgres::Connection& session) {
    const auto rows = session.run(kQuarantaine);
    return {rows[0].integer(0), rows[0].integer(1), rows[0].optionalInstant(2)};
}

}  // namespace histologe::intake
