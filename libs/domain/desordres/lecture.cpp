#include "libs/domain/desordres/lecture.hpp"

#include <bitset>

#include "libs/domain/desordres/reading_plan.hpp"

namespace histologe::desordres {
namespace {

using Listed = std::array<std::bitset<kMaxCles>, 2>;

// Which catégories the usager went through, by zone. An unknown slug, or one listed under the other zone, is ignored.
Listed listedCategories(const ReadingPlan& plan, const core::Json& categories) {
    Listed listed;
    constexpr std::array<const char*, 2> kZones{"batiment", "logement"};
    for (std::size_t zone = 0; zone < kZones.size(); ++zone) {
        const auto found = categories.find(kZones[zone]);
        if (found == categories.end()) continue;
        const auto* slugs = found->get_ptr<const core::Json::array_t*>();
        if (slugs == nullptr) continue;
        for (const auto& slug : *slugs) {
            const auto* text = slug.get_ptr<const core::Json::string_t*>();
            if (text == nullptr) continue;
            if (const auto index = plan.categories[zone].find(*text); index != kCleInconnue) listed[zone].set(index);
        }
    }
    return listed;
}

// Slugs that the catalogue does not have (of a later version) are passed over.
void addChosen(const Catalogue& catalogue, const core::Json& slugs, PrecisionSet& precisions) {
    for (const auto& slug : slugs) {
        const auto* text = slug.get_ptr<const core::Json::string_t*>();
        const auto index = text == nullptr ? std::nullopt : catalogue.findPrecision(*text);
        if (index) precisions.add(*index);
    }
}

}  // namespace

Lecture read(const Catalogue& catalogue, const core::Json& reponses) {
    const auto& plan = catalogue.readingPlan();
    const Answers answers(plan.cles, reponses);
    Lecture lecture{{}, faitsOf(answers, Origine::Formulaire)};
    if (const auto* choisies = answers.at(CleFait::PrecisionsChoisies); choisies != nullptr && choisies->is_array()) {
        updateComposition(catalogue, lecture.faits, lecture.precisions);
        updateSuroccupation(catalogue, lecture.faits, Retrait::Interdit, lecture.precisions);
        addChosen(catalogue, *choisies, lecture.precisions);
        return lecture;
    }
    const auto* categories = answers.at(CleFait::CategorieDisorders);
    if (categories == nullptr || !categories->is_object() || categories->empty()) return lecture;

    const auto listed = listedCategories(plan, *categories);
    for (const auto& entry : plan.lectures) {
        const auto zone = static_cast<std::size_t>(catalogue.critere(entry.critere).zone);
        if (listed[zone].test(entry.categorie) && isSelected(entry, answers)) {
            applyRegle(entry, answers, lecture.precisions);
        }
    }
    updateComposition(catalogue, lecture.faits, lecture.precisions);
    updateSuroccupation(catalogue, lecture.faits, Retrait::Permis, lecture.precisions);
    return lecture;
}

PrecisionSet precisionsOf(const Catalogue& catalogue, const core::Json& reponses) {
    return read(catalogue, reponses).precisions;
}

PrecisionSet precisionsOfCritere(const Catalogue& catalogue, CritereIndex critere, const core::Json& reponses) {
    PrecisionSet precisions;
    const auto& plan = catalogue.readingPlan();
    const auto at = plan.lectureByCritere[critere];
    if (at < 0) return precisions;
    const auto& entry = plan.lectures[static_cast<std::size_t>(at)];
    const Answers answers(plan.cles, reponses);
    if (entry.selection.mode == Selection::Mode::Case && !answers.ticked(entry.cle)) return precisions;
    applyRegle(entry, answers, precisions);
    return precisions;
}

}  // namespace histologe::desordres
