// The description of the sections, from which a front can draw its screens.
#pragma once

#include <optional>
#include <string_view>

#include "libs/core/json.hpp"

namespace histologe::intake {

// The forms by name: `saisie`, `modifications`, `secours`, `usager`. {formulaire, sections: [{nom, libelle, champs: [{nom,
// libelle, nature, requisPour, pour, minimum, maximum, choix}]}]}; empty for another name.
std::optional<core::Json> formulaire(std::string_view nom);

}  // namespace histologe::intake
