#include "libs/domain/desordres/suspicions.hpp"

#include "libs/domain/desordres/score.hpp"

namespace histologe::desordres {

std::optional<domain::StatutQualification> insalubriteSuspectee(const Catalogue& catalogue,
                                                                const PrecisionSet& precisions, double score) noexcept {
    using enum domain::StatutQualification;
    const bool parPrecision = !(precisions & catalogue.insalubres()).empty();
    switch (bandeOf(score)) {
        case Bande::JusquA10:
            return parPrecision ? std::optional(InsalubriteAVerifier) : std::nullopt;
        case Bande::JusquA30:
            return parPrecision ? InsalubriteAVerifier : ManquementSalubriteAVerifier;
        case Bande::JusquA50:
        case Bande::AuDela:
            break;
    }
    return InsalubriteAVerifier;
}

PrecisionSet dangers(const Catalogue& catalogue, const PrecisionSet& precisions) noexcept {
    return precisions & catalogue.dangerous();
}

bool appelleUneAutorite(const Catalogue& catalogue, const PrecisionSet& precisions, const Faits& faits) noexcept {
    const auto score = scoreOf(catalogue, precisions, faits.enfants == Reponse::Oui).score;
    return !dangers(catalogue, precisions).empty() || insalubriteSuspectee(catalogue, precisions, score).has_value();
}

}  // namespace histologe::desordres
