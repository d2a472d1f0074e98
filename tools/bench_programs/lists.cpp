// bench-lists [--size M|L] [--rounds N]: the list of dossiers, its counts and its map, as agents of three kinds ask for
// them, on an invented country that is generated once and kept under .run/. For each question: p50 and p99 of the answer
// (its operation without the network), the rows that the plan visits and whether it reads a table whole.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <iostream>

#include "libs/core/log.hpp"
#include "services/routing/http/dossiers.hpp"
#include "services/routing/http/dossiers_filtres.hpp"
#include "services/routing/store/recherche.hpp"
#include "tools/bench_programs/lists_questions.hpp"
#include "tools/environment/environment.hpp"
#include "tools/environment/sql.hpp"
#include "tools/generate/generer.hpp"

namespace {

using namespace histologe;
using core::Json;
using Steady = std::chrono::steady_clock;

double millisecondsSince(Steady::time_point start) {
    return std::chrono::duration<double, std::milli>(Steady::now() - start).count();
}

// What a plan did: rows read by its scans, those thrown away too, and the tables that it read whole.
struct Plan {
    double rows = 0;
    std::string whole;
};

void read(const Json& node, Plan& plan) {
    const auto kind = node.at("Node Type").get<std::string>();
    const auto loops = node.value("Actual Loops", 1.0);
    if (kind.ends_with("Scan") && !kind.starts_with("Subquery") && kind != "Bitmap Index Scan") {
        plan.rows += loops * (node.value("Actual Rows", 0.0) + node.value("Rows Removed by Filter", 0.0) +
                              node.value("Rows Removed by Index Recheck", 0.0));
    }
    if (kind == "Seq Scan") {
        const auto table = node.value("Relation Name", std::string());
        if (!table.starts_with("compteurs_")) plan.whole = table;
    }
    if (const auto plans = node.find("Plans"); plans != node.end()) {
        for (const auto& child : *plans) read(child, plan);
    }
}

class Bench {
  public:
    Bench(const std::string& url, const core::Clock& clock) : pool_({url, "routing", 2}), annuaire_(pool_) {
        routing::bindDossiers(router_, pool_, annuaire_, clock);
    }

    double ask(const bench::Question& question, const auth::Principal& principal, const bench::Query& query) {
        http::Request request;
        request.operationId = question.operation;
        request.path = "/dossiers";
        for (const auto& [name, value] : query) request.query.add(name, value);
        request.principal = std::make_shared<auth::Principal>(principal);
        const auto start = Steady::now();
        router_.bindings().at(question.operation).handler(request, {}).value();
        return millisecondsSince(start);
    }

    Plan planOf(const bench::Question& question, const auth::Principal& principal, const bench::Query& query) {
        http::Parameters parameters;
        for (const auto& [name, value] : query) parameters.add(name, value);
        auto search = routing::lireFiltres(parameters, principal, *annuaire_.get(), core::SystemClock().now(), {"zoom", "emprise", "sortBy", "direction"});
        if (parameters.has("emprise")) search.emprise = routing::lireEmprise(parameters.get("emprise"));
        const std::string operation = question.operation;
        auto asked = operation == "listDossiers"
                         ? routing::questionDeListe(search, principal, routing::lireOrdre(parameters), {}, 26)
                     : operation == "countDossiers"
                         ? routing::questionDeCompte(search, principal)
                         : routing::questionDAmas(search, principal, static_cast<int>(parameters.integer("zoom").value_or(0)), 9000);
        const auto sql = "EXPLAIN (ANALYZE, FORMAT JSON) " + asked.sql;
        const auto session = pool_.acquire();
        const auto rows = session->run({"", sql.c_str()}, asked.valeurs);
        Plan plan;
        read(rows[0].json(0).at(0).at("Plan"), plan);
        return plan;
    }

  private:
    postgres::Pool pool_;
    routing::AnnuaireCourant annuaire_;
    http::Router router_;
};

// The country's PostgreSQL; it stays under .run/ for the next time.
environment::Environment open(const std::string& size) {
    environment::Settings settings;
    settings.sourceFolder = HISTOLOGE_SOURCE_DIR;
    settings.buildFolder = HISTOLOGE_BINARY_DIR;
    settings.runFolder = settings.sourceFolder / ".run" / ("bench-lists-" + size);
    settings.detached = true;
    settings.postgresOptions = {{"shared_buffers", "2GB"}, {"max_wal_size", "8GB"}, {"random_page_cost", "1.1"}, {"jit", "off"}};
    return environment::Environment(std::move(settings));
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("Times the list of dossiers, its counts and its map", "bench-lists");
    std::string size = "L";
    int rounds = 40;
    app.add_option("--size", size, "of the country: S, M, L")->check(CLI::IsMember({"S", "M", "L"}))->capture_default_str();
    app.add_option("--rounds", rounds, "how often each question is asked")->check(CLI::Range(2, 10000))->capture_default_str();
    CLI11_PARSE(app, argc, argv);
    core::log::setLevel(core::log::Level::Error);
    auto environment = open(size);
    environment.startPostgres();
    environment.migrate("routing");
    const auto url = environment.databaseUrl("routing");
    if (environment::Sql(url).rows("SELECT 1 FROM dossiers LIMIT 1").empty()) {
        std::printf("generating size %s, once\n", size.c_str());
        const auto start = Steady::now();
        const generate::Pays pays(std::filesystem::path(HISTOLOGE_SOURCE_DIR) / "data", generate::dossiersDe(size), 1);
        generate::generer(url, pays, [&](const std::string& step) {
            std::printf("%7.1f s  %s\n", millisecondsSince(start) / 1000, step.c_str());
            std::fflush(stdout);
        });
    }
    const core::SystemClock clock;
    double worst = 0;
    double worstPage = 0;
    int wholes = 0;
    {
        Bench bench(url, clock);
        std::printf("%-12s %-20s %9s %9s %11s  %s\n", "reader", "question", "p50 ms", "p99 ms", "rows", "table read whole");
        for (const auto& reader : bench::readers()) {
            for (const auto& question : bench::questions()) {
                std::vector<double> times;
                Plan plan;
                for (const auto& query : question.asked) {
                    bench.ask(question, reader.principal, query);  // warms the cache, as a day's work does
                    auto one = bench.planOf(question, reader.principal, query);
                    if (one.rows > plan.rows) plan.rows = one.rows;
                    if (!one.whole.empty()) plan.whole = one.whole;
                }
                for (int round = 0; round < rounds; ++round) {
                    const auto& query = question.asked[static_cast<std::size_t>(round) % question.asked.size()];
                    times.push_back(bench.ask(question, reader.principal, query));
                }
                std::sort(times.begin(), times.end());
                const auto p50 = times[times.size() / 2];
                const auto p99 = times[static_cast<std::size_t>(std::ceil(static_cast<double>(times.size()) * 0.99)) - 1];
                std::printf("%-12s %-20s %9.2f %9.2f %11.0f  %s%s\n", reader.name, question.name, p50, p99, plan.rows,
                            plan.whole.c_str(), p99 > question.limitMs ? "  over" : "");
                std::fflush(stdout);
                worst = std::max(worst, p99);
                if (std::string_view(question.name) == "first page") worstPage = std::max(worstPage, p99);
                wholes += plan.whole.empty() ? 0 : 1;
            }
        }
    }
    environment.stopPostgres();
    const auto rounded = [](double value) { return std::round(value * 100) / 100; };
    const Json line{{"bench", "lists"},
                    {"size", size},
                    {"limit", 50},
                    {"value", rounded(worst)},
                    {"ratio", rounded(worst / 50)},
                    {"p99_ms_worst", rounded(worst)},
                    {"first_page_p99_ms", rounded(worstPage)},
                    {"sequential_scans", wholes}};
    std::cout << line.dump() << std::endl;
    return worst <= 50 && worstPage <= 10 && wholes == 0 ? 0 : 1;
}
