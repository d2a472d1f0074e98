// The catalogue's reading rules, compiled once: every name of an answer is a number, every précision an index.
#pragma once

#include <array>
#include <string>
#include <variant>
#include <vector>

#include "libs/core/json.hpp"
#include "libs/domain/desordres/catalogue.hpp"
#include "libs/domain/desordres/faits.hpp"
#include "libs/domain/desordres/key_table.hpp"

namespace histologe::desordres {

inline constexpr PrecisionIndex kAucunePrecision = 0xffff;

// The answers that do not belong to a critère but to the dwelling; interned first, in this order.
enum class CleFait : CleIndex {
    SousComblesSansFenetre,
    SousSolSansFenetre,
    PieceUnique,
    PieceAVivre9m,
    Cuisine,
    CuisineCollective,
    SalleDeBain,
    SalleDeBainCollective,
    Wc,
    WcCollectif,
    WcCuisine,
    Superficie,
    NombreOccupants,
    NombrePieces,
    Allocation,
    Enfants,
    AssuranceContactee,
    Dpe,
    DpeAnnee,
    ClasseEnergetique,
    DpeConso,
    DpeConsoFinale,
    CategorieDisorders,
    PrecisionsChoisies,
    Count,
};

// What a payload answers, by number of name; null where nothing is answered.
class Answers {
  public:
    Answers(const KeyTable& cles, const core::Json& reponses);
    [[nodiscard]] const core::Json* at(CleIndex cle) const noexcept { return values_[cle]; }
    [[nodiscard]] const core::Json* at(CleFait cle) const noexcept { return values_[static_cast<CleIndex>(cle)]; }

    // A box is ticked by the integer 1 and nothing else (neither true nor "1").
    [[nodiscard]] bool ticked(CleIndex cle) const noexcept;
    [[nodiscard]] bool equals(CleIndex cle, std::string_view text) const noexcept;
    // Something was answered: not null, not the empty text.
    [[nodiscard]] bool answered(CleIndex cle) const noexcept;

  private:
    std::array<const core::Json*, kMaxCles> values_{};
};

// Links the critère's only précision.
struct RegleSimple {
    PrecisionIndex precision;
};

// A question whose answers each lead somewhere.
struct Question {
    CleIndex cle;
    std::vector<std::string> reponses;
    bool autre;  // any other answer leads to the place after the last

    // The place of the answer given, or -1 when unanswered or leading nowhere.
    [[nodiscard]] int choice(const Answers& answers) const noexcept;
};

// One précision per room named, or the one of the whole dwelling when it has a single room or when all three are named.
struct ReglePieces {
    std::array<CleIndex, 3> cles;
    struct Variante {
        PrecisionIndex tout;
        std::array<PrecisionIndex, 3> pieces;
    };
    std::vector<Variante> variantes;  // one, or one per answer of the question
    std::optional<Question> question;
};

// One précision per answered question.
struct RegleReponses {
    struct Entree {
        Question question;
        std::vector<PrecisionIndex> precisions;
    };
    std::vector<Entree> questions;
};

// The précision of the first case that holds, else `sinon`.
struct ReglePremier {
    struct Cas {
        CleIndex cle;
        std::string vaut;
        PrecisionIndex precision;
    };
    CleIndex exige;  // unanswered: nothing at all; kCleInconnue: no such condition
    std::vector<Cas> cas;
    PrecisionIndex sinon;
};

// The ceiling: any non-empty answer names a room, and three rooms remain three.
struct ReglePlafond {
    std::array<CleIndex, 3> cles;
    std::array<PrecisionIndex, 3> pieces;
    PrecisionIndex toutes;
};

using Regle = std::variant<RegleSimple, ReglePieces, RegleReponses, ReglePremier, ReglePlafond>;

// What, beside its own box, selects a critère.
struct Selection {
    enum class Mode : std::uint8_t { Case, Valeur, Piece } mode = Mode::Case;
    CleIndex cle = kCleInconnue;
    std::string valeur;
};

struct LectureCritere {
    CritereIndex critere;
    CleIndex categorie;  // number of its zone and catégorie in `categories`
    CleIndex cle;
    Selection selection;
    Regle regle;
};

struct ReadingPlan {
    KeyTable cles;
    std::array<KeyTable, 2> categories;  // slugs of catégories of the form, by zone
    std::vector<LectureCritere> lectures;
    std::vector<int> lectureByCritere;  // -1: not read from the form
};

// Adds what one critère yields. Promises nothing about its selection.
void applyRegle(const LectureCritere& lecture, const Answers& answers, PrecisionSet& into) noexcept;
// Is the critère ticked, or selected by what else selects it.
bool isSelected(const LectureCritere& lecture, const Answers& answers) noexcept;

// The facts of answers already numbered.
Faits faitsOf(const Answers& answers, Origine origine);

// The names, in the order of CleFait.
const std::array<std::string_view, static_cast<std::size_t>(CleFait::Count)>& namesOfFaits() noexcept;

}  // namespace histologe::desordres
