#include "services/notification/domain/reprise.hpp"

#include <algorithm>
#include <cmath>

namespace histologe::notification {

std::chrono::milliseconds PolitiqueReprise::delai(int essais, double hasard) const {
    if (delais.empty()) return std::chrono::milliseconds(0);
    const auto rang = static_cast<std::size_t>(std::max(essais, 1) - 1);
    const std::chrono::milliseconds nominal = delais[std::min(rang, delais.size() - 1)];
    const double facteur = 1.0 + gigue * (2.0 * std::clamp(hasard, 0.0, 1.0) - 1.0);
    return std::chrono::milliseconds(std::llround(static_cast<double>(nominal.count()) * facteur));
}

Reprise PolitiqueReprise::apres(Issue issue, int essais, std::chrono::milliseconds age, double hasard) const {
    if (issue == Issue::Definitive || age >= abandonApres) return {Suite::Abandonner, std::chrono::milliseconds(0)};
    return {Suite::Reessayer, delai(essais, hasard)};
}

}  // namespace histologe::notification
