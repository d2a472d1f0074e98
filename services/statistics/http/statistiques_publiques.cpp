#include "services/statistics/http/statistiques_publiques.hpp"

#include "libs/domain/territoires/codes.hpp"
#include "services/statistics/domain/chiffres_publics.hpp"
#include "services/statistics/store/releves.hpp"

namespace histologe::statistics {

// Only well-formed codes of territories that exist reach the memory, so what strangers send cannot make it grow.
std::string StatistiquesPubliques::selection(const http::Request& request) const {
    const auto code = domain::CodeTerritoire::parse(request.query.get("territoire"));
    if (!code) return {};
    const auto session = pool_.acquire();
    return existeTerritoire(*session, code->str()) ? code->str() : std::string();
}

http::Response StatistiquesPubliques::get(const http::Request& request) {
    const auto territoire = selection(request);
    const auto texte = memoire_.get(territoire, [&] {
        const auto session = pool_.acquire();
        return chiffresPublics(lireReleve(*session, territoire, clock_.now()), catalogue_)
            .dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    });
    auto response = http::Response::text(200, "application/json; charset=utf-8", *texte);
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(memoire_.duree()).count();
    response.header("Cache-Control", seconds > 0 ? "public, max-age=" + std::to_string(seconds) : "no-cache");
    return response;
}

}  // namespace histologe::statistics
