#include "services/routing/consumers/signalement_depose.hpp"

#include <algorithm>
#include <unordered_map>

#include "libs/core/ids.hpp"
#include "services/routing/consumers/declaration.hpp"
#include "services/routing/store/dossiers.hpp"

namespace histologe::routing {
namespace {

// What a dossier of long ago went through before: its partners and its suivis. Nobody is told of it again.
void takeOver(postgres::Transaction& transaction, const streams::Event& event, const Declaration& declaration) {
    std::vector<AffectationImportee> affectations;
    const auto life = event.data.value("importation", core::Json::object());
    const auto partenaires = life.value("partenaires", core::Json::array());
    for (const auto& partenaire : partenaires) {
        affectations.push_back({core::uuidV7(event.time), event.subject, partenaire.get<std::string>(),
                                declaration.statut == "CLOSED" ? "FERME" : "EN_COURS"});
    }
    std::vector<SuiviImporte> suivis;
    const auto entries = event.personnel.value("suivis", core::Json::array());
    for (const auto& entry : entries) {
        const auto day = entry.value("le", core::Json(nullptr));
        const auto instant =
            day.is_string() ? core::parseInstant(day.get<std::string>() + "T12:00:00Z") : std::nullopt;
        suivis.push_back({core::uuidV7(event.time), event.subject, entry.at("texte").get<std::string>(),
                          instant.value_or(declaration.deposeLe)});
    }
    if (!affectations.empty()) insertAffectationsImportees(transaction, affectations, "import", declaration.deposeLe);
    if (!suivis.empty()) insertSuivisImportes(transaction, suivis, "import");
}

}  // namespace

streams::Handler onSignalementDepose(AnnuaireCourant& annuaire, const streams::Outbox& outbox, Orienteur& orienteur) {
    return [&](postgres::Transaction& transaction, const std::vector<const streams::Event*>& events) {
        std::unordered_map<std::string, Declaration> declarations;  // a signalement is declared once
        for (const auto* event : events) declarations.try_emplace(event->subject, declarationDe(*event));
        std::vector<Declaration> batch;
        batch.reserve(declarations.size());
        for (const auto& [signalement, declaration] : declarations) batch.push_back(declaration);
        const auto written = insertDeclarations(transaction, batch);
        // Also those that were written before: a replay fills the lists anew.
        ecrireFiches(transaction, fichesDe(events, *annuaire.get()->annuaire));
        std::vector<streams::Event> said;
        for (const auto& signalement : written) {
            const auto& declaration = declarations.at(signalement);
            said.push_back(outbox.make("dossier.cree", signalement,
                                       {{"reference", declaration.reference},
                                        {"territoire", declaration.territoire},
                                        {"statut", declaration.statut}}));
        }
        outbox.add(transaction, said);
        for (const auto* event : events) {
            const auto& declaration = declarations.at(event->subject);
            const bool isNew = std::find(written.begin(), written.end(), event->subject) != written.end();
            if (declaration.importe && isNew) takeOver(transaction, *event, declaration);
        }
        orienteur.orienter(transaction, written);
    };
}

}  // namespace histologe::routing
