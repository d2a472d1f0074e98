// A report that is edited is scored again, whoever edits it, and what that changes is said.
#include <catch2/catch.hpp>

#include "libs/core/error.hpp"
#include "libs/core/files.hpp"
#include "libs/core/ids.hpp"
#include "libs/postgres/migrations.hpp"
#include "services/scoring/consumers/signalement_depose.hpp"
#include "services/scoring/consumers/signalement_modifie.hpp"
#include "services/scoring/consumers/visite_conclue.hpp"
#include "services/scoring/store/passees.hpp"
#include "services/scoring/store/scores.hpp"
#include "tools/environment/environment.hpp"

namespace histologe::streams {
std::vector<postgres::Migration> migrations();
}
namespace histologe::scoring {
std::vector<postgres::Migration> migrations();
}

using namespace histologe;
using namespace histologe::scoring;
using core::Json;
using namespace std::chrono_literals;

namespace {

// One PostgreSQL for all the tests of this program; each has its own signalements.
postgres::Connection session() {
    static environment::Environment environment(
        environment::ownedSettings(HISTOLOGE_SOURCE_DIR, HISTOLOGE_BINARY_DIR, "system_scoring"));
    static const bool ready = [] {
        environment.startPostgres();
        postgres::Connection base(environment.databaseUrl("scoring"), "scoring");
        auto migrations = streams::migrations();
        const auto own = scoring::migrations();
        migrations.insert(migrations.end(), own.begin(), own.end());
        postgres::migrate(base, migrations);
        return true;
    }();
    static_cast<void>(ready);
    return postgres::Connection(environment.databaseUrl("scoring"), "scoring");
}

const core::Instant kNoon = *core::parseInstant("2026-08-07T12:00:00Z");

const desordres::Catalogue& catalogue() {
    static const auto kCatalogue = desordres::loadShippedCatalogue();
    return kCatalogue;
}

struct Banc {
    core::DrivenClock clock{kNoon};
    streams::RelayBell bell;
    streams::Outbox outbox{"scoring", 4, clock, bell};
    std::string signalement = core::uuidV4();

    streams::Event event(const char* type, const Json& reponses, core::Instant time) const {
        streams::Event one;
        one.id = core::uuidV7(time);
        one.type = type;
        one.source = "intake";
        one.subject = signalement;
        one.time = time;
        one.data = {{"reponses", reponses}};
        return one;
    }
    void apply(const streams::Handler& handler, const std::vector<streams::Event>& events) const {
        auto base = session();
        postgres::Transaction transaction(base);
        std::vector<const streams::Event*> batch;
        for (const auto& one : events) batch.push_back(&one);
        handler(transaction, batch);
        transaction.commit();
    }
    void depose(const Json& reponses, core::Instant time = kNoon) const {
        apply(onSignalementDepose(catalogue(), outbox, clock), {event("signalement.depose", reponses, time)});
    }
    void modifie(const std::vector<std::pair<Json, core::Instant>>& edits) const {
        std::vector<streams::Event> events;
        for (const auto& [reponses, time] : edits) events.push_back(event("signalement.modifie", reponses, time));
        apply(onSignalementModifie(catalogue(), outbox, clock), events);
    }
    void conclut(const std::string& intervention, const std::vector<std::string>& conclusions,
                 core::Instant time = kNoon + 24h) const {
        auto one = event("visite.conclue", nullptr, time);
        one.source = "routing";
        one.data = {{"interventionId", intervention}, {"genre", "VISITE"}, {"conclusions", conclusions}};
        apply(onVisiteConclue(catalogue(), outbox, clock), {one});
    }
    // The findings, as `statut intervention`, in order.
    [[nodiscard]] std::vector<std::string> constats() const {
        std::vector<std::string> list;
        for (const auto& ligne : score().qualifications) {
            if (ligne.value("postVisite", false))
                list.push_back(ligne.at("statut").get<std::string>() + " " + ligne.value("intervention", "?"));
        }
        return list;
    }
    // `data` of what was said of the signalement, in order.
    [[nodiscard]] std::vector<Json> said() const {
        auto base = session();
        std::vector<Json> list;
        const auto rows = base.run({"said",
                                    "SELECT donnees FROM evenements WHERE sujet = $1 AND type = 'signalement.evalue' "
                                    "ORDER BY numero"},
                                   {signalement});
        for (const auto& row : rows) list.push_back(row.json(0));
        return list;
    }
    [[nodiscard]] ScoreRow score() const {
        auto base = session();
        auto row = findScore(base, signalement);
        REQUIRE(row.has_value());
        return *row;
    }
};

Json full() {
    return core::parseJson(core::readFile(HISTOLOGE_SOURCE_DIR "/tests/golden/payloads/locataire_all_in.json"));
}
Json small() {
    return core::parseJson(
        core::readFile(HISTOLOGE_SOURCE_DIR "/tests/golden/payloads/step__validation_signalement__locataire.json"));
}

}  // namespace

TEST_CASE("an edit replaces the score and says which suspicions appeared and ended") {
    Banc banc;
    banc.depose(small());
    REQUIRE(banc.said().size() == 1);
    const auto first = banc.said()[0];
    CHECK_FALSE(first.at("suspicions").at("apparues").empty());
    CHECK(first.at("suspicions").at("terminees").empty());

    banc.modifie({{full(), kNoon + 1h}});
    CHECK(banc.score().score == Approx(98.0525).margin(0.0001));
    CHECK(banc.score().reponses == full());
    REQUIRE(banc.said().size() == 2);
    CHECK_FALSE(banc.said()[1].at("suspicions").at("apparues").empty());

    banc.modifie({{small(), kNoon + 2h}});
    CHECK(banc.score().score == first.at("score").get<double>());
    REQUIRE(banc.said().size() == 3);
    CHECK(banc.said()[2].at("suspicions").at("terminees") == banc.said()[1].at("suspicions").at("apparues"));
}

TEST_CASE("an older edit that comes late changes nothing and says nothing") {
    Banc banc;
    banc.depose(small());
    banc.modifie({{full(), kNoon + 2h}});
    banc.modifie({{small(), kNoon + 1h}});
    CHECK(banc.score().score == Approx(98.0525).margin(0.0001));
    CHECK(banc.said().size() == 2);
}

TEST_CASE("edits of one batch follow each other") {
    Banc banc;
    banc.depose(small());
    banc.modifie({{full(), kNoon + 1h}, {small(), kNoon + 2h}, {full(), kNoon + 90min}});
    CHECK(banc.score().reponses == small());
    REQUIRE(banc.said().size() == 3);
    CHECK(banc.said()[2].at("suspicions").at("terminees") == banc.said()[1].at("suspicions").at("apparues"));
}

TEST_CASE("an edit that comes before its report gives the first score, and the report does not undo it") {
    Banc banc;
    banc.modifie({{full(), kNoon + 1h}});
    banc.depose(small());
    CHECK(banc.score().reponses == full());
    CHECK(banc.said().size() == 1);
}

TEST_CASE("what a visit found outlives an edit") {
    Banc banc;
    banc.depose(small());
    const Json constat{
        {"qualification", "RSD"}, {"statut", "RSD_AVEREE"}, {"precisions", Json::array()}, {"postVisite", true}};
    auto base = session();
    base.run({"constat", "UPDATE scores SET qualifications = qualifications || $2::jsonb WHERE signalement = $1"},
             {banc.signalement, Json::array({constat})});
    banc.modifie({{full(), kNoon + 1h}, {small(), kNoon + 2h}});
    const auto qualifications = banc.score().qualifications;
    CHECK(std::count(qualifications.begin(), qualifications.end(), constat) == 1);
}

TEST_CASE("what a visit concludes becomes a finding, told with the score, and leaves score and suspicions alone") {
    const std::string un = "11111111-0000-4000-8000-000000000001";
    const std::string deux = "11111111-0000-4000-8000-000000000002";
    Banc banc;
    banc.depose(small());
    const auto avant = banc.score();
    banc.conclut(un, {"RSD", "SALETE", "LOGEMENT_DECENT", "RSD", "UNE_AUTRE"});
    CHECK(banc.constats() == std::vector<std::string>{"RSD_AVEREE " + un, "SALETE_AVEREE " + un});
    CHECK(banc.score().score == avant.score);
    REQUIRE(banc.said().size() == 2);
    CHECK(banc.said()[1].at("suspicions") == Json{{"apparues", Json::array()}, {"terminees", Json::array()}});
    CHECK(banc.said()[1].at("qualifications") == banc.score().qualifications);
    CHECK(banc.said()[1].at("criteres") == banc.said()[0].at("criteres"));

    // A second visit finds the same: both are kept, each known by its visit. Told again, nothing is said again.
    banc.conclut(deux, {"RSD", "INSALUBRITE"});
    banc.conclut(deux, {"RSD", "INSALUBRITE"});
    CHECK(banc.constats().size() == 4);
    CHECK(banc.said().size() == 3);
    // Corrected, then taken back.
    banc.conclut(un, {"NON_DECENCE"});
    CHECK(banc.constats() == std::vector<std::string>{"RSD_AVEREE " + deux, "INSALUBRITE_AVEREE " + deux,
                                                      "NON_DECENCE_AVEREE " + un});
    banc.conclut(un, {});
    CHECK(banc.constats().size() == 2);
    // What it was before is kept, with its cause.
    auto base = session();
    const auto passees = passeesOf(base, banc.signalement);
    REQUIRE(passees.size() == 4);
    CHECK(passees[0].cause == "visite.conclue");

    // An edit of the answers makes suspicions anew, and touches no finding.
    banc.modifie({{full(), kNoon + 25h}});
    CHECK(banc.constats().size() == 2);
    CHECK(banc.score().score == Approx(98.0525).margin(0.0001));
}

TEST_CASE("a conclusion that comes before the score waits for it") {
    Banc banc;
    CHECK_THROWS_AS(banc.conclut("11111111-0000-4000-8000-000000000003", {"RSD"}), core::Error);
    banc.depose(small());
    banc.conclut("11111111-0000-4000-8000-000000000003", {"RSD"});
    CHECK(banc.constats().size() == 1);
}
