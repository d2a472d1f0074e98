// What a declaration says to the lists: the values that filters compare, the words it is found by, who it is about.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "libs/core/json.hpp"

namespace histologe::routing {

struct FicheRecherche {
    std::optional<std::string> source;  // creation source; a modification does not say it
    bool importe = false;
    std::string parc;         // public, privee, non_renseigne
    std::string allocataire;  // caf, msa, oui (one of both, not said which), non, non_renseigne
    std::string enfants;      // of less than six years: oui, non, non_renseigne
    bool bailEnCours = false;  // a lease runs, as the answers say
    std::optional<std::string> motifCloture;  // of an imported dossier
    long long rang = 0;
    std::string communeTri;
    std::optional<std::int64_t> cellule;
    // Personal.
    std::string nomTri;
    std::optional<std::string> adresseCle;
    std::vector<std::string> mots;  // sorted, each once
    core::Json personnel;           // {occupant, declarant, proprietaire, adresse}
};

// Reads the `data` and `personnel` parts of `signalement.depose` or `signalement.modifie`.
FicheRecherche ficheRecherche(const core::Json& data, const core::Json& personnel);

// The qualifications (as `signalement.evalue` lists them) by which the filter of procedures finds a dossier: those that no
// visit found; for energy only what is established or to be checked. (Reference of routing, 7.7.)
std::vector<std::string> proceduresCherchables(const core::Json& qualifications);

}  // namespace histologe::routing
