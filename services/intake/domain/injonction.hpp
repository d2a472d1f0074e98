// The accelerated procedure (injonction): a letter to the landlord first, the authorities only when it leads nowhere.
#pragma once

#include "services/intake/domain/signalement.hpp"

namespace histologe::intake {

// True when a declaration begins by it: its tenant asks for it in private housing, has told a landlord who can be
// written to (by mail or by post), the territoire proposes it, and nothing declared calls for an authority
// (`desordres::appelleUneAutorite`). Housing of which nobody said whether it is social counts as private. (Reference of
// intake, 1.10.)
bool entreEnInjonction(const Signalement& signalement, bool territoirePropose, bool appelleUneAutorite) noexcept;

}  // namespace histologe::intake
