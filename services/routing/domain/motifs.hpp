// Why something is refused or closed: which motives are offered where, and their words. (Reference of routing, 3.2, 3.3, 3.5.)
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "services/routing/domain/machine.hpp"

namespace histologe::routing {

struct Motif {
    std::string_view code;
    std::string_view mots;  // after « Motif : »
};

// The motives of a list, as they are offered. Systems close an affectation with `logiciel` set: with the older list.
std::span<const Motif> motifsDe(ListeMotifs liste, bool logiciel = false) noexcept;
bool estUnMotif(ListeMotifs liste, std::string_view code, bool logiciel = false) noexcept;
// The words of any motive; its code when there are none.
std::string motsDuMotif(std::string_view code);

// Closing for one of these, a partenaire says whether the works were done: OUI, NON or EN_COURS.
bool veutLesTravaux(std::string_view motif) noexcept;
std::string motsDesTravaux(std::string_view reponse);

}  // namespace histologe::routing
