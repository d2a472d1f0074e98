#include "services/routing/store/comptes.hpp"

#include <algorithm>

namespace histologe::routing {
namespace {

using postgres::Statement;

const Statement kById{"comptes_by_id", "SELECT * FROM comptes_lus WHERE id = $1"};
const Statement kLock{"comptes_lock", "SELECT id FROM comptes WHERE id = $1 FOR NO KEY UPDATE"};
const Statement kByMail{"comptes_by_mail", "SELECT * FROM comptes_lus WHERE id = "
                                           "(SELECT id FROM comptes WHERE courriel = $1 AND statut <> 'ARCHIVE')"};
const Statement kInsert{"comptes_insert",
                        "INSERT INTO comptes (id, courriel, role, prenom, nom, fonction, telephone, "
                        "permission_affectation, cree_le) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) "
                        "ON CONFLICT (courriel) WHERE statut <> 'ARCHIVE' DO NOTHING RETURNING id"};
const Statement kTaken{"comptes_taken",
                       "SELECT 1 FROM comptes WHERE courriel = $2 AND statut <> 'ARCHIVE' AND id <> $1"};
const Statement kWrite{"comptes_write",
                       "UPDATE comptes SET courriel = $2, role = $3, prenom = $4, nom = $5, fonction = $6, telephone = $7, "
                       "permission_affectation = $8, version = version + 1 WHERE id = $1"};
const Statement kJoin{"comptes_join",
                      "INSERT INTO comptes_partenaires (compte, partenaire) VALUES ($1, $2) ON CONFLICT DO NOTHING"};
const Statement kLeave{"comptes_leave", "DELETE FROM comptes_partenaires WHERE compte = $1 AND partenaire = $2"};
const Statement kLeaveAll{"comptes_leave_all", "DELETE FROM comptes_partenaires WHERE compte = $1"};
const Statement kTouch{"comptes_touch", "UPDATE comptes SET version = version + 1 WHERE id = $1"};
const Statement kPartner{"comptes_partner",
                         "SELECT id, contenu->>'nom', contenu->>'type', contenu->>'territoire' FROM partenaires "
                         "WHERE id = $1 AND NOT coalesce((contenu->>'archive')::boolean, false)"};
const Statement kTerritory{"comptes_territory", "SELECT contenu->>'nom' FROM territoires WHERE code = $1"};
const Statement kPartnerMail{"comptes_partner_mail",
                             "SELECT 1 FROM partenaires WHERE lower(contenu->>'courriel') = $1 "
                             "AND NOT coalesce((contenu->>'archive')::boolean, false) LIMIT 1"};
const Statement kActivate{"comptes_activate",
                          "UPDATE comptes SET statut = 'ACTIVE', mot_de_passe = $2, archivage_prevu_le = NULL, "
                          "version = version + 1 WHERE id = $1"};
const Statement kRehash{"comptes_rehash",
                        "UPDATE comptes SET mot_de_passe = $3 WHERE id = $1 AND mot_de_passe = $2"};
const Statement kForget{"comptes_forget_password",
                        "UPDATE comptes SET mot_de_passe = NULL, identite_proconnect = NULL, version = version + 1 "
                         "WHERE id = $1"};
const Statement kDisable{"comptes_disable",
                         "UPDATE comptes SET statut = 'INACTIVE', mot_de_passe = NULL, desactive_le = $2, "
                         "version = version + 1 WHERE id = $1"};
const Statement kArchive{"comptes_archive",
                         "UPDATE comptes SET statut = 'ARCHIVE', mot_de_passe = NULL, identite_proconnect = NULL, "
                         "archivage_prevu_le = NULL, archive_le = $2, version = version + 1 WHERE id = $1"};
const Statement kBringBack{"comptes_bring_back",
                           "UPDATE comptes SET statut = $2, archive_le = NULL, desactive_le = NULL, ramene_le = $3, "
                           "archivage_prevu_le = NULL, version = version + 1 WHERE id = $1"};

std::optional<CompteLu> premier(const postgres::Result& lignes) {
    if (lignes.empty()) return std::nullopt;
    return compteDeLaLigne(lignes[0]);
}

[[noreturn]] void refuserCourriel() {
    throw core::Error(core::ErrorKind::Conflict, "courriel_pris", "Cette adresse est déjà celle d'un compte.",
                      {{"courriel", "courriel_pris", "Cette adresse est déjà celle d'un compte."}});
}

void exigerCourrielLibre(postgres::Transaction& transaction, const std::string& id, const std::string& courriel) {
    if (!transaction.query(kTaken, {id, courriel}).empty()) refuserCourriel();
}

}  // namespace

CompteLu compteDeLaLigne(const postgres::Row& ligne) {
    CompteLu compte;
    compte.id = ligne.text(0);
    compte.courriel = ligne.text(1);
    compte.role = auth::roleNamed(ligne.view(2)).value_or(auth::Role::Agent);
    compte.statut = statutCompteNomme(ligne.view(3)).value_or(StatutCompte::Archive);
    compte.prenom = ligne.text(4);
    compte.nom = ligne.text(5);
    compte.fonction = ligne.text(6);
    compte.telephone = ligne.text(7);
    compte.permissionAffectation = ligne.flag(8);
    compte.systeme = ligne.flag(9);
    compte.motDePasse = ligne.optionalText(10);
    compte.desactive = ligne.flag(11);
    compte.derniereConnexionLe = ligne.optionalInstant(12);
    compte.archivagePrevuLe = ligne.optionalInstant(13);
    compte.anonymise = !ligne.isNull(14);
    compte.version = ligne.integer(15);
    compte.creeLe = ligne.instant(16);
    const auto partenaires = ligne.json(17);
    for (const auto& un : partenaires) {
        PartenaireDuCompte partenaire{un.at("id").get<std::string>(), un.at("nom").get<std::string>(),
                                      un.at("type").get<std::string>(), std::nullopt};
        if (un.at("territoire").is_string()) partenaire.territoire = un.at("territoire").get<std::string>();
        compte.partenaires.push_back(std::move(partenaire));
    }
    return compte;
}

CompteVise CompteLu::vise() const {
    CompteVise compte{role, {}, anonymise};
    for (const auto& partenaire : partenaires) compte.partenaires.push_back({partenaire.id, partenaire.territoire});
    return compte;
}

std::vector<std::string> CompteLu::territoires() const {
    std::vector<std::string> codes;
    for (const auto& partenaire : partenaires) {
        if (!partenaire.territoire) continue;
        if (std::find(codes.begin(), codes.end(), *partenaire.territoire) == codes.end()) {
            codes.push_back(*partenaire.territoire);
        }
    }
    return codes;
}

std::vector<std::string> CompteLu::identifiantsPartenaires() const {
    std::vector<std::string> tous;
    for (const auto& partenaire : partenaires) tous.push_back(partenaire.id);
    return tous;
}

std::optional<CompteLu> lireCompte(postgres::Transaction& transaction, const std::string& id) {
    return premier(transaction.query(kById, {id}));
}

std::optional<CompteLu> verrouillerCompte(postgres::Transaction& transaction, const std::string& id) {
    if (transaction.query(kLock, {id}).empty()) return std::nullopt;
    return lireCompte(transaction, id);
}

std::optional<CompteLu> lireCompteDuCourriel(postgres::Transaction& transaction, const std::string& courriel) {
    return premier(transaction.query(kByMail, {courriel}));
}

void insererCompte(postgres::Transaction& transaction, const std::string& id, const FicheCompte& fiche,
                   core::Instant now) {
    const auto ecrit = transaction.query(kInsert, {id, fiche.courriel, auth::nameOf(fiche.role), fiche.prenom, fiche.nom,
                                                   fiche.fonction, fiche.telephone, fiche.permissionAffectation, now});
    if (ecrit.empty()) refuserCourriel();
}

void ecrireFiche(postgres::Transaction& transaction, const std::string& id, const FicheCompte& fiche) {
    exigerCourrielLibre(transaction, id, fiche.courriel);
    transaction.send(kWrite, {id, fiche.courriel, auth::nameOf(fiche.role), fiche.prenom, fiche.nom, fiche.fonction,
                              fiche.telephone, fiche.permissionAffectation});
}

void ajouterPartenaire(postgres::Transaction& transaction, const std::string& compte, const std::string& partenaire) {
    transaction.send(kJoin, {compte, partenaire});
    transaction.send(kTouch, {compte});
}

void retirerPartenaire(postgres::Transaction& transaction, const std::string& compte, const std::string& partenaire) {
    transaction.send(kLeave, {compte, partenaire});
    transaction.send(kTouch, {compte});
}

void retirerTousPartenaires(postgres::Transaction& transaction, const std::string& compte) {
    transaction.send(kLeaveAll, {compte});
    transaction.send(kTouch, {compte});
}

std::optional<PartenaireDuCompte> lirePartenaireOuvert(postgres::Transaction& transaction, const std::string& id) {
    const auto lignes = transaction.query(kPartner, {id});
    if (lignes.empty()) return std::nullopt;
    return PartenaireDuCompte{lignes[0].text(0), lignes[0].text(1), lignes[0].text(2), lignes[0].optionalText(3)};
}

std::optional<std::string> nomDuTerritoire(postgres::Transaction& transaction, const std::string& code) {
    const auto lignes = transaction.query(kTerritory, {code});
    return lignes.empty() ? std::nullopt : lignes[0].optionalText(0);
}

bool estCourrielDePartenaire(postgres::Transaction& transaction, const std::string& courriel) {
    return !transaction.query(kPartnerMail, {courriel}).empty();
}

void activerCompte(postgres::Transaction& transaction, const std::string& id, const std::string& motDePasse) {
    transaction.send(kActivate, {id, motDePasse});
}

bool remplacerMotDePasse(postgres::Connection& session, const std::string& id, const std::string& avant,
                         const std::string& apres) {
    return session.run(kRehash, {id, avant, apres}).affected() == 1;
}

void oublierPreuves(postgres::Transaction& transaction, const std::string& id) {
    transaction.send(kForget, {id});
}

void desactiverCompte(postgres::Transaction& transaction, const std::string& id, core::Instant now) {
    transaction.send(kDisable, {id, now});
}

void archiverCompte(postgres::Transaction& transaction, const std::string& id, core::Instant now) {
    transaction.send(kArchive, {id, now});
}

void ramenerCompte(postgres::Transaction& transaction, const std::string& id, StatutCompte statut,
                   core::Instant now) {
    const auto compte = verrouillerCompte(transaction, id);
    if (compte) exigerCourrielLibre(transaction, id, compte->courriel);
    transaction.query(kBringBack, {id, nomDe(statut), now});
}

}  // namespace histologe::routing
