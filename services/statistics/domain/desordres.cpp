#include "services/statistics/domain/desordres.hpp"

#include <algorithm>

namespace histologe::statistics {
namespace {

// The categories of the form whose critères differ by room only.
constexpr std::string_view kCategorieUnie = "desordres_logement_humidite";

std::string nomDe(const desordres::Catalogue& catalogue, const std::string& slug) {
    const auto index = catalogue.findCritere(slug);
    if (!index) return slug;
    const auto& critere = catalogue.critere(*index);
    return critere.slugCategorie == kCategorieUnie ? critere.libelleCategorie : critere.libelle;
}

}  // namespace

CriteresParZone criteresParZone(const desordres::Catalogue& catalogue, const std::vector<std::string>& precisions) {
    CriteresParZone criteres;
    for (const auto& slug : precisions) {
        const auto index = catalogue.findPrecision(slug);
        if (!index) {
            criteres.inconnues.push_back(slug);
            continue;
        }
        const auto& precision = catalogue.precision(*index);
        auto& zone = precision.zone == desordres::Zone::Batiment ? criteres.batiment : criteres.logement;
        zone.push_back(catalogue.critere(precision.critere).slug);
    }
    return criteres;
}

std::vector<Place> palmares(const desordres::Catalogue& catalogue, const std::map<std::string, long long>& parCritere) {
    std::vector<Place> places;  // in order of slug, as parCritere is
    for (const auto& [slug, nombre] : parCritere) {
        auto libelle = nomDe(catalogue, slug);
        const auto same = std::ranges::find(places, libelle, &Place::libelle);
        if (same == places.end()) {
            places.push_back({std::move(libelle), nombre});
        } else {
            same->nombre += nombre;
        }
    }
    std::ranges::stable_sort(places, std::ranges::greater(), &Place::nombre);
    places.resize(kPlaces);
    return places;
}

}  // namespace histologe::statistics
