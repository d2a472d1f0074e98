#include "tools/demo_program/demo.hpp"

#include <iostream>
#include <map>
#include <optional>
#include <stdexcept>
#include <thread>

#include "libs/core/clock.hpp"
#include "libs/core/ids.hpp"
#include "tools/demo_program/cases.hpp"
#include "tools/demo_program/front.hpp"
#include "tools/demo_program/observation.hpp"
#include "tools/demo_program/report.hpp"
#include "tools/demo_program/statistics_page.hpp"
#include "tools/environment/environment.hpp"

namespace histologe::demo {
namespace {

using environment::Environment;
using std::chrono::steady_clock;

// How long a report may take to reach the last partner's mail before the demo calls it lost.
constexpr auto kPatience = std::chrono::seconds(15);

environment::Settings demoSettings(const Options& options) {
    environment::Settings settings;
    settings.sourceFolder = options.sourceFolder;
    settings.buildFolder = options.buildFolder;
    settings.runFolder = options.sourceFolder / ".run" / "demo";
    settings.detached = true;
    settings.fsync = true;
    settings.antivirus = true;
    settings.gatewayPort = options.gatewayPort;
    settings.mailboxPort = options.mailboxPort;
    return settings;
}

template <typename Work>
void step(const std::string& what, Work work) {
    std::cout << "  " << what << " ... " << std::flush;
    const auto began = steady_clock::now();
    work();
    std::cout << std::chrono::duration_cast<std::chrono::milliseconds>(steady_clock::now() - began).count() << " ms\n"
              << std::flush;
}

void startAll(Environment& environment) {
    std::cout << "Starting (everything on 127.0.0.1, files under " << environment.settings().runFolder.string()
              << ")\n";
    step("PostgreSQL 15", [&] { environment.startPostgres(); });
    step("Redis 7", [&] { environment.startRedis(); });
    step("mailbox", [&] { environment.startMailbox(); });
    step("antivirus (clamd)", [&] { environment.startAntivirus(); });
    for (const auto& service : environment::services()) {
        step("histologe-" + service, [&] { environment.startService(service); });
    }
    step("gateway (nginx)", [&] { environment.startGateway(); });
    environment.writeOperatorFile();
}

void loadReference(Environment& environment, Front& front) {
    step("reference data: territories, partners, zones, rules", [&] { environment.loadReference(); });
    // Intake learns of open territories from events.
    step("intake has heard of the territories", [&] {
        const auto end = steady_clock::now() + kPatience;
        while (!front.get("/checkterritory?cp=30360&insee=30348").value("success", false)) {
            if (steady_clock::now() > end) {
                throw std::runtime_error("intake did not learn that territory 30 is open");
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
    });
}

// When the mailbox took each mail, by what its Message-ID holds.
struct Mailbox {
    explicit Mailbox(int port) : page(port) {}

    // The latest receipt of the mails with these ids; nothing while one is missing.
    std::optional<core::Instant> lastReceipt(const std::vector<std::string>& ids) {
        for (const auto& message : page.get("/messages?since=" + std::to_string(last))) {
            last = message.at("id").get<int>();
            received[message.at("messageId").get<std::string>()] =
                core::parseInstant(message.at("receivedAt").get<std::string>()).value();
        }
        std::optional<core::Instant> latest;
        for (const auto& id : ids) {
            bool found = false;
            for (const auto& [messageId, instant] : received) {
                if (messageId.find(id) != std::string::npos) {
                    found = true;
                    latest = latest ? std::max(*latest, instant) : instant;
                }
            }
            if (!found) {
                return std::nullopt;
            }
        }
        return latest;
    }

    Front page;
    int last = 0;
    std::map<std::string, core::Instant> received;
};

bool isComplete(const Case& expected, const Observation& seen) {
    return seen.oriente && seen.score && seen.courrielsEnAttente == 0 && seen.courriels > seen.courrielsPartenaires &&
           seen.courrielsPartenaires >= expected.courrielsPartenaires;
}

Outcome follow(const Case& filed, Front& front, Observer& observer, Mailbox& mailbox) {
    Outcome outcome;
    outcome.expected = filed;
    outcome.filing = front.file(filed.payload);
    if (!outcome.filing.reference.empty()) {
        const auto end = steady_clock::now() + kPatience;
        std::optional<core::Instant> handedOver;
        while (!handedOver && steady_clock::now() < end) {
            outcome.seen = observer.observe(outcome.filing.brouillon);
            if (isComplete(filed, outcome.seen)) {
                handedOver = mailbox.lastReceipt(outcome.seen.messageIds);
            }
            if (!handedOver) {
                std::this_thread::sleep_for(std::chrono::milliseconds(10));
            }
        }
        if (handedOver) {
            const auto submitted = std::chrono::time_point_cast<std::chrono::microseconds>(outcome.filing.submittedAt);
            outcome.handOverMs = std::chrono::duration<double, std::milli>(*handedOver - submitted).count();
        }
        outcome.problems = differences(outcome);
        if (!handedOver) {
            outcome.problems.push_back("the mails did not all reach the mailbox within 15 s");
        }
    } else {
        outcome.problems = differences(outcome);
    }
    return outcome;
}

void printAddresses(Environment& environment) {
    std::cout << "\nAddresses\n"
              << "  API               " << environment.gatewayUrl() << "\n"
              << "  API documentation " << environment.gatewayUrl() << "/api/doc/\n"
              << "  contract          " << environment.gatewayUrl() << "/api/openapi.json\n"
              << "  mailbox           " << environment.mailboxUrl() << "\n"
              << "  logs              " << (environment.settings().runFolder / "logs").string() << "\n"
              << "  operators         tools/histologe --help\n"
              << "  agents            tools/histologe token --help (a token for the operations that need one)\n";
}

// The whole job on an environment: 0 when everything was as expected.
int play(Environment& environment) {
    startAll(environment);
    Front front(environment.gatewayPort());
    loadReference(environment, front);
    Observer observer(environment.superuserUrl());
    Mailbox mailbox(environment.mailboxPort());

    const auto counts = observer.reference();
    std::cout << "\nDirectory: " << counts.at("territoires") << " territories (" << counts.at("territoires ouverts")
              << " open), " << counts.at("partenaires") << " partners, " << counts.at("zones") << " zones, "
              << counts.at("regles") << " auto-affectation rules\n\nFiling the sample reports as the form does\n";
    const int before = countedReports(front);
    std::vector<Outcome> outcomes;
    bool isAsExpected = counts.at("territoires") == 102;
    int filed = 0;
    for (const auto& sample : loadCases(environment.settings().sourceFolder, core::randomHex(4))) {
        step(sample.name, [&] { outcomes.push_back(follow(sample, front, observer, mailbox)); });
        isAsExpected = isAsExpected && outcomes.back().problems.empty();
        filed += outcomes.back().filing.reference.empty() ? 0 : 1;
    }
    step("the photos have left quarantine", [&] {
        const auto end = steady_clock::now() + kPatience;
        while (observer.filesInQuarantine() > 0 && steady_clock::now() < end) {
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
        isAsExpected = isAsExpected && observer.filesInQuarantine() == 0;
    });
    std::cout << "\n"
              << table(outcomes)
              << "\nScores run from 0 to 100. \"PUT ms\": the last request of the form. \"mail ms\": "
                 "from that request to the moment\nthe mail server took the last mail.\n";
    if (const int left = observer.filesInQuarantine(); left > 0) {
        std::cout << "  NOT AS EXPECTED: " << left << " photos are still in quarantine\n";
    }
    bool isCounted = false;
    std::cout << "\n" << statisticsOnceCounted(front, before + filed, isCounted);
    if (!isCounted) {
        std::cout << "  NOT AS EXPECTED: fewer than the " << before + filed << " reports filed\n";
    }
    isAsExpected = isAsExpected && isCounted;
    std::cout << "\n" << (isAsExpected ? "Everything was as expected." : "NOT everything was as expected.") << "\n";
    return isAsExpected ? 0 : 1;
}

}  // namespace

int start(const Options& options) {
    Environment environment(demoSettings(options));
    int code = 1;
    try {
        code = play(environment);
    } catch (const std::exception&) {
        std::cout << "failed\nStopping what was started; the logs stay under "
                  << (environment.settings().runFolder / "logs").string()
                  << ".\nData of another version of the tree are removed by `tools/demo clean`.\n";
        environment.stopAll();
        throw;
    }
    printAddresses(environment);
    std::cout << "\nAll of it keeps running; `tools/demo stop` ends it.\n";
    return code;
}

int once(const Options& options) {
    auto settings = environment::ownedSettings(options.sourceFolder, options.buildFolder, "demo-once");
    settings.fsync = true;
    settings.antivirus = true;
    Environment environment(std::move(settings));
    return play(environment);
}

int stop(const Options& options) {
    Environment environment(demoSettings(options));
    const auto names = environment.running();
    environment.stopAll();
    std::cout << (names.empty() ? "Nothing was running.\n" : "Stopped:");
    for (const auto& name : names) {
        std::cout << " " << name;
    }
    std::cout << (names.empty() ? "" : "\n");
    return 0;
}

int status(const Options& options) {
    Environment environment(demoSettings(options));
    const auto names = environment.running();
    if (names.empty()) {
        std::cout << "Nothing is running.\n";
        return 0;
    }
    for (const auto& name : names) {
        std::cout << "  " << name << " (pid " << environment.process(name).pid << ")\n";
    }
    printAddresses(environment);
    return 0;
}

int clean(const Options& options) {
    Environment environment(demoSettings(options));
    environment.removeData();
    std::cout << "Stopped, and its data removed.\n";
    return 0;
}

}  // namespace histologe::demo
