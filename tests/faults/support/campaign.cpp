#include "tests/faults/support/campaign.hpp"

#include <array>
#include <cstdlib>
#include <iostream>
#include <sstream>
#include <thread>

#include <catch2/catch.hpp>
#include <httplib.h>

#include "libs/core/json.hpp"
#include "libs/streams/keys.hpp"
#include "libs/streams/redis.hpp"
#include "tests/faults/support/verification.hpp"

namespace histologe::faults {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

unsigned long long number(const char* variable, unsigned long long otherwise) {
    const char* value = std::getenv(variable);
    return value == nullptr ? otherwise : std::stoull(value);
}

environment::Settings settingsOf(const Options& options) {
    auto settings = environment::ownedSettings(HISTOLOGE_SOURCE_DIR, HISTOLOGE_BINARY_DIR, "faults-" + options.name);
    for (const auto& service : environment::services()) settings.instances[service] = options.instances;
    // Waits that are minutes in production, so that a campaign is not spent waiting: retries of events and mails, and
    // where processes are killed the leases of the mails that they leave behind. How long a mail may take must fit the
    // lease three times; where no mail may come twice it is long, since a mail server that is slow to answer has the
    // mail.
    settings.variables["*"]["HISTOLOGE_EVENT_FIRST_RETRY_MS"] = "100";
    settings.variables["notification"] = {
        {"HISTOLOGE_NOTIFICATION_MAIL_RETRY_DELAYS_MS", "300,600,1200"},
        {"HISTOLOGE_NOTIFICATION_MAIL_PAUSE_FIRST_MS", "200"},
        {"HISTOLOGE_NOTIFICATION_MAIL_PAUSE_LONGEST_MS", "1000"},
        {"HISTOLOGE_NOTIFICATION_SMTP_TIMEOUT_MS", options.repeatsAllowed ? "3000" : "20000"},
        {"HISTOLOGE_NOTIFICATION_MAIL_LEASE_MS", options.repeatsAllowed ? "9000" : "60000"}};
    settings.variables["statistics"]["HISTOLOGE_STATISTICS_CACHE_MS"] = "0";
    for (const auto& [service, variables] : options.variables) {
        for (const auto& [name, value] : variables) settings.variables[service][name] = value;
    }
    return settings;
}

double since(steady_clock::time_point begun) {
    return std::chrono::duration<double>(steady_clock::now() - begun).count();
}

// Entries that some service has still to read or to acknowledge.
long long unreadEntries(const std::string& redisUrl, int partitions) {
    streams::Redis redis(redisUrl);
    long long unread = 0;
    for (int p = 0; p < partitions; ++p) {
        const auto groups = redis.run({"XINFO", "GROUPS", streams::streamKey(static_cast<std::uint32_t>(p))});
        for (std::size_t g = 0; g < groups.size(); ++g) {
            const auto group = groups[g];
            for (std::size_t f = 0; f + 1 < group.size(); f += 2) {
                const auto field = group[f].text();
                if (field == "pending" || (field == "lag" && !group[f + 1].isNil())) unread += group[f + 1].integer();
            }
        }
    }
    return unread;
}

}  // namespace

Campaign::Campaign(Options options)
    : options_(std::move(options)),
      seed_(number("HISTOLOGE_FAULTS_SEED", std::random_device{}())),
      submissions_(static_cast<int>(number("HISTOLOGE_FAULTS_SUBMISSIONS", 2000))),
      dice_(seed_),
      samples_(loadSamples(HISTOLOGE_SOURCE_DIR)),
      environment_(std::make_unique<environment::Environment>(settingsOf(options_))) {
    std::cout << options_.name << ": HISTOLOGE_FAULTS_SEED=" << seed_ << std::endl;
    const auto begun = steady_clock::now();
    environment_->start();
    environment_->loadReference();
    awaitDirectory();
    note("start", since(begun));
}

Campaign::~Campaign() {
    // The clients end before what they talk to.
    clients_.reset();
}

std::chrono::milliseconds Campaign::moment(int most) {
    return std::chrono::milliseconds(dice_() % static_cast<unsigned>(most));
}

bool Campaign::eventually(const std::function<bool()>& isSo, std::chrono::seconds limit) {
    const auto end = steady_clock::now() + limit;
    while (!isSo()) {
        if (steady_clock::now() > end) return false;
        std::this_thread::sleep_for(50ms);
    }
    return true;
}

void Campaign::awaitDirectory() {
    auto sql = superuser();
    REQUIRE(eventually([&] {
        const auto heard = sql.rows(
            "SELECT (SELECT count(*) FROM routing.territoires) = ALL (VALUES "
            "((SELECT count(*) FROM intake.territoires)), "
            "((SELECT count(*) FROM statistics.territoires)))");
        return heard[0][0] == "t";
    }));
    // Each instance of intake knows it, also the one that learns of it by looking from time to time.
    for (int instance = 0; instance < options_.instances; ++instance) {
        httplib::Client http("127.0.0.1", environment_->servicePort("intake", instance));
        for (const auto* place : {"cp=13002&insee=13202", "cp=30360&insee=30348"}) {
            REQUIRE(eventually([&] {
                const auto open = http.Get(std::string("/checkterritory?") + place);
                return open && open->status == 200 && core::parseJson(open->body).value("success", false);
            }));
        }
    }
}

Clients& Campaign::start() {
    started_ = steady_clock::now();
    clients_ = std::make_unique<Clients>(
        ClientSettings{environment_->gatewayPort(), submissions_, options_.perSecond, 6, dice_(), 180s}, samples_);
    return *clients_;
}

void Campaign::reach(double part) {
    const int count = static_cast<int>(submissions_ * part);
    INFO(options_.name << ": " << clients_->acceptedSoFar() << " of " << submissions_ << " reports acknowledged");
    REQUIRE(clients_->waitForAccepted(count));
}

void Campaign::kill(const std::string& name) {
    environment_->kill(name);
    killed_.insert(name);
}

void Campaign::restart(const std::string& name) {
    environment_->restart(name);
    killed_.erase(name);
}

void Campaign::note(const std::string& what, double value) {
    figures_.emplace_back(what, value);
}

std::string Campaign::remaining() {
    const auto& accepted = clients_->accepted();
    std::size_t partners = 0;
    std::size_t mails = 0;
    for (const auto& one : accepted) {
        partners += one.sample->partenaires.size();
        mails += one.sample->courriels.size();
    }
    const auto reports = std::to_string(accepted.size());
    std::string outbox = "0";
    std::string parked = "0";
    for (const auto& service : environment::services()) {
        outbox += " + (SELECT count(*) FROM " + service + ".evenements_a_publier)";
        parked += " + (SELECT count(*) FROM " + service + ".lettres_mortes WHERE statut = 'en_essai')";
    }
    const std::vector<std::array<std::string, 3>> figures = {
        {"scores", "SELECT count(*) FROM scoring.scores", reports},
        {"dossiers", "SELECT count(*) FROM routing.dossiers WHERE oriente_le IS NOT NULL", reports},
        {"affectations", "SELECT count(*) FROM routing.affectations", std::to_string(partners)},
        {"mails", "SELECT count(*) FROM notification.courriels WHERE etat = 'ENVOYE'", std::to_string(mails)},
        {"statistics",
         "SELECT count(*) FROM statistics.dossiers s JOIN routing.dossiers d USING (signalement, statut) "
         "WHERE s.compte AND s.score IS NOT NULL",
         reports},
        {"statistics of affectations", "SELECT count(*) FROM statistics.affectations", std::to_string(partners)},
        {"status in intake",
         "SELECT count(*) FROM intake.signalements s JOIN routing.dossiers d "
         "ON d.signalement = s.uuid AND d.statut = s.statut",
         reports},
        {"outbox", "SELECT " + outbox, "0"},
        {"parked events", "SELECT " + parked, "0"},
    };
    try {
        auto sql = superuser();
        std::string left;
        for (const auto& [what, query, wanted] : figures) {
            const auto seen = sql.rows(query)[0][0].value();
            if (seen != wanted) left += what + " " + seen + "/" + wanted + "; ";
        }
        if (const auto unread = unreadEntries(environment_->redisUrl(), environment_->settings().partitions);
            unread > 0) {
            left += "unread entries " + std::to_string(unread) + "; ";
        }
        return left;
    } catch (const std::runtime_error& error) {
        return error.what();
    }
}

void Campaign::finish(std::chrono::seconds patience) {
    clients_->allow(submissions_);
    clients_->join();
    const double filing = since(started_);
    const auto filed = steady_clock::now();
    std::string left = remaining();
    const bool isWatched = std::getenv("HISTOLOGE_FAULTS_WATCH") != nullptr;
    for (int look = 0; !left.empty() && steady_clock::now() < filed + patience; ++look) {
        if (isWatched && look % 10 == 0) std::cout << since(filed) << " s: " << left << std::endl;
        std::this_thread::sleep_for(200ms);
        left = remaining();
    }
    print(filing, since(filed));
    INFO(options_.name << ", HISTOLOGE_FAULTS_SEED=" << seed_);
    for (const auto& complaint : clients_->complaints()) FAIL_CHECK(complaint);
    CHECK(clients_->acceptedSoFar() == submissions_);
    CHECK(left == "");
    for (const auto& service : environment::services()) {
        for (int instance = 0; instance < options_.instances; ++instance) {
            const auto name = service + "-" + std::to_string(instance);
            INFO(name);
            CHECK(environment_->isRunning(name) != killed_.contains(name));
        }
    }
    httplib::Client http("127.0.0.1", environment_->gatewayPort());
    core::Json figures;
    // The gateway finds out by failing that an instance is gone: a client asks again.
    REQUIRE(eventually([&] {
        const auto answer = http.Get("/statistiques-filter");
        if (answer && answer->status == 200) figures = core::parseJson(answer->body);
        return answer && answer->status == 200;
    }));
    auto sql = superuser();
    const auto verdict = verify(sql, clients_->accepted(), mailbox().received(), figures);
    std::cout << options_.name << ": " << verdict.courriels << " mails, " << verdict.repeats << " repeats" << std::endl;
    for (const auto& problem : verdict.problems) FAIL_CHECK(problem);
    if (!options_.repeatsAllowed) CHECK(verdict.repeats == 0);
}

void Campaign::print(double seconds, double drain) const {
    std::ostringstream line;
    line.precision(1);
    line << std::fixed << options_.name << ": " << clients_->acceptedSoFar() << " reports in " << seconds
         << " s, drained " << drain << " s later";
    for (const auto& [what, value] : figures_) line << ", " << what << " " << value;
    for (const auto& [what, count] : clients_->troubles()) line << ", " << what << " x" << count;
    std::cout << line.str() << std::endl;
}

}  // namespace histologe::faults
