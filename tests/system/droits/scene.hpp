// One dossier of Marseille, and everybody who may want something of it: those it concerns, and those it does not.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "tests/system/agents/agents.hpp"
#include "tests/system/usager/usager.hpp"

namespace histologe::droits {

using agents::one;
using product::Answer;

// Somebody who asks.
struct Lecteur {
    std::string nom;
    char genre;      // S, R, P, A: the agents; I: a system; U: usager; B: landlord; 0: nobody known
    bool estDIci;    // of the dossier's territoire, partner or signalement: it is his
    std::string jeton;
    auth::Claims claims{};  // of agents and systems

    [[nodiscard]] Answer demander(const std::string& methode, const std::string& chemin, const core::Json& corps = nullptr,
                                  product::Headers entetes = {}) const;
};

// Made once for the program.
struct Scene {
    usager::Dossier dossier;  // ACTIVE, given to `partenaire`, who accepted it
    std::string partenaire;   // of 13, affected
    std::string voisin;       // of 13, not affected
    std::string lointain;     // of 30
    std::string affectation;  // that of `partenaire`
    std::string compte;       // an agent of `partenaire`
    std::string systeme;      // a system's account
    std::string saisie;       // a draft of the agent of here
    std::string fichier;      // sent by the usager with the signalement; empty when there is none
    std::string suivi;        // of the platform, in the dossier
    std::string zone;         // of 13
    std::string regle;        // of 13
    std::string bailleur;     // of 13
    std::string etiquette;    // of 13
    std::string recherche;    // kept by the agent of here
    std::vector<Lecteur> lecteurs;

    [[nodiscard]] const Lecteur& lecteur(const std::string& nom) const;
};
const Scene& scene();

// The status of the dossier, and of the affectation of `partenaire`, in every service that decides by them.
void poser(const std::string& statutDossier, const std::string& statutAffectation);

// A problem document without what names this one request.
core::Json sansInstance(const Answer& answer);

}  // namespace histologe::droits
