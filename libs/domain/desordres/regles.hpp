// Which rules are applied: the corrected ones everywhere, those of the service of reference to compare with it.
#pragma once

#include <cstdint>

namespace histologe::desordres {

// The service of reference has known faults (reference of scoring, 8); `Corrigees` is without them and serves everyone,
// `Reference` reproduces them so that vectors taken from that service can be told apart from mistakes of ours.
enum class Regles : std::uint8_t { Corrigees, Reference };

}  // namespace histologe::desordres
