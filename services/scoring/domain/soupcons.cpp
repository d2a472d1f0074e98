#include "services/scoring/domain/soupcons.hpp"

#include <algorithm>
#include <iterator>

namespace histologe::scoring {

std::vector<std::string> soupconsEnCours(const std::vector<LigneQualification>& lignes) {
    using domain::StatutQualification;
    std::vector<std::string> codes;
    for (const auto& ligne : lignes) {
        if (ligne.postVisite == true || ligne.statut == StatutQualification::Archivee ||
            ligne.statut == StatutQualification::NdeConforme) {
            continue;
        }
        codes.emplace_back(domain::nameOf(ligne.statut));
    }
    std::ranges::sort(codes);
    const auto repeated = std::ranges::unique(codes);
    codes.erase(repeated.begin(), repeated.end());
    return codes;
}

ChangementSoupcons changementEntre(const std::vector<LigneQualification>& avant,
                                   const std::vector<LigneQualification>& apres) {
    const auto before = soupconsEnCours(avant);
    const auto after = soupconsEnCours(apres);
    ChangementSoupcons changement;
    std::ranges::set_difference(after, before, std::back_inserter(changement.apparus));
    std::ranges::set_difference(before, after, std::back_inserter(changement.termines));
    return changement;
}

}  // namespace histologe::scoring
