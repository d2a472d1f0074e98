#include "services/scoring/http/catalogue.hpp"

namespace histologe::scoring {
namespace {

core::Json qualificationsOf(const desordres::Catalogue& catalogue, desordres::PrecisionIndex precision) {
    auto codes = core::Json::array();
    for (std::size_t q = 0; q < desordres::kQualificationCount; ++q) {
        const auto qualification = static_cast<desordres::Qualification>(q);
        if (catalogue.carrying(qualification).contains(precision)) codes.push_back(domain::nameOf(qualification));
    }
    return codes;
}

core::Json describe(const desordres::Catalogue& catalogue) {
    auto criteres = core::Json::array();
    for (const auto& critere : catalogue.criteres()) {
        auto precisions = core::Json::array();
        for (const auto index : critere.precisions) {
            const auto& precision = catalogue.precision(index);
            precisions.push_back({{"slug", precision.slug},
                                  {"libelle", precision.libelle},
                                  {"poids", static_cast<double>(precision.poids) / desordres::kPoidsParUnite},
                                  {"danger", precision.danger},
                                  {"insalubrite", precision.insalubrite},
                                  {"suroccupation", precision.suroccupation},
                                  {"qualifications", qualificationsOf(catalogue, index)}});
        }
        criteres.push_back({{"slug", critere.slug},
                            {"libelle", critere.libelle},
                            {"categorie", catalogue.categories()[critere.categorie].libelle},
                            {"zone", desordres::codeOf(critere.zone)},
                            {"precisions", std::move(precisions)}});
    }
    return {{"version", catalogue.version()}, {"criteres", std::move(criteres)}};
}

}  // namespace

void bindCatalogue(http::Router& router, const desordres::Catalogue& catalogue) {
    // It never changes while the process runs, so it is written once.
    const auto answer = http::Response::json(200, describe(catalogue));
    router.bindInline("getCatalogueDesordres", [answer](const http::Request&) { return answer; });
}

}  // namespace histologe::scoring
