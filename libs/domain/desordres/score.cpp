#include "libs/domain/desordres/score.hpp"

#include <algorithm>

namespace histologe::desordres {
namespace {

constexpr int kMaxBatiment = maximumOf(Zone::Batiment);
constexpr int kMaxLogement = maximumOf(Zone::Logement);

}  // namespace

Score scoreOf(const Catalogue& catalogue, const PrecisionSet& precisions, bool enfants) noexcept {
    const int batiment = catalogue.poidsOf(precisions, Zone::Batiment);
    const int logement = catalogue.poidsOf(precisions, Zone::Logement);
    // (b/84 + l/102) / 2 * 100, over one denominator; the factor is 10 or 11 tenths.
    const long long numerator =
        (static_cast<long long>(batiment) * kMaxLogement + static_cast<long long>(logement) * kMaxBatiment) * 100 *
        (enfants ? 11 : 10);
    constexpr long long kDenominator = 2LL * kMaxBatiment * kMaxLogement * kPoidsParUnite * 10;
    Score score;
    score.score = std::min(kScoreMax, static_cast<double>(numerator) / static_cast<double>(kDenominator));
    score.scoreBatiment = batiment * 100.0 / (kMaxBatiment * kPoidsParUnite);
    score.scoreLogement = logement * 100.0 / (kMaxLogement * kPoidsParUnite);
    return score;
}

Bande bandeOf(double score) noexcept {
    if (score >= 0 && score <= 10) return Bande::JusquA10;
    if (score > 10 && score <= 30) return Bande::JusquA30;
    if (score > 30 && score <= 50) return Bande::JusquA50;
    return Bande::AuDela;
}

}  // namespace histologe::desordres
