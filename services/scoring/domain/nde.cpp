#include "services/scoring/domain/nde.hpp"

#include <charconv>

namespace histologe::scoring {
namespace {

constexpr double kMaxConsommation = 450;  // kWh a m² and a year
constexpr int kYearOfTheReform = 2023;    // certificates since then give final energy by m²

bool isBeforeReform(const std::optional<std::string>& date) noexcept {
    if (!date) return false;
    if (*date == "before2023") return true;
    int year = 0;
    const auto read = std::from_chars(date->data(), date->data() + date->size(), year);
    return read.ec == std::errc() && read.ptr == date->data() + 4 && year < kYearOfTheReform;
}

}  // namespace

NdeDetails initialNdeDetails(const desordres::Faits& faits, desordres::Regles regles) {
    const bool corrected = regles == desordres::Regles::Corrigees;
    NdeDetails details;
    if (faits.dpe == desordres::Reponse::Oui) details.dpe = true;
    if (corrected && faits.dpe == desordres::Reponse::Non) details.dpe = false;
    details.dateDernierDpe = faits.dpeAvant2023 ? "1970-01-01" : "2023-01-02";
    details.classeEnergetique = faits.classeEnergetique;
    const bool ofTheDwelling = faits.dpeAvant2023 && faits.dpeConso && faits.superficie;
    details.consommationEnergie = ofTheDwelling ? faits.dpeConso : faits.dpeConsoFinale;
    details.parMetreCarre = corrected && faits.dpeAvant2023 && !ofTheDwelling && faits.dpeConsoFinale.has_value();
    return details;
}

NdeDetails refreshedNdeDetails(NdeDetails known, const desordres::Faits& faits) {
    const auto said = initialNdeDetails(faits);
    if (said.dpe) known.dpe = said.dpe;
    if (said.classeEnergetique) known.classeEnergetique = said.classeEnergetique;
    if (said.consommationEnergie) {
        known.consommationEnergie = said.consommationEnergie;
        known.parMetreCarre = said.parMetreCarre;
        known.dateDernierDpe = said.dateDernierDpe;
    }
    return known;
}

domain::StatutQualification ndeStatut(const NdeDetails& details, std::optional<double> superficie,
                                      bool withDesordres) noexcept {
    using enum domain::StatutQualification;
    if (!details.dpe) return NdeAVerifier;
    if (!*details.dpe) return NdeAveree;
    const bool classeG = details.classeEnergetique == "G";
    if (!details.consommationEnergie) return !classeG && !withDesordres ? NdeConforme : NdeAVerifier;
    double consommation = *details.consommationEnergie;
    if (!details.parMetreCarre && isBeforeReform(details.dateDernierDpe) && superficie && *superficie > 0)
        consommation /= *superficie;
    if (consommation > kMaxConsommation) return NdeAveree;
    return classeG ? NdeAVerifier : NdeConforme;
}

}  // namespace histologe::scoring
