// The désordres that people choose by hand: agents among critères and précisions, rescue services among twelve
// critères.
#pragma once

#include <string>
#include <vector>

#include "libs/core/error.hpp"
#include "libs/domain/desordres/catalogue.hpp"
#include "services/intake/domain/fiche.hpp"

namespace histologe::intake {

struct DesordresChoisis {
    std::vector<std::string> precisions;                 // slugs, each once, in the order of the catalogue
    core::Json precisionsLibres = core::Json::object();  // free words by slug of a critère or of a précision
    std::string details;                                 // free text; empty when none was written
};

// Reads {details, desordres: [{critere, precisions: [slug]}], precisionsLibres: {slug: texte}}. Of a critère with one
// précision naming it is enough; of any other at least one précision must be named, and one that excludes the others
// stands alone. Critères of the other form are unknown. Words are needed where a critère has no meaning without them.
// `desordres` may be absent or empty: a draft may be saved without any. Adds to `violations` and never throws on
// content.
DesordresChoisis lireDesordres(const desordres::Catalogue& catalogue, desordres::Contexte contexte,
                               const core::Json& corps, std::vector<core::Violation>& violations);

// Puts them into the document and into the answers, in place of those that were there.
void appliquerDesordres(const DesordresChoisis& choisis, Fiche& fiche);

// What the choices and the facts of the dwelling declare together: a dwelling too small for its occupants is a désordre
// even where none was chosen.
bool declareUnDesordre(const desordres::Catalogue& catalogue, const core::Json& reponses);

}  // namespace histologe::intake
