#include "tests/system/vie/banc.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <mutex>
#include <thread>

#include "libs/core/files.hpp"
#include "libs/core/ids.hpp"
#include "libs/http/schema.hpp"
#include "services/routing/consumers/signalement_depose.hpp"
#include "services/routing/consumers/signalement_evalue.hpp"
#include "services/routing/http/suivis.hpp"
#include "services/routing/http/vie.hpp"
#include "services/routing/jobs/suivis.hpp"
#include "services/routing/store/annuaire.hpp"
#include "tests/system/routing/base.hpp"

namespace histologe::routing::test {
namespace {

using core::Json;

Json annuaire() {
    auto partenaires = Json::array();
    const auto ajouter = [&](const std::string& id, const char* territoire, const char* type, Json plus = Json::object()) {
        Json un = {{"id", id}, {"territoire", territoire}, {"nom", "Partenaire " + id}, {"type", type}, {"courriel", id + "@example.org"}};
        un.update(plus);
        partenaires.push_back(un);
    };
    ajouter("p1", "13", "COMMUNE_SCHS", {{"competences", {"VISITES"}}});
    ajouter("p2", "13", "ARS");
    ajouter("p3", "13", "CAF_MSA", {{"competences", {"AIDE_BAILLEURS"}}});
    ajouter("p4", "13", "ADIL", {{"archive", true}});
    for (const auto* id : {"p5", "p6", "p7", "p8", "p9"}) ajouter(id, "13", "AUTRE");
    ajouter("q1", "30", "COMMUNE_SCHS");
    return {{"partenaires", partenaires}};
}

Json territoire(const char* code, const char* nom) {
    return {{"code", code}, {"nom", nom}, {"actif", true}, {"fuseau", "Europe/Paris"}, {"emprise", nullptr},
            {"communesAutorisees", Json::array()}, {"grilleVisiteDesactivee", false}};
}

// What is answered is what the contract says; a server of the tests would answer 500 instead.
void refuserHorsContrat(const std::string& operation, int status, const Json& corps) {
    static const Json kContrat = core::parseJson(core::readFile(std::string(HISTOLOGE_BINARY_DIR) + "/api/openapi.json"));
    static http::SchemaCompiler kCompilateur(kContrat.at("components").at("schemas"));
    static std::mutex kVerrou;
    const std::lock_guard garde(kVerrou);
    for (const auto& [chemin, methodes] : kContrat.at("paths").items()) {
        for (const auto& [methode, dite] : methodes.items()) {
            if (!dite.is_object() || dite.value("operationId", "") != operation) continue;
            const auto& reponse = dite.at("responses").at(std::to_string(status));
            if (!reponse.contains("content")) return;
            static std::map<std::string, http::Schema> kSchemas;
            const auto nom = operation + " " + std::to_string(status);
            auto schema = kSchemas.find(nom);
            if (schema == kSchemas.end()) {
                schema = kSchemas.emplace(nom, kCompilateur.compile(reponse.at("content").at("application/json").at("schema"), nom)).first;
            }
            for (const auto& faute : schema->second.check(corps)) {
                throw core::Error(core::ErrorKind::Internal, "hors_contrat", nom, {}, nom + " " + faute.champ + " " + faute.code);
            }
            return;
        }
    }
    throw core::Error(core::ErrorKind::Internal, "hors_contrat", operation);
}

}  // namespace

struct Banc::Rouages {
    explicit Rouages(postgres::Pool& pool) : annuaire(pool) {}
    core::DrivenClock horloge{core::parseInstant("2026-11-20T09:00:00Z").value()};
    AnnuaireCourant annuaire;
    streams::RelayBell sonnette;
    streams::Outbox boite{"routing", 4, horloge, sonnette};
    Orienteur orienteur{annuaire, boite, horloge};
};

Banc::Banc() {
    pool_ = std::make_unique<postgres::Pool>(postgres::PoolSettings{base("system_vie").databaseUrl("routing"), "routing", 8, std::chrono::milliseconds(20000)});
    {
        const auto session = pool_->acquire();
        postgres::Transaction transaction(*session);
        saveTerritoires(transaction, Json::array({territoire("13", "Bouches-du-Rhône"), territoire("30", "Gard")}));
        saveAnnuaire(transaction, annuaire());
        transaction.commit();
    }
    rouages_ = std::make_shared<Rouages>(*pool_);
    const VieContext contexte{*pool_, rouages_->boite, rouages_->annuaire, rouages_->horloge};
    bindVie(router_, contexte);
    bindSuivis(router_, contexte);
}

std::string Banc::dossier(const std::string& statut, const std::vector<std::pair<std::string, std::string>>& affectations,
                          const std::string& code, bool vacant) {
    streams::Event depose;
    depose.time = rouages_->horloge.now();
    depose.id = core::uuidV7(depose.time);
    depose.type = "signalement.depose";
    depose.source = "intake";
    depose.subject = core::uuidV7(depose.time);
    depose.data = {{"reference", "2026-" + std::to_string(++numero_)}, {"statut", "NEED_VALIDATION"}, {"creeLe", core::toRfc3339(depose.time)},
                   {"profilDeclarant", "LOCATAIRE"}, {"territoire", code}, {"codeInsee", "13202"}, {"codePostal", "13002"},
                   {"commune", "Marseille"}, {"geoloc", nullptr}, {"logementSocial", false}, {"allocataire", nullptr},
                   {"logementVacant", vacant}, {"reponses", Json::object()}};
    depose.personnel = {{"occupant", {{"nom", "Ficelle"}, {"prenom", "Marin"}, {"courriel", "x@example.org"}, {"telephone", nullptr}}},
                        {"declarant", {{"nom", nullptr}}}, {"proprietaire", {{"nom", nullptr}, {"denomination", nullptr}}},
                        {"adresse", {{"libelle", "1 rue Haute"}, {"voie", "1 rue Haute"}}}};
    auto evalue = depose;
    evalue.type = "signalement.evalue";
    evalue.data = {{"score", 12.5}, {"scoreBatiment", 1.0}, {"scoreLogement", 2.0},
                   {"qualifications", Json::array({{{"qualification", "RSD"}, {"statut", "RSD_CHECK"}, {"precisions", Json::array()}}})}};
    const auto session = pool_->acquire();
    postgres::Transaction transaction(*session);
    onSignalementDepose(rouages_->annuaire, rouages_->boite, rouages_->orienteur)(transaction, {&depose});
    onSignalementEvalue(rouages_->orienteur)(transaction, {&evalue});
    transaction.query({"essai_statut", "UPDATE dossiers SET statut = $2 WHERE signalement = $1"}, {depose.subject, statut});
    for (const auto& [partenaire, etat] : affectations) {
        transaction.query({"essai_affecter",
                           "INSERT INTO affectations (id, signalement, partenaire, statut, affecte_par, cree_le) "
                           "VALUES ($1, $2, $3, $4, 'essai', $5)"},
                          {core::uuidV7(depose.time), depose.subject, partenaire, etat, depose.time});
    }
    transaction.query({"essai_oublier", "DELETE FROM historique WHERE signalement = $1"}, {depose.subject});
    transaction.commit();
    return depose.subject;
}

std::string Banc::compte(const std::string& role, const std::vector<std::string>& partenaires, bool repartit) {
    const auto id = core::uuidV4();
    const auto session = pool_->acquire();
    session->run({"essai_compte",
                  "INSERT INTO comptes (id, courriel, role, statut, permission_affectation, cree_le) "
                  "VALUES ($1::uuid, $1::text || '@example.org', $2, 'ACTIVE', $3, now())"},
                 {id, role, repartit});
    for (const auto& partenaire : partenaires) {
        session->run({"essai_membre", "INSERT INTO comptes_partenaires (compte, partenaire) VALUES ($1, $2)"}, {id, partenaire});
    }
    return id;
}

Reponse Banc::appeler(const std::string& operation, const auth::Principal& qui, const std::string& uuid, const Json& corps,
                      const std::string& version, const std::vector<std::pair<std::string, std::string>>& requete) {
    http::Request request;
    request.operationId = operation;
    request.path = "/dossiers/" + uuid;
    for (const auto& [nom, valeur] : requete) request.query.add(nom, valeur);
    if (!uuid.empty()) request.pathParameters.add("uuid", uuid);
    request.principal = std::make_shared<auth::Principal>(qui);
    request.json = corps;
    if (!version.empty()) request.headers.add("If-Match", version);
    Reponse reponse;
    try {
        const auto response = router_.bindings().at(operation).handler(request, {}).value();
        reponse.status = response.status;
        if (!response.body.empty()) reponse.corps = core::parseJson(response.body);
        if (response.status < 400) refuserHorsContrat(operation, response.status, reponse.corps);
        reponse.etag = std::string(response.headers.get("ETag"));
        if (reponse.status >= 400) reponse.code = reponse.corps.value("code", "");
    } catch (const core::Error& error) {
        reponse.status = core::httpStatus(error.kind());
        reponse.code = error.code();
        auto violations = Json::array();
        for (const auto& une : error.violations()) violations.push_back({{"champ", une.champ}, {"code", une.code}});
        reponse.corps = {{"violations", violations}, {"quoi", error.what()}};
    }
    return reponse;
}

Reponse Banc::agir(const auth::Principal& qui, const std::string& uuid, const Json& corps) {
    return appeler("actOnDossier", qui, uuid, corps, version(uuid));
}

Reponse Banc::repondre(const auth::Principal& qui, const std::string& uuid, const std::string& partenaire, const Json& corps) {
    const auto id = affectation(uuid, partenaire);
    return appeler("actOnAffectation", qui, id, corps, "\"" + une("SELECT version FROM affectations WHERE id = '" + id + "'") + "\"");
}

Reponse Banc::repartir(const auth::Principal& qui, const std::string& uuid, const std::vector<std::string>& ajouter,
                       const std::vector<std::string>& retirer) {
    return appeler("dispatchDossier", qui, uuid, {{"ajouter", ajouter}, {"retirer", retirer}}, version(uuid));
}

std::string Banc::statut(const std::string& uuid) { return une("SELECT statut FROM dossiers WHERE signalement = '" + uuid + "'"); }
std::string Banc::affectations(const std::string& uuid) {
    return une("SELECT coalesce(string_agg(partenaire || ':' || statut, ' ' ORDER BY partenaire), '') FROM affectations "
               "WHERE signalement = '" + uuid + "'");
}
std::string Banc::affectation(const std::string& uuid, const std::string& partenaire) {
    return une("SELECT id FROM affectations WHERE signalement = '" + uuid + "' AND partenaire = '" + partenaire + "'");
}
std::string Banc::version(const std::string& uuid) {
    return "\"" + une("SELECT version FROM dossiers WHERE signalement = '" + uuid + "'") + "\"";
}

std::string Banc::lignes(const std::string& sql) {
    const auto session = pool_->acquire();
    const auto rows = session->run({"", sql.c_str()});
    std::string texte;
    for (const auto& row : rows) texte += (texte.empty() ? "" : "\n") + (row.isNull(0) ? std::string() : row.text(0));
    return texte;
}
std::string Banc::une(const std::string& sql) { return lignes(sql); }
void Banc::executer(const std::string& sql) { pool_->acquire()->runScript(sql); }
void Banc::avancer(std::chrono::seconds duree) { rouages_->horloge.advance(duree); }

void Banc::regler(bool active) {
    {
        const auto session = pool_->acquire();
        postgres::Transaction transaction(*session);
        saveAnnuaire(transaction, {{"regles", Json::array({{{"id", "r1"}, {"territoire", "13"}, {"typePartenaire", "AUTRE"}, {"active", active}}})}});
        transaction.commit();
    }
    // The directory is looked at once a second.
    std::this_thread::sleep_for(std::chrono::milliseconds(1100));
}

void Banc::orienter(const std::string& uuid) {
    const auto session = pool_->acquire();
    postgres::Transaction transaction(*session);
    rouages_->orienteur.orienter(transaction, {uuid});
    transaction.commit();
}

int Banc::direLesEchus() {
    int faits = 0;
    for (const auto& travail : travauxDesSuivis(*pool_, rouages_->boite, rouages_->annuaire)) {
        for (int passe = travail.passe(rouages_->horloge.now()); passe > 0; passe = travail.passe(rouages_->horloge.now())) faits += passe;
    }
    return faits;
}

std::vector<Json> Banc::evenements(const std::string& uuid) {
    std::vector<Json> tous;
    const auto session = pool_->acquire();
    const auto rows = session->run({"", "SELECT type, donnees, personnel FROM evenements WHERE sujet = $1 ORDER BY numero"}, {uuid});
    for (const auto& row : rows) tous.push_back({{"type", row.text(0)}, {"data", row.json(1)}, {"personnel", row.json(2)}});
    return tous;
}

Banc& banc() {
    static Banc kBanc;
    return kBanc;
}

auth::Principal personne(auth::Role role, std::vector<std::string> territoires, std::vector<std::string> partenaires,
                         const std::string& compte) {
    auth::Principal principal;
    principal.subject = compte;
    principal.role = role;
    principal.territoires = std::move(territoires);
    principal.partenaires = std::move(partenaires);
    return principal;
}
auth::Principal admin() { return personne(auth::Role::SuperAdmin, {}, {}, "admin"); }
auth::Principal responsable() { return personne(auth::Role::ResponsableTerritoire, {"13"}, {}, "responsable"); }
auth::Principal membre(const std::string& partenaire) {
    return personne(auth::Role::Agent, {partenaire[0] == 'q' ? "30" : "13"}, {partenaire}, "agent-" + partenaire);
}
auth::Principal logiciel(const std::string& partenaire) {
    return personne(auth::Role::Api, {partenaire[0] == 'q' ? "30" : "13"}, {partenaire}, "logiciel-" + partenaire);
}

}  // namespace histologe::routing::test
