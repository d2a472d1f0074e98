// An evaluation as it is stored, answered and told to the other services.
#pragma once

#include "libs/core/json.hpp"
#include "services/scoring/domain/evaluation.hpp"

namespace histologe::scoring {

// {catalogue, score, scoreBatiment, scoreLogement, criteres: [slug], precisions: [slug], qualifications:
// [{qualification, statut, precisions: [slug], postVisite?, intervention?, nde?: {consommationEnergie, dpe, dateDernierDpe,
// classeEnergetique}}]}. Scores are not rounded.
core::Json toJson(const desordres::Catalogue& catalogue, const Evaluation& evaluation);
core::Json toJson(const desordres::Catalogue& catalogue, const LigneQualification& ligne);

// The reverse of one line, as stored. Throws core::Error (InvalidInput, `qualification_illisible`) on an unknown code,
// (InvalidInput, `precision_inconnue`) on a slug that the catalogue does not hold.
LigneQualification ligneFromJson(const desordres::Catalogue& catalogue, const core::Json& json);
// All the lines of a report, as stored.
std::vector<LigneQualification> lignesFromJson(const desordres::Catalogue& catalogue, const core::Json& json);

}  // namespace histologe::scoring
