#include "tools/demo_program/statistics_page.hpp"

#include <thread>

#include "libs/core/text.hpp"

namespace histologe::demo {
namespace {

constexpr auto kPath = "/statistiques-filter";

std::string line(const std::string& name, const std::string& value) {
    const auto length = core::countCharacters(name);
    return "  " + name + std::string(length < 44 ? 44 - length : 1, ' ') + value + "\n";
}

// A figure of the document: a number, or "-" where there is nothing to divide by.
std::string figure(const core::Json& document, const char* name) {
    const auto& value = document.at(name);
    return value.is_string() ? value.get<std::string>() : core::dumpJson(value);
}

}  // namespace

int countedReports(Front& front) {
    return front.get(kPath).at("count_signalement").get<int>();
}

std::string statisticsOnceCounted(Front& front, int expected, bool& isReached) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(15);
    auto document = front.get(kPath);
    while (document.at("count_signalement").get<int>() < expected && std::chrono::steady_clock::now() < end) {
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        document = front.get(kPath);
    }
    isReached = document.at("count_signalement").get<int>() >= expected;
    std::string text = "Public statistics (GET " + std::string(kPath) + ")\n";
    text += line("reports", figure(document, "count_signalement"));
    text += line("open territories", figure(document, "count_territory"));
    text += line("validated, percent", figure(document, "percent_validation"));
    text += line("closed, percent", figure(document, "percent_cloture"));
    for (const auto& [code, territoire] : document.at("signalement_per_territoire").items()) {
        text += line("territory " + code + " " + territoire.at("name").get<std::string>(), figure(territoire, "count"));
    }
    for (const auto& [statut, part] : document.at("signalement_per_statut").items()) {
        text += line("status " + part.at("label").get<std::string>(), figure(part, "count"));
    }
    for (const auto& part : document.at("signalement_per_logement_desordres")) {
        if (part.at("count").get<int>() > 0) {
            text += line("désordre (dwelling) " + part.at("label").get<std::string>(), figure(part, "count"));
        }
    }
    return text;
}

}  // namespace histologe::demo
