// The commune of a dwelling may change after the declaration: an agent corrects the address, the registers know better.
#include "services/statistics/consumers/consumers.hpp"
#include "services/statistics/consumers/lecture.hpp"
#include "services/statistics/store/dossiers.hpp"

namespace histologe::statistics {
namespace {

std::optional<std::string> filled(const streams::Event& event, const char* champ) {
    auto value = texteOuRien(event, champ);
    return value && value->empty() ? std::nullopt : value;
}

Lieu lire(const streams::Event& event) {
    return {signalementDe(event), texte(event, "codeInsee"), filled(event, "codePostal"), filled(event, "commune"),
            event.time};
}

// Of the events those that name a commune and, of corrections, those that say that the place is another one.
Events places(const Events& events, bool isCorrection) {
    Events kept;
    for (const auto* event : events) {
        if (isCorrection && !drapeauOuRien(*event, "lieuModifie").value_or(false)) continue;
        if (filled(*event, "codeInsee")) kept.push_back(event);
    }
    return kept;
}

}  // namespace

void onSignalementModifie(postgres::Transaction& transaction, const Events& events) {
    saveLieux(transaction, derniers(places(events, true), &Lieu::signalement, lire));
}

void onSignalementLocalise(postgres::Transaction& transaction, const Events& events) {
    saveLieux(transaction, derniers(places(events, false), &Lieu::signalement, lire));
}

}  // namespace histologe::statistics
