#include "services/scoring/domain/explication.hpp"

#include <algorithm>

namespace histologe::scoring {

Explication explain(const desordres::Catalogue& catalogue, const desordres::PrecisionSet& precisions, bool enfants) {
    using desordres::kPoidsParUnite;
    Explication explication;
    explication.score = scoreOf(catalogue, precisions, enfants);
    explication.facteurEnfants = enfants ? desordres::kFacteurEnfants : 1;
    explication.moyenne = (explication.score.scoreBatiment + explication.score.scoreLogement) / 2;
    explication.plafonne = explication.moyenne * explication.facteurEnfants > desordres::kScoreMax;
    for (const auto zone : {desordres::Zone::Batiment, desordres::Zone::Logement}) {
        explication.zones.push_back(
            {zone, static_cast<double>(catalogue.poidsOf(precisions, zone)) / kPoidsParUnite,
             static_cast<double>(maximumOf(zone)),
             zone == desordres::Zone::Batiment ? explication.score.scoreBatiment : explication.score.scoreLogement});
    }
    for (std::size_t i = 0; i < catalogue.precisions().size(); ++i) {
        const auto index = static_cast<desordres::PrecisionIndex>(i);
        if (!precisions.contains(index)) continue;
        const auto& precision = catalogue.precision(index);
        const double poids = static_cast<double>(precision.poids) / kPoidsParUnite;
        explication.contributions.push_back({index, poids, poids * 100 / (2.0 * maximumOf(precision.zone))});
    }
    std::ranges::stable_sort(explication.contributions, std::greater{}, &Contribution::points);
    return explication;
}

core::Json toJson(const desordres::Catalogue& catalogue, const Explication& explication) {
    auto zones = core::Json::array();
    for (const auto& zone : explication.zones) {
        zones.push_back({{"zone", desordres::codeOf(zone.zone)},
                         {"poids", zone.poids},
                         {"maximum", zone.maximum},
                         {"score", zone.score}});
    }
    auto contributions = core::Json::array();
    for (const auto& one : explication.contributions) {
        const auto& precision = catalogue.precision(one.precision);
        const auto& critere = catalogue.critere(precision.critere);
        contributions.push_back({{"precision", precision.slug},
                                 {"libelle", precision.libelle.empty() ? critere.libelle : precision.libelle},
                                 {"critere", critere.slug},
                                 {"zone", desordres::codeOf(precision.zone)},
                                 {"poids", one.poids},
                                 {"points", one.points}});
    }
    return {{"version", catalogue.version()},           {"score", explication.score.score},
            {"moyenne", explication.moyenne},           {"facteurEnfants", explication.facteurEnfants},
            {"plafonne", explication.plafonne},         {"zones", std::move(zones)},
            {"contributions", std::move(contributions)}};
}

}  // namespace histologe::scoring
