#include "services/intake/domain/section.hpp"

#include <algorithm>

#include "services/intake/domain/section_etapes.hpp"
#include "services/intake/domain/section_modifiables.hpp"
#include "services/intake/domain/section_usagers.hpp"

namespace histologe::intake {

std::span<const Section> sectionsModifiables() noexcept {
    return tables::kSectionsModifiables;
}
std::span<const Section> etapesDeSaisie() noexcept {
    return tables::kEtapesDeSaisie;
}
std::span<const Section> etapesDesSecours() noexcept {
    return tables::kEtapesDesSecours;
}

std::span<const Section> sectionsDesUsagers() noexcept {
    return tables::kSectionsDesUsagers;
}

const Section* sectionNommee(std::span<const Section> sections, std::string_view nom) noexcept {
    const auto place = std::find_if(sections.begin(), sections.end(), [&](const Section& s) { return s.nom == nom; });
    return place == sections.end() ? nullptr : &*place;
}

const ChampDeSection* champNomme(const Section& section, std::string_view nom) noexcept {
    const auto place = std::find_if(section.champs.begin(), section.champs.end(),
                                    [&](const ChampDeSection& champ) { return champ.nom == nom; });
    return place == section.champs.end() ? nullptr : &*place;
}

}  // namespace histologe::intake
