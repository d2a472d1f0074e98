// A tiers invited to follow.
#include <catch2/catch.hpp>

#include "libs/core/ids.hpp"
#include "tests/system/usager/usager.hpp"

using namespace histologe;
using namespace histologe::usager;
using core::Json;

namespace {

Json zoe(const std::string& mail = "zoe.aidante@example.org") {
    return {{"nom", "Aidante"}, {"prenom", "Zoé"}, {"courriel", mail}, {"telephone", "06 39 98 00 30"}};
}

Answer invite(const std::string& token, const Json& who = zoe()) {
    return ask(token, "POST", "/espace-usager/invitations", who);
}

// The secret of the last link that was sent.
std::string secretOf(const Dossier& dossier) {
    return one("SELECT personnel->>'jeton' FROM intake.evenements WHERE sujet = '" + dossier.uuid +
               "' AND type = 'usager.tiers_invite' ORDER BY numero DESC LIMIT 1");
}

std::string link(const Dossier& dossier, const std::string& what, const std::string& secret) {
    return "/invitation/" + dossier.code + (what.empty() ? "/" : "/" + what + "/") + secret;
}

Json loginOfZoe(const Dossier& dossier) {
    return login(dossier, {{"visiteur", "declarant"}, {"initialePrenom", "z"}, {"initialeNom", "a"}});
}

}  // namespace

TEST_CASE("an invited tiers accepts by his link, accepts the conditions, and follows") {
    auto dossier = declare();
    const auto mine = token(dossier);
    const auto answer = invite(mine);
    INFO(answer.body);
    REQUIRE(answer.status == 201);
    CHECK(answer.json().at("statut") == "WAITING");
    CHECK(mails(dossier, "INVITE_TIERS", "zoe.aidante@example.org", "1") == "1");
    const auto secret = secretOf(dossier);
    CHECK(secret.size() == 64);
    CHECK(one("SELECT count(*) FROM intake.invitations WHERE empreinte = '" + secret + "'") ==
          "0");  // kept as a fingerprint
    CHECK(invite(mine).status == 409);

    // P-047: a scanner reads the link, and the person ten seconds later.
    const auto read = product::request("GET", link(dossier, "", secret));
    REQUIRE(read.status == 200);
    CHECK(read.json().at("statut") == "WAITING");
    CHECK(read.json().at("invitant") == "Marin");
    CHECK(enter(loginOfZoe(dossier)).status == 401);
    const auto accepted = product::request("POST", link(dossier, "accepter", secret));
    INFO(accepted.body);
    REQUIRE(accepted.status == 200);
    CHECK(product::request("POST", link(dossier, "accepter", secret)).json().at("statut") == "ACCEPTED");
    CHECK(product::request("POST", link(dossier, "refuser", secret)).json().at("statut") == "ACCEPTED");

    const auto door = enter(loginOfZoe(dossier));
    INFO(door.body);
    REQUIRE(door.status == 200);
    CHECK(door.json().at("visiteur") == "declarant");
    CHECK(door.json().at("cguAAccepter") == true);
    const auto hers = door.json().at("jeton").get<std::string>();
    // Nothing is shown or done before the conditions are accepted.
    const auto before = ask(hers, "GET", "/espace-usager/signalement");
    CHECK(before.json().at("signalement").is_null());
    CHECK(before.json().at("droits").at("ecrire") == false);
    for (const auto& refused :
         {ask(hers, "GET", "/espace-usager/fil"), ask(hers, "GET", "/espace-usager/sections/occupant"),
          ask(hers, "GET", "/signalements/" + dossier.uuid + "/fichiers"),
          ask(hers, "POST", "/espace-usager/messages", {{"texte", "Bonjour, c'est Zoé."}})}) {
        CHECK(refused.status == 403);
        CHECK(refused.json().at("code") == "cgu_a_accepter");
    }
    CHECK(ask(hers, "POST", "/espace-usager/cgu").status == 204);
    CHECK(ask(hers, "POST", "/espace-usager/cgu").status == 204);
    CHECK(ask(hers, "GET", "/espace-usager/signalement").json().at("signalement").at("declarant").at("nom") ==
          "Aidante");
    CHECK(ask(hers, "POST", "/espace-usager/messages", {{"texte", "Bonjour, c'est Zoé."}}).status == 201);
    // Mails now reach her too, and the occupant reads what she wrote.
    CHECK(mails(dossier, "NEW_COMMENT_FRONT_TO_USAGER", dossier.courriel, "2") == "2");
    CHECK(ask(mine, "POST", "/espace-usager/messages", {{"texte", "Merci d'être là, Zoé."}}).status == 201);
    CHECK(mails(dossier, "NEW_COMMENT_FRONT_TO_USAGER", "zoe.aidante@example.org", "1") == "1");
    // The occupant is still himself, and has nobody else to invite.
    CHECK(enter(login(dossier)).json().at("visiteur") == "occupant");
    CHECK(invite(mine, zoe("autre@example.org")).status == 403);
}

TEST_CASE("a social worker named in the declaration is invited with it, once") {
    const auto dossier = declare([](Json& payload) {
        payload["travailleur_social_accompagnement"] = "oui";
        payload["travailleur_social_accompagnement_inviter_referent_comme_tiers"] = "oui";
        payload["travailleur_social_accompagnement_inviter_referent_comme_tiers_nom"] = "Aidante";
        payload["travailleur_social_accompagnement_inviter_referent_comme_tiers_prenom"] = "Zoé";
        payload["travailleur_social_accompagnement_inviter_referent_comme_tiers_email"] = "zoe.aidante@example.org";
    });
    CHECK(mails(dossier, "INVITE_TIERS", "zoe.aidante@example.org", "1") == "1");
    CHECK(ask(token(dossier), "GET", "/espace-usager/signalement").json().at("invitationEnAttente") == true);
    CHECK(product::request("POST", link(dossier, "accepter", secretOf(dossier))).status == 200);
    CHECK(enter(loginOfZoe(dossier)).status == 200);
}

TEST_CASE("a refused invitation says so, and another person may be invited") {
    const auto dossier = declare();
    const auto mine = token(dossier);
    REQUIRE(invite(mine).status == 201);
    const auto secret = secretOf(dossier);
    CHECK(product::request("POST", link(dossier, "refuser", secret)).json().at("statut") == "REFUSED");
    CHECK(product::request("POST", link(dossier, "accepter", secret)).json().at("statut") == "REFUSED");
    CHECK(enter(loginOfZoe(dossier)).status == 401);
    CHECK(suivis(dossier, "SIGNALEMENT_EDITED_FO", "2") == "2");
    CHECK(invite(mine, zoe("autre@example.org")).status == 201);
}

TEST_CASE("accepted and refused at once, an invitation has one answer") {
    const auto dossier = declare();
    REQUIRE(invite(token(dossier)).status == 201);
    const auto secret = secretOf(dossier);
    const auto answers = atOnce(10, [&](std::size_t i) {
        return product::request("POST", link(dossier, i % 2 == 0 ? "accepter" : "refuser", secret));
    });
    CHECK(countOf(answers, 200) == 10);
    for (const auto& answer : answers) CHECK(answer.json() == answers[0].json());
}

TEST_CASE("invited ten times at once, one person is invited") {
    const auto dossier = declare();
    const auto mine = token(dossier);
    const auto answers =
        atOnce(10, [&](std::size_t i) { return invite(mine, zoe("zoe" + std::to_string(i) + "@example.org")); });
    CHECK(countOf(answers, 201) == 1);
    CHECK(countOf(answers, 409) == 9);
    CHECK(one("SELECT count(*) FROM intake.invitations WHERE signalement = '" + dossier.uuid + "'") == "1");
}

TEST_CASE("P-035: a link that nobody sent is unknown, with another's code too") {
    const auto dossier = declare();
    const auto other = declare();
    REQUIRE(invite(token(dossier)).status == 201);
    const auto secret = secretOf(dossier);
    for (const auto& path : {link(other, "accepter", secret), link(dossier, "accepter", core::randomHex(32)),
                             link(dossier, "refuser", "x"), link({"", "pas-un-code", "", ""}, "accepter", secret)}) {
        const auto answer = product::request("POST", path);
        CHECK(answer.status == 404);
        CHECK(answer.json().at("code") == "invitation_introuvable");
    }
    CHECK(product::request("GET", link(dossier, "", core::randomHex(32))).status == 404);
    // It is accepted by nobody once the dossier is closed.
    setStatut(dossier, "CLOSED");
    CHECK(product::request("POST", link(dossier, "accepter", secret)).status == 403);
}

TEST_CASE("wrong contacts of a tiers are refused by name") {
    const auto dossier = declare();
    const auto mine = token(dossier);
    auto body = zoe("pas un courriel");
    body["telephone"] = "12";
    body["nom"] = "  ";
    const auto answer = invite(mine, body);
    CHECK(answer.status == 400);
    CHECK(answer.json().at("violations").size() == 3);
    CHECK(invite(mine, zoe(dossier.courriel)).status == 400);  // his own
    CHECK(one("SELECT count(*) FROM intake.invitations WHERE signalement = '" + dossier.uuid + "'") == "0");
    // What looks like a link is no name in our mails.
    REQUIRE(invite(mine, {{"nom", "Voyez https://piege.invalid"}, {"prenom", "Zoé"}, {"courriel", "zoe@example.org"}})
                .status == 201);
    CHECK(mails(dossier, "INVITE_TIERS", "zoe@example.org", "1") == "1");
    CHECK(one("SELECT count(*) FROM notification.courriels WHERE signalement = '" + dossier.uuid +
              "' AND variables::text LIKE '%piege%'") == "0");
}

namespace {

auth::Claims agentOf(auth::Role role, std::vector<std::string> territoires, std::vector<std::string> partenaires = {}) {
    auth::Claims claims;
    claims.subject = "agent-" + core::randomHex(4);
    claims.role = role;
    claims.territoires = std::move(territoires);
    claims.partenaires = std::move(partenaires);
    claims.scopes = {"signalements:read", "signalements:write"};
    return claims;
}

Answer inviteFor(const auth::Claims& agent, const Dossier& dossier, const Json& who = zoe(), Headers headers = {}) {
    return ask(product::platform().token(agent), "POST", "/signalements/" + dossier.uuid + "/invitations", who,
               std::move(headers));
}

}  // namespace

TEST_CASE("an agent invites in the occupant's place: the same links, and the thread says so at once") {
    auto dossier = declare();
    const auto partenaire = one("SELECT partenaire FROM routing.affectations WHERE signalement = '" + dossier.uuid +
                                "' ORDER BY id LIMIT 1");
    const auto nom = one("SELECT contenu->>'nom' FROM routing.partenaires WHERE id = '" + partenaire + "'");
    const auto manager = agentOf(auth::Role::ResponsableTerritoire, {"13"}, {partenaire});
    const auto answer = inviteFor(manager, dossier);
    INFO(answer.body);
    REQUIRE(answer.status == 201);
    CHECK(answer.json().at("statut") == "WAITING");
    CHECK(mails(dossier, "INVITE_TIERS", "zoe.aidante@example.org", "1") == "1");
    CHECK(suivis(dossier, "SIGNALEMENT_EDITED_BO", "1") == "1");
    CHECK(one("SELECT auteur || visible_usager FROM routing.suivis WHERE signalement = '" + dossier.uuid +
              "' AND categorie = 'SIGNALEMENT_EDITED_BO'") == nom + "true");
    // The occupant learns of it, and sees that somebody is invited: he invites nobody else.
    CHECK(mails(dossier, "NEW_COMMENT_FRONT_TO_USAGER", dossier.courriel, "1") == "1");
    const auto mine = token(dossier);
    CHECK(invite(mine).status == 409);
    CHECK(inviteFor(manager, dossier, zoe("autre@example.org")).json().at("code") == "invitation_en_attente");

    const auto accepted = product::request("POST", link(dossier, "accepter", secretOf(dossier)));
    REQUIRE(accepted.status == 200);
    CHECK(enter(loginOfZoe(dossier)).status == 200);
    const auto known = ask(product::platform().token(manager), "GET", "/signalements/" + dossier.uuid + "/invitations");
    REQUIRE(known.json().at("invitations").size() == 1);
    CHECK(known.json().at("invitations").at(0).at("statut") == "ACCEPTED");
    CHECK(known.body.find("zoe.aidante") == std::string::npos);
    CHECK(inviteFor(manager, dossier, zoe("autre@example.org")).json().at("code") == "invitation_sans_objet");
}

TEST_CASE("who may not edit the dossier invites nobody, and who may not see it learns nothing") {
    auto dossier = declare();
    const auto partenaire = one("SELECT partenaire FROM routing.affectations WHERE signalement = '" + dossier.uuid +
                                "' ORDER BY id LIMIT 1");
    // Affected, and his partner has not accepted yet.
    CHECK(inviteFor(agentOf(auth::Role::Agent, {"13"}, {partenaire}), dossier).status == 403);
    CHECK(inviteFor(agentOf(auth::Role::Agent, {"13"}, {"inconnu"}), dossier).status == 404);
    CHECK(inviteFor(agentOf(auth::Role::ResponsableTerritoire, {"30"}), dossier).status == 404);
    CHECK(ask(token(dossier), "POST", "/signalements/" + dossier.uuid + "/invitations", zoe()).status == 403);
    CHECK(product::request("POST", "/signalements/" + dossier.uuid + "/invitations", core::dumpJson(zoe())).status == 401);
    const auto manager = agentOf(auth::Role::ResponsableTerritoire, {"13"});
    for (const Json& wrong : {Json{{"nom", ""}, {"prenom", "Zoé"}, {"courriel", "z@example.org"}}, zoe("pas-un-courriel"),
                              zoe(dossier.courriel), Json{{"nom", "A\nB"}, {"prenom", "Zoé"}, {"courriel", "z@example.org"}},
                              Json{{"nom", std::string(51, 'a')}, {"prenom", "Zoé"}, {"courriel", "z@example.org"}}}) {
        const auto answer = inviteFor(manager, dossier, wrong);
        INFO(wrong.dump() << " " << answer.body);
        CHECK(answer.status == 400);
    }
    setStatut(dossier, "CLOSED");
    CHECK(inviteFor(manager, dossier).status == 409);
    setStatut(dossier, "ACTIVE");
    one("UPDATE intake.signalements SET contenu = jsonb_set(contenu::jsonb, '{logement,vacant}', 'true')::json WHERE "
        "uuid = '" +
        dossier.uuid + "'");
    CHECK(inviteFor(manager, dossier).status == 409);
    CHECK(one("SELECT count(*) FROM intake.invitations WHERE signalement = '" + dossier.uuid + "'") == "0");
}

TEST_CASE("ten agents who invite at once send one invitation; the same request again is the same invitation") {
    auto dossier = declare();
    const auto manager = agentOf(auth::Role::SuperAdmin, {});
    const auto answers = atOnce(10, [&](std::size_t i) {
        return inviteFor(manager, dossier, zoe("zoe-" + std::to_string(i) + "@example.org"));
    });
    CHECK(countOf(answers, 201) == 1);
    CHECK(countOf(answers, 409) == 9);
    CHECK(suivis(dossier, "SIGNALEMENT_EDITED_BO", "1") == "1");
    // P-094: a client that got no answer asks again with its key.
    auto other = declare();
    const Headers key = {{"Idempotency-Key", "invitation-" + core::randomHex(6)}};
    const auto first = inviteFor(manager, other, zoe(), key);
    REQUIRE(first.status == 201);
    const auto again = inviteFor(manager, other, zoe(), key);
    CHECK(again.status == 201);
    CHECK(again.json() == first.json());
    CHECK(one("SELECT count(*) FROM intake.invitations WHERE signalement = '" + other.uuid + "'") == "1");
}
