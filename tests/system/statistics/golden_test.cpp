// The golden data set, said as events, gives the golden figures.
#include "tests/unit/statistics/golden.hpp"

#include <map>

#include <catch2/catch.hpp>

#include "services/statistics/domain/desordres.hpp"
#include "services/statistics/domain/mois.hpp"
#include "services/statistics/domain/vocabulaire.hpp"
#include "services/statistics/store/dossiers.hpp"
#include "tests/system/statistics/support.hpp"

using namespace histologe;
using namespace histologe::statistics;
using namespace histologe::statistics::essai;
using Json = nlohmann::ordered_json;

namespace {

core::Instant instantOf(const core::Json& text) {
    return *core::parseInstant(text.get<std::string>() + "Z");
}

std::vector<streams::Event> eventsOf(const core::Json& dossier) {
    const auto id = uuid(std::stoi(dossier.at("key").get<std::string>()));
    const auto created = instantOf(dossier.at("created_at"));
    core::Json data = {{"territoire", dossier.at("territory")},
                       {"source", dossier.at("creation_source")},
                       {"importe", dossier.at("is_imported") == 1},
                       {"reference", dossier.at("reference")},
                       {"codeInsee", dossier.at("insee")}};
    std::vector<streams::Event> events = {depose(id, std::move(data), created), cree(id, "NEED_VALIDATION", created)};
    const auto statut = dossier.at("statut").get<std::string>();
    if (statut != "NEED_VALIDATION") {
        const auto& closed = dossier.at("closed_at");
        const auto& motif = dossier.at("motif_cloture");
        events.push_back(modifie(id, statut, closed.is_null() ? present() : instantOf(closed),
                                 motif.is_null() ? "" : motif.get<std::string>()));
    }
    if (dossier.at("version") == "V2") {
        events.push_back(evalue(id, dossier.at("precisions").get<std::vector<std::string>>(), created));
    }
    return events;
}

// The disorders of the first generation have a zone and no précision: they are written as an importer would.
void addFirstGeneration(Base& base, const core::Json& dataset) {
    std::map<int, int> zones;
    for (const auto& one : dataset.at("criticites")) zones[one.at("id").get<int>()] = one.at("critere_type").get<int>();
    std::vector<Evaluation> evaluations;
    for (const auto& dossier : dataset.at("signalements")) {
        if (dossier.at("version") != "V1") continue;
        Evaluation evaluation;
        evaluation.signalement = uuid(std::stoi(dossier.at("key").get<std::string>()));
        evaluation.ditLe = present();
        for (const int id : dossier.at("criticites").get<std::vector<int>>()) {
            auto& zone = zones.at(id) == 1 ? evaluation.criteresBatiment : evaluation.criteresLogement;
            zone.push_back("criticite_" + std::to_string(id));
        }
        evaluations.push_back(std::move(evaluation));
    }
    postgres::Transaction transaction(base.connection());
    saveEvaluations(transaction, evaluations);
    transaction.commit();
}

void load(Base& base, const core::Json& dataset) {
    std::vector<streams::Event> events;
    for (const auto& one : dataset.at("territories")) {
        events.push_back(territoire(one.at("zip").get<std::string>(), one.at("name").get<std::string>(),
                                    one.at("is_active").get<bool>()));
    }
    for (const auto& dossier : dataset.at("signalements")) {
        for (auto& event : eventsOf(dossier)) events.push_back(std::move(event));
    }
    base.apply(events);
    addFirstGeneration(base, dataset);
}

std::string labelOfMonth(const std::string& text) {
    return libelleOf({std::stoi(text.substr(0, 4)), std::stoi(text.substr(5, 2))});
}

void checkTop(const Json& served, const core::Json& groups) {
    REQUIRE(served.size() == 5);
    for (std::size_t i = 0; i < 5; ++i) {
        INFO("place " << i);
        if (i < groups.size()) {
            const auto slug = groups[i].at("slug_critere_or_label_group").get<std::string>();
            CHECK(served[i]["label"] == palmares(catalogue(), {{slug, 1}})[0].libelle);
            CHECK(served[i]["count"] == groups[i].at("count").get<int>());
        } else {
            CHECK(served[i]["label"] == "");
            CHECK(served[i]["count"] == 0);
        }
        CHECK(served[i]["color"] == couleursPalmares()[i]);
    }
}

void checkFigures(const Json& served, const core::Json& expected, const std::string& suffix) {
    auto months = Json::object();
    for (const auto& month : expected.at("signalement_per_month_contiguous")) {
        months[labelOfMonth(month.at("month").get<std::string>())] = month.at("count").get<int>();
    }
    CHECK(served.at("signalement_per_month" + suffix).dump() == months.dump());

    const auto& statuts = served.at("signalement_per_statut" + suffix);
    CHECK(statuts.size() == expected.at("signalement_per_statut").size());
    for (const auto& [statut, count] : expected.at("signalement_per_statut").items()) {
        CHECK(statuts.at(statut).at("count") == count.get<int>());
    }
    auto motifs = Json::object();
    for (const auto& [motif, count] : expected.at("signalement_per_motif_cloture").items()) {
        motifs[std::string(libelleMotif(motif))] = count.get<int>();
    }
    CHECK(served.at("signalement_per_motif_cloture" + suffix).dump() == motifs.dump());
    for (const auto* zone : {"BATIMENT", "LOGEMENT"}) {
        CHECK(served.at("signalement_per_desordres_categories" + suffix).at(zone).at("count") ==
              expected.at("signalement_per_desordres_categories").at(zone).get<int>());
    }
    checkTop(served.at("signalement_per_logement_desordres" + suffix), expected.at("desordres_logement_all_groups"));
    checkTop(served.at("signalement_per_batiment_desordres" + suffix), expected.at("desordres_batiment_all_groups"));
}

}  // namespace

TEST_CASE("the golden data set gives the golden public figures") {
    const auto dataset = readGolden("statistics_dataset.json");
    const auto expected = readGolden("statistics_expected.json");
    Base base;
    load(base, dataset);
    CHECK(base.ecarts().empty());

    const auto whole = base.chiffres();
    for (const auto& [name, value] : expected.at("front_global").at("value").items()) {
        INFO(name);
        CHECK(core::Json::parse(whole.at(name).dump()) == value);
    }
    CHECK(whole.at("list_territoires").size() == 84);
    const auto& map = expected.at("front_signalement_per_territoire").at("value");
    CHECK(whole.at("signalement_per_territoire").size() == map.size());
    for (const auto& one : map) {
        CHECK(whole.at("signalement_per_territoire").at(one.at("zip").get<std::string>()).at("count") ==
              one.at("count").get<int>());
    }

    for (const auto& [name, figures] : expected.at("front_filter").at("value").items()) {
        INFO(name);
        const auto served = base.chiffres(name.substr(std::string("territoire_").size()));
        CHECK(served.at("count_signalement") == 52);  // the national figures do not follow the territory
        checkFigures(served, figures.at("all_time"), "");
        if (figures.contains("year_2026")) checkFigures(served, figures.at("year_2026"), "_this_year");
    }
    CHECK(base.chiffres("all") == whole);

    SECTION("counted anew from the dossiers, by territory and status") {
        CHECK(base.lignes("SELECT sum(nombre)::text FROM effectifs") == "67\n");
        CHECK(base.lignes("SELECT nombre::text FROM effectifs WHERE territoire = '13' AND statut = 'ACTIVE' "
                          "AND NOT importe") == "20\n");
    }
    SECTION("a second time the same events change nothing") {
        load(base, dataset);
        CHECK(base.ecarts().empty());
        CHECK(base.chiffres() == whole);
    }
    SECTION("next year, nothing is of this year") {
        base.clock().set(*core::parseInstant("2027-01-01T00:00:00Z"));
        const auto later = base.chiffres();
        CHECK(later.at("signalement_per_month") == whole.at("signalement_per_month"));
        CHECK(later.at("signalement_per_month_this_year").dump() == "{}");
        CHECK(later.at("signalement_per_statut_this_year").dump() == "{}");
        CHECK(later.at("signalement_per_motif_cloture_this_year").dump() == "{}");
        CHECK(later.at("signalement_per_desordres_categories_this_year").at("BATIMENT").at("count") == 0);
    }
}
