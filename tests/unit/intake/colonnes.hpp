// A signalement under the column names of the reference, null and empty values left out, to compare with its table of
// expected payloads.
#pragma once

#include "services/intake/domain/signalement.hpp"

namespace histologe::intake::essais {

core::Json enColonnes(const Signalement& signalement);

}  // namespace histologe::intake::essais
