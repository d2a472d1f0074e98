#include "services/intake/http/adresse_saisie.hpp"

#include "libs/core/error.hpp"
#include "libs/core/text.hpp"
#include "services/intake/domain/adresse.hpp"
#include "services/intake/domain/lieu.hpp"
#include "services/intake/domain/saisie.hpp"

namespace histologe::intake {
namespace {

using core::Json;

std::string texteDe(const Json& corps, const char* nom) {
    const auto place = corps.find(nom);
    return place != corps.end() && place->is_string() ? std::string(core::trim(place->get_ref<const std::string&>()))
                                                      : std::string();
}

// The commune of a postcode by its name; the only one, whatever it is called, when there is no other.
std::optional<std::string> onlyCommune(Lieux& lieux, const std::string& codePostal, const std::string& ville) {
    const auto code = domain::CodePostal::parse(codePostal);
    if (!code) return std::nullopt;
    const auto table = lieux.communes();
    const auto communes = table->ofPostal(*code);
    if (communes.size() == 1) return communes.front().codeInsee.str();
    for (const auto& commune : communes) {
        if (core::fold(commune.nom) == core::fold(ville)) return commune.codeInsee.str();
    }
    return std::nullopt;
}

}  // namespace

ContexteDeSection contexteDeSaisie(const AgentsContext& context, const Saisie& saisie) {
    ContexteDeSection all;
    all.aujourdhui = aujourdhuiDans(context.lieux, saisie.territoire, context.clock.now());
    all.ouvertSeulement = true;
    connaitreLesLieux(all, context.lieux);
    return all;
}

void requireTerritory(const auth::Principal& bearer, const std::string& territoire) {
    if (bearer.isSuperAdmin() || bearer.isMemberOf(territoire)) return;
    throw core::Error(core::ErrorKind::Forbidden, "territoire_non_autorise",
                      "Vous ne pouvez pas créer de signalement dans ce territoire.");
}

void poserAdresse(const AgentsContext& context, const auth::Principal& bearer, const Json& body, Saisie& saisie) {
    Json step = body;
    if (step.is_object() && texteDe(step, "inseeOccupant").empty()) {
        if (const auto insee = onlyCommune(context.lieux, texteDe(step, "cpOccupant"), texteDe(step, "villeOccupant"))) {
            step["inseeOccupant"] = *insee;
        }
    }
    const auto communes = context.lieux.communes();
    if (const auto insee = texteDe(step, "inseeOccupant"); !insee.empty()) {
        step["inseeOccupant"] = inseeActuel(*communes, texteDe(step, "cpOccupant"), insee);
    }
    auto violations = examinerEtapeDeSaisie("adresse", step, Json{{"adresse", step}}, context.catalogue,
                                            contexteDeSaisie(context, saisie));
    if (violations.empty() && texteDe(step, "inseeOccupant").empty()) {
        violations.push_back(
            {"inseeOccupant", "commune_a_preciser", "Plusieurs communes ont ce code postal : choisissez la bonne."});
    }
    if (!violations.empty()) refuser(std::move(violations));
    const auto voie = texteDe(step, "adresseOccupant");
    const auto codePostal = texteDe(step, "cpOccupant");
    const auto insee = texteDe(step, "inseeOccupant");
    saisie.territoire = territoireDe(*context.lieux.territoires(), *communes, codePostal, insee).value_or("");
    requireTerritory(bearer, saisie.territoire);
    saisie.cleAdresse = cleAdresse(voie, codePostal, insee);
    saisie.libelle = voie + " " + codePostal + " " + texteDe(step, "villeOccupant");
    saisie.etapes["adresse"] = std::move(step);
}

}  // namespace histologe::intake
