#include "services/intake/http/questionnaire.hpp"

#include <array>
#include <map>
#include <memory>
#include <stdexcept>
#include <string_view>

#include "libs/core/files.hpp"
#include "services/intake/domain/profil.hpp"

namespace histologe::intake {
namespace {

constexpr std::array<std::string_view, 7> kLists = {"tous",     "locataire", "bailleur_occupant", "tiers_particulier",
                                                    "tiers_pro", "bailleur", "service_secours"};

// Served as they are stored, which is compact, and cacheable: these answers are the largest that the form asks for, and
// change with a release only.
http::Response load(const std::filesystem::path& file) {
    auto text = core::readFile(file);
    if (!core::Json::accept(text)) throw std::runtime_error(file.string() + ": not JSON");
    auto answer = http::Response::text(200, "application/json; charset=utf-8", std::move(text));
    return answer.header("Cache-Control", "public, max-age=300");
}

}  // namespace

void bindQuestionnaire(http::Router& router, const std::filesystem::path& folder) {
    const auto dictionary = load(folder / "dictionary.json");
    std::map<std::string, http::Response> questions;
    for (const auto list : kLists) {
        questions.emplace(list, load(folder / ("questions-" + std::string(list) + ".json")));
    }
    const auto occupants = load(folder / "desordres-occupant.json");
    const auto tiers = load(folder / "desordres-tiers.json");
    const auto none = http::Response::json(200, core::Json::array());

    router.bindInline("getDictionary", [dictionary](const http::Request&) { return dictionary; });
    router.bindInline("getQuestions", [questions = std::move(questions), none](const http::Request& request) {
        const auto found = questions.find(request.query.get("profil"));
        return found == questions.end() ? none : found->second;
    });
    router.bindInline("getDesordres", [occupants, tiers, none](const http::Request& request) {
        const auto profil = profilDe(request.query.get("profil"));
        if (!profil) return none;
        return estOccupant(*profil) ? occupants : tiers;
    });
}

}  // namespace histologe::intake
