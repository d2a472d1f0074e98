#include "tests/system/droits/scene.hpp"

#include <catch2/catch.hpp>

#include "libs/auth/scopes.hpp"
#include "libs/core/ids.hpp"
#include "tests/system/comptes/comptes.hpp"

namespace histologe::droits {
namespace {

using auth::Role;
using core::Json;

Lecteur agent(const std::string& nom, char genre, Role role, std::vector<std::string> territoires,
              std::vector<std::string> partenaires, bool estDIci) {
    auto claims = agents::agent(role, std::move(territoires), std::move(partenaires));
    claims.scopes = auth::scopesOf(role);
    return {nom, genre, estDIci, product::platform().token(claims), claims};
}

std::string bailleurDUnAutre() {
    const auto autre = usager::declare();
    const auto porte = usager::becomeInjonction(autre);
    const auto answer = product::request("POST", "/espace-bailleur/acces", core::dumpJson(porte));
    INFO(answer.body);
    REQUIRE(answer.status == 200);
    return answer.json().at("jeton").get<std::string>();
}

Scene faire() {
    Scene s;
    s.dossier = usager::declare();
    const auto uuid = "'" + s.dossier.uuid + "'";
    REQUIRE(product::waitFor("SELECT count(*) > 0 FROM intake.dossiers_partenaires WHERE signalement = " + uuid, "t") == "t");
    REQUIRE(product::waitFor("SELECT count(*) FROM scoring.scores WHERE signalement = " + uuid, "1") == "1");
    s.partenaire = one("SELECT partenaire FROM routing.affectations WHERE signalement = " + uuid + " ORDER BY cree_le, id LIMIT 1");
    s.affectation = one("SELECT id FROM routing.affectations WHERE signalement = " + uuid + " AND partenaire = '" + s.partenaire + "'");
    s.voisin = one("SELECT id FROM routing.partenaires p WHERE contenu->>'territoire' = '13' AND NOT coalesce((contenu->>'archive')::boolean, false) "
                   "AND NOT EXISTS (SELECT FROM routing.affectations a WHERE a.signalement = " + uuid + " AND a.partenaire = p.id) ORDER BY rang LIMIT 1");
    s.lointain = comptes::partenaireDe("30");
    s.compte = comptes::ferme("agent", {s.partenaire}).id;
    s.fichier = one("SELECT id FROM intake.fichiers WHERE signalement = " + uuid + " LIMIT 1");

    s.suivi = one("SELECT id FROM routing.suivis WHERE signalement = " + uuid + " AND auteur = 'systeme' LIMIT 1");
    s.zone = one("SELECT id FROM routing.zones WHERE contenu->>'territoire' = '13' ORDER BY rang LIMIT 1");
    s.regle = one("SELECT id FROM routing.regles WHERE contenu->>'territoire' = '13' ORDER BY rang LIMIT 1");

    s.lecteurs = {{"anonyme", '0', false, ""},
                  {"usager", 'U', true, usager::token(s.dossier)},
                  {"usager d'un autre", 'U', false, usager::token(usager::declare())},
                  {"bailleur d'un autre", 'B', false, bailleurDUnAutre()},
                  agent("super admin", 'S', Role::SuperAdmin, {}, {}, true),
                  agent("responsable", 'R', Role::ResponsableTerritoire, {"13"}, {s.voisin}, true),
                  agent("responsable d'ailleurs", 'R', Role::ResponsableTerritoire, {"30"}, {s.lointain}, false),
                  agent("administrateur", 'P', Role::AdminPartenaire, {"13"}, {s.partenaire}, true),
                  agent("administrateur voisin", 'P', Role::AdminPartenaire, {"13"}, {s.voisin}, false),
                  agent("administrateur d'ailleurs", 'P', Role::AdminPartenaire, {"30"}, {s.lointain}, false),
                  agent("agent", 'A', Role::Agent, {"13"}, {s.partenaire}, true),
                  agent("agent voisin", 'A', Role::Agent, {"13"}, {s.voisin}, false),
                  agent("agent d'ailleurs", 'A', Role::Agent, {"30"}, {s.lointain}, false),
                  // The partner's name without its territoire is not enough.
                  agent("agent hors territoire", 'A', Role::Agent, {"30"}, {s.partenaire}, false),
                  agent("système", 'I', Role::Api, {"13"}, {s.partenaire}, true),
                  agent("système d'ailleurs", 'I', Role::Api, {"30"}, {s.lointain}, false)};

    const auto systeme = s.lecteur("super admin").demander(
        "POST", "/comptes-api", {{"courriel", "api-" + core::randomHex(5) + "@exemple.fr"}, {"nom", "Ville"}, {"permissions", {{{"partenaire", s.partenaire}}}}});
    INFO(systeme.body);
    REQUIRE(systeme.status == 201);
    s.systeme = systeme.json().at("id").get<std::string>();
    const auto creee = [&](const char* chemin, const core::Json& corps) {
        const auto answer = s.lecteur("super admin").demander("POST", chemin, corps);
        INFO(answer.body);
        REQUIRE(answer.status == 201);
        return answer.json().at("id").get<std::string>();
    };
    s.bailleur = creee("/bailleurs/fiches", {{"nom", "Bailleur " + core::randomHex(5)}, {"territoires", {"13"}}});
    s.etiquette = creee("/etiquettes", {{"libelle", "Étiquette " + core::randomHex(5)}, {"territoire", "13"}});
    const auto& auteur = s.lecteur("agent").claims;
    s.saisie = agents::writeDraft(auteur, agents::address(agents::newStreet())).uuid;
    const auto recherche = s.lecteur("agent").demander("POST", "/recherches", {{"nom", "Ouverts"}, {"parametres", {{"status", "en_cours"}}}});
    INFO(recherche.body);
    REQUIRE(recherche.status == 201);
    s.recherche = recherche.json().at("id").get<std::string>();
    return s;
}

}  // namespace

Answer Lecteur::demander(const std::string& methode, const std::string& chemin, const Json& corps, product::Headers entetes) const {
    if (!jeton.empty()) entetes.emplace_back("Authorization", "Bearer " + jeton);
    if (!corps.is_null()) entetes.emplace_back("Content-Type", "application/json");
    return product::request(methode, chemin, corps.is_null() ? "" : core::dumpJson(corps), "", entetes);
}

const Lecteur& Scene::lecteur(const std::string& nom) const {
    for (const auto& un : lecteurs) {
        if (un.nom == nom) return un;
    }
    throw std::out_of_range(nom);
}

const Scene& scene() {
    static const auto kScene = [] {
        auto s = faire();
        return s;
    }();
    return kScene;
}

void poser(const std::string& statutDossier, const std::string& statutAffectation) {
    const auto uuid = "'" + scene().dossier.uuid + "'";
    const auto affectation = " SET statut = '" + statutAffectation + "' WHERE signalement = " + uuid + " AND partenaire = '" + scene().partenaire + "'";
    environment::Sql sql(product::platform().superuserUrl());
    sql.run("UPDATE routing.dossiers SET statut = '" + statutDossier + "' WHERE signalement = " + uuid);
    sql.run("UPDATE intake.signalements SET statut = '" + statutDossier + "' WHERE uuid = " + uuid);
    sql.run("UPDATE routing.affectations" + affectation);
    sql.run("UPDATE intake.affectations_dites" + affectation);
}

Json sansInstance(const Answer& answer) {
    auto json = core::parseJson(answer.body.empty() ? "null" : answer.body);
    if (json.is_object()) json.erase("instance");
    return json;
}

}  // namespace histologe::droits
