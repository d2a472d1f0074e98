#include "services/statistics/composition.hpp"

#include <chrono>
#include <memory>

#include "libs/domain/desordres/catalogue.hpp"
#include "services/statistics/consumers/consumers.hpp"
#include "services/statistics/http/statistiques_publiques.hpp"

namespace histologe::statistics {

std::function<void(service::Process&)> configure(core::Config& config) {
    const std::chrono::milliseconds fraicheur(config.integer(
        "HISTOLOGE_STATISTICS_CACHE_MS", "how old public figures may be; 0 counts at each request", 3000, 0, 3600000));
    return [fraicheur](service::Process& process) {
        auto& catalogue = process.keep(std::make_unique<desordres::Catalogue>(desordres::loadShippedCatalogue()));
        auto& publiques = process.keep(
            std::make_unique<StatistiquesPubliques>(process.pool(), catalogue, process.clock(), fraicheur));
        subscribe(process.subscriptions(), catalogue);
        process.router().bind("getStatistiquesPubliques",
                              [&publiques](const http::Request& request) { return publiques.get(request); });
    };
}

}  // namespace histologe::statistics
