// Which suspicions a report is under, and what changed between two evaluations of it.
#pragma once

#include <string>
#include <vector>

#include "services/scoring/domain/qualifications.hpp"

namespace histologe::scoring {

// By code of status, in alphabetical order: a lesser suspicion that grows is one that ends and one that appears.
struct ChangementSoupcons {
    std::vector<std::string> apparus;
    std::vector<std::string> termines;

    [[nodiscard]] bool empty() const noexcept { return apparus.empty() && termines.empty(); }
};

// The codes of the suspicions that hold: neither withdrawn, nor found by a visit, nor a certificate that is fine.
std::vector<std::string> soupconsEnCours(const std::vector<LigneQualification>& lignes);

ChangementSoupcons changementEntre(const std::vector<LigneQualification>& avant,
                                   const std::vector<LigneQualification>& apres);

}  // namespace histologe::scoring
