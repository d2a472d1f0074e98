#include "services/routing/consumers/signalement_depose.hpp"

#include <algorithm>
#include <unordered_map>

#include "libs/core/ids.hpp"
#include "services/routing/store/dossiers.hpp"

namespace histologe::routing {
namespace {

template <typename Value>
std::optional<Value> member(const core::Json& object, const char* name) {
    const auto found = object.find(name);
    return found == object.end() || found->is_null() ? std::nullopt : std::optional(found->get<Value>());
}

Declaration read(const streams::Event& event) {
    const auto& data = event.data;
    Declaration declaration;
    declaration.signalement = event.subject;
    declaration.reference = data.at("reference").get<std::string>();
    declaration.territoire = data.at("territoire").get<std::string>();
    declaration.codeInsee = member<std::string>(data, "codeInsee");
    declaration.codePostal = member<std::string>(data, "codePostal");
    declaration.commune = member<std::string>(data, "commune");
    if (const auto geoloc = data.find("geoloc"); geoloc != data.end() && geoloc->is_object()) {
        declaration.latitude = geoloc->at("lat").get<double>();
        declaration.longitude = geoloc->at("lng").get<double>();
    }
    declaration.logementSocial = member<bool>(data, "logementSocial");
    declaration.allocataire = member<std::string>(data, "allocataire");
    declaration.profil = member<std::string>(data, "profilDeclarant");
    if (const auto proprietaire = event.personnel.find("proprietaire");
        proprietaire != event.personnel.end() && proprietaire->is_object()) {
        declaration.bailleur = member<std::string>(*proprietaire, "denomination");
    }
    declaration.deposeLe = event.time;
    declaration.statut = data.value("statut", declaration.statut);
    declaration.importe = data.value("importe", false);
    if (const auto saisie = data.find("saisie"); saisie != data.end()) {
        declaration.saisie = {{"valide", saisie->at("valide")}, {"partenaires", saisie->at("partenaires")}};
    }
    if (declaration.importe) {
        declaration.deposeLe = core::parseInstant(data.at("creeLe").get_ref<const std::string&>()).value_or(event.time);
    }
    return declaration;
}

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
        const auto day = member<std::string>(entry, "le");
        const auto instant = day ? core::parseInstant(*day + "T12:00:00Z") : std::nullopt;
        suivis.push_back({core::uuidV7(event.time), event.subject, entry.at("texte").get<std::string>(),
                          instant.value_or(declaration.deposeLe)});
    }
    if (!affectations.empty()) insertAffectationsImportees(transaction, affectations, "import", declaration.deposeLe);
    if (!suivis.empty()) insertSuivisImportes(transaction, suivis, "import");
}

}  // namespace

streams::Handler onSignalementDepose(const streams::Outbox& outbox, Orienteur& orienteur) {
    return [&outbox, &orienteur](postgres::Transaction& transaction, const std::vector<const streams::Event*>& events) {
        std::unordered_map<std::string, Declaration> declarations;  // a signalement is declared once
        for (const auto* event : events) declarations.try_emplace(event->subject, read(*event));
        std::vector<Declaration> batch;
        batch.reserve(declarations.size());
        for (const auto& [signalement, declaration] : declarations) batch.push_back(declaration);
        const auto written = insertDeclarations(transaction, batch);
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
