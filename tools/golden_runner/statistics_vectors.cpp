#include "tools/golden_runner/statistics_vectors.hpp"

#include <cstdio>
#include <map>

#include "services/statistics/domain/desordres.hpp"
#include "services/statistics/domain/mois.hpp"
#include "services/statistics/domain/taux.hpp"
#include "services/statistics/domain/vocabulaire.hpp"

namespace histologe::golden {
namespace {

using core::Json;
using Served = nlohmann::ordered_json;
using statistics::Mois;

Mois monthOf(const std::string& text) {
    return {std::stoi(text.substr(0, 4)), std::stoi(text.substr(5, 2))};
}

std::string textOf(const std::pair<Mois, long long>& point) {
    char text[64];
    std::snprintf(text, sizeof text, "%04d-%02d=%lld", point.first.annee, point.first.mois, point.second);
    return text;
}

// The members of an object in their order, as a list: an object compares without order.
Json ordered(const Served& object) {
    auto list = Json::array();
    for (const auto& [name, value] : object.items()) list.push_back({name, value.get<long long>()});
    return list;
}

// A map of parts as code -> count.
Json counts(const Served& parts) {
    auto map = Json::object();
    for (const auto& [code, part] : parts.items()) map[code] = part.at("count").get<long long>();
    return map;
}

Json expectedMonths(const Json& months) {
    auto list = Json::array();
    for (const auto& month : months) {
        list.push_back({statistics::libelleOf(monthOf(month.at("month").get<std::string>())), month.at("count")});
    }
    return list;
}

Json expectedMotifs(const Json& motifs) {
    auto list = Json::array();  // a Json object is in the order of its codes
    for (const auto& [code, count] : motifs.items())
        list.push_back({std::string(statistics::libelleMotif(code)), count});
    return list;
}

Json expectedTop(const Json& groups, const desordres::Catalogue& catalogue) {
    auto list = Json::array();
    for (std::size_t i = 0; i < statistics::kPlaces; ++i) {
        if (i < groups.size()) {
            const auto slug = groups[i].at("slug_critere_or_label_group").get<std::string>();
            list.push_back({statistics::palmares(catalogue, {{slug, 1}})[0].libelle, groups[i].at("count")});
        } else {
            list.push_back({"", 0});
        }
    }
    return list;
}

Json top(const Served& places) {
    auto list = Json::array();
    for (const auto& place : places)
        list.push_back({place.at("label").get<std::string>(), place.at("count").get<long long>()});
    return list;
}

void addPeriod(std::vector<StatisticsVector>& vectors, const std::string& id, const Json& expected,
               const Served& served, const std::string& suffix, const desordres::Catalogue& catalogue) {
    const auto figure = [&](const std::string& name) -> const Served& { return served.at(name + suffix); };
    const auto add = [&](const std::string& name, Json wanted, Json actual) {
        vectors.push_back({id + ":" + name, std::move(wanted), std::move(actual)});
    };
    add("signalement_per_month", expectedMonths(expected.at("signalement_per_month_contiguous")),
        ordered(figure("signalement_per_month")));
    add("signalement_per_statut", expected.at("signalement_per_statut"), counts(figure("signalement_per_statut")));
    add("signalement_per_motif_cloture", expectedMotifs(expected.at("signalement_per_motif_cloture")),
        ordered(figure("signalement_per_motif_cloture")));
    auto zones = expected.at("signalement_per_desordres_categories");
    zones.erase("parts");
    add("signalement_per_desordres_categories", zones, counts(figure("signalement_per_desordres_categories")));
    for (const std::string zone : {"logement", "batiment"}) {
        add("signalement_per_" + zone + "_desordres",
            expectedTop(expected.at("desordres_" + zone + "_all_groups"), catalogue),
            top(figure("signalement_per_" + zone + "_desordres")));
    }
}

}  // namespace

std::vector<StatisticsVector> unitVectors(const Json& file) {
    std::vector<StatisticsVector> vectors;
    const auto units = file.value("unit_vectors", Json::object());
    for (const auto& vector : units.value("month_gap_fill_original_defect", Json::array())) {
        std::map<Mois, long long> rows;
        for (const auto& [month, count] : vector.at("rows").items()) rows[monthOf(month)] = count.get<long long>();
        auto series = Json::array();
        for (const auto& point : statistics::serieContinue(rows)) series.push_back(textOf(point));
        vectors.push_back({"months:" + vector.at("rows").dump(), vector.at("correct"), std::move(series)});
    }
    for (const auto& vector : units.value("percent_one_decimal", Json::array())) {
        const auto rate =
            statistics::tauxEnPourcent(vector.at("num").get<long long>(), vector.at("den").get<long long>());
        vectors.push_back({"percent:" + vector.at("num").dump() + "/" + vector.at("den").dump(), vector.at("out"),
                           rate ? Json(*rate) : Json("-")});
    }
    for (const auto& motif : units.value("resolved_motifs", Json::array())) {
        const auto code = motif.get<std::string>();
        vectors.push_back({"resolved:" + code, true, statistics::estResolu(code)});
    }
    return vectors;
}

std::vector<StatisticsVector> figureVectors(const Json& file, const desordres::Catalogue& catalogue,
                                            const Serve& serve) {
    std::vector<StatisticsVector> vectors;
    const auto whole = serve("all");
    if (const auto global = file.find("front_global"); global != file.end()) {
        for (const auto& [name, expected] : global->at("value").items()) {
            vectors.push_back({"front_global:" + name, expected, Json::parse(whole.at(name).dump())});
        }
    }
    if (const auto map = file.find("front_signalement_per_territoire"); map != file.end()) {
        auto expected = Json::object();
        for (const auto& one : map->at("value")) expected[one.at("zip").get<std::string>()] = one.at("count");
        vectors.push_back(
            {"front_signalement_per_territoire", expected, counts(whole.at("signalement_per_territoire"))});
    }
    const std::string prefix = "territoire_";
    const auto filters = file.value("front_filter", Json::object()).value("value", Json::object());
    for (const auto& [name, periods] : filters.items()) {
        const auto served = serve(name.substr(prefix.size()));
        for (const auto& [period, expected] : periods.items()) {
            addPeriod(vectors, "front_filter:" + name + ":" + period, expected, served,
                      period == "all_time" ? "" : "_this_year", catalogue);
        }
    }
    return vectors;
}

}  // namespace histologe::golden
