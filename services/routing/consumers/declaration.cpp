#include "services/routing/consumers/declaration.hpp"

#include <unordered_map>

#include "services/routing/domain/bailleurs.hpp"

namespace histologe::routing {
namespace {

template <typename Value>
std::optional<Value> member(const core::Json& object, const char* name) {
    const auto found = object.find(name);
    return found == object.end() || found->is_null() ? std::nullopt : std::optional(found->get<Value>());
}

}  // namespace

Declaration declarationDe(const streams::Event& event) {
    const auto& data = event.data;
    Declaration declaration;
    declaration.signalement = event.subject;
    // An injonction has its national number until it becomes an ordinary procedure.
    declaration.reference = data.at("reference").is_null() ? data.at("injonction").get<std::string>()
                                                           : data.at("reference").get<std::string>();
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
    declaration.vacant = data.value("logementVacant", false);
    declaration.deposeLe = event.time;
    declaration.declareeLe = event.time;
    if (data.value("lieuModifie", false)) declaration.ailleursLe = event.time;
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

std::vector<FicheAEcrire> fichesDe(const std::vector<const streams::Event*>& events, const Annuaire& annuaire) {
    std::vector<FicheAEcrire> fiches;
    std::unordered_map<std::string, std::size_t> places;  // the last word of each signalement counts
    for (const auto* event : events) {
        FicheAEcrire fiche{event->subject, event->time, {}, ficheRecherche(event->data, event->personnel)};
        const auto declaration = declarationDe(*event);
        const auto territoire = domain::CodeTerritoire::parse(declaration.territoire);
        if (territoire && declaration.bailleur) {
            const auto bailleur =
                bailleurDuLogement(annuaire, *territoire, declaration.logementSocial, *declaration.bailleur);
            if (bailleur) fiche.bailleur = bailleur->valeur;
        }
        const auto [place, isNew] = places.try_emplace(event->subject, fiches.size());
        if (isNew) {
            fiches.push_back(std::move(fiche));
        } else {
            fiches[place->second] = std::move(fiche);
        }
    }
    return fiches;
}

}  // namespace histologe::routing
