// A signalement as an agent writes it, step by step, and the signalement it becomes.
#pragma once

#include <string>
#include <vector>

#include "libs/core/error.hpp"
#include "libs/domain/desordres/catalogue.hpp"
#include "services/intake/domain/fiche.hpp"
#include "services/intake/domain/section_examen.hpp"

namespace histologe::intake {

// The step of the désordres, which is no section of fields.
inline constexpr std::string_view kEtapeDesordres = "desordres";

// True for the name of a step of a draft.
bool estEtapeDeSaisie(std::string_view nom) noexcept;

// The rules that a step of a draft must hold, given the steps saved before it (an object by name of step). Only the
// fields of the step itself are looked at: what is wrong elsewhere never refuses it.
std::vector<core::Violation> examinerEtapeDeSaisie(std::string_view nom, const core::Json& corps,
                                                   const core::Json& etapes, const desordres::Catalogue& catalogue,
                                                   ContexteDeSection contexte);

// The document that the saved steps make. Total: fields that broke a rule are left out.
Fiche assembler(const core::Json& etapes, const desordres::Catalogue& catalogue, const ContexteDeSection& contexte);

// What still stands in the way of the signalement, in the words in which agents read it; empty when nothing does.
std::vector<core::Violation> bloquants(const Fiche& fiche, const desordres::Catalogue& catalogue);

// What is settled at the very end: who declares for whom, names that stand for each other. An agent's own name is never
// put in place of an occupant's that is not known.
void acheverFiche(Fiche& fiche);

}  // namespace histologe::intake
