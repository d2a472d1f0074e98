#include "tests/faults/support/expectation.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "libs/core/files.hpp"
#include "libs/core/json.hpp"
#include "tools/demo_program/cases.hpp"

namespace histologe::faults {
namespace {

// What personalises the addresses of the samples, replaced by each submission's number.
constexpr char kMark[] = "{n}";

std::map<std::string, std::string> notifiedPartners(const std::filesystem::path& sourceFolder) {
    std::map<std::string, std::string> addresses;
    const auto directory = core::parseJson(core::readFile(sourceFolder / "data" / "demo" / "annuaire.json"));
    for (const auto& partner : directory.at("partenaires")) {
        if (partner.value("notifiable", true) && !partner.value("courriel", "").empty()) {
            addresses[partner.at("nom").get<std::string>()] = partner["courriel"].get<std::string>();
        }
    }
    return addresses;
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

// Occupant and declarant, each address once.
std::set<std::string> usagers(const core::Json& answers) {
    std::set<std::string> addresses;
    for (const char* field :
         {"vos_coordonnees_occupant_email", "vos_coordonnees_tiers_email", "coordonnees_occupant_email"}) {
        const auto found = answers.find(field);
        if (found != answers.end() && found->is_string() && !found->get_ref<const std::string&>().empty()) {
            addresses.insert(lower(found->get<std::string>()));
        }
    }
    return addresses;
}

// Files are no part of these campaigns.
core::Json withoutFiles(const core::Json& answers) {
    core::Json kept = core::Json::object();
    for (const auto& [name, value] : answers.items()) {
        if (!name.ends_with("_upload")) kept[name] = value;
    }
    return kept;
}

}  // namespace

std::string Sample::numbered(const std::string& text, int n) {
    const auto number = std::to_string(n);
    std::string result;
    std::size_t at = 0;
    for (auto mark = text.find(kMark); mark != std::string::npos; mark = text.find(kMark, at)) {
        result.append(text, at, mark - at).append(number);
        at = mark + sizeof kMark - 1;
    }
    return result.append(text, at);
}

std::vector<Sample> loadSamples(const std::filesystem::path& sourceFolder) {
    const auto partners = notifiedPartners(sourceFolder);
    std::vector<Sample> samples;
    for (const auto& filed : demo::loadCases(sourceFolder, kMark)) {
        if (!filed.refusal.empty()) continue;
        Sample sample;
        sample.name = filed.name;
        auto answers = withoutFiles(filed.payload);
        answers.erase("uuidSignalementDraft");
        sample.body = core::dumpJson(answers);
        answers["currentStep"] = "desordres_renseignes";
        sample.draft = core::dumpJson(answers);
        sample.territoire = filed.territoire;
        sample.score = filed.score;
        sample.partenaires = filed.partenaires;
        for (const auto& usager : usagers(answers)) {
            sample.courriels.emplace_back("CONFIRM_RECEPTION_TO_USAGER", usager);
            // A report that goes to a partner is validated, and its usagers are told.
            if (!sample.partenaires.empty()) sample.courriels.emplace_back("SIGNALEMENT_VALIDATION_TO_USAGER", usager);
        }
        for (const auto& name : sample.partenaires) {
            if (const auto found = partners.find(name); found != partners.end()) {
                sample.courriels.emplace_back("AFFECTATION_NEW", found->second);
            }
        }
        std::sort(sample.courriels.begin(), sample.courriels.end());
        // Every sample is filed; those of at most five mails four times as often.
        const int weight = sample.courriels.size() <= 5 ? 4 : 1;
        samples.insert(samples.end(), static_cast<std::size_t>(weight), sample);
    }
    return samples;
}

}  // namespace histologe::faults
