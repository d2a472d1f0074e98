#include "tools/golden_runner/statistics_data.hpp"

#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include "services/statistics/consumers/consumers.hpp"
#include "services/statistics/store/dossiers.hpp"

namespace histologe::golden {
namespace {

using core::Json;

core::Instant instantOf(const Json& text) {
    const auto instant = core::parseInstant(text.get<std::string>() + "Z");
    if (!instant) throw core::Error(core::ErrorKind::InvalidInput, "date_illisible", "Une date ne peut pas être lue.");
    return *instant;
}

// The signalement of a dossier's serial number.
std::string uuidOf(const Json& dossier) {
    char text[48];
    std::snprintf(text, sizeof text, "00000000-0000-4000-8000-%012d", std::stoi(dossier.at("key").get<std::string>()));
    return text;
}

streams::Event say(const std::string& type, const std::string& subject, Json data, core::Instant time) {
    streams::Event event;
    event.type = type;
    event.subject = subject;
    event.time = time;
    event.data = std::move(data);
    return event;
}

void sayDossier(std::vector<streams::Event>& events, const Json& dossier, core::Instant now) {
    const auto id = uuidOf(dossier);
    const auto created = instantOf(dossier.at("created_at"));
    events.push_back(say("signalement.depose", id,
                         {{"creeLe", core::toRfc3339(created)},
                          {"territoire", dossier.at("territory")},
                          {"source", dossier.at("creation_source")},
                          {"importe", dossier.at("is_imported") == 1},
                          {"reference", dossier.at("reference")}},
                         created));
    events.push_back(
        say("dossier.cree", id, {{"statut", "NEED_VALIDATION"}, {"territoire", dossier.at("territory")}}, created));
    const auto& statut = dossier.at("statut");
    if (statut != "NEED_VALIDATION") {
        const auto& closed = dossier.at("closed_at");
        events.push_back(say("dossier.statut_modifie", id,
                             {{"ancien", "NEED_VALIDATION"},
                              {"nouveau", statut},
                              {"le", core::toRfc3339(closed.is_null() ? now : instantOf(closed))},
                              {"motifCloture", dossier.at("motif_cloture")}},
                             now));
    }
    if (dossier.at("version") == "V2") {
        events.push_back(say("signalement.evalue", id,
                             {{"score", dossier.at("score").is_null() ? Json(0) : dossier.at("score")},
                              {"scoreBatiment", 0},
                              {"scoreLogement", 0},
                              {"precisions", dossier.at("precisions")}},
                             created));
    }
}

std::vector<statistics::Evaluation> firstGeneration(const Json& dataset, core::Instant now) {
    std::map<int, int> zones;
    for (const auto& one : dataset.at("criticites")) zones[one.at("id").get<int>()] = one.at("critere_type").get<int>();
    std::vector<statistics::Evaluation> evaluations;
    for (const auto& dossier : dataset.at("signalements")) {
        if (dossier.at("version") == "V2") continue;
        statistics::Evaluation evaluation;
        evaluation.signalement = uuidOf(dossier);
        evaluation.ditLe = now;
        for (const int id : dossier.at("criticites").get<std::vector<int>>()) {
            auto& zone = zones.at(id) == 1 ? evaluation.criteresBatiment : evaluation.criteresLogement;
            zone.push_back("criticite_" + std::to_string(id));
        }
        evaluations.push_back(std::move(evaluation));
    }
    return evaluations;
}

}  // namespace

core::Instant statisticsNow(const Json& dataset) {
    auto text = dataset.at("reference_now").get<std::string>();
    return instantOf(Json(std::move(text)));
}

void loadStatistics(postgres::Connection& session, const Json& dataset, const desordres::Catalogue& catalogue) {
    const auto now = statisticsNow(dataset);
    std::vector<streams::Event> events;
    for (const auto& one : dataset.at("territories")) {
        const auto code = one.at("zip").get<std::string>();
        events.push_back(
            say("annuaire.territoire_modifie", "territoire:" + code,
                {{"code", code}, {"nom", one.at("name")}, {"actif", one.at("is_active")}, {"fuseau", "UTC"}}, now));
    }
    for (const auto& dossier : dataset.at("signalements")) sayDossier(events, dossier, now);

    streams::Subscriptions subscriptions;
    statistics::subscribe(subscriptions, catalogue);
    postgres::Transaction transaction(session);
    for (const auto& [type, handler] : subscriptions.all()) {
        std::vector<const streams::Event*> ofType;
        for (const auto& event : events) {
            if (event.type == type) ofType.push_back(&event);
        }
        if (!ofType.empty()) handler(transaction, ofType);
    }
    if (const auto old = firstGeneration(dataset, now); !old.empty()) statistics::saveEvaluations(transaction, old);
    transaction.commit();
}

}  // namespace histologe::golden
