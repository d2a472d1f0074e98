#include "libs/domain/desordres/qualification.hpp"

#include <array>

namespace histologe::desordres {
namespace {

constexpr std::array<std::string_view, kQualificationCount> kQualifications{
    "NON_DECENCE", "RSD",           "SALETE", "MISE_EN_SECURITE_PERIL", "INSALUBRITE",
    "ASSURANTIEL", "SUROCCUPATION", "DANGER", "NON_DECENCE_ENERGETIQUE"};

constexpr std::array<std::string_view, 18> kStatuts{"ARCHIVED",
                                                    "DANGER_CHECK",
                                                    "SUROCCUPATION_CHECK",
                                                    "ASSURANTIEL_CHECK",
                                                    "INSALUBRITE_CHECK",
                                                    "INSALUBRITE_AVEREE",
                                                    "INSALUBRITE_MANQUEMENT_CHECK",
                                                    "MISE_EN_SECURITE_PERIL_CHECK",
                                                    "MISE_EN_SECURITE_PERIL_AVEREE",
                                                    "NDE_AVEREE",
                                                    "NDE_OK",
                                                    "NDE_CHECK",
                                                    "NON_DECENCE_CHECK",
                                                    "NON_DECENCE_AVEREE",
                                                    "RSD_CHECK",
                                                    "RSD_AVEREE",
                                                    "SALETE_CHECK",
                                                    "SALETE_AVEREE"};

template <class Code, std::size_t N>
std::optional<Code> find(const std::array<std::string_view, N>& codes, std::string_view code) noexcept {
    for (std::size_t at = 0; at < N; ++at) {
        if (codes[at] == code) return static_cast<Code>(at);
    }
    return std::nullopt;
}

}  // namespace

std::string_view codeOf(Qualification qualification) noexcept {
    return kQualifications[static_cast<std::size_t>(qualification)];
}

std::string_view codeOf(Statut statut) noexcept {
    return kStatuts[static_cast<std::size_t>(statut)];
}

std::optional<Qualification> qualificationOf(std::string_view code) noexcept {
    return find<Qualification>(kQualifications, code);
}

std::optional<Statut> statutOf(std::string_view code) noexcept {
    return find<Statut>(kStatuts, code);
}

}  // namespace histologe::desordres
