#include <filesystem>
#include <fstream>
#include <iterator>

#include "libs/core/log.hpp"
#include "libs/postgres/migrations.hpp"
#include "services/statistics/domain/chiffres_publics.hpp"
#include "services/statistics/store/releves.hpp"
#include "tools/environment/environment.hpp"
#include "tools/golden_runner/kinds.hpp"
#include "tools/golden_runner/statistics_data.hpp"
#include "tools/golden_runner/statistics_vectors.hpp"

namespace histologe::statistics {
std::vector<postgres::Migration> migrations();
}

namespace histologe::golden {
namespace {

using core::Json;

// The data set is in the file (`dataset`) or beside it: `x_expected.json` is about `x_dataset.json`.
std::optional<Json> datasetOf(const Json& file, const std::filesystem::path& path) {
    if (const auto inside = file.find("dataset"); inside != file.end()) return *inside;
    auto name = path.filename().string();
    const auto place = name.find("expected");
    if (place == std::string::npos) return std::nullopt;
    name.replace(place, std::string("expected").size(), "dataset");
    std::ifstream beside(path.parent_path() / name);
    if (!beside) return std::nullopt;
    return core::parseJson(std::string(std::istreambuf_iterator<char>(beside), {}));
}

std::vector<StatisticsVector> runFigures(const Json& file, const Json& dataset) {
    core::log::setLevel(core::log::Level::Error);
    const auto catalogue = desordres::loadShippedCatalogue();
    environment::Environment environment(
        environment::ownedSettings(HISTOLOGE_SOURCE_DIR, HISTOLOGE_BINARY_DIR, "golden_statistics"));
    environment.startPostgres();
    postgres::Connection session(environment.databaseUrl("statistics"), "statistics");
    postgres::migrate(session, statistics::migrations());
    loadStatistics(session, dataset, catalogue);
    const auto now = statisticsNow(dataset);
    return figureVectors(file, catalogue, [&](const std::string& territoire) {
        auto releve = statistics::lirePays(session, now);
        if (territoire != "all") {
            auto own = statistics::lireTerritoire(session, territoire, now);
            own.territoires = releve.territoires;
            own.nationaux = releve.nationaux;
            releve = std::move(own);
        }
        return statistics::chiffresPublics(releve, catalogue);
    });
}

}  // namespace

void runStatistics(const Json& file, const std::string& path, Report& report) {
    auto vectors = unitVectors(file);
    if (file.contains("front_global") || file.contains("front_filter")) {
        if (const auto dataset = datasetOf(file, path)) {
            for (auto& vector : runFigures(file, *dataset)) vectors.push_back(std::move(vector));
        } else {
            report.skip("front", "its data set is neither in the file nor beside it");
        }
    }
    for (const auto& vector : vectors) {
        if (vector.passes()) {
            report.pass();
        } else {
            report.fail(vector.id, vector.expected, vector.actual);
        }
    }
    for (const char* other : {"back_global", "back_filtered", "dashboard", "map"}) {
        if (const auto part = file.find(other); part != file.end()) {
            report.skip(other, "not implemented yet", static_cast<int>(part->size()));
        }
    }
}

}  // namespace histologe::golden
