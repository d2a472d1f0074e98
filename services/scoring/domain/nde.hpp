// Non-décence énergétique: what the energy certificate says and what follows from it (reference of scoring, 4.4).
#pragma once

#include <optional>
#include <string>

#include "libs/domain/desordres/faits.hpp"
#include "libs/domain/vocabulaire/qualifications.hpp"

namespace histologe::scoring {

// Kept with the row of the qualification, and later corrected by agents.
struct NdeDetails {
    std::optional<int> consommationEnergie;        // kWh a year (certificate before 2023) or kWh a m² and a year
    std::optional<bool> dpe;                       // is there a certificate; unknown when absent
    std::optional<std::string> dateDernierDpe;     // `YYYY-MM-DD`, or the form's words `before2023` and `post2023`
    std::optional<std::string> classeEnergetique;  // A to G, or `nsp`
    friend bool operator==(const NdeDetails&, const NdeDetails&) = default;
};

// The details of a report that has none yet. A report that says there is no certificate starts as unknown, as in the
// service of reference; an agent's edit tells the two apart.
NdeDetails initialNdeDetails(const desordres::Faits& faits);

// NdeAveree without a certificate or above 450 kWh/m²/year (450 itself is allowed), NdeConforme when the figure is fine
// and the class is not G, or when nothing at all points to it, else NdeAVerifier. `withDesordres`: précisions are
// attached.
domain::StatutQualification ndeStatut(const NdeDetails& details, std::optional<double> superficie,
                                      bool withDesordres) noexcept;

}  // namespace histologe::scoring
