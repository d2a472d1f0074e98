#include "tools/bench_programs/lists_questions.hpp"

#include "tools/generate/pays.hpp"

namespace histologe::bench {
namespace {

constexpr double kPage = 10;
constexpr double kOther = 50;

auth::Principal reader(auth::Role role, std::vector<std::string> territoires, std::vector<std::string> partenaires) {
    auth::Principal principal;
    principal.subject = "bench";
    principal.role = role;
    principal.territoires = std::move(territoires);
    principal.partenaires = std::move(partenaires);
    return principal;
}

std::vector<Query> each(const char* name, const std::vector<std::string>& values, const Query& further = {}) {
    std::vector<Query> all;
    for (const auto& value : values) {
        auto query = further;
        query.emplace_back(name, value);
        all.push_back(std::move(query));
    }
    return all;
}

}  // namespace

std::vector<Reader> readers() {
    return {{"agent", reader(auth::Role::Agent, {"13"}, {generate::Pays::grandPartenaire()})},
            {"manager", reader(auth::Role::ResponsableTerritoire, {"13"}, {})},
            {"super admin", reader(auth::Role::SuperAdmin, {}, {})}};
}

std::vector<Question> questions() {
    const Query filtered = {{"status", "en_cours"}, {"natureParc", "privee"}, {"typeDeclarant", "locataire"}};
    const Query rare = {{"procedure", "mise_en_securite_peril"}, {"allocataire", "msa"}, {"enfantsM6", "oui"}, {"createdFrom", "FORM_SERVICE_SECOURS"}};
    const Query dates = {{"dateDepotDebut", "2025-03-01"}, {"dateDepotFin", "2025-03-31"}, {"status", "ferme"}};
    const std::vector<std::string> words = {"marbe", "rue bou", "nawell", "elodie ga", "theo", "lavirard", "avenue ma", "occupant777@example.org"};
    const std::string extent10 = "4.6,42.9,6.2,43.7";
    const std::string extent15 = "5.36,43.28,5.40,43.31";
    return {
        {"first page", "listDossiers", kPage, {{}}},
        {"page by last suivi", "listDossiers", kOther, {{{"sortBy", "lastSuiviAt"}}}},
        {"page by name", "listDossiers", kOther, {{{"sortBy", "nomOccupant"}, {"direction", "ASC"}}}},
        {"filtered list", "listDossiers", kOther, {filtered}},
        {"rare filters", "listDossiers", kOther, {rare}},
        {"a month", "listDossiers", kOther, {dates}},
        {"commune", "listDossiers", kOther, each("communes[]", {"Marseille", "13001", "Lyon"})},
        {"full text", "listDossiers", kOther, each("searchTerms", words)},
        {"count, all", "countDossiers", kOther, {{}}},
        {"count, filtered", "countDossiers", kOther, {filtered}},
        {"count, rare", "countDossiers", kOther, {rare}},
        {"count, a month", "countDossiers", kOther, {dates}},
        {"count, full text", "countDossiers", kOther, each("searchTerms", words)},
        {"map, zoom 5", "mapDossiers", kOther, {{{"zoom", "5"}}}},
        {"map, zoom 10", "mapDossiers", kOther, {{{"zoom", "10"}, {"emprise", extent10}}}},
        {"map, zoom 15", "mapDossiers", kOther, {{{"zoom", "15"}, {"emprise", extent15}}}},
    };
}

}  // namespace histologe::bench
