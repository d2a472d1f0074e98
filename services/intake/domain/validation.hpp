// The rules that a draft must hold before it is stored (reference of intake, 1.7).
#pragma once

#include <chrono>
#include <functional>
#include <string_view>
#include <vector>

#include "services/intake/domain/demande.hpp"
#include "services/intake/domain/violation.hpp"

namespace histologe::intake {

// What the directory says of a dwelling's place.
struct SituationDuLieu {
    bool communeConnue = true;     // the pair (postcode, INSEE code) is in the table of communes
    bool territoireOuvert = true;  // the territoire of the INSEE code is open, for this commune
};

// What the rules need to know besides the answers.
struct Contexte {
    // The day it is where the dwelling stands.
    std::chrono::sys_days aujourdhui;
    // Asked at most once, with a postcode and an INSEE code in their right form. Not set: nothing is asked.
    std::function<SituationDuLieu(std::string_view codePostal, std::string_view codeInsee)> lieu;
    // Whether the submission needs the consents even when the payload shows none of them. False keeps drafts saved by
    // clients that never show that screen submittable, as in the reference.
    bool consentementsToujours = false;
};

// All broken rules, in the order of Champ, then the subjects of the désordres, the uploads and the keys that cannot be
// stored; empty when the draft may be stored. Fields of later screens are required only when the body says that this is
// the final step. Never throws on content. Decisions where the reference answers 500: missing profile, missing kind of
// owner and unknown kind of heating are violations. Others: the consents shown must be given; nobody moves in tomorrow;
// whoever has a single room has said how many.
std::vector<Violation> valider(const Demande& demande, const Contexte& contexte);

}  // namespace histologe::intake
