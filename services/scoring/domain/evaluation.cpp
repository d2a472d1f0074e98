#include "services/scoring/domain/evaluation.hpp"

namespace histologe::scoring {
namespace {

Evaluation conclude(const desordres::Catalogue& catalogue, const desordres::PrecisionSet& precisions,
                    const desordres::Faits& faits, std::vector<LigneQualification> qualifications,
                    desordres::Regles regles) {
    const auto score = scoreOf(catalogue, precisions, faits.enfants == desordres::Reponse::Oui);
    return {catalogue.version(), precisions, catalogue.criteresOf(precisions), score,
            updateQualifications(catalogue, precisions, faits, score.score, std::move(qualifications), regles)};
}

}  // namespace

Evaluation evaluate(const desordres::Catalogue& catalogue, const core::Json& reponses, desordres::Regles regles) {
    const auto lecture = desordres::read(catalogue, reponses);
    return conclude(catalogue, lecture.precisions, lecture.faits, {}, regles);
}

Evaluation evaluate(const desordres::Catalogue& catalogue, const core::Json& reponses,
                    std::vector<LigneQualification> qualifications) {
    const auto lecture = desordres::read(catalogue, reponses);
    return conclude(catalogue, lecture.precisions, lecture.faits, std::move(qualifications),
                    desordres::Regles::Corrigees);
}

Evaluation reevaluate(const desordres::Catalogue& catalogue, desordres::PrecisionSet precisions,
                      const desordres::Faits& faits, Modification modification,
                      std::vector<LigneQualification> qualifications, desordres::Regles regles) {
    if (modification.composition) desordres::updateComposition(catalogue, faits, precisions, regles);
    if (modification.suroccupation)
        desordres::updateSuroccupation(catalogue, faits, modification.retrait, precisions, regles);
    return conclude(catalogue, precisions, faits, std::move(qualifications), regles);
}

bool usesPrecisions(std::string_view creationSource) noexcept {
    return creationSource != "FORM_USAGER_V1" && creationSource != "IMPORT";
}

}  // namespace histologe::scoring
