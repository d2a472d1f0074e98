#include "libs/core/error.hpp"
#include "services/statistics/consumers/consumers.hpp"
#include "services/statistics/consumers/lecture.hpp"
#include "services/statistics/store/affectations.hpp"

namespace histologe::statistics {
namespace {

AffectationDite lire(const streams::Event& event) {
    AffectationDite affectation;
    affectation.id = texte(event, "affectationId");
    affectation.signalement = signalementDe(event);
    // The partner is an object of its own within the event.
    streams::Event partenaire;
    partenaire.type = event.type + ".partenaire";
    partenaire.data = event.data.value("partenaire", core::Json::object());
    affectation.partenaire = texte(partenaire, "id");
    affectation.nom = texteOuRien(partenaire, "nom").value_or("");
    affectation.territoire = texteOuRien(event, "territoire").value_or("");
    affectation.statut = texte(event, "statut");
    affectation.creeLe = event.time;
    return affectation;
}

AffectationDite lireChangement(const streams::Event& event) {
    AffectationDite affectation;
    affectation.id = texte(event, "affectationId");
    affectation.statut = texte(event, "nouveau");
    return affectation;
}

}  // namespace

void onAffectationCreee(postgres::Transaction& transaction, const Events& events) {
    insertAffectations(transaction, derniers(events, &AffectationDite::id, lire));
}

// An affectation's events follow each other by type as they do in time: given, answered, taken away.
void onAffectationModifiee(postgres::Transaction& transaction, const Events& events) {
    updateAffectations(transaction, derniers(events, &AffectationDite::id, lireChangement));
}

void onAffectationRetiree(postgres::Transaction& transaction, const Events& events) {
    std::vector<std::string> ids;
    for (const auto* event : events) ids.push_back(texte(*event, "affectationId"));
    deleteAffectations(transaction, ids);
}

}  // namespace histologe::statistics
