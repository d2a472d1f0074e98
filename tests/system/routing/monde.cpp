#include "tests/system/routing/monde.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <random>

#include "libs/core/ids.hpp"
#include "libs/core/text.hpp"
#include "libs/http/target.hpp"
#include "libs/http/uri.hpp"
#include "services/routing/consumers/signalement_depose.hpp"
#include "services/routing/consumers/signalement_evalue.hpp"
#include "services/routing/consumers/signalement_localise.hpp"
#include "services/routing/consumers/signalement_modifie.hpp"
#include "services/routing/http/dossiers.hpp"
#include "services/routing/http/recherches.hpp"
#include "services/routing/http/tableau_de_bord.hpp"
#include "services/routing/store/annuaire.hpp"
#include "tests/system/routing/base.hpp"

namespace histologe::routing::test {
namespace {

using core::Json;

// No rule: what is affected is what the tests affect.
Json annuaire() {
    const auto partenaire = [](const char* id, const char* territoire, const char* type) {
        return Json{{"id", id}, {"territoire", territoire}, {"nom", std::string("Partenaire ") + id}, {"type", type}};
    };
    return {{"partenaires",
             {partenaire("p1", "13", "COMMUNE_SCHS"), partenaire("p2", "13", "ARS"), partenaire("p3", "13", "CAF_MSA"),
              partenaire("q1", "30", "COMMUNE_SCHS"), partenaire("q2", "30", "ADIL")}},
            {"zones",
             {{{"id", "z-trouee"},
               {"territoire", "13"},
               {"nom", "Trouée"},
               {"type", "OPAH"},
               {"wkt", "POLYGON ((5 43, 6 43, 6 44, 5 44, 5 43), (5.4 43.4, 5.6 43.4, 5.6 43.6, 5.4 43.6, 5.4 43.4))"}},
              {{"id", "z-double"},
               {"territoire", "13"},
               {"nom", "Double"},
               {"type", "AUTRE"},
               {"wkt", "MULTIPOLYGON (((5 43, 5.2 43, 5.2 43.2, 5 43.2, 5 43)), ((5.8 43.8, 6 43.8, 6 44, 5.8 44, 5.8 43.8)))"}},
              {{"id", "z-gard"},
               {"territoire", "30"},
               {"nom", "Gard"},
               {"type", "PIG"},
               {"wkt", "POLYGON ((5 43, 6 43, 6 44, 5 44, 5 43))"}}}},
            {"epcis",
             {{{"code", "200000001"}, {"nom", "Métropole"}, {"communes", {"13201", "13202", "13001"}}},
              {{"code", "200000002"}, {"nom", "Gard"}, {"communes", {"30189"}}}}},
            {"bailleurs", {{{"id", "b1"}, {"nom", "Habitat Imaginaire"}, {"territoires", {"13", "30"}}}}}};
}

Json texteOuNul(const std::string& texte) { return texte.empty() ? Json(nullptr) : Json(texte); }

streams::Event evenement(const Modele& m, const std::string& type) {
    streams::Event event;
    event.time = type == "signalement.modifie" ? m.deposeLe + std::chrono::hours(1) : m.deposeLe;
    event.id = core::uuidV7(event.time);
    event.type = type;
    event.source = "intake";
    event.subject = m.uuid;
    auto reponses = Json::object();
    if (m.bail) reponses["bail_dpe_bail"] = *m.bail;
    if (m.enfants && !m.importe) reponses["composition_logement_enfants"] = *m.enfants;
    event.data = {{"reference", m.reference},
                  {"statut", "NEED_VALIDATION"},
                  {"creeLe", core::toRfc3339(m.deposeLe)},
                  {"profilDeclarant", m.profil},
                  {"territoire", m.territoire},
                  {"codeInsee", m.insee},
                  {"codePostal", m.codePostal},
                  {"commune", m.commune},
                  {"geoloc", nullptr},
                  {"logementSocial", m.social ? Json(*m.social) : Json(nullptr)},
                  {"allocataire", m.allocataire ? Json(*m.allocataire) : Json(nullptr)},
                  {"reponses", reponses},
                  {"logementVacant", m.vacant}};
    if (m.position) event.data["geoloc"] = {{"lat", m.position->second}, {"lng", m.position->first}};
    if (m.source) event.data["source"] = *m.source;
    if (m.importe) {
        event.data["importe"] = true;
        event.data["enfants"] = {{"moinsDeSix", m.enfants ? Json(*m.enfants == "oui") : Json(nullptr)}, {"plusDeSix", nullptr}};
        event.data["importation"] = {{"partenaires", Json::array()},
                                     {"cloture", m.motif.empty() ? Json(nullptr) : Json{{"motif", m.motif}, {"le", nullptr}}},
                                     {"visite", nullptr}};
    }
    event.personnel = {{"occupant", {{"nom", m.nom}, {"prenom", m.prenom}, {"courriel", m.courriel}, {"telephone", nullptr}}},
                       {"declarant", {{"nom", nullptr}}},
                       {"proprietaire", {{"nom", nullptr}, {"denomination", texteOuNul(m.denomination)}}},
                       {"adresse", {{"libelle", m.voie}, {"voie", m.voie}}}};
    return event;
}

// What the tabs of the dashboard look at: reminders, messages, who follows, for one dossier in two.
void raconter(Modele& m, std::mt19937& hasard) {
    const auto parmi = [&](const auto& liste) { return liste[hasard() % std::size(liste)]; };
    const auto chance = [&](unsigned pourcent) { return hasard() % 100 < pourcent; };
    m.abandon = chance(15);
    m.vacant = chance(20);
    m.injonction = chance(15) || m.statut.starts_with("INJONCTION");
    const std::array<const char*, 4> baux{"oui", "non", "nsp", ""};
    if (const std::string bail = parmi(baux); !bail.empty()) m.bail = bail;
    for (const auto* partenaire : {"p1", "p2", "p3", "q1", "q2"}) {
        if (chance(20)) m.abonnes.push_back(compteDe(partenaire));
    }
    if (chance(20)) m.abonnes.emplace_back("compte");
    if (chance(50)) return;
    const std::array<Suivi, 9> scenes{{{"systeme", {}, "ASK_FEEDBACK_SENT", true},
                                       {"systeme", {}, "ASK_FEEDBACK_SENT", false},
                                       {"systeme", {}, "ASK_FEEDBACK_SENT", true},
                                       {"occupant", {}, "MESSAGE_USAGER", true},
                                       {"usager", {}, "MESSAGE_USAGER_POST_CLOTURE", true},
                                       {"declarant", {}, "DEMANDE_POURSUITE_PROCEDURE", true},
                                       {"Ville", {}, "MESSAGE_PARTNER", true, "compte"},
                                       {"Ville", {}, "MESSAGE_PARTNER", false, compteDe("p2")},
                                       {"systeme", {}, "SIGNALEMENT_STATUS_IS_SYNCHRO", false, compteDe("p1")}}};
    // From three months before the day of the tests to that day.
    auto le = instant("2026-05-01T00:00:00Z") + std::chrono::hours(hasard() % 1500);
    const bool relances = chance(40);
    if (chance(40)) m.luLe = le + std::chrono::hours(200);
    for (auto n = 1 + hasard() % 6; n > 0; --n) {
        auto suivi = scenes[relances && chance(80) ? hasard() % 3 : hasard() % scenes.size()];
        le += std::chrono::minutes(1 + hasard() % 12'000);
        suivi.le = le;
        m.suivis.push_back(suivi);
    }
}

}  // namespace

core::Instant instant(const std::string& rfc3339) { return core::parseInstant(rfc3339).value(); }

std::string compteDe(const std::string& partenaire) {
    return "00000000-0000-4000-9000-0000000000" + std::string(partenaire.front() == 'p' ? "a" : "b") + partenaire.substr(1);
}

std::string nouvelUuid(int numero) {
    char texte[40];
    std::snprintf(texte, sizeof texte, "00000000-0000-4000-8000-%012d", numero);
    return texte;
}

struct Monde::Rouages {
    explicit Rouages(postgres::Pool& pool) : annuaire(pool) {}
    core::DrivenClock horloge{instant("2026-08-07T12:00:00Z")};
    AnnuaireCourant annuaire;
    streams::RelayBell sonnette;
    streams::Outbox boite{"routing", 4, horloge, sonnette};
    Orienteur orienteur{annuaire, boite, horloge};
};

Monde::Monde() {
    pool_ = std::make_unique<postgres::Pool>(postgres::PoolSettings{base("system_routing").databaseUrl("routing"), "routing", 4});
    {
        const auto session = pool_->acquire();
        postgres::Transaction transaction(*session);
        saveTerritoires(transaction, Json::array({{{"code", "13"}, {"nom", "Bouches-du-Rhône"}, {"actif", true}, {"fuseau", "Europe/Paris"}, {"emprise", nullptr}, {"communesAutorisees", Json::array()}, {"grilleVisiteDesactivee", false}},
                                                  {{"code", "30"}, {"nom", "Gard"}, {"actif", true}, {"fuseau", "Europe/Paris"}, {"emprise", nullptr}, {"communesAutorisees", Json::array()}, {"grilleVisiteDesactivee", false}}}));
        saveAnnuaire(transaction, annuaire());
        transaction.commit();
    }
    for (const auto* partenaire : {"p1", "p2", "p3", "q1", "q2"}) {
        const auto id = compteDe(partenaire);
        executer("INSERT INTO routing.comptes (id, courriel, role, cree_le) VALUES ('" + id + "', '" + partenaire + "@exemple.fr', 'agent', now()); "
                 "INSERT INTO routing.comptes_partenaires (compte, partenaire) VALUES ('" + id + "', '" + partenaire + "')");
    }
    rouages_ = std::make_shared<Rouages>(*pool_);
    bindRecherches(router_, *pool_, rouages_->annuaire, rouages_->horloge);
    bindTableauDeBord(router_, *pool_, rouages_->annuaire, rouages_->horloge);
    bindDossiers(router_, *pool_, rouages_->annuaire, rouages_->horloge);
    inventer();
}

void Monde::ecrire(const Modele& m) {
    const auto session = pool_->acquire();
    postgres::Transaction transaction(*session);
    const auto depose = evenement(m, "signalement.depose");
    onSignalementDepose(rouages_->annuaire, rouages_->boite, rouages_->orienteur)(transaction, {&depose});
    auto evalue = depose;
    evalue.type = "signalement.evalue";
    auto qualifications = Json::array();
    for (const auto& [nom, statut, postVisite] : m.soupcons) {
        qualifications.push_back({{"qualification", nom}, {"statut", statut}, {"precisions", Json::array()}, {"postVisite", postVisite}});
    }
    evalue.data = {{"score", 12.5}, {"scoreBatiment", 1.0}, {"scoreLogement", 2.0}, {"qualifications", qualifications}};
    onSignalementEvalue(rouages_->orienteur)(transaction, {&evalue});
    if (m.injonction) transaction.query({"essai_injonction", "UPDATE dossiers SET statut = 'INJONCTION_BAILLEUR' WHERE signalement = $1"}, {m.uuid});
    transaction.query({"essai_statut", "UPDATE dossiers SET statut = $2, abandon_demande = nullif($3, false) WHERE signalement = $1"},
                      {m.uuid, m.statut, m.abandon});
    if (m.luLe) {
        transaction.query({"essai_lire", "INSERT INTO lectures (compte, signalement, lu_le) VALUES ('compte', $1, $2)"}, {m.uuid, *m.luLe});
    }
    for (const auto& compte : m.abonnes) {
        transaction.query({"essai_abonner", "INSERT INTO abonnements (compte, signalement, cree_par, cree_le) VALUES ($1, $2, 'essai', now())"},
                          {compte, m.uuid});
    }
    for (const auto& [partenaire, statut] : m.affectations) {
        transaction.query({"essai_affecter",
                           "INSERT INTO affectations (id, signalement, partenaire, statut, affecte_par, cree_le) "
                           "VALUES (gen_random_uuid(), $1, $2, $3, 'essai', now())"},
                          {m.uuid, partenaire, statut});
    }
    for (const auto& un : m.suivis) {
        transaction.query({"essai_suivre",
                           "INSERT INTO suivis (id, signalement, categorie, auteur, compte, description, visible_usager, cree_le) "
                           "VALUES (gen_random_uuid(), $1, $2, $3, nullif($4, ''), 'Un mot.', $5, $6)"},
                          {m.uuid, un.categorie, un.auteur, un.compte, un.visible, un.le});
    }
    transaction.commit();
    dossiers_.push_back(m);
}

void Monde::redire(const Modele& m) {
    const auto session = pool_->acquire();
    postgres::Transaction transaction(*session);
    const auto modifie = evenement(m, "signalement.modifie");
    onSignalementModifie(rouages_->annuaire)(transaction, {&modifie});
    transaction.commit();
}

void Monde::localiser(const std::string& uuid, const std::string& codePostal, const std::string& commune, const std::string& insee,
                      double longitude, double latitude) {
    streams::Event event;
    event.time = instant("2026-07-02T00:00:00Z");
    event.subject = uuid;
    event.data = {{"precision", "ADRESSE"}, {"banId", nullptr}, {"rnbId", nullptr}, {"codePostal", codePostal}, {"commune", commune},
                  {"codeInsee", insee}, {"geoloc", {{"lat", latitude}, {"lng", longitude}}}};
    const auto session = pool_->acquire();
    postgres::Transaction transaction(*session);
    onSignalementLocalise(rouages_->orienteur)(transaction, {&event});
    transaction.commit();
}

core::Instant Monde::maintenant() const { return rouages_->horloge.now(); }

void Monde::executer(const std::string& sql) { pool_->acquire()->runScript(sql); }

std::string Monde::lignes(const std::string& sql) {
    const auto session = pool_->acquire();
    const auto rows = session->run({"", sql.c_str()});
    std::string texte;
    for (const auto& row : rows) texte += row.text(0) + "\n";
    return texte;
}

http::Response Monde::appeler(const std::string& operation, const auth::Principal& qui, const Requete& requete,
                              const std::string& uuid, const Json& corps, const std::string& version) {
    http::Request request;
    request.operationId = operation;
    request.path = "/dossiers";
    for (const auto& [nom, valeur] : requete) request.query.add(nom, valeur);
    if (!uuid.empty()) request.pathParameters.add("uuid", uuid);
    request.principal = std::make_shared<auth::Principal>(qui);
    request.json = corps;
    if (!version.empty()) request.headers.add("If-Match", version);
    return router_.bindings().at(operation).handler(request, {}).value();
}

std::vector<Json> Monde::lister(const auth::Principal& qui, Requete requete, long long limite) {
    requete.emplace_back("limite", std::to_string(limite));
    std::vector<Json> tous;
    while (true) {
        const auto response = appeler("listDossiers", qui, requete);
        const auto page = core::parseJson(response.body);
        for (const auto& un : page.at("dossiers")) tous.push_back(un);
        const auto lien = std::string(response.headers.get("Link"));
        if (lien.empty()) return tous;
        REQUIRE(page.at("dossiers").size() == static_cast<std::size_t>(limite));
        const auto debut = lien.find('?') + 1;
        const auto suite = http::parseQuery(lien.substr(debut, lien.find('>') - debut));
        requete.assign(suite.value().all().begin(), suite.value().all().end());
    }
}

long long Monde::compter(const auth::Principal& qui, const Requete& requete) {
    return core::parseJson(appeler("countDossiers", qui, requete).body).at("total").get<long long>();
}

void Monde::inventer() {
    std::mt19937 hasard(20260807);
    // Of its own, so that what is told beside leaves the rest as it was.
    std::mt19937 autre(4);
    const auto parmi = [&](const auto& liste) { return liste[hasard() % std::size(liste)]; };
    const auto chance = [&](unsigned pourcent) { return hasard() % 100 < pourcent; };
    struct Lieu {
        const char *territoire, *insee, *codePostal, *commune;
    };
    const Lieu lieux[] = {{"13", "13201", "13001", "Marseille 1er Arrondissement"}, {"13", "13202", "13002", "Marseille 2e Arrondissement"},
                          {"13", "13001", "13090", "Aix-en-Provence"}, {"30", "30189", "30000", "Nîmes"},
                          {"30", "30007", "30100", "Alès"}};
    const char* statuts[] = {"NEED_VALIDATION", "ACTIVE", "ACTIVE", "ACTIVE", "CLOSED", "REFUSED", "ARCHIVED",
                             "DRAFT", "DRAFT_ARCHIVED", "INJONCTION_BAILLEUR", "INJONCTION_CLOSED"};
    const char* profils[] = {"LOCATAIRE", "BAILLEUR_OCCUPANT", "TIERS_PARTICULIER", "TIERS_PRO", "SERVICE_SECOURS", "BAILLEUR"};
    const char* allocataires[] = {"CAF", "MSA", "1", "0", ""};
    const char* sources[] = {"FORM_USAGER_V2", "FORM_PRO_BO", "FORM_SERVICE_SECOURS", ""};
    const char* noms[] = {"Mapaire", "Élodie", "Durand", "D’Artagnan", "Lefèvre", "Ça va"};
    const char* voies[] = {"12 bis rue de la Paix", "12bis rue de la Paix", "3 avenue de l'Été", "10 D'Artagnan", "5 bd Cœur-Joli"};
    const char* etats[] = {"NOUVEAU", "EN_COURS", "REFUSE", "FERME"};
    const char* auteurs[] = {"systeme", "import", "usager", "agent-1"};
    const char* motifs[] = {"RSD", "PERIL", "AUTRE"};
    const Soupcon soupcons[] = {{"RSD", "RSD_CHECK", false}, {"RSD", "RSD_AVEREE", true}, {"INSALUBRITE", "ARCHIVED", false},
                                {"NON_DECENCE_ENERGETIQUE", "NDE_CHECK", false}, {"NON_DECENCE_ENERGETIQUE", "NDE_OK", false},
                                {"DANGER", "DANGER_CHECK", false}};
    for (int i = 1; i <= 260; ++i) {
        const auto lieu = parmi(lieux);
        Modele m;
        m.uuid = nouvelUuid(i);
        m.reference = std::to_string(2022 + hasard() % 4) + "-" + std::to_string(i);
        m.territoire = lieu.territoire;
        m.insee = lieu.insee;
        m.codePostal = lieu.codePostal;
        m.commune = lieu.commune;
        if (chance(80)) m.position.emplace(4.8 + static_cast<double>(hasard() % 1400) / 1000, 42.8 + static_cast<double>(hasard() % 1400) / 1000);
        if (chance(70)) m.social = chance(40);
        if (const std::string a = parmi(allocataires); !a.empty()) m.allocataire = a;
        m.profil = parmi(profils);
        m.importe = chance(20);
        if (const std::string s = m.importe ? "IMPORT" : parmi(sources); !s.empty()) m.source = s;
        if (chance(70)) m.enfants = chance(50) ? "oui" : "non";
        if (m.importe && chance(50)) m.motif = parmi(motifs);
        if (chance(40)) m.denomination = chance(60) ? "HABITAT imaginaire" : "SCI du Port";
        m.statut = parmi(statuts);
        // Around midnight in Paris of a few days: 22:00 UTC in summer.
        m.deposeLe = instant("2026-06-0" + std::to_string(1 + hasard() % 9) + "T" + (chance(50) ? "21:59:59.999999Z" : "22:00:00Z"));
        for (int n = static_cast<int>(hasard() % 3); n > 0; --n) m.soupcons.push_back(parmi(soupcons));
        m.nom = parmi(noms);
        m.prenom = chance(50) ? "Nawell" : "Paul";
        m.courriel = "personne" + std::to_string(i) + "@exemple.fr";
        m.voie = parmi(voies);
        for (const auto* partenaire : {"p1", "p2", "p3", "q1", "q2"}) {
            const bool chezLui = (partenaire[0] == 'p') == (m.territoire == "13");
            if (chance(chezLui ? 35 : 3)) m.affectations.push_back({partenaire, parmi(etats)});
        }
        for (int n = static_cast<int>(hasard() % 3); n > 0; --n) {
            m.suivis.push_back({parmi(auteurs), m.deposeLe + std::chrono::hours(24 * (1 + hasard() % 5)) + std::chrono::seconds(hasard() % 3600)});
        }
        raconter(m, autre);
        ecrire(m);
    }
}

Monde& monde() {
    static Monde kMonde;
    return kMonde;
}

auth::Principal lecteur(auth::Role role, std::vector<std::string> territoires, std::vector<std::string> partenaires) {
    auth::Principal qui;
    qui.subject = "compte";
    qui.role = role;
    qui.territoires = std::move(territoires);
    qui.partenaires = std::move(partenaires);
    qui.scopes = {"dossiers:read"};
    return qui;
}

const std::vector<auth::Principal>& lecteurs() {
    using auth::Role;
    static const std::vector<auth::Principal> kLecteurs = {
        lecteur(Role::SuperAdmin),
        lecteur(Role::ResponsableTerritoire, {"13"}),
        lecteur(Role::ResponsableTerritoire, {"13", "30"}),
        lecteur(Role::ResponsableTerritoire, {"75"}),
        lecteur(Role::Agent, {"13"}, {"p1"}),
        lecteur(Role::AdminPartenaire, {"13"}, {"p1", "p2"}),
        lecteur(Role::Agent, {"13", "30"}, {"p2", "q1"}),
        lecteur(Role::Agent, {"30"}, {"p1"}),
        lecteur(Role::Api, {"30"}, {"q1", "q2"}),
        lecteur(Role::Agent, {"13"}),
    };
    return kLecteurs;
}

}  // namespace histologe::routing::test
