// What routing makes of an act of a usager or a landlord: the suivi that agents and usagers read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libs/core/json.hpp"

namespace histologe::routing {

// An act, as intake tells of it.
struct ActeDePersonne {
    std::string categorie;
    std::string auteur;  // occupant, declarant, bailleur
    core::Json details = core::Json::object();
    std::string texte;  // his words
};

// A suivi to write. The first of an act bears the act's identifier.
struct SuiviDActe {
    std::string categorie;
    std::string description;
    bool visibleUsager = false;
    friend bool operator==(const SuiviDActe&, const SuiviDActe&) = default;
};

// One suivi, and a second one with the landlord's own words where usagers read only what he answered (reference table
// of suivi categories). A category that this version does not know gives an internal suivi with the words as they are.
std::vector<SuiviDActe> suivisDe(const ActeDePersonne& acte);

}  // namespace histologe::routing
