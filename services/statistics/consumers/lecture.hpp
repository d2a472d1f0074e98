// Reading the content of an event: what must be there and what may be.
//
// Each reader throws core::Error (InvalidInput, `evenement_invalide`) that names the event's type and the member which
// is absent or of another kind, never its value.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/streams/event.hpp"

namespace histologe::statistics {

// The signalement that the event is about.
std::string signalementDe(const streams::Event& event);

std::string texte(const streams::Event& event, const char* champ);
std::optional<std::string> texteOuRien(const streams::Event& event, const char* champ);
double nombre(const streams::Event& event, const char* champ);
bool drapeau(const streams::Event& event, const char* champ);
std::optional<bool> drapeauOuRien(const streams::Event& event, const char* champ);
core::Instant instant(const streams::Event& event, const char* champ);
std::vector<std::string> textes(const streams::Event& event, const char* champ);

// Reads each event of a batch with `lire` and keeps one row per key, in order of key, so that two sessions never wait
// for each other in a circle. Of two rows with one key the one said later (`ditLe` of its event) is kept, the last of
// those of the same instant.
template <typename Row>
std::vector<Row> derniers(const std::vector<const streams::Event*>& events, std::string Row::*key,
                          Row (*lire)(const streams::Event&)) {
    std::map<std::string, std::pair<core::Instant, Row>> kept;
    for (const auto* event : events) {
        auto row = lire(*event);
        const auto [place, isNew] = kept.try_emplace(row.*key, event->time, row);
        if (!isNew && place->second.first <= event->time) place->second = {event->time, std::move(row)};
    }
    std::vector<Row> rows;
    rows.reserve(kept.size());
    for (auto& [name, said] : kept) rows.push_back(std::move(said.second));
    return rows;
}

}  // namespace histologe::statistics
