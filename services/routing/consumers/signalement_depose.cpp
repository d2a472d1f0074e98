#include "services/routing/consumers/signalement_depose.hpp"

#include <algorithm>
#include <unordered_map>

#include "libs/core/ids.hpp"
#include "services/routing/consumers/declaration.hpp"
#include "services/routing/store/actes_usagers.hpp"
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

constexpr char kInjonction[] = "INJONCTION_BAILLEUR";
constexpr char kEnInjonction[] = "Le signalement commence par la démarche accélérée. Le bailleur est prié d'agir.";

// The first entry of a dossier that begins by the accelerated procedure: for those who run the territoire alone.
void ouvrirInjonction(const Declaration& declaration, const std::string& territoireNom, const streams::Outbox& outbox,
                      core::Instant le, std::vector<SuiviDePersonne>& suivis, std::vector<streams::Event>& said) {
    constexpr char kCategorie[] = "SIGNALEMENT_IS_INJONCTION";
    constexpr char kAuteur[] = "systeme";
    suivis.push_back({core::uuidV7(le), declaration.signalement, kCategorie, kAuteur, kEnInjonction, false, le});
    said.push_back(outbox.make("suivi.cree", declaration.signalement,
                               {{"reference", declaration.reference},
                                {"territoire", declaration.territoire},
                                {"territoireNom", territoireNom},
                                {"suiviId", suivis.back().id},
                                {"categorie", kCategorie},
                                {"visibleUsager", false},
                                {"auteur", kAuteur},
                                {"statut", declaration.statut}},
                               {{"texte", kEnInjonction}}));
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
        // Also those that were written before: a replay fills the lists anew. Their place may have changed since.
        ecrireFiches(transaction, fichesDe(events, *annuaire.get()->annuaire));
        std::vector<std::string> known;
        for (const auto& [signalement, declaration] : declarations) {
            if (std::find(written.begin(), written.end(), signalement) == written.end()) known.push_back(signalement);
        }
        suivreDossiers(transaction, known);
        std::vector<streams::Event> said;
        std::vector<SuiviDePersonne> suivis;
        for (const auto& signalement : written) {
            const auto& declaration = declarations.at(signalement);
            said.push_back(outbox.make("dossier.cree", signalement,
                                       {{"reference", declaration.reference},
                                        {"territoire", declaration.territoire},
                                        {"statut", declaration.statut}}));
        }
        for (const auto* event : events) {
            const auto& declaration = declarations.at(event->subject);
            const bool isNew = std::find(written.begin(), written.end(), event->subject) != written.end();
            if (isNew && declaration.statut == kInjonction) {
                ouvrirInjonction(declaration, event->data.value("territoireNom", ""), outbox, event->time, suivis, said);
            }
            if (declaration.importe && isNew) takeOver(transaction, *event, declaration);
        }
        if (!suivis.empty()) insertSuivisDePersonnes(transaction, suivis);
        outbox.add(transaction, said);
        orienteur.orienter(transaction, written);
    };
}

}  // namespace histologe::routing
