#include "libs/service/revocations.hpp"

#include "libs/auth/secrets.hpp"
#include "libs/core/log.hpp"

namespace histologe::service {
namespace {

using namespace std::chrono_literals;
using postgres::Statement;

const Statement kSave{"revocations_save",
                      "INSERT INTO revocations AS r (cle, avant, expire_le, recu_le) "
                      "SELECT cle, max(avant), max(expire_le), clock_timestamp() "
                      "FROM jsonb_to_recordset($1::jsonb) AS lot(cle text, avant timestamptz, expire_le timestamptz) "
                      "GROUP BY cle ON CONFLICT (cle) DO UPDATE SET avant = greatest(r.avant, EXCLUDED.avant), "
                      "expire_le = greatest(r.expire_le, EXCLUDED.expire_le), recu_le = EXCLUDED.recu_le"};
const Statement kForget{"revocations_forget", "DELETE FROM revocations WHERE expire_le < $1"};
const Statement kNew{"revocations_new",
                     "SELECT cle, avant, expire_le, recu_le FROM revocations WHERE recu_le >= $1 AND expire_le > $2"};
const Statement kSaveToken{"jetons_opaques_save",
                           "INSERT INTO jetons_opaques (empreinte, contenu, expire_le) VALUES ($1, $2, $3) "
                           "ON CONFLICT (empreinte) DO NOTHING"};
const Statement kForgetTokens{"jetons_opaques_forget", "DELETE FROM jetons_opaques WHERE expire_le < $1"};
const Statement kFindToken{"jetons_opaques_find",
                           "SELECT contenu FROM jetons_opaques WHERE empreinte = $1 AND expire_le > $2"};

// A transaction that commits late brings rows with an instant that was passed already.
constexpr std::chrono::seconds kLateCommit{30};

core::Instant instantOf(const core::Json& data, const char* name) {
    const auto instant = core::parseInstant(data.at(name).get<std::string>());
    if (!instant) throw core::Error(core::ErrorKind::InvalidInput, "evenement_incomplet", "Instant attendu.");
    return *instant;
}

streams::Handler revoking(std::string (*keyOf)(std::string_view), const char* member) {
    return [keyOf, member](postgres::Transaction& transaction, const std::vector<const streams::Event*>& events) {
        std::vector<auth::Revocation> revocations;
        for (const auto* event : events) {
            const auto& data = event->data;
            revocations.push_back({keyOf(data.at(member).get<std::string>()), instantOf(data, "avant"),
                                   instantOf(data, "expireLe")});
        }
        saveRevocations(transaction, revocations, events.back()->time);
    };
}

}  // namespace

void hearRevocations(streams::Subscriptions& subscriptions, const core::Clock& clock) {
    subscriptions.on("compte.revoque", revoking(&auth::Revocations::ofAccount, "compte"))
        .on("session.revoquee", revoking(&auth::Revocations::ofSession, "session"))
        .on("jeton.emis", [&clock](postgres::Transaction& transaction, const std::vector<const streams::Event*>& events) {
            transaction.send(kForgetTokens, {clock.now()});
            for (const auto* event : events) {
                saveOpaqueToken(transaction, event->data.at("empreinte").get<std::string>(), event->data.at("contenu"),
                                instantOf(event->data, "expireLe"));
            }
        });
}

void saveRevocations(postgres::Transaction& transaction, const std::vector<auth::Revocation>& revocations,
                     core::Instant when) {
    auto lot = core::Json::array();
    for (const auto& one : revocations) {
        lot.push_back({{"cle", one.key},
                       {"avant", core::toRfc3339(one.before)},
                       {"expire_le", core::toRfc3339(one.expiresAt)}});
    }
    transaction.send(kForget, {when});
    transaction.send(kSave, {lot});
}

void saveOpaqueToken(postgres::Transaction& transaction, const std::string& fingerprint, const core::Json& payload,
                     core::Instant expiresAt) {
    transaction.send(kSaveToken, {fingerprint, payload, expiresAt});
}

RevocationsWatch::RevocationsWatch(std::string databaseUrl, std::string schema, auth::Revocations& revocations,
                                   const core::Clock& clock)
    : databaseUrl_(std::move(databaseUrl)), schema_(std::move(schema)), revocations_(revocations), clock_(clock) {}

RevocationsWatch::~RevocationsWatch() {
    stop();
}

void RevocationsWatch::start() {
    look();
    thread_ = std::thread([this] { run(); });
}

void RevocationsWatch::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    ended_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void RevocationsWatch::look() {
    try {
        if (!session_ || !session_->isAlive()) session_ = std::make_unique<postgres::Connection>(databaseUrl_, schema_);
        std::vector<auth::Revocation> found;
        const auto from = seenUntil_ == core::Instant() ? seenUntil_ : seenUntil_ - kLateCommit;
        const auto rows = session_->run(kNew, {from, clock_.now()});
        for (const auto& row : rows) {
            found.push_back({row.text(0), row.instant(1), row.instant(2)});
            seenUntil_ = std::max(seenUntil_, row.instant(3));
        }
        revocations_.add(found, clock_.now());
    } catch (const core::Error& error) {
        session_.reset();
        core::log::warning("revocations_not_read", {{"code", error.code()}});
    }
}

void RevocationsWatch::run() {
    std::unique_lock lock(mutex_);
    while (!ended_.wait_for(lock, kRevocationsLook, [this] { return stopping_; })) {
        lock.unlock();
        look();
        lock.lock();
    }
}

std::shared_ptr<const auth::Principal> StoredOpaqueTokens::look(const std::string& fingerprint) {
    const auto rows = pool_.acquire()->run(kFindToken, {fingerprint, clock_.now()});
    if (rows.empty()) return nullptr;
    auto claims = auth::readClaims(rows[0].json(0), parties_);
    return claims ? auth::principalOf(std::move(*claims)) : nullptr;
}

std::shared_ptr<const auth::Principal> StoredOpaqueTokens::find(std::string_view token) {
    constexpr int kTries = 6;
    constexpr int kMostWaiting = 2;
    const auto key = auth::fingerprint(token);
    auto found = look(key);
    if (found) return found;
    // Tokens that somebody made up must not hold the workers.
    struct Place {
        std::atomic<int>& taken;
        const int before = taken.fetch_add(1);
        ~Place() { taken.fetch_sub(1); }
    } const place{waiting_};
    if (place.before >= kMostWaiting) return nullptr;
    for (int i = 0; i < kTries && !found; ++i) {
        std::this_thread::sleep_for(50ms);
        found = look(key);
    }
    return found;
}

}  // namespace histologe::service
