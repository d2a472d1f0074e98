// The inputs of scoring vectors in the terms of our domain, and our answers in the terms of the vectors.
#pragma once

#include <string>
#include <vector>

#include "libs/core/json.hpp"
#include "services/scoring/domain/evaluation.hpp"

namespace histologe::golden {

// The facts of `type_composition`, `superficie`, `nb_occupants`, `assurance_contactee` and `situation_foyer`; any of
// them may be missing.
desordres::Faits faitsOfVector(const desordres::Catalogue& catalogue, const core::Json& input);

// The set of `precisions`.
desordres::PrecisionSet precisionsOfVector(const desordres::Catalogue& catalogue, const core::Json& input);

// The lines of `existing`.
std::vector<scoring::LigneQualification> existingOfVector(const desordres::Catalogue& catalogue,
                                                          const core::Json& input);

// Details of NDE in the vectors' names. The text "0" means false and the empty text means unknown, as stored long ago.
scoring::NdeDetails ndeDetailsOfVector(const core::Json& details);

// The surface of an input; absent when null.
std::optional<double> superficieOfVector(const core::Json& input);

core::Json slugsAnswer(const desordres::Catalogue& catalogue, const desordres::PrecisionSet& precisions);
core::Json lignesAnswer(const desordres::Catalogue& catalogue, const std::vector<scoring::LigneQualification>& lignes);

// A vector of the first generation: its score (or the one it forces) and its qualifications.
core::Json premiereGeneration(const desordres::Catalogue& catalogue, const core::Json& input, desordres::Regles regles);

// Adds score, scoreBatiment and scoreLogement.
void putScore(const desordres::Score& score, core::Json& answer);

}  // namespace histologe::golden
