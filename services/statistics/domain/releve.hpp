// What was counted, as the public figures need it: rows of sums, no dossier.
#pragma once

#include <string>
#include <vector>

#include "services/statistics/domain/mois.hpp"

namespace histologe::statistics {

struct Territoire {
    std::string code;
    std::string nom;
    bool actif = false;
};

// Dossiers of the whole country.
struct EffectifNational {
    std::string territoire;  // empty: not known
    std::string statut;
    bool importe = false;
    std::string motif;  // of a closed dossier that has one and a closing date; empty otherwise
    long long nombre = 0;
};

// Dossiers of the selection that are not imported.
struct Effectif {
    std::string territoire;  // empty when the selection is the whole country
    Mois mois;               // of the declaration, on the territory's calendar
    std::string statut;
    std::string motif;
    long long nombre = 0;
};

// Précisions of the selection's dossiers that are not imported, whatever their status.
struct EffectifDesordres {
    int annee = 0;
    std::string zone;
    std::string critere;
    bool retenu = false;  // counts for the top lists: status not excluded, declared with the usager's present form
    long long nombre = 0;
};

struct Releve {
    std::string selection;  // a territory's code; empty: the whole country
    int anneeCourante = 0;  // on the calendar of the selection
    std::vector<Territoire> territoires;
    std::vector<EffectifNational> nationaux;
    std::vector<Effectif> effectifs;
    std::vector<EffectifDesordres> desordres;
};

}  // namespace histologe::statistics
