// The import of historical files, by the operator's command line.
#include <filesystem>
#include <fstream>
#include <functional>

#include <catch2/catch.hpp>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "libs/core/files.hpp"
#include "libs/core/ids.hpp"
#include "libs/core/text.hpp"
#include "services/intake/domain/import_colonnes.hpp"
#include "tests/system/agents/agents.hpp"

using namespace histologe;
using namespace histologe::agents;
using product::waitFor;

namespace {

using Cells = std::map<std::string, std::string>;

// A file with all columns and so many rows, one at a time.
std::filesystem::path file(int count, const std::function<Cells(int)>& rowAt) {
    const auto path = product::platform().settings().runFolder / ("import-" + core::randomHex(6) + ".csv");
    std::ofstream stream(path, std::ios::binary);
    const auto line = [&](auto cell) {
        for (std::size_t i = 0; i < std::size(intake::tables::kColonnes); ++i) {
            stream << (i == 0 ? "" : ";") << '"' << cell(std::string(intake::tables::kColonnes[i])) << '"';
        }
        stream << "\r\n";
    };
    line([](const std::string& name) { return name; });
    for (int i = 0; i < count; ++i) {
        const auto row = rowAt(i);
        line([&](const std::string& name) {
            const auto place = row.find(name);
            return place == row.end() ? std::string() : place->second;
        });
    }
    return path;
}

std::filesystem::path file(const std::vector<Cells>& rows) {
    return file(static_cast<int>(rows.size()), [&](int i) { return rows[static_cast<std::size_t>(i)]; });
}

Cells row(const std::string& reference) {
    return {{"Ref signalement", reference},
            {"Date de creation signalement", "15/06/2021"},
            {"nom occupant", "Ancien"},
            {"prenom occupant", "Paul"},
            {"adresse occupant", newStreet()},
            {"Code postal occupant", "13002"},
            {"ville occupant", "Marseille 2e Arrondissement"},
            {"Signalement - Confort logement 1", "Ventilation - très mauvais état"},
            {"nb d enfants <6ans", "1"}};
}

struct Run {
    int code = -1;
    std::string output;
    long residentKiB = 0;  // of the largest process
};

// `histologe import signalements`, with the variables of the operator.
Run import(const std::filesystem::path& path, const std::string& options = "") {
    auto& platform = product::platform();
    platform.writeOperatorFile();
    const auto folder = platform.settings().runFolder;
    const auto log = folder / "import.log";
    const auto command = "set -a; . '" + (folder / "operator.env").string() + "'; '" +
                         std::string(HISTOLOGE_BINARY_DIR) + "/bin/histologe' import signalements --territoire 13 " +
                         options + " '" + path.string() + "' > '" + log.string() + "' 2>&1";
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        execl("/bin/bash", "bash", "-c", command.c_str(), nullptr);
        _exit(127);
    }
    int status = 0;
    rusage usage{};
    wait4(child, &status, 0, &usage);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, core::readFile(log), usage.ru_maxrss};
}

// A year that no other test of this program uses.
std::string year(int which) {
    return std::to_string(1990 + which);
}
std::string reference(int which, int number) {
    return year(which) + "-" + std::to_string(number);
}
Cells rowOf(int which, int number) {
    auto cells = row(std::to_string(number));
    cells["Date de creation signalement"] = "15/06/" + year(which);
    return cells;
}
std::string count(int which) {
    return one("SELECT count(*) FROM intake.signalements WHERE territoire = '13' AND annee = " + year(which));
}

}  // namespace

TEST_CASE("an imported dossier keeps its reference, status and partners, and nobody is written to") {
    auto first = rowOf(1, 12);
    const auto partner = one(
        "SELECT contenu->>'nom' FROM routing.partenaires WHERE contenu->>'territoire' = '13' ORDER BY rang LIMIT 1");
    const auto partnerId =
        one("SELECT id FROM routing.partenaires WHERE contenu->>'territoire' = '13' ORDER BY rang LIMIT 1");
    first["Partenaires à affecter"] = partner;
    first["mail occupant"] = "ancien@example.org";
    auto closed = rowOf(1, 13);
    closed["motif_cloture"] = "Logement décent";
    closed["Date cloture"] = "01/02/1992";
    const auto mails = one("SELECT count(*) FROM notification.courriels");
    const auto run = import(file({first, closed}));
    INFO(run.output);
    REQUIRE(run.code == 0);
    CHECK(run.output.find("2 written") != std::string::npos);
    const auto uuid =
        one("SELECT uuid FROM intake.signalements WHERE territoire = '13' AND annee = " + year(1) + " AND numero = 12");
    const auto seen = ask(agent(auth::Role::SuperAdmin), "GET", "/signalements/" + uuid);
    REQUIRE(seen.status == 200);
    CHECK(seen.json().at("reference") == reference(1, 12));
    CHECK(seen.json().at("statut") == "ACTIVE");
    CHECK(seen.json().at("source") == "IMPORT");
    CHECK(seen.json().at("importe") == true);
    CHECK(seen.json().at("creeLe").get<std::string>().starts_with(year(1) + "-06-14T22:00"));
    CHECK(one("SELECT statut FROM intake.signalements WHERE territoire = '13' AND annee = " + year(1) +
              " AND numero = 13") == "CLOSED");
    // The next number of that year is greater.
    CHECK(one("SELECT dernier FROM intake.numeros WHERE territoire = '13' AND annee = " + year(1)) == "13");
    // Its partner sees it.
    CHECK(ask(agent(auth::Role::Agent, {"13"}, {partnerId}), "GET", "/signalements/" + uuid).status == 200);
    CHECK(ask(agent(auth::Role::Agent, {"13"}, {core::uuidV4()}), "GET", "/signalements/" + uuid).status == 404);

    // The other services have it as it was: scored by the first generation, neither routed by rules nor announced.
    CHECK(waitFor("SELECT count(*) FROM scoring.scores WHERE signalement = '" + uuid + "' AND score > 0", "1") == "1");
    CHECK(waitFor("SELECT statut FROM routing.dossiers WHERE signalement = '" + uuid + "'", "ACTIVE") == "ACTIVE");
    CHECK(
        waitFor("SELECT string_agg(partenaire || ' ' || statut, ',') FROM routing.affectations WHERE signalement = '" +
                    uuid + "'",
                partnerId + " EN_COURS") == partnerId + " EN_COURS");
    CHECK(waitFor("SELECT importe FROM statistics.dossiers WHERE signalement = '" + uuid + "'", "t") == "t");
    CHECK(one("SELECT count(*) FROM notification.courriels") == mails);
}

TEST_CASE("D-14: one unknown désordre and nothing is imported; the report says which, where and how often") {
    auto wrong = rowOf(2, 2);
    wrong["Signalement - Confort logement 2"] = "Licornes";
    auto again = rowOf(2, 3);
    again["Signalement - Confort logement 3"] = "Licornes";
    again["Partenaires à affecter"] = "=Inconnu";
    const auto report = product::platform().settings().runFolder / "report.csv";
    const auto run = import(file({rowOf(2, 1), wrong, again}), "--report '" + report.string() + "'");
    INFO(run.output);
    CHECK(run.code == 1);
    CHECK(run.output.find("unknown désordre, 2 times: Licornes") != std::string::npos);
    CHECK(run.output.find("Nothing was imported") != std::string::npos);
    CHECK(count(2) == "0");
    const auto text = core::readFile(report);
    CHECK(text.find("\"3\";\"Signalement - Confort logement 2\";\"refus\";\"desordre_inconnu\"") != std::string::npos);
    CHECK(text.find("\"4\";\"Partenaires à affecter\";\"refus\";\"partenaire_inconnu\"") != std::string::npos);
    CHECK(text.find("\"'=Inconnu\"") != std::string::npos);  // P-127
}

TEST_CASE("a dry run writes nothing, and references are not taken twice") {
    const auto good = file({rowOf(3, 1), rowOf(3, 2)});
    const auto dry = import(good, "--dry-run");
    CHECK(dry.code == 0);
    CHECK(dry.output.find("nothing was written") != std::string::npos);
    CHECK(count(3) == "0");
    const auto twice = import(file({rowOf(3, 1), rowOf(3, 1)}));
    CHECK(twice.code == 1);
    CHECK(count(3) == "0");
    // A signalement of the platform has the number already.
    const auto live = agent(auth::Role::ResponsableTerritoire, {"13"});
    const auto draft = writeDraft(live, address(newStreet()));
    REQUIRE(ask(live, "POST", "/agents/brouillons/" + draft.uuid + "/validation", consents()).status == 201);
    environment::Sql(product::platform().superuserUrl())
        .run("UPDATE intake.signalements SET annee = " + year(3) + ", numero = 2 WHERE uuid = '" + draft.uuid + "'");
    const auto taken = import(good);
    CHECK(taken.code == 1);
    CHECK(count(3) == "1");
}

TEST_CASE("a number that somebody draws while the import runs stays his") {
    const auto live = agent(auth::Role::ResponsableTerritoire, {"13"});
    const auto draft = writeDraft(live, address(newStreet()));
    REQUIRE(ask(live, "POST", "/agents/brouillons/" + draft.uuid + "/validation", consents()).status == 201);
    const auto contenu = [&] { return one("SELECT contenu::text FROM intake.signalements WHERE uuid = '" + draft.uuid + "'"); };
    const auto avant = contenu();
    // Between the examination of the file and its first batch.
    environment::Sql sql(product::platform().superuserUrl());
    sql.run("CREATE FUNCTION intake.essai_tirage() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN UPDATE intake.signalements "
            "SET annee = " + year(8) + ", numero = 2 WHERE uuid = '" + draft.uuid + "'; RETURN NULL; END $$; "
            "CREATE TRIGGER essai_tirage AFTER INSERT ON intake.imports FOR EACH ROW EXECUTE FUNCTION intake.essai_tirage()");
    const auto report = product::platform().settings().runFolder / "tirage.csv";
    const auto run = import(file({rowOf(8, 1), rowOf(8, 2), rowOf(8, 3)}), "--report '" + report.string() + "'");
    sql.run("DROP TRIGGER essai_tirage ON intake.imports; DROP FUNCTION intake.essai_tirage()");
    INFO(run.output);
    CHECK(run.code == 1);
    CHECK(core::readFile(report).find("\"3\";\"Ref signalement\";\"refus\";\"reference_prise\"") != std::string::npos);
    CHECK(run.output.find("2 written") != std::string::npos);
    CHECK(count(8) == "3");
    CHECK(contenu() == avant);
    CHECK(one("SELECT count(*) FROM intake.signalements WHERE source = 'IMPORT' AND annee = " + year(8)) == "2");
}

TEST_CASE("an import that was cut goes on where it stopped, and a second one changes nothing") {
    std::vector<Cells> rows;
    for (int i = 1; i <= 25; ++i) rows.push_back(rowOf(4, i));
    const auto path = file(rows);
    // A row in the middle cannot be written: the batches before it stay.
    environment::Sql sql(product::platform().superuserUrl());
    sql.run("ALTER TABLE intake.signalements ADD CONSTRAINT essai CHECK (annee <> " + year(4) +
            " OR numero <> 18) NOT VALID");
    const auto cut = import(path, "--batch 5");
    INFO(cut.output);
    CHECK(cut.code == 1);
    CHECK(count(4) == "15");
    sql.run("ALTER TABLE intake.signalements DROP CONSTRAINT essai");
    const auto resumed = import(path, "--batch 5");
    INFO(resumed.output);
    CHECK(resumed.code == 0);
    CHECK(resumed.output.find("Went on after line 16") != std::string::npos);
    CHECK(resumed.output.find("10 written") != std::string::npos);
    CHECK(count(4) == "25");
    CHECK(import(path).output.find("imported already") != std::string::npos);
    CHECK(count(4) == "25");
    CHECK(one("SELECT count(*) FROM intake.evenements e JOIN intake.signalements s ON s.uuid::text = e.sujet::text "
              "WHERE s.annee = " +
              year(4)) == "25");
}

TEST_CASE("a corrected file brings its signalements up to date, but for those that somebody has edited") {
    auto one1 = rowOf(5, 1);
    auto two = rowOf(5, 2);
    auto three = rowOf(5, 3);
    REQUIRE(import(file({one1, two, three})).code == 0);
    const auto uuid = [&](int number) {
        return one("SELECT uuid FROM intake.signalements WHERE territoire = '13' AND annee = " + year(5) +
                   " AND numero = " + std::to_string(number));
    };
    const auto admin = agent(auth::Role::SuperAdmin);
    // Nothing is required of an imported signalement, so that one name can be corrected alone.
    const auto edited = ask(admin, "PATCH", "/signalements/" + uuid(2) + "/sections/coordonnees-foyer",
                            {{"nom", "Corrigé"}}, {{"If-Match", "\"1\""}});
    INFO(edited.body);
    REQUIRE(edited.status == 200);
    one1["nom occupant"] = "Nouveau";
    two["nom occupant"] = "Nouveau";
    const auto run = import(file({one1, two, three}));
    INFO(run.output);
    CHECK(run.output.find("0 written, 1 brought up to date, 2 left") != std::string::npos);
    const auto name = [&](int number) {
        return one("SELECT contenu->'occupant'->>'nom' FROM intake.signalements WHERE uuid = '" + uuid(number) + "'");
    };
    CHECK(name(1) == "Nouveau");
    CHECK(name(2) == "Corrigé");
    CHECK(name(3) == "Ancien");
}

TEST_CASE("files that rows name must be there, unless the operator says otherwise") {
    auto with = rowOf(6, 1);
    with["ref des photos"] = "cuisine.jpg|salon.jpg";
    const auto path = file({with});
    CHECK(import(path).code == 1);
    CHECK(count(6) == "0");
    CHECK(import(path, "--without-files").code == 0);
    CHECK(
        one("SELECT contenu->'importation'->'fichiers' FROM intake.signalements WHERE territoire = '13' AND annee = " +
            year(6)) == "[\"cuisine.jpg\",\"salon.jpg\"]");
    std::ofstream(product::platform().settings().runFolder / "broken.csv") << "Ref signalement;details\n1;\"x\n";
    const auto broken = import(product::platform().settings().runFolder / "broken.csv");
    CHECK(broken.code == 1);
    CHECK(broken.output.find("guillemet") != std::string::npos);
}

TEST_CASE("a large file is imported in little memory", "[slow]") {
    const auto path = file(20'000, [](int i) {
        auto cells = row("2007-" + std::to_string(i + 1));
        cells["Date de creation signalement"] = "15/06/2007";
        cells["details"] = std::string(2000, 'x');
        return cells;
    });
    CHECK(std::filesystem::file_size(path) > 40'000'000);
    const auto run = import(path);
    INFO(run.output);
    CHECK(count(17) == "20000");
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    CHECK(run.residentKiB < 40 * 1024);
#endif
}
