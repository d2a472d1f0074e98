#include "services/statistics/domain/mois.hpp"

#include <array>
#include <string_view>

namespace histologe::statistics {
namespace {

constexpr std::array<std::string_view, 12> kNoms = {"Janvier",   "Février", "Mars",     "Avril",
                                                    "Mai",       "Juin",    "Juillet",  "Août",
                                                    "Septembre", "Octobre", "Novembre", "Décembre"};

}  // namespace

Mois suivant(Mois mois) noexcept {
    return mois.mois == 12 ? Mois{mois.annee + 1, 1} : Mois{mois.annee, mois.mois + 1};
}

std::string libelleOf(Mois mois) {
    return std::string(kNoms.at(static_cast<std::size_t>(mois.mois - 1))) + ' ' + std::to_string(mois.annee);
}

std::vector<std::pair<Mois, long long>> serieContinue(const std::map<Mois, long long>& comptes) {
    std::vector<std::pair<Mois, long long>> serie;
    for (const auto& [mois, nombre] : comptes) {
        while (!serie.empty() && suivant(serie.back().first) < mois) {
            serie.emplace_back(suivant(serie.back().first), 0);
        }
        serie.emplace_back(mois, nombre);
    }
    return serie;
}

}  // namespace histologe::statistics
