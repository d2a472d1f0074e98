#include "services/intake/store/espace.hpp"

#include "libs/core/error.hpp"
#include "services/intake/domain/fiche.hpp"
#include "services/intake/store/references.hpp"

namespace histologe::intake {
namespace {

using postgres::Statement;

// With the facts about its acts that decide.
#define HISTOLOGE_ESPACE                                                                                           \
    "SELECT s.uuid, s.code_suivi, s.statut, s.annee, s.numero, s.numero_injonction, s.territoire, s.version, "     \
    "s.contenu, s.cree_le, s.motif_usager, s.code_bailleur, s.courriel_attendu, s.jeton_courriel, "                \
    "s.jeton_courriel_expire_le, s.cgu_a_accepter, s.ferme_le, coalesce(s.abandon_demande, false), "               \
    "EXISTS (SELECT FROM invitations i WHERE i.signalement = s.uuid AND i.statut = 'WAITING'), "                   \
    "a.message_le, a.poursuite_le, a.d_accord, coalesce(a.cloture, false) "                                        \
    "FROM signalements s LEFT JOIN LATERAL (SELECT "                                                               \
    "max(cree_le) FILTER (WHERE categorie IN ('MESSAGE_USAGER', 'MESSAGE_USAGER_POST_CLOTURE')) AS message_le, "   \
    "max(cree_le) FILTER (WHERE categorie = 'DEMANDE_POURSUITE_PROCEDURE') AS poursuite_le, "                      \
    "bool_or(categorie <> 'INJONCTION_BAILLEUR_REPONSE_NON') "                                                     \
    "FILTER (WHERE categorie LIKE 'INJONCTION_BAILLEUR_REPONSE_%') AS d_accord, "                                  \
    "bool_or(categorie = 'INJONCTION_BAILLEUR_DEMANDE_CLOTURE_PAR_BAILLEUR') AS cloture "                          \
    "FROM actes WHERE signalement = s.uuid) a ON true "
const Statement kByUuid{"espace_par_uuid", HISTOLOGE_ESPACE "WHERE s.uuid = $1"};
const Statement kByCode{"espace_par_code", HISTOLOGE_ESPACE "WHERE s.code_suivi = $1"};
const Statement kByInjonction{"espace_par_injonction", HISTOLOGE_ESPACE "WHERE s.numero_injonction = $1"};
#undef HISTOLOGE_ESPACE
const Statement kLock{"espace_verrouiller", "SELECT FROM signalements WHERE uuid = $1 FOR UPDATE"};

const Statement kAbandon{"espace_abandon",
                         "UPDATE signalements SET abandon_demande = $2, motif_usager = $3 WHERE uuid = $1"};
const Statement kStatut{"espace_statut", "UPDATE signalements SET statut = $2 WHERE uuid = $1"};
const Statement kBascule{"espace_bascule",
                         "UPDATE signalements SET statut = 'NEED_VALIDATION', cree_le = $2 WHERE uuid = $1"};
const Statement kCgu{"espace_cgu", "UPDATE signalements SET cgu_a_accepter = $2 WHERE uuid = $1"};
const Statement kCourriel{"espace_courriel_attendu",
                          "UPDATE signalements SET courriel_attendu = $2, jeton_courriel = $3, "
                          "jeton_courriel_expire_le = $4 WHERE uuid = $1"};
const Statement kAnswers{"espace_reponses",
                         "SELECT b.charge FROM signalements s JOIN brouillons b ON b.uuid = s.brouillon WHERE s.uuid = $1"};

bool isTrueAt(const core::Json& contenu, const char* part, const char* name) {
    const auto object = contenu.find(part);
    if (object == contenu.end() || !object->is_object()) return false;
    const auto found = object->find(name);
    return found != object->end() && *found == true;
}

std::optional<DossierUsager> read(const postgres::Result& rows) {
    if (rows.empty()) return std::nullopt;
    const auto row = rows[0];
    DossierUsager dossier;
    dossier.uuid = row.text(0);
    dossier.codeSuivi = row.text(1);
    dossier.statut = row.text(2);
    // A status that this version does not know is shown to nobody.
    const auto statut = domain::parseName<domain::StatutDossier>(dossier.statut);
    if (!statut) return std::nullopt;
    dossier.reference = lireReference(row, 2);
    dossier.territoire = row.text(6);
    dossier.version = row.integer(7);
    dossier.contenu = row.json(8);
    dossier.creeLe = row.instant(9);
    dossier.motifUsager = row.optionalText(10);
    dossier.codeBailleur = row.optionalText(11);
    dossier.courrielAttendu = row.optionalText(12);
    dossier.jetonCourriel = row.optionalText(13);
    dossier.jetonCourrielExpireLe = row.optionalInstant(14);
    auto& situation = dossier.situation;
    situation.statut = *statut;
    situation.profil = profilDuDeclarant(dossier.contenu).value_or(Profil::Locataire);
    situation.vacant = isTrueAt(dossier.contenu, "logement", "vacant");
    situation.bailleurPrevenu = isTrueAt(dossier.contenu, "proprietaire", "averti");
    situation.tiersConnu = texteEn(dossier.contenu, "/declarant/courriel").has_value();
    situation.cguAAccepter = row.flag(15);
    situation.fermeLe = row.optionalInstant(16);
    situation.abandonDemande = row.flag(17);
    situation.invitationEnAttente = row.flag(18);
    situation.dernierMessageLe = row.optionalInstant(19);
    situation.dernierePoursuiteLe = row.optionalInstant(20);
    situation.bailleurDAccord = row.optionalFlag(21);
    situation.clotureDemandee = row.flag(22);
    return dossier;
}

}  // namespace

std::optional<DossierUsager> findDossierUsager(postgres::Transaction& transaction, const std::string& uuid) {
    return read(transaction.query(kByUuid, {uuid}));
}

std::optional<DossierUsager> lockDossierUsager(postgres::Transaction& transaction, const std::string& uuid) {
    if (transaction.query(kLock, {uuid}).empty()) return std::nullopt;
    // A statement of its own, so that it sees what was committed while the lock was waited for.
    return read(transaction.query(kByUuid, {uuid}));
}

std::optional<DossierUsager> findParCode(postgres::Connection& session, const std::string& codeSuivi) {
    return read(session.run(kByCode, {codeSuivi}));
}

std::optional<DossierUsager> findParInjonction(postgres::Connection& session, int numero) {
    return read(session.run(kByInjonction, {numero}));
}

std::optional<std::string> reponsesDuBrouillon(postgres::Transaction& transaction, const std::string& signalement) {
    const auto rows = transaction.query(kAnswers, {signalement});
    if (rows.empty()) return std::nullopt;
    return rows[0].text(0);
}

void saveAbandon(postgres::Transaction& transaction, const std::string& uuid, bool demande,
                 const std::optional<std::string>& motif) {
    transaction.send(kAbandon, {uuid, demande, motif});
}

void saveStatutUsager(postgres::Transaction& transaction, const std::string& uuid, const std::string& statut) {
    transaction.send(kStatut, {uuid, statut});
}

void saveBascule(postgres::Transaction& transaction, const std::string& uuid, core::Instant now) {
    transaction.send(kBascule, {uuid, now});
}

void saveCgu(postgres::Transaction& transaction, const std::string& uuid, bool aAccepter) {
    transaction.send(kCgu, {uuid, aAccepter});
}

void saveCourrielAttendu(postgres::Transaction& transaction, const std::string& uuid,
                         const std::optional<std::string>& courriel, const std::optional<std::string>& empreinte,
                         std::optional<core::Instant> expireLe) {
    transaction.send(kCourriel, {uuid, courriel, empreinte, expireLe});
}

}  // namespace histologe::intake
