// Reports of the first generation (reference of scoring, 1.7, 2.2 and 4.5): they hold criticités instead of précisions.
// None is made any more but by the import of old files, so there is nothing here to read answers with.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/core/json.hpp"
#include "libs/domain/desordres/catalogue.hpp"
#include "libs/domain/vocabulaire/qualifications.hpp"
#include "services/scoring/domain/nde.hpp"
#include "libs/domain/desordres/score.hpp"

namespace histologe::scoring {

// A désordre of the first generation and how bad it is.
struct Criticite {
    int id = 0;  // as old reports name it
    desordres::Zone zone = desordres::Zone::Batiment;
    std::string critere;
    std::string libelle;
    double poids = 0;
    bool danger = false;
    domain::Qualifications qualifications;
};

// The 141 criticités, as the reference's vectors have them. One old source takes 130 (gas, middle level) for a danger
// too.
class Criticites {
  public:
    // Reads {version, criticites: [{id, zone, critere, libelle, poids, danger?, qualifications?}]}. Throws core::Error
    // (InvalidInput, `criticites_illisibles`) on an unknown zone or code.
    static Criticites fromJson(const core::Json& json);

    [[nodiscard]] const std::string& version() const noexcept { return version_; }
    // nullptr when there is none of that number.
    [[nodiscard]] const Criticite* find(int id) const noexcept;
    [[nodiscard]] const std::vector<Criticite>& all() const noexcept { return criticites_; }

  private:
    std::string version_;
    std::vector<Criticite> criticites_;  // by id
};

// Those that this program was built with.
Criticites loadShippedCriticites();

// One qualification of a report of the first generation.
struct LignePremiereGeneration {
    domain::Qualification qualification;
    domain::StatutQualification statut;
    std::optional<bool> postVisite;
    std::vector<int> criticites;  // that carry it, in the order of the report
    std::optional<NdeDetails> nde;
    friend bool operator==(const LignePremiereGeneration&, const LignePremiereGeneration&) = default;
};

// 0 to 100: the mean of the zones (weights over 136 for the building, over 126 for the dwelling, in percent), a tenth
// more when children of any age live there. The zones have no score of their own. A number that is unknown weighs
// nothing.
desordres::Score scoreOf(const Criticites& criticites, const std::vector<int>& liees, bool enfants) noexcept;

// True when one of the two answers about children says that there are some: anything but nothing and "0".
bool hasEnfants(const std::optional<std::string>& moinsDeSix, const std::optional<std::string>& plusDeSix) noexcept;

// Brings the lines up to date. NON_DECENCE and RSD are suspected of every report; INSALUBRITE from 10 on, as a lesser
// breach below 30, and whenever a criticité carries it; DANGER and NON_DECENCE_ENERGETIQUE as their criticités say.
// Unlike the service of reference, what a visit found is never touched.
std::vector<LignePremiereGeneration> updateQualifications(const Criticites& criticites, const std::vector<int>& liees,
                                                          double score,
                                                          std::vector<LignePremiereGeneration> lignes = {});

}  // namespace histologe::scoring
