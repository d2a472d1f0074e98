#include "services/scoring/domain/changements.hpp"

#include <bitset>

namespace histologe::scoring {
namespace {

using Suspicions = std::bitset<desordres::kQualificationCount>;

Suspicions suspicionsOf(const std::vector<LigneQualification>& lignes) {
    Suspicions suspicions;
    for (const auto& ligne : lignes) {
        if (isSuspicion(ligne)) suspicions.set(static_cast<std::size_t>(ligne.qualification));
    }
    return suspicions;
}

std::vector<domain::Qualification> listOf(const Suspicions& suspicions) {
    std::vector<domain::Qualification> list;
    for (std::size_t at = 0; at < suspicions.size(); ++at) {
        if (suspicions[at]) list.push_back(static_cast<domain::Qualification>(at));
    }
    return list;
}

core::Json codesOf(const std::vector<domain::Qualification>& qualifications) {
    auto codes = core::Json::array();
    for (const auto qualification : qualifications) codes.push_back(domain::nameOf(qualification));
    return codes;
}

}  // namespace

bool isSuspicion(const LigneQualification& ligne) noexcept {
    using enum domain::StatutQualification;
    return ligne.postVisite != true && ligne.statut != Archivee && ligne.statut != NdeConforme;
}

Changements changementsOf(const std::vector<LigneQualification>& avant, const std::vector<LigneQualification>& apres) {
    const auto before = suspicionsOf(avant);
    const auto after = suspicionsOf(apres);
    return {listOf(after & ~before), listOf(before & ~after)};
}

core::Json toJson(const Changements& changements) {
    return {{"apparues", codesOf(changements.apparues)}, {"terminees", codesOf(changements.terminees)}};
}

}  // namespace histologe::scoring
