#include "libs/domain/desordres/reading_plan.hpp"

#include <algorithm>

namespace histologe::desordres {
namespace {

const std::string* textOf(const core::Json* value) noexcept {
    return value == nullptr ? nullptr : value->get_ptr<const core::Json::string_t*>();
}

// Not null, false, 0, "0", "" nor an empty list: what a person filled in.
bool filled(const core::Json* value) noexcept {
    if (value == nullptr || value->is_null()) return false;
    if (const auto* text = textOf(value)) return !text->empty() && *text != "0";
    if (const auto* truth = value->get_ptr<const bool*>()) return *truth;
    if (value->is_number()) return value->get<double>() != 0;
    return !value->empty();
}

struct Apply {
    const Answers& answers;
    PrecisionSet& into;

    [[nodiscard]] bool singleRoom() const noexcept {
        return answers.equals(static_cast<CleIndex>(CleFait::PieceUnique), "piece_unique");
    }

    void operator()(const RegleSimple& regle) const noexcept { into.add(regle.precision); }

    void operator()(const ReglePieces& regle) const noexcept {
        const int which = regle.question ? regle.question->choice(answers) : 0;
        if (which < 0) return;
        const auto& variante = regle.variantes[static_cast<std::size_t>(which)];
        const std::array named{answers.ticked(regle.cles[0]), answers.ticked(regle.cles[1]),
                               answers.ticked(regle.cles[2])};
        if (singleRoom() || (named[0] && named[1] && named[2])) {
            into.add(variante.tout);
            return;
        }
        for (std::size_t room = 0; room < named.size(); ++room) {
            if (named[room]) into.add(variante.pieces[room]);
        }
    }

    void operator()(const RegleReponses& regle) const noexcept {
        for (const auto& entree : regle.questions) {
            const int which = entree.question.choice(answers);
            if (which >= 0) into.add(entree.precisions[static_cast<std::size_t>(which)]);
        }
    }

    void operator()(const ReglePremier& regle) const noexcept {
        if (regle.exige != kCleInconnue && !answers.answered(regle.exige)) return;
        for (const auto& cas : regle.cas) {
            if (answers.equals(cas.cle, cas.vaut)) {
                into.add(cas.precision);
                return;
            }
        }
        if (regle.sinon != kAucunePrecision) into.add(regle.sinon);
    }

    void operator()(const ReglePlafond& regle) const noexcept {
        if (singleRoom()) {
            into.add(regle.toutes);
            return;
        }
        for (std::size_t room = 0; room < regle.cles.size(); ++room) {
            if (filled(answers.at(regle.cles[room]))) into.add(regle.pieces[room]);
        }
    }
};

}  // namespace

Answers::Answers(const KeyTable& cles, const core::Json& reponses) {
    const auto* object = reponses.get_ptr<const core::Json::object_t*>();
    if (object == nullptr) return;
    for (const auto& [name, value] : *object) {
        if (const auto cle = cles.find(name); cle != kCleInconnue) values_[cle] = &value;
    }
}

bool Answers::ticked(CleIndex cle) const noexcept {
    const auto* value = values_[cle];
    if (value == nullptr) return false;
    switch (value->type()) {
        case core::Json::value_t::number_unsigned:
            return *value->get_ptr<const core::Json::number_unsigned_t*>() == 1;
        case core::Json::value_t::number_integer:
            return *value->get_ptr<const core::Json::number_integer_t*>() == 1;
        default:
            return false;
    }
}

bool Answers::equals(CleIndex cle, std::string_view text) const noexcept {
    const auto* found = textOf(values_[cle]);
    return found != nullptr && *found == text;
}

bool Answers::answered(CleIndex cle) const noexcept {
    const auto* value = values_[cle];
    if (value == nullptr || value->is_null()) return false;
    const auto* text = textOf(value);
    return text == nullptr || !text->empty();
}

int Question::choice(const Answers& answers) const noexcept {
    if (!answers.answered(cle)) return -1;
    for (std::size_t at = 0; at < reponses.size(); ++at) {
        if (answers.equals(cle, reponses[at])) return static_cast<int>(at);
    }
    return autre ? static_cast<int>(reponses.size()) : -1;
}

void applyRegle(const LectureCritere& lecture, const Answers& answers, PrecisionSet& into) noexcept {
    std::visit(Apply{answers, into}, lecture.regle);
}

bool isSelected(const LectureCritere& lecture, const Answers& answers) noexcept {
    if (answers.ticked(lecture.cle)) return true;
    switch (lecture.selection.mode) {
        case Selection::Mode::Case:
            return false;
        case Selection::Mode::Valeur:
            return answers.equals(lecture.selection.cle, lecture.selection.valeur);
        case Selection::Mode::Piece: {
            const auto* pieces = std::get_if<ReglePieces>(&lecture.regle);
            return pieces != nullptr && std::any_of(pieces->cles.begin(), pieces->cles.end(),
                                                    [&](CleIndex cle) { return answers.ticked(cle); });
        }
    }
    return false;
}

}  // namespace histologe::desordres
