// Reading what the registers answer. They are other people's: anything may come.
#include <cmath>

#include "libs/core/error.hpp"
#include "services/intake/domain/localisation.hpp"

namespace histologe::intake {
namespace {

using core::Json;

core::Error illisible(const char* code) {
    return {core::ErrorKind::Unavailable, code, "Un registre national donne une réponse illisible."};
}

Json objet(std::string_view texte, const char* code) {
    try {
        auto json = core::parseJson(texte);
        if (json.is_object()) return json;
    } catch (const core::Error&) {
        throw illisible(code);
    }
    throw illisible(code);
}

std::string texte(const Json& objet, const char* nom) {
    const auto place = objet.find(nom);
    return place != objet.end() && place->is_string() ? place->get<std::string>() : std::string();
}

// `[longitude, latitude]` of a GeoJSON point; empty when it is no place on earth.
std::optional<Geoloc> point(const Json& objet, const char* nom) {
    const auto geometrie = objet.find(nom);
    if (geometrie == objet.end() || !geometrie->is_object()) return std::nullopt;
    const auto place = geometrie->find("coordinates");
    if (place == geometrie->end() || !place->is_array() || place->size() < 2) return std::nullopt;
    if (!place->at(0).is_number() || !place->at(1).is_number()) return std::nullopt;
    const Geoloc lu{place->at(1).get<double>(), place->at(0).get<double>()};
    if (!(std::abs(lu.lat) <= 90) || !(std::abs(lu.lng) <= 180) || (lu.lat == 0 && lu.lng == 0)) return std::nullopt;
    return lu;
}

Batiment batiment(const Json& json) {
    return {texte(json, "rnb_id"), point(json, "point")};
}

}  // namespace

std::optional<ReponseBan> lireReponseBan(std::string_view corps) {
    const auto json = objet(corps, "ban_illisible");
    const auto trouves = json.find("features");
    if (trouves == json.end() || !trouves->is_array()) throw illisible("ban_illisible");
    if (trouves->empty()) return std::nullopt;
    const auto& premier = trouves->front();
    const auto proprietes = premier.is_object() ? premier.find("properties") : premier.end();
    if (!premier.is_object() || proprietes == premier.end() || !proprietes->is_object()) {
        throw illisible("ban_illisible");
    }
    ReponseBan reponse;
    if (const auto score = proprietes->find("score"); score != proprietes->end() && score->is_number()) {
        reponse.score = score->get<double>();
    }
    reponse.id = texte(*proprietes, "id");
    reponse.numero = texte(*proprietes, "housenumber");
    reponse.voie = texte(*proprietes, "name");
    reponse.codePostal = texte(*proprietes, "postcode");
    reponse.commune = texte(*proprietes, "city");
    reponse.codeInsee = texte(*proprietes, "citycode");
    reponse.position = point(premier, "geometry");
    return reponse;
}

std::vector<Batiment> lireBatiments(std::string_view corps) {
    const auto json = objet(corps, "rnb_illisible");
    const auto resultats = json.find("results");
    if (resultats == json.end() || !resultats->is_array()) throw illisible("rnb_illisible");
    std::vector<Batiment> tous;
    for (const auto& un : *resultats) {
        if (!un.is_object() || texte(un, "rnb_id").empty()) throw illisible("rnb_illisible");
        tous.push_back(batiment(un));
    }
    return tous;
}

Batiment lireBatiment(std::string_view corps) {
    auto lu = batiment(objet(corps, "rnb_illisible"));
    if (lu.id.empty()) throw illisible("rnb_illisible");
    return lu;
}

}  // namespace histologe::intake
