#include "services/scoring/domain/evaluation.hpp"

namespace histologe::scoring {
namespace {

Evaluation conclude(const desordres::Catalogue& catalogue, const desordres::PrecisionSet& precisions,
                    const desordres::Faits& faits, std::vector<LigneQualification> qualifications) {
    const auto score = scoreOf(catalogue, precisions, faits.enfants == desordres::Reponse::Oui);
    return {catalogue.version(), precisions, catalogue.criteresOf(precisions), score,
            updateQualifications(catalogue, precisions, faits, score.score, std::move(qualifications))};
}

}  // namespace

Evaluation evaluate(const desordres::Catalogue& catalogue, const core::Json& reponses) {
    const auto lecture = desordres::read(catalogue, reponses);
    return conclude(catalogue, lecture.precisions, lecture.faits, {});
}

Evaluation reevaluate(const desordres::Catalogue& catalogue, desordres::PrecisionSet precisions,
                      const desordres::Faits& faits, Modification modification,
                      std::vector<LigneQualification> qualifications) {
    if (modification.composition) desordres::updateComposition(catalogue, faits, precisions);
    if (modification.suroccupation) desordres::updateSuroccupation(catalogue, faits, modification.retrait, precisions);
    return conclude(catalogue, precisions, faits, std::move(qualifications));
}

bool usesPrecisions(std::string_view creationSource) noexcept {
    return creationSource != "FORM_USAGER_V1" && creationSource != "IMPORT";
}

}  // namespace histologe::scoring
