#include "tests/system/statistics/support.hpp"

#include <atomic>
#include <cstdio>

#include "libs/core/ids.hpp"
#include "libs/core/log.hpp"
#include "libs/postgres/migrations.hpp"
#include "services/statistics/consumers/consumers.hpp"
#include "tools/environment/environment.hpp"

namespace histologe::statistics {
std::vector<postgres::Migration> migrations();
}

namespace histologe::statistics::essai {
namespace {

environment::Environment& shared() {
    static environment::Environment kEnvironment(
        environment::ownedSettings(HISTOLOGE_SOURCE_DIR, HISTOLOGE_BINARY_DIR, "system_statistics"));
    static const bool kStarted = [] {
        core::log::setLevel(core::log::Level::Error);
        kEnvironment.startPostgres();
        return true;
    }();
    (void)kStarted;
    return kEnvironment;
}

streams::Event say(const std::string& type, const std::string& source, const std::string& subject, core::Json data,
                   core::Instant time) {
    streams::Event event;
    event.id = core::uuidV7(time);
    event.type = type;
    event.source = source;
    event.subject = subject;
    event.time = time;
    event.data = std::move(data);
    return event;
}

}  // namespace

core::Instant present() {
    static const core::Instant kPresent = *core::parseInstant("2026-08-07T12:00:00Z");
    return kPresent;
}

const desordres::Catalogue& catalogue() {
    static const auto kCatalogue = desordres::loadShippedCatalogue();
    return kCatalogue;
}

std::string uuid(int number) {
    char text[40];
    std::snprintf(text, sizeof text, "00000000-0000-4000-8000-%012d", number);
    return text;
}

Base::Base() {
    static std::atomic<int> next = 1;
    name_ = "statistiques_" + std::to_string(next++);
    shared().postgres().createDatabase(name_);
    connection_ = connect();
    postgres::migrate(*connection_, migrations());
    pool_ = std::make_unique<postgres::Pool>(
        postgres::PoolSettings{shared().postgres().url("statistics", name_), "statistics", 4});
    subscribe(subscriptions_, catalogue());
    publiques_ = std::make_unique<StatistiquesPubliques>(*pool_, catalogue(), clock_, std::chrono::milliseconds(0));
}

Base::~Base() {
    publiques_.reset();
    pool_.reset();
    connection_.reset();
    shared().postgres().dropDatabase(name_);
}

std::unique_ptr<postgres::Connection> Base::connect() const {
    return std::make_unique<postgres::Connection>(shared().postgres().url("statistics", name_), "statistics");
}

void Base::apply(const std::vector<streams::Event>& events) {
    apply(*connection_, events);
}

void Base::apply(postgres::Connection& session, const std::vector<streams::Event>& events) const {
    postgres::Transaction transaction(session);
    for (const auto& [type, handler] : subscriptions_.all()) {
        std::vector<const streams::Event*> ofType;
        for (const auto& event : events) {
            if (event.type == type) ofType.push_back(&event);
        }
        if (!ofType.empty()) handler(transaction, ofType);
    }
    transaction.commit();
}

http::Response Base::get(const std::optional<std::string>& territoire) {
    http::Request request;
    if (territoire) request.query.add("territoire", *territoire);
    return publiques_->get(request);
}

nlohmann::ordered_json Base::chiffres(const std::optional<std::string>& territoire) {
    return nlohmann::ordered_json::parse(get(territoire).body);
}

std::string Base::lignes(const std::string& sql) {
    const auto name = core::randomHex(8);  // of the prepared statement
    const auto result = connection_->run({name.c_str(), sql.c_str()});
    std::string text;
    for (const auto& row : result) text += row.text(0) + "\n";
    return text;
}

streams::Event depose(const std::string& signalement, core::Json data, core::Instant time) {
    data.emplace("creeLe", core::toRfc3339(time));
    data.emplace("territoire", "13");
    return say("signalement.depose", "intake", signalement, std::move(data), time);
}

streams::Event corrige(const std::string& signalement, const std::string& codeInsee, const std::string& commune,
                       bool isElsewhere, core::Instant time) {
    return say("signalement.modifie", "intake", signalement,
               {{"codeInsee", codeInsee},
                {"codePostal", "13002"},
                {"commune", commune},
                {"creeLe", core::toRfc3339(time)},
                {"territoire", "13"},
                {"lieuModifie", isElsewhere}},
               time);
}

streams::Event localise(const std::string& signalement, const std::string& codeInsee, const std::string& commune,
                        core::Instant time) {
    return say("signalement.localise", "intake", signalement,
               {{"codeInsee", codeInsee}, {"codePostal", ""}, {"commune", commune}, {"precision", "ADRESSE"}}, time);
}

streams::Event cree(const std::string& signalement, const std::string& statut, core::Instant time) {
    return say("dossier.cree", "routing", signalement, {{"statut", statut}, {"territoire", "13"}}, time);
}

streams::Event modifie(const std::string& signalement, const std::string& statut, core::Instant time,
                       const std::string& motif) {
    core::Json data = {{"ancien", "NEED_VALIDATION"}, {"nouveau", statut}, {"le", core::toRfc3339(time)}};
    if (!motif.empty()) data["motifCloture"] = motif;
    return say("dossier.statut_modifie", "routing", signalement, std::move(data), time);
}

streams::Event evalue(const std::string& signalement, const std::vector<std::string>& precisions, core::Instant time) {
    return say("signalement.evalue", "scoring", signalement,
               {{"score", 12.5},
                {"scoreBatiment", 5.0},
                {"scoreLogement", 20.0},
                {"precisions", precisions},
                {"qualifications", core::Json::array()},
                {"versionCatalogue", "2026-06-05"}},
               time);
}

streams::Event territoire(const std::string& code, const std::string& nom, bool actif, const std::string& fuseau,
                          core::Instant time) {
    return say("annuaire.territoire_modifie", "routing", "territoire:" + code,
               {{"code", code}, {"nom", nom}, {"actif", actif}, {"fuseau", fuseau}}, time);
}

}  // namespace histologe::statistics::essai
