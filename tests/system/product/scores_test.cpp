// Who reads a score, what it says, and the trace that it leaves.
#include <catch2/catch.hpp>

#include "libs/core/ids.hpp"
#include "tests/system/product/platform.hpp"

using namespace histologe;
using namespace histologe::product;

namespace {

auth::Claims agent(auth::Role role, std::vector<std::string> territoires = {}, std::vector<std::string> partenaires = {}) {
    const auto now = std::chrono::floor<std::chrono::seconds>(core::SystemClock().now());
    auth::Claims claims;
    claims.id = core::uuidV4();
    claims.subject = core::uuidV4();
    claims.role = role;
    claims.territoires = std::move(territoires);
    claims.partenaires = std::move(partenaires);
    claims.scopes = {"scores:read"};
    claims.issuedAt = now;
    claims.expiresAt = now + std::chrono::hours(1);
    return claims;
}

Answer read(const std::string& signalement, const auth::Claims& claims) {
    return request("GET", "/scoring/signalements/" + signalement, {}, {},
                   {{"Authorization", "Bearer " + platform().token(claims)}});
}

std::string one(const std::string& query) {
    const auto rows = environment::Sql(platform().superuserUrl()).rows(query);
    return rows.empty() ? std::string() : rows[0][0].value_or("");
}

}  // namespace

TEST_CASE("a score is explained to those who work on the dossier and does not exist for anybody else") {
    const auto payload = sample("step__validation_signalement__locataire.json");
    const auto draft = beginDraft(payload);
    REQUIRE_FALSE(draft.empty());
    REQUIRE(submit(draft, payload).status == 200);
    const auto signalement = one("SELECT uuid FROM intake.signalements WHERE brouillon = '" + draft + "'");
    const auto partenaires = "(SELECT count(*) FROM routing.affectations WHERE signalement = '" + signalement + "')";
    REQUIRE(waitFor("SELECT oriente_le IS NOT NULL FROM routing.dossiers WHERE signalement = '" + signalement + "'", "t") ==
            "t");
    REQUIRE(waitFor("SELECT count(*) = " + partenaires + " FROM scoring.dossiers_partenaires WHERE signalement = '" +
                        signalement + "'", "t") == "t");
    REQUIRE(waitFor("SELECT count(*) FROM scoring.dossiers WHERE signalement = '" + signalement + "'", "1") == "1");
    const auto territoire = one("SELECT territoire FROM scoring.dossiers WHERE signalement = '" + signalement + "'");
    const auto partenaire =
        one("SELECT partenaire FROM scoring.dossiers_partenaires WHERE signalement = '" + signalement + "' LIMIT 1");
    REQUIRE_FALSE(partenaire.empty());

    const auto manager = agent(auth::Role::ResponsableTerritoire, {territoire});
    for (const auto& claims : {manager, agent(auth::Role::SuperAdmin), agent(auth::Role::Agent, {territoire}, {partenaire})}) {
        const auto answer = read(signalement, claims);
        REQUIRE(answer.status == 200);
        const auto score = answer.json();
        CHECK(score.at("signalement") == signalement);
        CHECK(score.at("explication").at("score").get<double>() == Approx(score.at("score").get<double>()).margin(1e-9));
        CHECK(score.at("explication").at("contributions").size() == score.at("precisions").size());
        CHECK(one("SELECT count(*) FROM scoring.acces WHERE signalement = '" + signalement + "' AND compte = '" +
                  claims.subject + "' AND operation = 'getScore'") == "1");
    }

    const auto unknown = read(core::uuidV4(), manager);
    CHECK(unknown.status == 404);
    for (const auto& claims : {agent(auth::Role::ResponsableTerritoire, {"2A"}), agent(auth::Role::Agent, {territoire}),
                               agent(auth::Role::AdminPartenaire, {territoire}, {core::uuidV4()})}) {
        const auto answer = read(signalement, claims);
        CHECK(answer.status == 404);
        // Nothing tells a dossier of others from one that does not exist.
        CHECK(answer.json().at("code") == unknown.json().at("code"));
        CHECK(answer.json().at("detail") == unknown.json().at("detail"));
    }
    const auto traces = "SELECT count(*) FROM scoring.acces WHERE signalement = '" + signalement + "' AND issue IS ";
    CHECK(one(traces + "NULL") == "3");
    CHECK(one(traces + "NOT NULL") == "3");

    CHECK(request("GET", "/scoring/signalements/" + signalement).status == 401);
    auto without = manager;
    without.scopes = {"autre:read"};
    CHECK(read(signalement, without).status == 403);
    CHECK(read("pas-un-uuid", manager).status == 404);
}

TEST_CASE("the usager's own token reads no score") {
    auto claims = agent(auth::Role::Usager);
    claims.signalement = one("SELECT signalement FROM scoring.scores LIMIT 1");
    REQUIRE_FALSE(claims.signalement.empty());
    CHECK(read(claims.signalement, claims).status == 404);
}
