// From what was declared to a score and its suspicions, in one call.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libs/core/json.hpp"
#include "libs/domain/desordres/composition.hpp"
#include "libs/domain/desordres/lecture.hpp"
#include "services/scoring/domain/qualifications.hpp"
#include "libs/domain/desordres/score.hpp"

namespace histologe::scoring {

struct Evaluation {
    std::string catalogue;  // version of the catalogue that it was made with
    desordres::PrecisionSet precisions;
    std::vector<desordres::CritereIndex> criteres;
    desordres::Score score;
    std::vector<LigneQualification> qualifications;
    bool enfants = false;  // children under six: the factor of the score

    // False when the answers declare nothing: no signalement comes of them.
    [[nodiscard]] bool declares() const noexcept { return !precisions.empty(); }
};

// Evaluates the answers of the usager's form (a JSON object, the payload of a draft). The order of the answers does not
// matter; nothing they contain makes it throw. By the rules of reference where asked: what follows then differs from
// what serves people.
Evaluation evaluate(const desordres::Catalogue& catalogue, const core::Json& reponses,
                    desordres::Regles regles = desordres::Regles::Corrigees);

// Evaluates what is answered now for a report that had these suspicions: the précisions are those of the answers alone,
// the lines are brought up to date.
Evaluation evaluate(const desordres::Catalogue& catalogue, const core::Json& reponses,
                    std::vector<LigneQualification> qualifications);

// What an edit changed, hence what has to be looked at again before the score (reference of scoring, 5).
struct Modification {
    bool composition = false;  // the dwelling's composition was edited
    bool suroccupation = true;
    desordres::Retrait retrait = desordres::Retrait::Permis;
};

// Evaluates a report that exists: its précisions as they stand (chosen by hand, by an API, or read earlier), its facts,
// its qualifications so far.
Evaluation reevaluate(const desordres::Catalogue& catalogue, desordres::PrecisionSet precisions,
                      const desordres::Faits& faits, Modification modification,
                      std::vector<LigneQualification> qualifications = {},
                      desordres::Regles regles = desordres::Regles::Corrigees);

// False for the two sources whose reports hold criticités of the first catalogue instead of précisions. An unknown or
// empty source counts as recent.
bool usesPrecisions(std::string_view creationSource) noexcept;

}  // namespace histologe::scoring
