// What the tests of the intake domain share: sample drafts, a day, the real territories.
#pragma once

#include <algorithm>
#include <fstream>
#include <initializer_list>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "libs/core/json.hpp"
#include "services/intake/domain/validation.hpp"

namespace histologe::intake::essais {

inline std::string fichier(const std::string& chemin) {
    std::ifstream flux(std::string(HISTOLOGE_SOURCE_DIR) + "/" + chemin, std::ios::binary);
    if (!flux) throw std::runtime_error("unreadable file: " + chemin);
    std::ostringstream texte;
    texte << flux.rdbuf();
    return texte.str();
}

inline core::Json echantillon(const std::string& nom) {
    return core::parseJson(fichier("tests/golden/payloads/" + nom + ".json"));
}

// The tests' today: 7 August 2026.
inline constexpr std::chrono::sys_days kAujourdhui = std::chrono::year(2026) / 8 / 7;

inline Contexte contexte() {
    return {.aujourdhui = kAujourdhui, .lieu = {}, .consentementsToujours = false};
}

// `property: code` of each violation, in order.
inline std::vector<std::string> violationsDe(const core::Json& charge, const Contexte& avec = contexte()) {
    const Demande demande(charge);
    std::vector<std::string> toutes;
    for (const Violation& violation : valider(demande, avec)) {
        toutes.push_back(violation.propriete + ": " + std::string(codeDe(violation.manquement)));
    }
    return toutes;
}

using Liste = std::vector<std::string>;

}  // namespace histologe::intake::essais
