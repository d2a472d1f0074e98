#include "services/routing/consumers/signalement_depose.hpp"

#include <unordered_map>

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
    return declaration;
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
                                        {"statut", "NEED_VALIDATION"}}));
        }
        outbox.add(transaction, said);
        orienteur.orienter(transaction, written);
    };
}

}  // namespace histologe::routing
