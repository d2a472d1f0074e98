// The catalogue of désordres: what can be declared, what each précision weighs and suspects. Versioned data, read-only
// once loaded, safe to share between threads.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "libs/core/json.hpp"
#include "libs/domain/desordres/precision_set.hpp"
#include "libs/domain/vocabulaire/qualifications.hpp"

namespace histologe::desordres {

using domain::Qualification;
using CritereIndex = std::uint16_t;
using CategorieIndex = std::uint16_t;

enum class Zone : std::uint8_t { Batiment, Logement };
// `BATIMENT`, `LOGEMENT`.
std::string_view codeOf(Zone zone) noexcept;

// Which form may declare it.
enum class Contexte : std::uint8_t { Usager, ServiceSecours };

// How many codes the vocabulary of qualifications has; the rules write nine of them.
inline constexpr std::size_t kQualificationCount = static_cast<std::size_t>(Qualification::Suroccupation) + 1;

// Weights are kept as whole twentieths: every coefficient of the field is a multiple of 0.05, so sums are exact.
inline constexpr int kPoidsParUnite = 20;

struct Categorie {
    std::string code;
    std::string libelle;
    Contexte contexte;
};

// A désordre that can be ticked.
struct Critere {
    std::string slug;
    std::string libelle;
    CategorieIndex categorie;
    std::string slugCategorie;  // the grouping of the public form, another one than `categorie`
    std::string libelleCategorie;
    Zone zone;
    std::string precisionLibre;                   // where free text is allowed: empty, `critere` or `precisions`
    std::optional<std::string> identifiantApi;    // its name in the partner API, when that API accepts it
    std::vector<PrecisionIndex> precisions = {};  // in catalogue order
};

// The scored leaf below a critère.
struct Precision {
    std::string slug;
    std::string libelle;  // empty: the critère's label stands alone
    CritereIndex critere;
    Zone zone;
    int poids;  // in twentieths, 0 or more
    bool danger;
    bool insalubrite;  // insalubrité is suspected whatever the score
    bool suroccupation;
    bool unique;  // may not be combined with another précision of its critère
};

// The précisions that no box ticks: they follow from what is said of the dwelling and of its occupants.
struct PrecisionsLogement {
    PrecisionIndex sousCombles, sousSol, pieceUniqueSuperficie, aucunePiece9;
    PrecisionIndex cuisineCollectiveOui, cuisineCollectiveNon, doucheCollectiveOui, doucheCollectiveNon;
    PrecisionIndex wcCollectifOui, wcCollectifNon, wcCuisineEnsemble;
    PrecisionIndex suroccupationAllocataire, suroccupationNonAllocataire;
};

struct ReadingPlan;

class Catalogue {
  public:
    // Reads the data format of data/catalogue-desordres.json. Throws core::Error (Internal, `catalogue_invalide`)
    // naming what is wrong: a slug twice or unknown, a weight that is not a multiple of 0.05, a code that does not
    // exist.
    static Catalogue fromJson(const core::Json& document);

    // The version that is stored with every score, so that a score can be explained later.
    [[nodiscard]] const std::string& version() const noexcept { return version_; }

    [[nodiscard]] const std::vector<Categorie>& categories() const noexcept { return categories_; }
    [[nodiscard]] const std::vector<Critere>& criteres() const noexcept { return criteres_; }
    [[nodiscard]] const std::vector<Precision>& precisions() const noexcept { return precisions_; }
    [[nodiscard]] const Precision& precision(PrecisionIndex index) const noexcept { return precisions_[index]; }
    [[nodiscard]] const Critere& critere(CritereIndex index) const noexcept { return criteres_[index]; }

    [[nodiscard]] std::optional<PrecisionIndex> findPrecision(std::string_view slug) const;
    [[nodiscard]] std::optional<CritereIndex> findCritere(std::string_view slug) const;

    // The précisions that list a qualification among theirs, and those that carry a flag.
    [[nodiscard]] const PrecisionSet& carrying(Qualification qualification) const noexcept {
        return byQualification_[static_cast<std::size_t>(qualification)];
    }
    [[nodiscard]] const PrecisionSet& dangerous() const noexcept { return dangerous_; }
    [[nodiscard]] const PrecisionSet& insalubres() const noexcept { return insalubres_; }
    [[nodiscard]] const PrecisionSet& suroccupations() const noexcept { return suroccupations_; }

    // Sum of the weights of a set in one zone, in twentieths.
    [[nodiscard]] int poidsOf(const PrecisionSet& precisions, Zone zone) const noexcept;

    // The slugs of a set in catalogue order; the views live as long as the catalogue.
    [[nodiscard]] std::vector<std::string_view> slugsOf(const PrecisionSet& precisions) const;
    // The critères of a set, each once, in the order of their first précision.
    [[nodiscard]] std::vector<CritereIndex> criteresOf(const PrecisionSet& precisions) const;
    // The set of a list of slugs; throws core::Error (InvalidInput, `precision_inconnue`) on a slug not in the
    // catalogue.
    [[nodiscard]] PrecisionSet setOf(const std::vector<std::string>& slugs) const;

    [[nodiscard]] const PrecisionsLogement& logement() const noexcept { return logement_; }
    // How answers become précisions; for lecture.cpp.
    [[nodiscard]] const ReadingPlan& readingPlan() const noexcept { return *plan_; }

  private:
    friend class CatalogueLoader;
    Catalogue() = default;

    std::string version_;
    std::vector<Categorie> categories_;
    std::vector<Critere> criteres_;
    std::vector<Precision> precisions_;
    std::unordered_map<std::string, PrecisionIndex> precisionBySlug_;
    std::unordered_map<std::string, CritereIndex> critereBySlug_;
    std::array<PrecisionSet, kQualificationCount> byQualification_;
    PrecisionSet dangerous_;
    PrecisionSet insalubres_;
    PrecisionSet suroccupations_;
    PrecisionSet batiment_;
    std::array<std::uint16_t, kMaxPrecisions> poids_{};
    PrecisionsLogement logement_{};
    std::shared_ptr<const ReadingPlan> plan_;
};

// The catalogue that ships with this version of the code. Takes a few milliseconds; call it once at the start.
Catalogue loadShippedCatalogue();

}  // namespace histologe::desordres
