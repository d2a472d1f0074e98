#include "services/statistics/http/statistiques_publiques.hpp"

#include <algorithm>

#include "libs/domain/territoires/codes.hpp"
#include "services/statistics/domain/chiffres_publics.hpp"
#include "services/statistics/store/releves.hpp"

namespace histologe::statistics {
namespace {

std::string cacheControl(std::chrono::milliseconds fraicheur) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(fraicheur).count();
    return seconds > 0 ? "public, max-age=" + std::to_string(seconds) : "no-cache";
}

// The code asked for when it is that of a territory that was heard of; empty otherwise. So what strangers send cannot
// make the memory of answers grow.
std::string selection(const std::string& demande, const Releve& pays) {
    const auto code = domain::CodeTerritoire::parse(demande);
    if (!code) return {};
    const bool known =
        std::ranges::any_of(pays.territoires, [&](const auto& one) { return one.code == code->view(); }) ||
        std::ranges::any_of(pays.nationaux, [&](const auto& one) { return one.territoire == code->view(); });
    return known ? code->str() : std::string();
}

}  // namespace

StatistiquesPubliques::StatistiquesPubliques(postgres::Pool& pool, const desordres::Catalogue& catalogue,
                                             const core::Clock& clock, std::chrono::milliseconds fraicheur)
    : pool_(pool),
      catalogue_(catalogue),
      clock_(clock),
      cacheControl_(cacheControl(fraicheur)),
      pays_(fraicheur / 2, clock),
      reponses_(fraicheur / 2, clock) {}

http::Response StatistiquesPubliques::get(const http::Request& request) {
    const auto pays = pays_.get("", [&] { return lirePays(*pool_.acquire(), clock_.now()); });
    const auto territoire = selection(request.query.get("territoire"), *pays);
    const auto reponse = reponses_.get(territoire, [&] { return render(*pays, territoire); });
    return http::Response::text(200, "application/json; charset=utf-8", *reponse)
        .header("Cache-Control", cacheControl_);
}

std::string StatistiquesPubliques::render(const Releve& pays, const std::string& territoire) {
    Releve releve;
    if (territoire.empty()) {
        releve = pays;
    } else {
        releve = lireTerritoire(*pool_.acquire(), territoire, clock_.now());
        releve.territoires = pays.territoires;
        releve.nationaux = pays.nationaux;
    }
    return chiffresPublics(releve, catalogue_).dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace histologe::statistics
