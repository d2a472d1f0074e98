#include "libs/domain/desordres/catalogue.hpp"

#include <algorithm>

#include "libs/core/error.hpp"

namespace histologe::desordres {

std::string_view codeOf(Zone zone) noexcept {
    return zone == Zone::Batiment ? "BATIMENT" : "LOGEMENT";
}

std::optional<PrecisionIndex> Catalogue::findPrecision(std::string_view slug) const {
    const auto found = precisionBySlug_.find(std::string(slug));
    if (found == precisionBySlug_.end()) return std::nullopt;
    return found->second;
}

std::optional<CritereIndex> Catalogue::findCritere(std::string_view slug) const {
    const auto found = critereBySlug_.find(std::string(slug));
    if (found == critereBySlug_.end()) return std::nullopt;
    return found->second;
}

int Catalogue::poidsOf(const PrecisionSet& precisions, Zone zone) const noexcept {
    int total = 0;
    precisions.forEach([&](PrecisionIndex index) {
        if (batiment_.contains(index) == (zone == Zone::Batiment)) total += poids_[index];
    });
    return total;
}

std::vector<std::string_view> Catalogue::slugsOf(const PrecisionSet& precisions) const {
    std::vector<std::string_view> slugs;
    slugs.reserve(precisions.size());
    precisions.forEach([&](PrecisionIndex index) { slugs.emplace_back(precisions_[index].slug); });
    return slugs;
}

std::vector<CritereIndex> Catalogue::criteresOf(const PrecisionSet& precisions) const {
    std::vector<CritereIndex> criteres;
    criteres.reserve(precisions.size());
    std::array<bool, kMaxPrecisions> seen{};
    precisions.forEach([&](PrecisionIndex index) {
        const auto critere = precisions_[index].critere;
        if (!seen[critere]) criteres.push_back(critere);
        seen[critere] = true;
    });
    return criteres;
}

PrecisionSet Catalogue::setOf(const std::vector<std::string>& slugs) const {
    PrecisionSet set;
    for (const auto& slug : slugs) {
        const auto index = findPrecision(slug);
        if (!index) {
            throw core::Error(core::ErrorKind::InvalidInput, "precision_inconnue",
                              "Un désordre n'est pas dans la liste connue.", {}, slug);
        }
        set.add(*index);
    }
    return set;
}

}  // namespace histologe::desordres
