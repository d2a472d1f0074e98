#include "tests/system/streams/flow.hpp"

#include <numeric>
#include <thread>

#include "libs/postgres/migrations.hpp"

namespace histologe::streams {
std::vector<postgres::Migration> migrations();
}

namespace histologe::streams::test {
namespace {

const postgres::Statement kEffect{"essai_effet", "INSERT INTO effets (sujet, numero) VALUES ($1, $2)"};

}  // namespace

environment::Environment& servers() {
    static const auto environment = [] {
        auto settings = environment::ownedSettings(HISTOLOGE_SOURCE_DIR, HISTOLOGE_BINARY_DIR, "system_streams");
        auto made = std::make_unique<environment::Environment>(std::move(settings));
        made->startPostgres();
        made->startRedis();
        return made;
    }();
    return *environment;
}

bool eventually(const std::function<bool()>& isSo, std::chrono::seconds limit) {
    const auto end = std::chrono::steady_clock::now() + limit;
    while (!isSo()) {
        if (std::chrono::steady_clock::now() > end) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return true;
}

std::vector<int> upTo(int n) {
    std::vector<int> numbers(static_cast<std::size_t>(n));
    std::iota(numbers.begin(), numbers.end(), 1);
    return numbers;
}

Flow::Flow(std::uint32_t partitions) : partitions_(partitions) {
    static int count = 0;
    database_ = "flux_" + std::to_string(++count);
    servers().postgres().createDatabase(database_);
    servers().flushAll();
    for (const auto& service : environment::services()) {
        const auto connection = connect(service);
        postgres::migrate(*connection, migrations());
    }
    connect("scoring")->runScript(
        "CREATE TABLE effets (rang bigint GENERATED ALWAYS AS IDENTITY, sujet text NOT NULL, "
        "numero int NOT NULL CHECK (numero >= 0))");
}

Flow::~Flow() {
    relays_.clear();
    consumers_.clear();
    try {
        servers().postgres().dropDatabase(database_);
    } catch (const std::exception&) {
        // Removed with the server.
    }
}

std::string Flow::url(const std::string& service) const {
    return servers().postgres().url(service, database_);
}

std::unique_ptr<postgres::Connection> Flow::connect(const std::string& service) const {
    return std::make_unique<postgres::Connection>(url(service), service);
}

environment::Sql Flow::superuser() const {
    return environment::Sql(servers().postgres().superuserUrl(database_));
}

std::string Flow::one(const std::string& statement) const {
    return superuser().rows(statement).at(0).at(0).value();
}

Outbox Flow::outbox(const std::string& service) {
    return {service, partitions_, clock, bell_};
}

void Flow::say(const std::string& subject, const std::vector<int>& numbers, const std::string& service) {
    const auto box = outbox(service);
    std::vector<Event> events;
    for (const int number : numbers) events.push_back(box.make("essai.dit", subject, {{"numero", number}}));
    const auto connection = connect(service);
    postgres::Transaction transaction(*connection);
    box.add(transaction, events);
    transaction.commit();
    box.announce();
}

Relay& Flow::startRelay(const std::string& service) {
    relays_.push_back(std::make_unique<Relay>(RelaySettings{service, url(service), servers().redisUrl(), partitions_},
                                              bell_, backlog_, clock, metrics));
    relays_.back()->start();
    return *relays_.back();
}

Consumer& Flow::startConsumer(const std::string& service, int batch) {
    Subscriptions subscriptions;
    if (service == "scoring") {
        subscriptions.on("essai.dit",
                         [this](postgres::Transaction& transaction, const std::vector<const Event*>& events) {
                             for (const auto* event : events) {
                                 const int number = event->data.at("numero").get<int>();
                                 if (beforeEffect) beforeEffect(*event, number);
                                 transaction.send(kEffect, {event->subject, number});
                             }
                         });
    }
    ConsumerSettings settings{service, url(service), servers().redisUrl(), partitions_, batch};
    settings.tries = 3;
    settings.firstRetry = std::chrono::milliseconds(100);
    consumers_.push_back(std::make_unique<Consumer>(settings, std::move(subscriptions), clock, metrics, nullptr));
    consumers_.back()->start();
    return *consumers_.back();
}

void Flow::startOthers() {
    for (const auto& service : environment::services()) {
        if (service != "scoring") startConsumer(service);
    }
}

std::vector<std::pair<std::string, int>> Flow::effects() const {
    std::vector<std::pair<std::string, int>> list;
    for (const auto& row : superuser().rows("SELECT sujet, numero FROM scoring.effets ORDER BY rang")) {
        list.emplace_back(row[0].value(), std::stoi(row[1].value()));
    }
    return list;
}

std::vector<int> Flow::effectsOf(const std::string& subject) const {
    std::vector<int> numbers;
    for (const auto& [who, number] : effects()) {
        if (who == subject) numbers.push_back(number);
    }
    return numbers;
}

int Flow::countEffects() const {
    return std::stoi(one("SELECT count(*) FROM scoring.effets"));
}

bool Flow::isPublished(const std::string& service) const {
    return one("SELECT count(*) FROM " + service + ".evenements_a_publier") == "0";
}

long long Flow::watermark() const {
    return std::stoll(one("SELECT consomme_jusqu_a FROM intake.relais"));
}

}  // namespace histologe::streams::test
