// Non-décence énergétique: what the energy certificate says and what follows from it (reference of scoring, 4.4).
#pragma once

#include <optional>
#include <string>

#include "libs/domain/desordres/faits.hpp"
#include "libs/domain/desordres/regles.hpp"
#include "libs/domain/vocabulaire/qualifications.hpp"

namespace histologe::scoring {

// Kept with the row of the qualification, and later corrected by agents.
struct NdeDetails {
    std::optional<int> consommationEnergie;        // kWh a year (certificate before 2023) or kWh a m² and a year
    std::optional<bool> dpe;                       // is there a certificate; unknown when absent
    std::optional<std::string> dateDernierDpe;     // `YYYY-MM-DD`, or the form's words `before2023` and `post2023`
    std::optional<std::string> classeEnergetique;  // A to G, or `nsp`
    bool parMetreCarre = false;                    // the figure is one of a m², whatever the date of the certificate
    friend bool operator==(const NdeDetails&, const NdeDetails&) = default;
};

// The details of a report that has none yet. By the rules of reference, a report that says there is no certificate
// starts as unknown, and a figure a m² of a certificate before 2023 is taken for one of the whole dwelling.
NdeDetails initialNdeDetails(const desordres::Faits& faits, desordres::Regles regles = desordres::Regles::Corrigees);

// The details after an edit of the report: what it says now replaces what was known, what it leaves unsaid stays.
NdeDetails refreshedNdeDetails(NdeDetails known, const desordres::Faits& faits);

// NdeAveree without a certificate or above 450 kWh/m²/year (450 itself is allowed), NdeConforme when the figure is fine
// and the class is not G, or when nothing at all points to it, else NdeAVerifier. `withDesordres`: précisions are
// attached.
domain::StatutQualification ndeStatut(const NdeDetails& details, std::optional<double> superficie,
                                      bool withDesordres) noexcept;

}  // namespace histologe::scoring
