#include "libs/streams/consumer.hpp"

#include "libs/core/log.hpp"
#include "libs/streams/dead_letters.hpp"
#include "libs/streams/keys.hpp"

namespace histologe::streams {
namespace {

using namespace std::chrono_literals;
using postgres::Statement;

// Held, shared, by the session of every instance that is alive: it falls with the session, so that a dead instance counts
// no longer than its partitions are locked.
const Statement kHere{"consumer_here",
                      "SELECT pg_try_advisory_lock_shared(hashtext('histologe.instances.' || current_schema()), 0)"};
const Statement kAlive{"consumer_alive",
                       "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 2 "
                       "AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND objid = 0 "
                       "AND classid::bigint = hashtext('histologe.instances.' || current_schema())::bigint & 4294967295"};
const Statement kLock{"consumer_lock",
                      "SELECT pg_try_advisory_lock(hashtext('histologe.partition.' || current_schema()), $1)"};
const Statement kUnlock{"consumer_unlock",
                        "SELECT pg_advisory_unlock(hashtext('histologe.partition.' || current_schema()), $1)"};

// The consumer's name within a group: the same for every instance, since a partition has one reader at a time and the
// next reader must find what the former one left unacknowledged.
constexpr char kReader[] = "lecteur";

}  // namespace

Subscriptions& Subscriptions::on(std::string type, Handler handler) {
    handlers_.emplace_back(std::move(type), std::move(handler));
    return *this;
}

const Handler* Subscriptions::find(const std::string& type) const {
    for (const auto& [name, handler] : handlers_) {
        if (name == type) return &handler;
    }
    return nullptr;
}

Consumer::Consumer(ConsumerSettings settings, Subscriptions subscriptions, const core::Clock& clock,
                   core::Metrics& metrics, std::function<void()> afterCommit)
    : settings_(std::move(settings)),
      subscriptions_(std::move(subscriptions)),
      clock_(clock),
      afterCommit_(std::move(afterCommit)),
      applied_(metrics.counter("histologe_events_applied_total", "events whose effect was committed")),
      failed_(metrics.counter("histologe_events_failed_total", "tries of an event that failed")),
      dead_(metrics.gauge("histologe_dead_letters", "events that wait for the operator")) {}

Consumer::~Consumer() { stop(); }

void Consumer::start() { thread_ = std::thread([this] { run(); }); }

void Consumer::stop() {
    stopping_ = true;
    if (thread_.joinable()) thread_.join();
}

void Consumer::run() {
    while (!stopping_) {
        try {
            serve();
        } catch (const RedisLost& error) {
            core::log::warning("consumer_redis_lost", {{"why", error.what()}});
        } catch (const postgres::SqlError& error) {
            core::log::warning("consumer_database_lost", {{"sqlState", error.sqlState()}});
        } catch (const std::exception&) {
            // A handler failed by itself while its session was lost. Nothing was acknowledged: it is all read again.
            core::log::error("consumer_failed");
        }
        held_.clear();
        toReread_.clear();
        for (int i = 0; i < 10 && !stopping_; ++i) std::this_thread::sleep_for(20ms);
    }
}

void Consumer::serve() {
    postgres::Connection database(settings_.databaseUrl, settings_.service);
    Redis redis(settings_.redisUrl);
    createGroups(redis);
    database.run(kHere);
    auto shared = std::chrono::steady_clock::time_point{};
    auto retried = shared;
    while (!stopping_) {
        const auto now = std::chrono::steady_clock::now();
        if (now - shared > 1s) {
            share(database);
            findLeftovers(redis);
            shared = now;
        }
        if (now - retried > 100ms) {
            retryDue(database);
            retried = now;
        }
        if (held_.empty()) {
            std::this_thread::sleep_for(100ms);
            continue;
        }
        const auto entries = read(redis);
        if (entries.empty()) continue;
        apply(database, entries);
        acknowledge(redis, entries);
    }
}

void Consumer::share(postgres::Connection& database) {
    const auto alive = std::max<std::int64_t>(1, database.run(kAlive)[0].integer(0));
    const auto fair = static_cast<std::size_t>((settings_.partitions + alive - 1) / alive);
    while (held_.size() > fair) {
        const auto partition = *held_.rbegin();
        held_.erase(partition);
        toReread_.erase(partition);
        database.run(kUnlock, {static_cast<long>(partition)});
    }
    for (std::uint32_t p = 0; p < settings_.partitions && held_.size() < fair; ++p) {
        if (held_.contains(p) || !database.run(kLock, {static_cast<long>(p)})[0].flag(0)) continue;
        held_.insert(p);
        toReread_.insert(p);
    }
    dead_.set(static_cast<double>(countDeadLetters(database)));
}

void Consumer::findLeftovers(Redis& redis) {
    std::vector<Command> commands;
    for (const auto partition : held_) commands.push_back({"XPENDING", streamKey(partition), settings_.service});
    const auto replies = redis.run(commands);
    std::size_t at = 0;
    for (const auto partition : held_) {
        const auto& summary = replies[at++];
        if (summary.size() > 0 && summary[0].integer() > 0) toReread_.insert(partition);
    }
}

void Consumer::createGroups(Redis& redis) const {
    std::vector<Command> commands;
    for (std::uint32_t p = 0; p < settings_.partitions; ++p) {
        commands.push_back({"XGROUP", "CREATE", streamKey(p), settings_.service, "0", "MKSTREAM"});
    }
    for (const auto& reply : redis.run(commands)) {
        if (reply.isError() && !reply.isError("BUSYGROUP")) throw RedisLost(reply.text());
    }
}

std::vector<Consumer::Entry> Consumer::parse(std::uint32_t partition, const Reply& entries) const {
    std::vector<Entry> parsed;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const auto pair = entries[i];
        Entry entry{partition, pair[0].text(), {}, {}, {}};
        const auto fields = pair[1];
        std::string type;
        for (std::size_t f = 0; f + 1 < fields.size(); f += 2) {
            const auto field = fields[f].text();
            if (field == "type") type = fields[f + 1].text();
            if (field == "evenement") entry.raw = fields[f + 1].text();
        }
        // The type stands beside the envelope so that what is not heard here need not be read to be acknowledged.
        if (!type.empty() && subscriptions_.find(type) == nullptr) {
            entry.event.type = std::move(type);
            parsed.push_back(std::move(entry));
            continue;
        }
        try {
            entry.event = eventFromJson(core::parseJson(entry.raw));
        } catch (const core::Error& error) {
            entry.unreadable = error.what();
        }
        parsed.push_back(std::move(entry));
    }
    return parsed;
}

std::vector<Consumer::Entry> Consumer::read(Redis& redis) {
    // What a former reader left unacknowledged comes first, partition by partition, until nothing of it is left.
    const bool reread = !toReread_.empty();
    std::vector<std::uint32_t> partitions;
    if (reread) {
        partitions.push_back(*toReread_.begin());
    } else {
        partitions.assign(held_.begin(), held_.end());
    }
    const auto count = std::max<std::size_t>(1, static_cast<std::size_t>(settings_.batch) / partitions.size());
    Command command = {"XREADGROUP", "GROUP", settings_.service, kReader, "COUNT", std::to_string(count)};
    if (!reread) command.insert(command.end(), {"BLOCK", "100"});
    command.emplace_back("STREAMS");
    for (const auto partition : partitions) command.push_back(streamKey(partition));
    command.insert(command.end(), partitions.size(), reread ? "0" : ">");
    const auto reply = redis.run(command);
    if (reply.isError("NOGROUP")) {  // Redis lost its content: the relays will fill it again
        createGroups(redis);
        return {};
    }
    if (reply.isError()) throw RedisLost(reply.text());
    std::vector<Entry> entries;
    for (std::size_t s = 0; s < reply.size(); ++s) {
        const auto stream = reply[s];
        const auto key = stream[0].text();
        for (const auto partition : partitions) {
            if (key != streamKey(partition)) continue;
            auto parsed = parse(partition, stream[1]);
            entries.insert(entries.end(), std::make_move_iterator(parsed.begin()), std::make_move_iterator(parsed.end()));
        }
    }
    if (reread && entries.empty()) toReread_.erase(partitions.front());
    if (!reread) leaveOvertaken(redis, entries);
    return entries;
}

void Consumer::leaveOvertaken(Redis& redis, std::vector<Entry>& entries) {
    std::vector<std::pair<std::uint32_t, std::string>> firsts;
    for (const auto& entry : entries) {
        if (firsts.empty() || firsts.back().first != entry.partition) firsts.emplace_back(entry.partition, entry.id);
    }
    std::vector<Command> commands;
    for (const auto& [partition, id] : firsts) {
        commands.push_back({"XPENDING", streamKey(partition), settings_.service});
    }
    const auto replies = redis.run(commands);
    for (std::size_t at = 0; at < firsts.size(); ++at) {
        const auto& [partition, first] = firsts[at];
        const auto& summary = replies[at];
        if (summary.size() < 2 || summary[1].text() == first) continue;
        toReread_.insert(partition);
        std::erase_if(entries, [&](const Entry& entry) { return entry.partition == partition; });
    }
}

void Consumer::acknowledge(Redis& redis, const std::vector<Entry>& entries) const {
    std::map<std::uint32_t, Command> commands;
    for (const auto& entry : entries) {
        auto& command = commands[entry.partition];
        if (command.empty()) command = {"XACK", streamKey(entry.partition), settings_.service};
        command.push_back(entry.id);
    }
    std::vector<Command> all;
    for (auto& [partition, command] : commands) all.push_back(std::move(command));
    redis.run(all);
}

}  // namespace histologe::streams
