// What a new evaluation changes to what is suspected of a report.
#pragma once

#include <vector>

#include "libs/core/json.hpp"
#include "services/scoring/domain/qualifications.hpp"

namespace histologe::scoring {

// True for a suspicion that stands: neither withdrawn, nor lifted by an energy certificate in order, nor found by a
// visit. What a visit found is a fact and no suspicion: it neither appears nor ends with an evaluation.
bool isSuspicion(const LigneQualification& ligne) noexcept;

// Each qualification once, in the order of the vocabulary.
struct Changements {
    std::vector<domain::Qualification> apparues;
    std::vector<domain::Qualification> terminees;
    friend bool operator==(const Changements&, const Changements&) = default;
};

// A first evaluation has nothing before it.
Changements changementsOf(const std::vector<LigneQualification>& avant, const std::vector<LigneQualification>& apres);

// {apparues: [code], terminees: [code]}.
core::Json toJson(const Changements& changements);

}  // namespace histologe::scoring
