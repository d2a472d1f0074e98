#include "tools/bench_programs/support/workload.hpp"

#include <chrono>
#include <cstdio>
#include <fstream>
#include <stdexcept>
#include <thread>

#include "libs/core/files.hpp"
#include "libs/core/json.hpp"
#include "libs/domain/territoires/communes.hpp"
#include "libs/domain/territoires/territoires.hpp"

namespace histologe::bench {
namespace {

constexpr char kSample[] = "step__validation_signalement__locataire.json";

// Lua reads the drafts from a file, so that the script stays small; each body is a long string of its own.
constexpr char kScript[] = R"lua(
local drafts = {}
for line in io.lines("%DRAFTS%") do drafts[#drafts + 1] = line end
local bodies = {}
for index = 1, %BODIES% do
  local file = io.open("%FOLDER%/body-" .. index .. ".json", "rb")
  bodies[index] = file:read("*a")
  file:close()
end
local next = 0
local headers = { ["Content-Type"] = "application/json" }
request = function()
  next = next + 1
  if next > #drafts then wrk.thread:stop(); next = #drafts end
  return wrk.format("PUT", "/signalement-draft/" .. drafts[next] .. "/envoi", headers, bodies[next % #bodies + 1])
end
done = function(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("RESULT %d %d %d %f %f\n", summary.duration, summary.requests,
    errors.status + errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
)lua";

std::string replaced(std::string text, const std::string& what, const std::string& with) {
    const auto at = text.find(what);
    return text.replace(at, what.size(), with);
}

void write(const std::filesystem::path& file, const std::string& text) {
    std::ofstream stream(file, std::ios::binary | std::ios::trunc);
    stream << text;
    if (!stream.flush()) throw std::runtime_error("cannot write " + file.string());
}

}  // namespace

std::vector<std::string> bodies(const std::filesystem::path& samples, const std::filesystem::path& communes,
                                const std::filesystem::path& territoires, const std::string& step) {
    auto sample = core::parseJson(core::readFile(samples / kSample));
    sample["currentStep"] = step;
    const auto table = domain::Communes::fromCsv(core::readFile(communes));
    const auto open = domain::Territoires::fromJson(core::readFile(territoires));
    std::vector<std::string> made;
    std::string last;
    for (std::size_t row = 0; row < table.size(); ++row) {
        const auto commune = table.at(row);
        const auto* territoire = open.territoireOf(commune.codeInsee);
        if (territoire == nullptr || !open.isOpen(commune.codeInsee) || territoire->code.str() == last) continue;
        last = territoire->code.str();
        auto body = sample;
        body["adresse_logement_adresse_detail_code_postal"] = commune.codePostal.str();
        body["adresse_logement_adresse_detail_insee"] = commune.codeInsee.str();
        body["adresse_logement_adresse_detail_commune"] = std::string(commune.nom);
        made.push_back(core::dumpJson(body));
    }
    return made;
}

environment::Settings intakeSettings(environment::Settings settings) {
    settings.fsync = true;
    settings.postgresOptions = {{"max_wal_size", "16GB"}, {"checkpoint_timeout", "1h"}};
    settings.logLevel = "info";
    settings.instances = {{"scoring", 0}, {"notification", 0}, {"statistics", 0}};
    return settings;
}

std::vector<std::string> makeDrafts(environment::Sql& sql, int count) {
    std::vector<std::string> drafts;
    for (const auto& row :
         sql.rows("INSERT INTO intake.brouillons (uuid, statut, profil, courriel, adresse, empreinte, etape, charge, "
                  "cree_le, modifie_le) SELECT gen_random_uuid(), 'EN_COURS', 'LOCATAIRE', 'a@example.org', '', "
                  "md5(i::text), 'x', '{}', now(), now() FROM generate_series(1, $1::int) i RETURNING uuid",
                  {std::to_string(count)})) {
        drafts.push_back(row[0].value());
    }
    return drafts;
}

void loadReference(environment::Environment& environment) {
    environment.loadReference();
    environment::Sql sql(environment.superuserUrl());
    for (int i = 0; i < 200; ++i) {
        if (sql.rows("SELECT count(*) FROM intake.territoires")[0][0].value() == "102") return;
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    throw std::runtime_error("intake did not learn of the territories");
}

Load submitAll(const std::string& url, const std::vector<std::string>& drafts, const std::vector<std::string>& bodies,
               int connections, int seconds, const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    std::string lines;
    for (const auto& draft : drafts) lines += draft + "\n";
    write(folder / "drafts", lines);
    for (std::size_t i = 0; i < bodies.size(); ++i) write(folder / ("body-" + std::to_string(i + 1) + ".json"), bodies[i]);
    auto script = replaced(kScript, "%DRAFTS%", (folder / "drafts").string());
    script = replaced(script, "%BODIES%", std::to_string(bodies.size()));
    script = replaced(script, "%FOLDER%", folder.string());
    write(folder / "submit.lua", script);
    const auto command = "wrk -t1 -c" + std::to_string(connections) + " -d" + std::to_string(seconds) + "s -s '" +
                         (folder / "submit.lua").string() + "' '" + url + "'";
    FILE* pipe = popen(command.c_str(), "r");
    if (pipe == nullptr) throw std::runtime_error("cannot run wrk");
    Load load;
    char line[512];
    double microseconds = 0;
    while (std::fgets(line, sizeof line, pipe) != nullptr) {
        std::sscanf(line, "RESULT %lf %lld %lld %lf %lf", &microseconds, &load.answered, &load.refused, &load.p50Ms,
                    &load.p99Ms);
    }
    if (pclose(pipe) != 0 || microseconds <= 0) throw std::runtime_error("wrk failed");
    load.seconds = microseconds / 1e6;
    return load;
}

}  // namespace histologe::bench
