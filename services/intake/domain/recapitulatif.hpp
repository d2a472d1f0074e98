// The summary of a rescue service's declaration, for its own archives.
#pragma once

#include <string>

#include "libs/core/json.hpp"
#include "libs/domain/desordres/catalogue.hpp"

namespace histologe::intake {

struct DeclarationARecapituler {
    std::string reference;
    std::string service;   // its name
    std::string deposeLe;  // day and hour at the place, 25/11/2026 à 14:30
    core::Json contenu;    // the document of the signalement
    core::Json reponses;   // with the précisions that were chosen
    int fichiers = 0;      // received with it
};

// A whole HTML document (UTF-8) in plain French that refers to nothing outside of it: a title, a language, headings in
// order and tables whose cells have headers, so that the PDF made of it can be read aloud. Nothing that was typed is
// taken for HTML. What was not said is left out.
std::string recapitulatifHtml(const desordres::Catalogue& catalogue, const DeclarationARecapituler& declaration);

}  // namespace histologe::intake
