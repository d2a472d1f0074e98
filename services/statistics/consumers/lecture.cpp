#include "services/statistics/consumers/lecture.hpp"

#include "libs/core/error.hpp"
#include "libs/core/ids.hpp"

namespace histologe::statistics {
namespace {

[[noreturn]] void refuse(const streams::Event& event, const std::string& champ) {
    throw core::Error(core::ErrorKind::InvalidInput, "evenement_invalide", "L'événement ne peut pas être lu.", {},
                      event.type + ": " + champ);
}

// Null when absent: the two mean the same in an event.
const core::Json& membre(const streams::Event& event, const char* champ) {
    static const core::Json kAbsent;
    const auto found = event.data.find(champ);
    return found == event.data.end() ? kAbsent : *found;
}

}  // namespace

std::string signalementDe(const streams::Event& event) {
    if (!core::isUuid(event.subject)) refuse(event, "subject");
    return event.subject;
}

std::optional<std::string> texteOuRien(const streams::Event& event, const char* champ) {
    const auto& value = membre(event, champ);
    if (value.is_null()) return std::nullopt;
    if (!value.is_string()) refuse(event, champ);
    return value.get<std::string>();
}

std::string texte(const streams::Event& event, const char* champ) {
    auto value = texteOuRien(event, champ);
    if (!value || value->empty()) refuse(event, champ);
    return *std::move(value);
}

double nombre(const streams::Event& event, const char* champ) {
    const auto& value = membre(event, champ);
    if (!value.is_number()) refuse(event, champ);
    return value.get<double>();
}

std::optional<bool> drapeauOuRien(const streams::Event& event, const char* champ) {
    const auto& value = membre(event, champ);
    if (value.is_null()) return std::nullopt;
    if (!value.is_boolean()) refuse(event, champ);
    return value.get<bool>();
}

bool drapeau(const streams::Event& event, const char* champ) {
    const auto value = drapeauOuRien(event, champ);
    if (!value) refuse(event, champ);
    return *value;
}

core::Instant instant(const streams::Event& event, const char* champ) {
    const auto read = core::parseInstant(texte(event, champ));
    if (!read) refuse(event, champ);
    return *read;
}

std::vector<std::string> textes(const streams::Event& event, const char* champ) {
    const auto& value = membre(event, champ);
    if (!value.is_array()) refuse(event, champ);
    std::vector<std::string> list;
    list.reserve(value.size());
    for (const auto& one : value) {
        if (!one.is_string()) refuse(event, champ);
        list.push_back(one.get<std::string>());
    }
    return list;
}

}  // namespace histologe::statistics
