#include "services/statistics/consumers/consumers.hpp"
#include "services/statistics/consumers/lecture.hpp"
#include "services/statistics/store/dossiers.hpp"

namespace histologe::statistics {
namespace {

// Intake says what the public form took in and names no other source; importers do.
constexpr char kFormulairePublic[] = "FORM_USAGER_V2";

Declaration lire(const streams::Event& event) {
    Declaration declaration;
    declaration.signalement = signalementDe(event);
    declaration.territoire = texteOuRien(event, "territoire");
    declaration.reference = texteOuRien(event, "reference");
    declaration.source = texteOuRien(event, "source").value_or(kFormulairePublic);
    declaration.importe = drapeauOuRien(event, "importe").value_or(false);
    declaration.profilDeclarant = texteOuRien(event, "profilDeclarant");
    declaration.codeInsee = texteOuRien(event, "codeInsee");
    declaration.codePostal = texteOuRien(event, "codePostal");
    declaration.commune = texteOuRien(event, "commune");
    declaration.logementSocial = drapeauOuRien(event, "logementSocial");
    declaration.creeLe = instant(event, "creeLe");
    return declaration;
}

}  // namespace

void onSignalementDepose(postgres::Transaction& transaction, const Events& events) {
    saveDeclarations(transaction, derniers(events, &Declaration::signalement, lire));
}

}  // namespace histologe::statistics
