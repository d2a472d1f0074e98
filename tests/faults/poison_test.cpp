// Events that no service can apply, and some that one cannot apply for a while: they wait for the operator and nobody
// else waits with them.
#include <fstream>
#include <sstream>
#include <thread>

#include <catch2/catch.hpp>

#include "libs/core/ids.hpp"
#include "libs/core/json.hpp"
#include "libs/streams/event.hpp"
#include "libs/streams/keys.hpp"
#include "libs/streams/redis.hpp"
#include "tests/faults/support/campaign.hpp"

using namespace histologe;
using namespace histologe::faults;

namespace {

// What the operator sees: the lines that the command line printed for this call.
class Operator {
  public:
    explicit Operator(Campaign& campaign) : environment_(campaign.environment()) {}

    std::string run(const std::string& service, const std::string& command, const std::string& rank = "") {
        const auto log = environment_.log("histologe-dead-letters");
        const auto before = std::filesystem::exists(log) ? std::filesystem::file_size(log) : 0;
        std::vector<std::string> arguments{"dead-letters", command, "--service", service};
        if (!rank.empty()) arguments.push_back(rank);
        std::string variable = "HISTOLOGE_";
        for (const char c : service) variable += static_cast<char>(c - 'a' + 'A');
        environment_.runTool("histologe", arguments, {{variable + "_DATABASE_URL", environment_.databaseUrl(service)}});
        std::ifstream file(log);
        file.seekg(static_cast<std::streamoff>(before));
        return {std::istreambuf_iterator<char>(file), {}};
    }

    struct Letter {
        std::string rank, status, type, subject;
        int tries = 0;
        int behind = 0;
    };
    std::vector<Letter> list(const std::string& service) {
        std::vector<Letter> letters;
        std::istringstream lines(run(service, "list"));
        for (std::string line; std::getline(lines, line);) {
            std::istringstream words(line);
            Letter letter;
            if (words >> letter.rank >> letter.status >> letter.tries >> letter.type >> letter.subject >>
                letter.behind) {
                letters.push_back(letter);
            }
        }
        return letters;
    }

  private:
    environment::Environment& environment_;
};

void put(Campaign& campaign, const std::string& subject, const std::string& entry) {
    streams::Redis redis(campaign.environment().redisUrl());
    const auto partition =
        streams::partitionOf(subject, static_cast<std::uint32_t>(campaign.environment().settings().partitions));
    redis.run({"XADD", streams::streamKey(partition), "*", "evenement", entry});
}

bool hasDead(environment::Sql& sql, const std::string& service, const std::string& what) {
    return sql.rows("SELECT count(*) FROM " + service + ".lettres_mortes WHERE statut = 'morte' AND " + what)[0][0] !=
           "0";
}

}  // namespace

TEST_CASE("poison events are parked, everything else goes on, replay works once the cause is gone") {
    Options options{"poison"};
    options.variables["*"]["HISTOLOGE_EVENT_TRIES"] = "3";
    Campaign campaign(options);
    Operator operators(campaign);
    auto sql = campaign.superuser();
    campaign.start();
    campaign.reach(0.1);

    // Not an event at all, and an event that lacks what its hearers need.
    const auto nobody = core::uuidV7(core::SystemClock().now());
    put(campaign, nobody, "{\"specversion\":\"1.0\", \xff");
    streams::Event lame;
    lame.time = core::SystemClock().now();
    lame.id = core::uuidV7(lame.time);
    lame.type = "signalement.depose";
    lame.source = "intake";
    lame.subject = nobody;
    lame.data = {{"territoire", "13"}};
    put(campaign, nobody, core::dumpJson(streams::toJson(lame)));

    // One dossier in a hundred cannot be written, for a reason that somebody can take away.
    campaign.reach(0.2);
    sql.run(
        "ALTER TABLE routing.dossiers ADD CONSTRAINT poison CHECK (hashtext(signalement::text) % 100 <> 0) NOT VALID");
    const std::string poisoned =
        "hashtext(s.uuid::text) % 100 = 0 AND NOT EXISTS (SELECT FROM routing.dossiers d "
        "WHERE d.signalement = s.uuid AND d.oriente_le IS NOT NULL)";
    campaign.reach(1);
    const auto left = [&](const std::string& whom) {
        return std::stol(sql.rows("SELECT count(*) FROM intake.signalements s LEFT JOIN routing.dossiers d "
                                  "ON d.signalement = s.uuid WHERE d.oriente_le IS NULL AND " +
                                  whom)[0][0]
                             .value());
    };
    CHECK(Campaign::eventually([&] { return left("NOT (" + poisoned + ")") == 0; }));
    const auto count = left("true");
    CHECK(count > 0);
    campaign.note("poisoned", static_cast<double>(count));

    // The declaration is dead; the evaluation of the same signalement waits behind it.
    const auto isOurs = [&](const Operator::Letter& letter) {
        return letter.subject != nobody && letter.type != "illisible";
    };
    std::vector<Operator::Letter> dead;
    CHECK(Campaign::eventually([&] {
        dead.clear();
        for (const auto& letter : operators.list("routing")) {
            if (letter.status == "morte" && isOurs(letter)) dead.push_back(letter);
        }
        return static_cast<long>(dead.size()) == count;
    }));
    for (const auto& letter : dead) {
        INFO(letter.rank << " " << letter.type << " " << letter.subject);
        CHECK(letter.tries == 3);
        CHECK(letter.behind >= (letter.type == "signalement.depose" ? 1 : 0));
    }
    REQUIRE_FALSE(dead.empty());
    CHECK_THAT(operators.run("routing", "show", dead[0].rank), Catch::Contains(dead[0].subject));

    // Too early.
    operators.run("routing", "replay", dead[0].rank);
    CHECK(Campaign::eventually([&] { return hasDead(sql, "routing", "rang = " + dead[0].rank + " AND essais = 3"); }));
    CHECK(left("true") == count);

    sql.run("ALTER TABLE routing.dossiers DROP CONSTRAINT poison");
    for (const auto& letter : dead) operators.run("routing", "replay", letter.rank);
    // What cannot be mended is dropped, in every service that could not apply it.
    int dropped = 0;
    for (const auto& service : environment::services()) {
        CHECK(Campaign::eventually([&] { return hasDead(sql, service, "type = 'illisible'"); }));
        // Intake does not hear of it; notification has nobody to write to and is content.
        if (service != "intake" && service != "notification") {
            CHECK(Campaign::eventually([&] { return hasDead(sql, service, "sujet = '" + nobody + "'"); }));
        }
        for (const auto& letter : operators.list(service)) {
            if (letter.status != "morte" || isOurs(letter)) continue;
            operators.run(service, "drop", letter.rank);
            ++dropped;
        }
    }
    campaign.note("dropped", dropped);
    campaign.finish();
}
