#include "tools/demo_program/cases.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>

#include "libs/core/files.hpp"

namespace histologe::demo {
namespace {

core::Json read(const std::filesystem::path& path) {
    return core::parseJson(core::readFile(path));
}

// `nom@example.org` becomes `nom+run@example.org`, in every answer that is a mail address.
void personalise(core::Json& payload, const std::string& run) {
    for (auto& [key, value] : payload.items()) {
        if (!value.is_string() || key.find("email") == std::string::npos) {
            continue;
        }
        auto address = value.get<std::string>();
        if (const auto at = address.find('@'); at != std::string::npos) {
            value = address.insert(at, "+" + run);
        }
    }
}

std::vector<std::string> sorted(const core::Json& names) {
    auto list = names.get<std::vector<std::string>>();
    std::sort(list.begin(), list.end());
    return list;
}

}  // namespace

std::vector<Case> loadCases(const std::filesystem::path& sourceFolder, const std::string& run) {
    const auto golden = sourceFolder / "tests" / "golden";
    const auto outcomes = read(golden / "payloads_expected.json").at("payloads");
    std::map<std::string, core::Json> orientations;
    const auto expectations = read(sourceFolder / "data" / "demo" / "attendu.json");
    for (const auto& expected : expectations.at("cas")) {
        if (expected.at("payload").is_string()) {
            orientations[expected["payload"].get<std::string>()] = expected;
        }
    }
    // Some partners look for themselves, or have no address.
    std::set<std::string> notified;
    const auto annuaire = read(sourceFolder / "data" / "demo" / "annuaire.json");
    for (const auto& partenaire : annuaire.at("partenaires")) {
        if (partenaire.value("notifiable", true) && !partenaire.value("courriel", "").empty()) {
            notified.insert(partenaire.at("nom").get<std::string>());
        }
    }
    std::vector<Case> cases;
    for (const auto& [file, outcome] : outcomes.items()) {
        const auto& violations = outcome.at("violations_at_declared_step");
        const bool isBuilt = outcome.at("built").get<bool>();
        if (!isBuilt && violations.empty()) {
            continue;  // the beginnings of a report
        }
        Case filed;
        filed.name = file.substr(0, file.rfind('.'));
        filed.payload = read(golden / "payloads" / file);
        filed.payload["currentStep"] = "validation_signalement";
        filed.profil = outcome.at("signalement").at("profile_declarant").get<std::string>();
        filed.territoire = outcome["signalement"].at("territory_zip").get<std::string>();
        personalise(filed.payload, run);
        if (!isBuilt) {
            filed.refusal = violations.at(0).at(0).get<std::string>();
            cases.push_back(std::move(filed));
            continue;
        }
        // One sample stops before the last question: the usager answers it.
        for (const auto& missing : outcome.at("additional_violations_when_submitted_as_validation_signalement")) {
            if (missing.at(0) != "travailleurSocialPreavisDepart") {
                throw std::runtime_error(file + " lacks an answer that the demo does not know how to give");
            }
            filed.payload["travailleur_social_preavis_depart"] = "non";
        }
        const auto orientation = orientations.find(file);
        if (orientation == orientations.end()) {
            throw std::runtime_error("data/demo/attendu.json says nothing of " + file);
        }
        filed.score = outcome.at("desordres").at("score").get<double>();
        filed.qualifications = sorted(orientation->second.at("dossier").at("qualifications"));
        filed.partenaires = sorted(orientation->second.at("partenaires"));
        filed.courrielsPartenaires =
            static_cast<int>(std::count_if(filed.partenaires.begin(), filed.partenaires.end(),
                                           [&](const std::string& name) { return notified.count(name) != 0; }));
        cases.push_back(std::move(filed));
    }
    return cases;
}

}  // namespace histologe::demo
