#include "services/intake/store/saisies.hpp"

#include "libs/core/text.hpp"
#include "services/intake/domain/adresse.hpp"
#include "services/intake/domain/fiche.hpp"
#include "services/intake/store/references.hpp"

namespace histologe::intake {
namespace {

using postgres::Statement;

#define HISTOLOGE_SAISIE                                                                                   \
    "SELECT uuid, compte, territoire, statut, etapes, cle_adresse, libelle, version, cree_le, modifie_le " \
    "FROM saisies WHERE "
const Statement kFind{"saisies_find", HISTOLOGE_SAISIE "uuid = $1"};
const Statement kLock{"saisies_lock", HISTOLOGE_SAISIE "uuid = $1 FOR UPDATE"};
const Statement kOfAccount{"saisies_of_account", HISTOLOGE_SAISIE
                           "statut = 'EN_COURS' AND compte = $1 AND ($2::timestamptz IS NULL OR "
                           "(cree_le, uuid) < ($2::timestamptz, $3::uuid)) "
                           "ORDER BY cree_le DESC, uuid DESC LIMIT $4"};
const Statement kByAddress{"saisies_by_address", HISTOLOGE_SAISIE
                           "statut = 'EN_COURS' AND compte = $1 AND cle_adresse = $2 AND uuid <> $3 "
                           "ORDER BY cree_le DESC LIMIT 1"};
#undef HISTOLOGE_SAISIE
const Statement kInsert{"saisies_insert",
                        "INSERT INTO saisies (uuid, compte, territoire, statut, etapes, cle_adresse, libelle, version, "
                        "cree_le, modifie_le) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)"};
const Statement kUpdate{
    "saisies_update",
    "UPDATE saisies SET territoire = $2, etapes = $3, cle_adresse = $4, libelle = $5, version = $6, "
    "modifie_le = $7 WHERE uuid = $1"};
const Statement kStatut{"saisies_statut",
                        "UPDATE saisies SET statut = $2, version = version + 1, modifie_le = $3 WHERE uuid = $1"};
// `brouillon` is the draft that a signalement came of: here it is the signalement's own uuid, once and never twice.
const Statement kInsertSignalement{
    "saisies_insert_signalement",
    "INSERT INTO signalements (uuid, brouillon, code_suivi, territoire, annee, numero, statut, source, cree_par, "
    "importe, "
    "cle_adresse, courriel_occupant, courriel_declarant, nom_occupant, contenu, reponses, cree_le, rnb_id) "
    "VALUES ($1, $1, $2, $3, $4, $5, $6, $7, $8, $7 = 'IMPORT', $9, $10, $11, $12, $13, $14, $15, $16)"};
const Statement kFiles{"saisies_files",
                       "UPDATE fichiers SET signalement = $1, type = 'PHOTO_SITUATION' "
                       "WHERE cle = ANY($2::text[]) AND signalement IS NULL AND (brouillon IS NULL OR brouillon = $1)"};
const Statement kAtAddress{
    "saisies_at_address",
    "SELECT s.uuid, s.statut, s.annee, s.numero, s.numero_injonction, s.territoire, s.cree_par, s.cree_le, (SELECT json_agg(p.partenaire) FROM dossiers_partenaires p WHERE p.signalement = s.uuid) "
    "FROM signalements s WHERE s.cle_adresse = $1 AND s.statut IN ('NEED_VALIDATION', 'ACTIVE') "
    "ORDER BY s.cree_le DESC LIMIT 50"};

Saisie read(const postgres::Row& row) {
    return {row.text(0), row.text(1), row.text(2),    row.text(3),    row.json(4),
            row.text(5), row.text(6), row.integer(7), row.instant(8), row.instant(9)};
}

std::optional<Saisie> first(const postgres::Result& rows) {
    return rows.empty() ? std::nullopt : std::optional(read(rows[0]));
}

std::string folded(const core::Json& contenu, const char* chemin) {
    return core::fold(texteEn(contenu, chemin).value_or(""));
}

}  // namespace

void insertSaisie(postgres::Connection& session, const Saisie& s) {
    session.run(kInsert,
                {s.uuid, s.compte, s.territoire, s.statut, s.etapes, s.cleAdresse, s.libelle, s.version, s.creeLe});
}

std::optional<Saisie> findSaisie(postgres::Connection& session, const std::string& uuid) {
    return first(session.run(kFind, {uuid}));
}

std::optional<Saisie> lockSaisie(postgres::Transaction& transaction, const std::string& uuid) {
    return first(transaction.query(kLock, {uuid}));
}

void updateSaisie(postgres::Transaction& transaction, const Saisie& s) {
    transaction.send(kUpdate, {s.uuid, s.territoire, s.etapes, s.cleAdresse, s.libelle, s.version, s.modifieLe});
}

void setStatutSaisie(postgres::Transaction& transaction, const std::string& uuid, const std::string& statut,
                     core::Instant now) {
    transaction.send(kStatut, {uuid, statut, now});
}

std::vector<Saisie> findSaisies(postgres::Connection& session, const std::string& compte,
                                const std::optional<PlaceDeSaisie>& apres, long long limite) {
    std::vector<Saisie> all;
    const auto place = apres ? std::optional(apres->creeLe) : std::nullopt;
    const auto uuid = apres ? std::optional(apres->uuid) : std::nullopt;
    const auto rows = session.run(kOfAccount, {compte, place, uuid, limite});
    for (const auto& row : rows) all.push_back(read(row));
    return all;
}

std::optional<Saisie> findSaisieParAdresse(postgres::Connection& session, const std::string& compte,
                                           const std::string& cle, const std::string& sauf) {
    return first(session.run(kByAddress, {compte, cle, sauf}));
}

void insertSignalement(postgres::Transaction& transaction, const NouveauSignalement& n) {
    transaction.send(kInsertSignalement,
                     {n.uuid, n.codeSuivi, n.territoire, n.annee, n.numero, n.statut, n.source, n.creePar, n.cleAdresse,
                      n.courrielOccupant, n.courrielDeclarant, n.nomOccupant, n.contenu, n.reponses, n.creeLe,
                      texteEn(n.contenu, "/adresse/rnbId")});
}

void remplirCles(NouveauSignalement& n) {
    n.cleAdresse = cleAdresseDe(n.contenu);
    n.courrielOccupant = folded(n.contenu, "/occupant/courriel");
    n.courrielDeclarant = folded(n.contenu, "/declarant/courriel");
    n.nomOccupant = folded(n.contenu, "/occupant/nom");
}

void attacherFichiers(postgres::Transaction& transaction, const std::string& signalement,
                      const std::vector<std::string>& cles) {
    transaction.send(kFiles, {signalement, cles});
}

std::vector<MemeAdresse> findALaMemeAdresse(postgres::Connection& session, const std::string& cle) {
    std::vector<MemeAdresse> all;
    const auto rows = session.run(kAtAddress, {cle});
    for (const auto& row : rows) {
        MemeAdresse one{row.text(0), lireReference(row, 1), row.text(1), row.text(5), row.optionalText(6), {}, row.instant(7)};
        if (!row.isNull(8)) one.partenaires = row.json(8).get<std::vector<std::string>>();
        all.push_back(std::move(one));
    }
    return all;
}

}  // namespace histologe::intake
