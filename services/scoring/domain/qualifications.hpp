// The suspicions that follow from a score and from the précisions behind it (reference of scoring, 4.1 to 4.7).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/domain/desordres/catalogue.hpp"
#include "libs/domain/desordres/faits.hpp"
#include "libs/domain/vocabulaire/qualifications.hpp"
#include "services/scoring/domain/nde.hpp"

namespace histologe::scoring {

// One qualification of a report. Several lines of one qualification may stand side by side: a suspicion and what visits
// found.
struct LigneQualification {
    domain::Qualification qualification;
    domain::StatutQualification statut;
    std::optional<bool> postVisite;  // true: found by a visit; absent on lines of NDE and on old ones
    desordres::PrecisionSet precisions;
    std::optional<NdeDetails> nde;
    // Of a finding: the visit or the arrêté that made it; unknown for those that were taken over from elsewhere.
    std::optional<std::string> intervention = {};
    friend bool operator==(const LigneQualification&, const LigneQualification&) = default;
};

// Brings the lines of a report up to date; a new report has none. Every suspicion is first withdrawn (archived), then
// those that hold are written again in place or added at the end, in the order of the reference: NON_DECENCE, RSD,
// SALETE, MISE_EN_SECURITE_PERIL, INSALUBRITE, ASSURANTIEL, SUROCCUPATION, DANGER, NON_DECENCE_ENERGETIQUE. The last
// three are deleted, details included, instead of archived when they no longer hold; when they do, they follow the
// précisions and the facts of the day (by the rules of reference they keep those they were created with). What visits
// found is never touched. An insurer of whom nothing is said has not been contacted.
std::vector<LigneQualification> updateQualifications(const desordres::Catalogue& catalogue,
                                                     const desordres::PrecisionSet& precisions,
                                                     const desordres::Faits& faits, double score,
                                                     std::vector<LigneQualification> lignes = {},
                                                     desordres::Regles regles = desordres::Regles::Corrigees);

// Adds what a visit or an arrêté concluded: NON_DECENCE, RSD, INSALUBRITE, MISE_EN_SECURITE_PERIL and SALETE (not by
// the rules of reference) become findings, any other code adds nothing. Suspicions stay. Each visit adds its own
// findings: whoever keeps them tells visits apart.
void addConclusions(const std::vector<std::string_view>& conclusions, std::vector<LigneQualification>& lignes,
                    desordres::Regles regles = desordres::Regles::Corrigees);

// What one visit or arrêté concluded, in the place of what was said of it before: told again it changes nothing,
// corrected it counts as corrected, and without any conclusion nothing of it is left. What others found stays. A code
// that is said twice counts once.
void retenirConclusions(const std::string& intervention, const std::vector<std::string>& conclusions,
                        std::vector<LigneQualification>& lignes);

// After the dwelling's information was edited: the certificate of the NDE line follows the answer (oui, non, else
// unknown).
void refreshDpe(const desordres::Faits& faits, std::vector<LigneQualification>& lignes) noexcept;

}  // namespace histologe::scoring
