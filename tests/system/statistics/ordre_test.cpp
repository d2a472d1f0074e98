// Whatever the order and the number of times in which events of different services come, the read model is the same.
#include <algorithm>
#include <numeric>
#include <random>

#include <catch2/catch.hpp>

#include "libs/core/error.hpp"
#include "tests/system/statistics/support.hpp"

using namespace histologe;
using namespace histologe::statistics;
using namespace histologe::statistics::essai;
using namespace std::chrono_literals;

namespace {

constexpr char kState[] =
    "SELECT concat_ws('|', signalement, territoire, source, importe, cree_le, mois, statut, statut_le, clos_le, "
    "motif_cloture, score, criteres_batiment, criteres_logement, compte, code_insee, code_postal, commune) FROM dossiers ORDER BY signalement";
constexpr char kStatut[] = "SELECT concat_ws('|', statut, clos_le AT TIME ZONE 'UTC', motif_cloture) FROM dossiers";
const std::vector<std::string> kPrecisions = {
    "desordres_batiment_proprete_interieur", "desordres_batiment_isolation_murs",
    "desordres_logement_humidite_piece_a_vivre_details_machine_non",
    "desordres_logement_securite_plomb_pieces_salle_de_bain_diagnostique_oui", "desordres_inconnu"};

// One list per source and subject: these keep their order, nothing else does.
std::vector<std::vector<streams::Event>> scenario(std::mt19937& random, int dossiers) {
    const auto pick = [&](int count) { return static_cast<int>(random() % static_cast<unsigned>(count)); };
    const std::vector<std::string> codes = {"13", "69", "69A", "974"};
    const std::vector<std::string> statuts = {"ACTIVE", "CLOSED", "REFUSED", "ARCHIVED", "NEED_VALIDATION"};
    std::vector<std::vector<streams::Event>> lists;
    for (const auto& code : codes) {
        lists.push_back(
            {territoire(code, "avant", false, "Europe/Paris", present()),
             territoire(code, "après", true, code == "974" ? "Indian/Reunion" : "Europe/Paris", present() + 1s)});
    }
    for (int i = 1; i <= dossiers; ++i) {
        const auto id = uuid(i);
        const auto created = present() - std::chrono::hours(pick(24 * 800));
        lists.push_back({depose(
            id,
            {{"territoire", codes[static_cast<std::size_t>(pick(4))]},
             {"importe", pick(5) == 0},
             {"codeInsee", "13201"},
             {"codePostal", "13001"},
             {"commune", "Marseille"}},
            created)});
        for (int word = 1, count = pick(4); word <= count; ++word) {
            const auto insee = "1320" + std::to_string(1 + pick(9));
            const auto when = created + std::chrono::minutes(word);
            lists.back().push_back(pick(2) == 0 ? localise(id, insee, "Marseille " + insee, when)
                                                : corrige(id, insee, "Marseille " + insee, pick(2) == 0, when));
        }
        lists.push_back({cree(id, "NEED_VALIDATION", created)});
        for (int change = 0, count = pick(4); change < count; ++change) {
            const auto& statut = statuts[static_cast<std::size_t>(pick(5))];
            lists.back().push_back(
                modifie(id, statut, created + std::chrono::hours(change), pick(2) == 0 ? "RSD" : "DOUBLON"));
        }
        lists.push_back({});
        for (int score = 0, count = 1 + pick(2); score < count; ++score) {
            auto precisions = kPrecisions;
            precisions.resize(static_cast<std::size_t>(pick(6)));
            lists.back().push_back(evalue(id, precisions, created + std::chrono::minutes(score)));
        }
    }
    return lists;
}

void applyMixed(Base& base, std::vector<std::vector<streams::Event>> lists, std::mt19937& random) {
    std::vector<std::size_t> next(lists.size(), 0);
    std::vector<std::size_t> open(lists.size());
    std::iota(open.begin(), open.end(), 0);
    std::vector<streams::Event> batch;
    std::vector<streams::Event> had;
    while (!open.empty()) {
        const auto place = random() % open.size();
        const auto list = open[place];
        batch.push_back(lists[list][next[list]]);
        if (++next[list] == lists[list].size()) open.erase(open.begin() + static_cast<long>(place));
        if (random() % 8 != 0 && !open.empty()) continue;
        base.apply(batch);
        had.insert(had.end(), batch.begin(), batch.end());
        batch.clear();
        // Some of what was applied long ago comes again.
        for (int again = static_cast<int>(random() % 3); again > 0; --again)
            batch.push_back(had[random() % had.size()]);
        if (!batch.empty()) base.apply(batch);
        batch.clear();
    }
}

}  // namespace

TEST_CASE("any order across sources, with repetitions, gives the same dossiers, counters and figures") {
    const auto seed = std::random_device{}();
    INFO("seed " << seed);
    std::mt19937 random(seed);
    const auto lists = scenario(random, 60);

    Base inOrder;
    std::vector<streams::Event> all;
    for (const auto& list : lists) all.insert(all.end(), list.begin(), list.end());
    for (const auto& event : all) inOrder.apply({event});
    CHECK(inOrder.ecarts().empty());
    const auto state = inOrder.lignes(kState);
    const auto figures = inOrder.chiffres();
    REQUIRE(std::count(state.begin(), state.end(), '\n') == 60);

    Base inOneBatch;
    inOneBatch.apply(all);
    CHECK(inOneBatch.lignes(kState) == state);
    CHECK(inOneBatch.ecarts().empty());
    CHECK(inOneBatch.chiffres() == figures);

    for (int round = 0; round < 3; ++round) {
        Base mixed;
        applyMixed(mixed, lists, random);
        CHECK(mixed.lignes(kState) == state);
        CHECK(mixed.ecarts().empty());
        for (const auto* code : {"all", "13", "69", "69A", "974"})
            CHECK(mixed.chiffres(code) == inOrder.chiffres(code));
    }
}

TEST_CASE("a dossier whose commune changed is counted in the right commune: the last word on the place holds") {
    Base base;
    const auto id = uuid(1);
    const auto place = [&] {
        return base.lignes("SELECT concat_ws('|', code_insee, code_postal, commune) FROM dossiers");
    };
    base.apply({depose(id, {{"codeInsee", "13201"}, {"codePostal", "13001"}, {"commune", "Marseille"}}),
                cree(id, "NEED_VALIDATION")});
    CHECK(place() == "13201|13001|Marseille\n");
    // The registers know better; what they do not say stays.
    base.apply({localise(id, "13203", "Marseille 3e", present() + 1s)});
    CHECK(place() == "13203|13001|Marseille 3e\n");
    // Something else was corrected: the declared commune comes along and says nothing new.
    base.apply({corrige(id, "13201", "Marseille", false, present() + 2s)});
    CHECK(place() == "13203|13001|Marseille 3e\n");
    // The dwelling is elsewhere.
    base.apply({corrige(id, "13202", "Marseille 2e", true, present() + 3s)});
    CHECK(place() == "13202|13002|Marseille 2e\n");
    // An old answer that comes again changes nothing, nor does one that found no commune.
    base.apply({localise(id, "13203", "Marseille 3e", present() + 1s), localise(id, "", "", present() + 4s)});
    CHECK(place() == "13202|13002|Marseille 2e\n");
    base.apply({localise(id, "13204", "Marseille 4e", present() + 5s)});
    CHECK(place() == "13204|13002|Marseille 4e\n");
    CHECK(base.ecarts().empty());
}

TEST_CASE("the parts of the figures add up to the whole") {
    std::mt19937 random(20260807);
    Base base;
    applyMixed(base, scenario(random, 80), random);
    const auto figures = base.chiffres();
    const auto total = figures.at("count_signalement").get<long long>();
    CHECK(total > 0);
    long long months = 0, statuts = 0, territoires = 0;
    for (const auto& count : figures.at("signalement_per_month")) months += count.get<long long>();
    for (const auto& part : figures.at("signalement_per_statut")) statuts += part.at("count").get<long long>();
    for (const auto& one : figures.at("signalement_per_territoire")) territoires += one.at("count").get<long long>();
    CHECK(months == total);
    CHECK(statuts == total);
    CHECK(territoires == total);
    CHECK(figures.at("count_signalement_resolus") <= figures.at("signalement_per_statut").at("CLOSED").at("count"));
}

TEST_CASE("a dossier counts when its declaration and its status are both known") {
    Base base;
    const auto id = uuid(1);
    SECTION("declaration first") {
        base.apply({depose(id, {})});
        CHECK(base.chiffres().at("count_signalement") == 0);
        CHECK(base.lignes("SELECT concat_ws('|', sans_declaration, sans_statut) FROM dossiers_incomplets") == "f|t\n");
        base.apply({cree(id, "NEED_VALIDATION")});
    }
    SECTION("status first") {
        base.apply({cree(id, "NEED_VALIDATION")});
        CHECK(base.chiffres().at("count_signalement") == 0);
        base.apply({depose(id, {})});
    }
    SECTION("evaluation first") {
        base.apply({evalue(id, {kPrecisions[0]})});
        CHECK(base.chiffres().at("signalement_per_desordres_categories").at("BATIMENT").at("count") == 0);
        base.apply({depose(id, {}), cree(id, "NEED_VALIDATION")});
        CHECK(base.chiffres().at("signalement_per_desordres_categories").at("BATIMENT").at("count") == 1);
        CHECK(base.lignes("SELECT signalement::text FROM dossiers_incomplets").empty());
    }
    CHECK(base.chiffres().at("count_signalement") == 1);
    CHECK(base.chiffres().at("signalement_per_statut").at("NEED_VALIDATION").at("count") == 1);
}

TEST_CASE("a later status is never overwritten by an earlier one") {
    Base base;
    const auto id = uuid(1);
    base.apply({cree(id, "NEED_VALIDATION"), modifie(id, "ACTIVE", present() + 1h)});
    base.apply({modifie(id, "CLOSED", present() + 2h, "RSD")});
    SECTION("by its own past") {
        base.apply({modifie(id, "ACTIVE", present() + 1h)});
        base.apply({cree(id, "NEED_VALIDATION")});
    }
    SECTION("by its declaration") {
        base.apply({depose(id, {{"statut", "NEED_VALIDATION"}})});
    }
    CHECK(base.lignes(kStatut) == "CLOSED|2026-08-07 14:00:00|RSD\n");

    SECTION("opened again, it has neither date nor motif of closing") {
        base.apply({depose(id, {}), modifie(id, "ACTIVE", present() + 3h)});
        CHECK(base.lignes(kStatut) == "ACTIVE\n");
        CHECK(base.chiffres().at("signalement_per_motif_cloture").dump() == "{}");
        CHECK(base.ecarts().empty());
    }
}

TEST_CASE("imported dossiers and other sources are in the figures that take them, and no other") {
    Base base;
    base.apply({depose(uuid(1), {{"importe", true}, {"source", "IMPORT"}}), cree(uuid(1), "ACTIVE"),
                evalue(uuid(1), {kPrecisions[0]}), depose(uuid(2), {{"source", "API"}}), cree(uuid(2), "ACTIVE"),
                evalue(uuid(2), {kPrecisions[0], kPrecisions[0]}), depose(uuid(3), {}), cree(uuid(3), "ACTIVE"),
                evalue(uuid(3), {kPrecisions[0]})});
    const auto figures = base.chiffres();
    CHECK(figures.at("count_imported") == 1);
    CHECK(figures.at("count_signalement") == 2);
    CHECK(figures.at("signalement_per_desordres_categories").at("BATIMENT").at("count") == 3);
    // Intake names no source: what it says came by the public form.
    CHECK(figures.at("signalement_per_batiment_desordres").at(0).at("count") == 1);
    CHECK(base.ecarts().empty());
}

TEST_CASE("an event that cannot be read undoes its batch and says why") {
    Base base;
    auto wrong = depose(uuid(2), {});
    wrong.data["creeLe"] = "hier";
    CHECK_THROWS_WITH(base.apply({depose(uuid(1), {}), wrong}), Catch::Contains("signalement.depose: creeLe"));
    CHECK(base.lignes("SELECT signalement::text FROM dossiers").empty());
    base.apply({depose(uuid(1), {})});
    CHECK(base.lignes("SELECT signalement::text FROM dossiers") == uuid(1) + "\n");
}

TEST_CASE("affectations are kept once") {
    Base base;
    streams::Event affectation = cree(uuid(1), "NOUVEAU");
    affectation.type = "affectation.creee";
    affectation.data = {{"affectationId", uuid(9)},
                        {"partenaire", {{"id", "p1"}, {"nom", "Mairie"}}},
                        {"territoire", "13"},
                        {"statut", "NOUVEAU"}};
    base.apply({affectation});
    base.apply({affectation});
    CHECK(base.lignes("SELECT concat_ws('|', id, signalement, partenaire, nom, statut) FROM affectations") ==
          uuid(9) + "|" + uuid(1) + "|p1|Mairie|NOUVEAU\n");
    affectation.data.erase("partenaire");
    CHECK_THROWS_AS(base.apply({affectation}), core::Error);
}

TEST_CASE("a dossier that is removed leaves no count behind") {
    Base base;
    base.apply({depose(uuid(1), {}), cree(uuid(1), "ACTIVE"), evalue(uuid(1), kPrecisions)});
    base.connection().runScript("DELETE FROM dossiers");
    CHECK(base.ecarts().empty());
    CHECK(base.chiffres().at("count_signalement") == 0);
    CHECK(base.chiffres().at("signalement_per_statut").dump() == "{}");
}
