#include "libs/streams/relay.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include "libs/core/ids.hpp"
#include "libs/core/log.hpp"
#include "libs/streams/keys.hpp"

namespace histologe::streams {
namespace {

using namespace std::chrono_literals;
using postgres::Statement;

const Statement kLead{"relay_lead", "SELECT pg_try_advisory_lock(hashtext('histologe.relais.' || current_schema()))"};
const Statement kState{"relay_state", "SELECT generation, consomme_jusqu_a FROM relais"};
const Statement kSaveGeneration{"relay_generation", "UPDATE relais SET generation = $1"};
const Statement kSaveApplied{"relay_applied", "UPDATE relais SET consomme_jusqu_a = $1"};
const Statement kLowerApplied{"relay_lower",
                              "UPDATE relais SET consomme_jusqu_a = LEAST(consomme_jusqu_a, $1::bigint)"};
const Statement kQueueAgain{"relay_queue_again",
                            "INSERT INTO evenements_a_publier (numero, cree_le) "
                            "SELECT numero, cree_le FROM evenements WHERE numero > $1 ON CONFLICT DO NOTHING"};
const Statement kNext{"relay_next", "SELECT numero, cree_le FROM evenements_a_publier ORDER BY numero LIMIT $1"};
const Statement kTake{"relay_take", "DELETE FROM evenements_a_publier WHERE numero = ANY($1::bigint[])"};
const Statement kRead{"relay_read",
                      "SELECT numero, id, type, sujet, partition, cree_le, donnees, personnel, traceparent "
                      "FROM evenements WHERE numero = ANY($1::bigint[]) AND cree_le BETWEEN $2 AND $3 ORDER BY numero"};
const Statement kWaiting{"relay_waiting",
                         "SELECT count(*), COALESCE(EXTRACT(EPOCH FROM $1::timestamptz - min(cree_le)), 0)::float8 "
                         "FROM evenements_a_publier"};
const Statement kForget{"relay_forget", "DELETE FROM evenements_recus WHERE recu_le < $1"};
const Statement kPrepareMonth{"relay_month", "SELECT preparer_mois(($1::timestamptz AT TIME ZONE 'UTC')::date)"};

// Adds only while the mark of this service stands: when Redis lost its content the answer is nil.
constexpr char kAdd[] = R"lua(
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return false end
local id
for i = 2, #ARGV, 2 do id = redis.call('XADD', KEYS[1], '*', 'type', ARGV[i], 'evenement', ARGV[i + 1]) end
return id)lua";

struct ContentLost {};

// How often it looks how far the consumers have come: often while something is outstanding, since whoever waits for room
// learns of it there.
constexpr auto kBusyLook = 50ms;
constexpr auto kIdleLook = 500ms;
constexpr auto kStandstill = 2s;
constexpr auto kGather = 5ms;
constexpr int kCrowd = 16;
// What was published leaves dead entries at the head of the queue's index, over which every look would step until the
// server's own vacuum comes by, at most once a minute.
constexpr int kSweep = 5000;

std::string envelope(const postgres::Row& row, const std::string& service) {
    std::string text = R"({"specversion":"1.0","id":")" + row.text(1) + R"(","type":")" + row.text(2) + R"(","source":")" +
                       service + R"(","subject":)" + core::dumpJson(row.text(3)) + R"(,"time":")" +
                       core::toRfc3339(row.instant(5)) + R"(","datacontenttype":"application/json","data":)" + row.text(6);
    if (row.view(7) != "{}") text += R"(,"personnel":)" + row.text(7);
    if (!row.view(8).empty()) text += R"(,"traceparent":)" + core::dumpJson(row.text(8));
    return text + "}";
}

}  // namespace

Relay::Relay(RelaySettings settings, RelayBell& bell, Backlog& backlog, const core::Clock& clock,
             core::Metrics& metrics)
    : settings_(std::move(settings)),
      bell_(bell),
      backlog_(backlog),
      clock_(clock),
      published_(metrics.counter("histologe_outbox_published_total", "events put on the streams")),
      waiting_(metrics.gauge("histologe_outbox_waiting", "events committed and not yet published")),
      outstandingEvents_(metrics.gauge("histologe_outbox_outstanding", "events that some service has still to apply")),
      oldest_(metrics.gauge("histologe_outbox_oldest_seconds", "age of the oldest event not yet published")) {
    for (std::uint32_t p = 0; p < settings_.partitions; ++p) {
        lag_.push_back(&metrics.gauge("histologe_stream_lag", "entries of the partition that this service has not applied",
                                      {{"partition", std::to_string(p)}}));
    }
}

Relay::~Relay() { stop(); }

void Relay::start() { thread_ = std::thread([this] { run(); }); }

void Relay::stop() {
    stopping_ = true;
    bell_.ring();
    if (thread_.joinable()) thread_.join();
}

void Relay::run() {
    while (!stopping_) {
        try {
            serve();
        } catch (const RedisLost& error) {
            core::log::warning("relay_redis_lost", {{"why", error.what()}});
        } catch (const postgres::SqlError& error) {
            core::log::warning("relay_database_lost", {{"sqlState", error.sqlState()}});
        } catch (const ContentLost&) {
            core::log::warning("relay_redis_content_lost");
            continue;
        }
        backlog_.set(0);  // it no longer knows
        if (!stopping_) bell_.wait(200ms);
    }
}

bool Relay::lead(postgres::Connection& database) const { return database.run(kLead)[0].flag(0); }

void Relay::serve() {
    postgres::Connection database(settings_.databaseUrl, settings_.service);
    while (!lead(database)) {
        bell_.wait(500ms);
        if (stopping_) return;
    }
    // What it commits may be lost with the server without harm: the events would only be published once more. All that it
    // asks is by key: a plan made for tables that were still small must not read the whole of them.
    database.runScript("SET synchronous_commit TO off; SET enable_seqscan TO off");
    Redis redis(settings_.redisUrl);
    keepHouse(database);
    recover(database, redis);
    auto observed = std::chrono::steady_clock::now();
    auto kept = observed;
    int swept = 0;
    while (!stopping_) {
        const int count = publish(database, redis);
        swept += count;
        if (swept > kSweep) {
            database.runScript("VACUUM (TRUNCATE off) evenements_a_publier");
            swept = 0;
        }
        const auto now = std::chrono::steady_clock::now();
        if (now - observed > (backlog_.get() > 0 ? kBusyLook : kIdleLook)) {
            observe(database, redis);
            observed = now;
        }
        if (now - kept > 1h) {
            keepHouse(database);
            kept = now;
        }
        if (count < settings_.batch) {
            // Under load the bell never stops: what comes within a few milliseconds leaves together, more so in a crowd.
            if (count > 0) std::this_thread::sleep_for(kGather * std::min(1 + count / kCrowd, 4));
            bell_.wait(settings_.rest);
        }
    }
}

bool Relay::marksStand(Redis& redis) const {
    std::vector<Command> reads;
    for (std::uint32_t p = 0; p < settings_.partitions; ++p) {
        reads.push_back({"GET", generationKey(p, settings_.service)});
    }
    const auto replies = redis.run(reads);
    return std::all_of(replies.begin(), replies.end(),
                       [&](const Reply& reply) { return !reply.isNil() && reply.text() == generation_; });
}

void Relay::recover(postgres::Connection& database, Redis& redis) {
    const auto state = database.run(kState);
    generation_ = state[0].text(0);
    saved_ = state[0].integer(1);
    const bool intact = !generation_.empty() && marksStand(redis);
    script_ = redis.run({"SCRIPT", "LOAD", kAdd}).text();
    const auto again = database.run(kQueueAgain, {saved_}).affected();
    if (!intact) {
        // Saved before it is set: a crash between the two only makes the next start recover once more.
        generation_ = core::uuidV4();
        database.run(kSaveGeneration, {generation_});
        std::vector<Command> writes;
        for (std::uint32_t p = 0; p < settings_.partitions; ++p) {
            writes.push_back({"SET", generationKey(p, settings_.service), generation_});
        }
        for (const auto& reply : redis.run(writes)) {
            if (reply.isError()) throw RedisLost(reply.text());
        }
    }
    outstanding_.clear();
    greatest_ = saved_;
    core::log::info("relay_started", {{"queuedAgain", static_cast<long long>(again)}, {"redisIntact", intact}});
}

int Relay::publish(postgres::Connection& database, Redis& redis) {
    postgres::Transaction transaction(database);
    const auto waiting = transaction.query(kNext, {settings_.batch});
    if (waiting.empty()) {
        transaction.commit();
        return 0;
    }
    std::vector<long long> numbers;
    auto [from, until] = std::pair{waiting[0].instant(1), waiting[0].instant(1)};
    for (const auto& row : waiting) {
        numbers.push_back(row.integer(0));
        from = std::min(from, row.instant(1));
        until = std::max(until, row.instant(1));
    }
    transaction.send(kTake, {numbers});
    const auto rows = transaction.query(kRead, {numbers, from, until});
    std::map<std::uint32_t, Command> commands;
    for (const auto& row : rows) {
        const auto partition = static_cast<std::uint32_t>(row.integer(4));
        auto& command = commands[partition];
        if (command.empty()) {
            command = {"EVALSHA", script_, "2", streamKey(partition), generationKey(partition, settings_.service),
                       generation_};
        }
        command.push_back(row.text(2));
        command.push_back(envelope(row, settings_.service));
    }
    std::vector<Command> all;
    all.reserve(commands.size());
    for (auto& [partition, command] : commands) all.push_back(std::move(command));
    const auto replies = redis.run(all);
    Outstanding batch{rows[0].integer(0), {}};
    std::size_t at = 0;
    for (const auto& [partition, command] : commands) {
        const auto& reply = replies[at++];
        if (reply.isNil() || reply.isError("NOSCRIPT")) throw ContentLost();
        if (reply.isError()) throw RedisLost(reply.text());
        batch.last[partition] = parse(reply.text());
    }
    // A number drawn early and committed late must not be taken for applied.
    if (batch.first <= saved_) {
        transaction.send(kLowerApplied, {batch.first - 1});
        saved_ = batch.first - 1;
    }
    transaction.commit();
    greatest_ = std::max(greatest_, rows[rows.size() - 1].integer(0));
    outstanding_.push_back(std::move(batch));
    published_.add(rows.size());
    return rows.size();
}

Relay::StreamId Relay::parse(const std::string& text) {
    StreamId id;
    const auto dash = text.find('-');
    if (dash == std::string::npos) return id;
    std::from_chars(text.data(), text.data() + dash, id.milliseconds);
    std::from_chars(text.data() + dash + 1, text.data() + text.size(), id.sequence);
    return id;
}

// The greatest entry of the partition such that it and all before it are applied by every service.
Relay::StreamId Relay::applied(Redis& redis, std::uint32_t partition, const Reply& groups) const {
    constexpr auto kMost = std::numeric_limits<unsigned long long>::max();
    std::map<std::string, StreamId, std::less<>> positions;
    for (std::size_t g = 0; g < groups.size(); ++g) {
        const auto group = groups[g];
        std::string name;
        StreamId delivered;
        long long pending = 0;
        long long lag = 0;
        for (std::size_t i = 0; i + 1 < group.size(); i += 2) {
            const auto field = group[i].text();
            if (field == "name") name = group[i + 1].text();
            if (field == "pending") pending = group[i + 1].integer();
            if (field == "last-delivered-id") delivered = parse(group[i + 1].text());
            if (field == "lag" && !group[i + 1].isNil()) lag = group[i + 1].integer();
        }
        if (name == settings_.service) lag_[partition]->set(static_cast<double>(pending + lag));
        if (pending > 0) {
            const auto summary = redis.run({"XPENDING", streamKey(partition), name});
            if (summary.size() >= 2 && !summary[1].isNil()) {
                delivered = parse(summary[1].text());
                if (delivered.sequence > 0) {
                    --delivered.sequence;
                } else {
                    delivered = {delivered.milliseconds - 1, kMost};
                }
            }
        }
        positions[name] = delivered;
    }
    StreamId least{kMost, kMost};
    for (const auto group : kGroups) {
        const auto found = positions.find(group);
        least = std::min(least, found == positions.end() ? StreamId{} : found->second);
    }
    return least;
}

void Relay::observe(postgres::Connection& database, Redis& redis) {
    std::vector<Command> reads;
    for (std::uint32_t p = 0; p < settings_.partitions; ++p) reads.push_back({"XINFO", "GROUPS", streamKey(p)});
    const auto replies = redis.run(reads);
    std::vector<StreamId> applieds(settings_.partitions);
    std::vector<Command> trims;
    for (std::uint32_t p = 0; p < settings_.partitions; ++p) {
        applieds[p] = applied(redis, p, replies[p]);
        if (applieds[p] > StreamId{} && !replies[p].isError()) {
            trims.push_back({"XTRIM", streamKey(p), "MINID", "~",
                             std::to_string(applieds[p].milliseconds) + "-" + std::to_string(applieds[p].sequence)});
        }
    }
    if (!trims.empty()) redis.run(trims);
    // Looked at after the positions: while the marks stand, what was read above is of the content that we published, and
    // not of streams that others began anew after a loss.
    if (!marksStand(redis)) throw ContentLost();
    std::int64_t upTo = greatest_;
    std::erase_if(outstanding_, [&](const Outstanding& batch) {
        return std::all_of(batch.last.begin(), batch.last.end(),
                           [&](const auto& last) { return last.second <= applieds[last.first]; });
    });
    for (const auto& batch : outstanding_) upTo = std::min(upTo, batch.first - 1);
    if (upTo != saved_) {
        database.run(kSaveApplied, {upTo});
        saved_ = upTo;
    }
    const auto waiting = database.run(kWaiting, {clock_.now()});
    const auto outstanding = greatest_ - upTo + waiting[0].integer(0);
    // A consumer that is behind and catching up is worth waiting for; one that stands still is not.
    const auto now = std::chrono::steady_clock::now();
    if (upTo != watched_) progressed_ = now;
    watched_ = upTo;
    backlog_.set(now - progressed_ < kStandstill ? outstanding : 0);
    outstandingEvents_.set(static_cast<double>(outstanding));
    waiting_.set(static_cast<double>(waiting[0].integer(0)));
    oldest_.set(waiting[0].real(1));
}

void Relay::keepHouse(postgres::Connection& database) const {
    const std::chrono::year_month_day today(std::chrono::floor<std::chrono::days>(clock_.now()));
    for (int ahead = 0; ahead < 3; ++ahead) {
        const auto month = today.year() / today.month() + std::chrono::months(ahead);
        database.run(kPrepareMonth, {core::Instant(std::chrono::sys_days(month / 1))});
    }
    database.run(kForget, {clock_.now() - std::chrono::days(settings_.inboxDays)});
}

}  // namespace histologe::streams
