// Messages of usagers: kept once, told to the partners, never to their author.
#include <set>

#include <catch2/catch.hpp>

#include "libs/core/ids.hpp"
#include "tests/system/usager/usager.hpp"

using namespace histologe;
using namespace histologe::usager;
using core::Json;

namespace {

constexpr char kMessages[] = "/espace-usager/messages";

Answer write(const std::string& token, const std::string& text, const Headers& headers = {}) {
    return ask(token, "POST", kMessages, {{"texte", text}}, headers);
}

std::string written(const Dossier& dossier) {
    return one("SELECT count(*) FROM intake.actes WHERE signalement = '" + dossier.uuid +
               "' AND categorie LIKE 'MESSAGE_%'");
}

}  // namespace

TEST_CASE("a message becomes a suivi, and the partners who have the dossier are told of it") {
    const auto dossier = declare();
    const auto mine = token(dossier);
    const auto answer = write(mine, "  Le plafond coule de nouveau depuis hier.  ");
    INFO(answer.body);
    REQUIRE(answer.status == 201);
    CHECK(answer.json().at("texte") == "Le plafond coule de nouveau depuis hier.");
    CHECK(suivis(dossier, "MESSAGE_USAGER", "1") == "1");
    CHECK(one("SELECT id || auteur || visible_usager || description FROM routing.suivis WHERE signalement = '" +
              dossier.uuid + "' AND categorie = 'MESSAGE_USAGER'") ==
          answer.json().at("id").get<std::string>() + "occupanttrueLe plafond coule de nouveau depuis hier.");
    const auto partners =
        one("SELECT count(*) FROM routing.affectations a JOIN routing.partenaires p ON p.id = a.partenaire "
            "WHERE a.signalement = '" +
            dossier.uuid + "' AND p.contenu->>'courriel' LIKE '%@%'");
    CHECK(partners != "0");
    CHECK(waitFor("SELECT count(*) FROM notification.courriels WHERE signalement = '" + dossier.uuid +
                      "' AND type = 'NEW_COMMENT_BACK' AND etat = 'ENVOYE'",
                  partners) == partners);
    // He wrote it himself: no mail says so to him.
    CHECK(mails(dossier, "NEW_COMMENT_FRONT_TO_USAGER", dossier.courriel, "0") == "0");
    const auto thread = ask(mine, "GET", "/espace-usager/fil").json().at("fil");
    CHECK(thread.at(0).at("id") == answer.json().at("id"));
    CHECK(thread.at(0).at("auteur") == "occupant");
    // What others wrote for him is in the same thread, once.
    CHECK(waitFor("SELECT count(*) FROM intake.suivis_usagers WHERE signalement = '" + dossier.uuid + "'", "1") == "1");
    CHECK(ask(mine, "GET", "/espace-usager/fil").json().at("fil").size() == 2);
}

TEST_CASE("the other usager is told, not the author") {
    const auto dossier = declare([](Json& payload) {
        const auto own = payload.at("vos_coordonnees_occupant_email");
        payload = product::sample("step__validation_signalement__bailleur.json");
        payload["coordonnees_occupant_email"] = own;
    });
    const auto basile = token(dossier, {{"visiteur", "declarant"}, {"initialePrenom", "B"}, {"initialeNom", "V"}});
    REQUIRE(write(basile, "Je passe demain voir l'occupant.").status == 201);
    CHECK(mails(dossier, "NEW_COMMENT_FRONT_TO_USAGER", dossier.courriel, "1") == "1");
    CHECK(mails(dossier, "NEW_COMMENT_FRONT_TO_USAGER", "bailleur-10@example.org", "0") == "0");
}

TEST_CASE("D-88: a message without ten characters, or with a pasted picture, is refused") {
    const auto dossier = declare();
    const auto mine = token(dossier);
    for (const std::string& wrong : {std::string(), std::string("         "), std::string("Neuf car."),
                                     std::string("data:image/png;base64,iVBORw0KGgo"), std::string(10001, 'a')}) {
        const auto answer = write(mine, wrong);
        CHECK(answer.status == 400);
        CHECK(answer.isProblem());
        CHECK(answer.json().at("violations").at(0).at("champ") == "texte");
    }
    CHECK(write(mine, std::string(12001, 'a')).status == 400);
    CHECK(write(mine, std::string(70000, 'a')).status == 413);
    CHECK(ask(mine, "POST", kMessages, Json{{"texte", "Bonjour à tous."}, {"auteur", "occupant"}}).status == 400);
    CHECK(ask(mine, "POST", kMessages, Json{{"texte", Json::array()}}).status == 400);
    CHECK(written(dossier) == "0");
}

TEST_CASE("HTML in a message is text, and is in no mail") {
    const auto dossier = declare();
    const auto mine = token(dossier);
    const std::string text = "<script>alert(1)</script> <b>Voyez</b> https://exemple.invalid/piege";
    REQUIRE(write(mine, text).status == 201);
    CHECK(suivis(dossier, "MESSAGE_USAGER", "1") == "1");
    const auto thread = ask(mine, "GET", "/espace-usager/fil");
    CHECK(thread.contentType.starts_with("application/json"));
    CHECK(thread.json().at("fil").at(0).at("texte") == text);
    CHECK(waitFor("SELECT count(*) > 0 FROM notification.courriels WHERE signalement = '" + dossier.uuid +
                      "' AND type = 'NEW_COMMENT_BACK'",
                  "t") == "t");
    CHECK(one("SELECT count(*) FROM notification.courriels WHERE signalement = '" + dossier.uuid +
              "' AND (variables::text LIKE '%script%' OR variables::text LIKE '%piege%')") == "0");
}

TEST_CASE("D-73: the same message sent twenty times at once is one suivi and one mail") {
    const auto dossier = declare();
    const auto mine = token(dossier);
    const auto answers = atOnce(20, [&](std::size_t) { return write(mine, "Toujours pas de chauffage."); });
    CHECK(countOf(answers, 201) == 20);
    for (const auto& answer : answers) CHECK(answer.json().at("id") == answers[0].json().at("id"));
    CHECK(written(dossier) == "1");
    CHECK(suivis(dossier, "MESSAGE_USAGER", "1") == "1");
    CHECK(write(mine, "Toujours pas de chauffage, ni d'eau.").status == 201);
    CHECK(written(dossier) == "2");
}

TEST_CASE("D-124: a message whose token has expired is refused with 401 and counts once when it is sent again") {
    const auto dossier = declare();
    const auto mine = token(dossier);
    REQUIRE(ask(mine, "DELETE", "/espace-usager/acces").status == 204);
    const Headers key = {{"Idempotency-Key", core::uuidV4()}};
    CHECK(write(mine, "Un long message tapé pendant quarante minutes.", key).status == 401);
    const auto again = token(dossier);
    const auto first = write(again, "Un long message tapé pendant quarante minutes.", key);
    const auto second = write(again, "Un long message tapé pendant quarante minutes.", key);
    CHECK(first.status == 201);
    CHECK(second.status == 201);
    CHECK(second.json().at("id") == first.json().at("id"));
    CHECK(written(dossier) == "1");
}

TEST_CASE("D-87 P-019 P-020: one message and its files after each closure, and none in other states") {
    const auto dossier = declare();
    const auto mine = token(dossier);
    for (int closure = 1; closure <= 2; ++closure) {
        setStatut(dossier, "CLOSED");
        CHECK(ask(mine, "GET", "/espace-usager/signalement").json().at("droits").at("ecrire") == true);
        CHECK(write(mine, "Le problème revient, fois " + std::to_string(closure) + ".").status == 201);
        CHECK(suivis(dossier, "MESSAGE_USAGER_POST_CLOTURE", std::to_string(closure)) == std::to_string(closure));
        const auto second = write(mine, "Et encore un autre message.");
        CHECK(second.status == 403);
        CHECK(second.json().at("code") == "action_impossible");
        setStatut(dossier, "ACTIVE");
        CHECK(write(mine, "Merci d'avoir rouvert " + std::to_string(closure) + ".").status == 201);
    }
    // No mail to partners about a closed dossier.
    CHECK(one("SELECT count(*) FROM notification.courriels c JOIN routing.suivis s ON s.id::text = c.objet "
              "WHERE c.signalement = '" +
              dossier.uuid + "' AND s.categorie = 'MESSAGE_USAGER_POST_CLOTURE'") == "0");
    setStatut(dossier, "CLOSED");
    one("UPDATE intake.signalements SET ferme_le = now() - interval '30 days' WHERE uuid = '" + dossier.uuid + "'");
    CHECK(write(mine, "Trente jours après la clôture.").status == 403);
    for (const auto* statut : {"REFUSED", "ARCHIVED", "INJONCTION_CLOSED"}) {
        setStatut(dossier, statut);
        CHECK(write(mine, "Quelqu'un me lit encore ?").status == 403);
    }
    setStatut(dossier, "ACTIVE");
    one("UPDATE intake.signalements SET contenu = jsonb_set(contenu::jsonb, '{logement,vacant}', 'true')::json "
        "WHERE uuid = '" +
        dossier.uuid + "'");
    CHECK(write(mine, "Le logement est vide maintenant.").status == 403);
}

TEST_CASE("the closure that routing tells of is the one after which he may write") {
    const auto dossier = declare();
    setStatut(dossier, "CLOSED");
    one("UPDATE intake.signalements SET ferme_le = NULL WHERE uuid = '" + dossier.uuid + "'");
    const auto mine = token(dossier);
    CHECK(write(mine, "Fermé, mais depuis quand ?").status == 403);
    one("UPDATE intake.signalements SET ferme_le = now() WHERE uuid = '" + dossier.uuid + "'");
    CHECK(write(mine, "Fermé, et maintenant on le sait.").status == 201);
}

TEST_CASE("the thread is read page by page, and a cursor that is none is refused") {
    const auto dossier = declare();
    const auto mine = token(dossier);
    for (int i = 0; i < 5; ++i) REQUIRE(write(mine, "Message numéro " + std::to_string(i) + ".").status == 201);
    REQUIRE(waitFor("SELECT count(*) FROM intake.suivis_usagers WHERE signalement = '" + dossier.uuid + "'", "1") ==
            "1");
    std::string path = "/espace-usager/fil?limite=2";
    std::vector<std::string> seen;
    while (!path.empty() && seen.size() < 20) {
        const auto page = ask(mine, "GET", path);
        REQUIRE(page.status == 200);
        const auto body = page.json();
        for (const auto& acte : body.at("fil")) seen.push_back(acte.at("id"));
        const auto link = page.header("Link");
        path = link.empty() ? "" : link.substr(1, link.find('>') - 1);
    }
    CHECK(seen.size() == 6);
    CHECK(std::set<std::string>(seen.begin(), seen.end()).size() == 6);
    for (const auto* wrong : {"x", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z~1", "~"}) {
        CHECK(ask(mine, "GET", std::string("/espace-usager/fil?curseur=") + wrong).status == 400);
    }
}
