#include "libs/streams/consumer.hpp"

#include <cstdio>
#include <unordered_set>

#include "libs/core/ids.hpp"
#include "libs/core/log.hpp"
#include "libs/streams/dead_letters.hpp"
#include "libs/streams/keys.hpp"

namespace histologe::streams {
namespace {

using namespace std::chrono_literals;
using postgres::Statement;

const Statement kReceive{"consumer_receive",
                         "INSERT INTO evenements_recus (id, recu_le) "
                         "SELECT id::uuid, $2 FROM jsonb_array_elements_text($1::jsonb) AS lot(id) "
                         "ON CONFLICT DO NOTHING RETURNING id"};
const Statement kSeen{"consumer_seen",
                      "INSERT INTO instances (id, vu_le) VALUES ($1, clock_timestamp()) "
                      "ON CONFLICT (id) DO UPDATE SET vu_le = clock_timestamp()"};
const Statement kGone{"consumer_gone", "DELETE FROM instances WHERE id = $1"};
const Statement kAlive{"consumer_alive",
                       "WITH parties AS (DELETE FROM instances WHERE vu_le < clock_timestamp() - interval '1 minute') "
                       "SELECT count(*) FROM instances WHERE vu_le > clock_timestamp() - interval '4 seconds'"};
const Statement kLock{"consumer_lock",
                      "SELECT pg_try_advisory_lock(hashtext('histologe.partition.' || current_schema()), $1)"};
const Statement kUnlock{"consumer_unlock",
                        "SELECT pg_advisory_unlock(hashtext('histologe.partition.' || current_schema()), $1)"};

// The consumer's name within a group: the same for every instance, since a partition has one reader at a time and the
// next reader must find what the former one left unacknowledged.
constexpr char kReader[] = "lecteur";

// Text that PostgreSQL takes whatever bytes an entry or an error brought along: ASCII without NUL, the rest escaped.
std::string printable(std::string_view text, std::size_t most) {
    const auto quoted = core::Json(text.substr(0, most)).dump(-1, ' ', true, core::Json::error_handler_t::replace);
    return quoted.substr(1, quoted.size() - 2);
}

// The error kept with a dead letter. A database message may quote a row, so only its code is kept.
std::string describe(const std::exception& error) {
    if (const auto* sql = dynamic_cast<const postgres::SqlError*>(&error)) return "sql " + sql->sqlState();
    if (const auto* known = dynamic_cast<const core::Error*>(&error)) return printable(known->what(), 500);
    return "exception " + printable(error.what(), 500);
}

// An id that is always the same for the same entry, so that an entry read twice is parked once: a UUID of version 8.
std::string idOf(std::uint32_t partition, const std::string& entry) {
    char digits[33];
    const auto name = streamKey(partition) + "/" + entry;
    std::uint64_t halves[2] = {14695981039346656037ULL, 1099511628211ULL};
    for (auto& half : halves) {
        for (const char c : name) half = (half ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    }
    std::snprintf(digits, sizeof digits, "%016llx%016llx", static_cast<unsigned long long>(halves[0]),
                  static_cast<unsigned long long>(halves[1]));
    const std::string hex(digits);
    return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-8" + hex.substr(13, 3) + "-8" + hex.substr(17, 3) + "-" +
           hex.substr(20);
}

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
      dead_(metrics.gauge("histologe_dead_letters", "events that wait for the operator")),
      instance_(core::uuidV4()) {}

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
        } catch (const std::exception& error) {
            // A session lost within a handler's own failure. The entries are not acknowledged: they are read again.
            core::log::error("consumer_failed", {{"error", describe(error)}});
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
    database.run(kGone, {instance_});
}

void Consumer::share(postgres::Connection& database) {
    database.run(kSeen, {instance_});
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
        for (std::size_t f = 0; f + 1 < fields.size(); f += 2) {
            if (fields[f].text() == "evenement") entry.raw = fields[f + 1].text();
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
    return entries;
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

void Consumer::apply(postgres::Connection& database, const std::vector<Entry>& entries) {
    std::vector<const Entry*> heard;
    for (const auto& entry : entries) {
        if (!entry.unreadable.empty()) {
            core::log::error("event_unreadable", {{"partition", static_cast<unsigned>(entry.partition)}, {"entry", entry.id}});
            parkShell(database, entry, printable(entry.unreadable, 500));
        } else if (subscriptions_.find(entry.event.type) != nullptr) {
            heard.push_back(&entry);
        }
    }
    if (heard.empty()) return;
    try {
        applyBatch(database, heard);
    } catch (const postgres::SqlError& error) {
        if (!database.isAlive()) throw;
        for (const auto* entry : heard) applyAlone(database, *entry);
    } catch (const std::exception&) {
        for (const auto* entry : heard) applyAlone(database, *entry);
    }
    if (afterCommit_) afterCommit_();
}

void Consumer::applyBatch(postgres::Connection& database, const std::vector<const Entry*>& entries) {
    const auto now = clock_.now();
    auto ids = core::Json::array();
    std::vector<std::string> subjects;
    for (const auto* entry : entries) {
        ids.push_back(entry->event.id);
        subjects.push_back(entry->event.subject);
    }
    postgres::Transaction transaction(database);
    std::unordered_set<std::string> fresh;
    {
        const auto received = transaction.query(kReceive, {ids, now});
        for (const auto& row : received) fresh.insert(row.text(0));
    }
    if (fresh.empty()) {
        transaction.commit();
        return;
    }
    const auto parked = parkedSubjects(transaction, subjects);
    std::vector<const Event*> events;
    for (const auto* entry : entries) {
        if (fresh.erase(entry->event.id) == 0) continue;  // had before, or repeated within this batch
        if (parked.contains(entry->event.subject)) {
            park(transaction, entry->event, entry->partition, "", 0, now, now);
        } else {
            events.push_back(&entry->event);
        }
    }
    for (const auto& [type, handler] : subscriptions_.all()) {
        std::vector<const Event*> ofType;
        for (const auto* event : events) {
            if (event->type == type) ofType.push_back(event);
        }
        if (!ofType.empty()) handler(transaction, ofType);
    }
    transaction.commit();
    applied_.add(static_cast<double>(events.size()));
}

void Consumer::applyAlone(postgres::Connection& database, const Entry& entry) {
    try {
        applyBatch(database, {&entry});
    } catch (const std::exception& error) {
        const auto* sql = dynamic_cast<const postgres::SqlError*>(&error);
        if (!database.isAlive() || (sql != nullptr && sql->isTransient())) throw;
        failed_.add();
        const auto why = describe(error);
        core::log::error("event_failed", {{"type", entry.event.type}, {"eventId", entry.event.id}, {"error", why}});
        const auto now = clock_.now();
        try {
            postgres::Transaction transaction(database);
            transaction.send(kReceive, {core::Json::array({entry.event.id}), now});
            park(transaction, entry.event, entry.partition, why, 1, now + settings_.firstRetry, now);
            transaction.commit();
        } catch (const postgres::SqlError& refused) {
            // It holds what PostgreSQL cannot keep (a NUL in a text): something must stand for it, or it would be read
            // again and again and nothing after it.
            if (!database.isAlive() || refused.isTransient()) throw;
            parkShell(database, entry, why + ", sql " + refused.sqlState());
        }
    }
}

void Consumer::parkShell(postgres::Connection& database, const Entry& entry, const std::string& why) {
    const bool readable = entry.unreadable.empty();
    Event shell;
    shell.time = clock_.now();
    shell.id = readable ? entry.event.id : idOf(entry.partition, entry.id);
    shell.type = "illisible";
    shell.source = settings_.service;
    shell.subject = readable ? printable(entry.event.subject, 200)
                             : "illisible:" + std::to_string(entry.partition) + "/" + entry.id;
    shell.data = {{"entree", entry.id}, {"octets", entry.raw.size()}};
    shell.personnel = {{"debut", printable(entry.raw, 1000)}};
    postgres::Transaction transaction(database);
    transaction.send(kReceive, {core::Json::array({shell.id}), shell.time});
    park(transaction, shell, entry.partition, why, settings_.tries, shell.time, shell.time);
    transaction.commit();
}

void Consumer::retryDue(postgres::Connection& database) {
    if (held_.empty()) return;
    for (const auto& letter : dueLetters(database, held_, clock_.now(), 50)) {
        try {
            const auto event = eventFromJson(letter.envelope);
            postgres::Transaction transaction(database);
            const auto* handler = subscriptions_.find(event.type);
            if (handler == nullptr) {
                throw core::Error(core::ErrorKind::InvalidInput, "evenement_inconnu", "L'événement est inconnu.");
            }
            (*handler)(transaction, {&event});
            removeLetter(transaction, letter.rank);
            transaction.commit();
            applied_.add();
            if (afterCommit_) afterCommit_();
        } catch (const std::exception& error) {
            const auto* sql = dynamic_cast<const postgres::SqlError*>(&error);
            if (!database.isAlive() || (sql != nullptr && sql->isTransient())) throw;
            failed_.add();
            std::optional<core::Instant> next;
            if (letter.tries + 1 < settings_.tries) {
                auto delay = settings_.firstRetry;
                for (int i = 0; i < letter.tries; ++i) delay *= 4;
                next = clock_.now() + delay;
            }
            const auto why = describe(error);
            core::log::error("event_failed_again", {{"rank", static_cast<long long>(letter.rank)}, {"error", why},
                                                    {"dead", !next.has_value()}});
            failLetter(database, letter.rank, why, next);
        }
    }
}

}  // namespace histologe::streams
