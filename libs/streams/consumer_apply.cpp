// What the consumer does with the entries that it has read: applies them, or parks them.
#include <cstdio>
#include <unordered_set>

#include "libs/core/log.hpp"
#include "libs/streams/consumer.hpp"
#include "libs/streams/dead_letters.hpp"
#include "libs/streams/keys.hpp"

namespace histologe::streams {
namespace {

using postgres::Statement;

const Statement kReceive{"consumer_receive",
                         "INSERT INTO evenements_recus (id, recu_le) "
                         "SELECT id::uuid, $2 FROM jsonb_array_elements_text($1::jsonb) AS lot(id) "
                         "ON CONFLICT DO NOTHING RETURNING id"};

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
