// Whose perimeter holds a case: the partners that may be affected, by a rule or by hand. (Reference of routing, 2.3.)
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "services/routing/domain/auto_affectation.hpp"
#include "services/routing/domain/index_territoire.hpp"

namespace histologe::routing {

// Why a partner is a candidate, or is not.
struct Localisation {
    bool communes = false;          // its municipal list names the commune
    bool zone = false;              // one of its zones contains the point
    bool territoireEntier = false;  // it has no list, no zone and no EPCI
    bool epci = false;              // one of its EPCIs has the commune
    bool zoneExclue = false;        // one of its excluded zones contains the point

    // Any excluded zone is enough to be left out, as the form of zones tells its users.
    [[nodiscard]] bool candidat() const noexcept {
        return (communes || zone || territoireEntier || epci) && !zoneExclue;
    }
};

// The zones of the territory that contain the case, asked for once whatever the number of partners.
class LocalisationDossier {
  public:
    LocalisationDossier(const IndexTerritoire& index, const DossierAAffecter& dossier);

    // A case without INSEE code is in the perimeter of every partner that has a municipal list: whoever affects it by
    // hand must be able to choose among them (no rule will, since all ask for the code).
    [[nodiscard]] Localisation of(const PartenaireIndexe& partenaire);

  private:
    [[nodiscard]] bool inOneOf(const std::vector<std::uint32_t>& zones);

    const IndexTerritoire& index_;
    const DossierAAffecter& dossier_;
    std::optional<std::vector<std::uint32_t>> zonesDuPoint_;
};

// The partners that may be affected to the case by hand, by name (case and accents aside); those that are affected
// already come only in a simulation. With a competence, only the partners that have it (démarche accélérée:
// AIDE_BAILLEURS).
std::vector<PartenaireId> localiser(const Annuaire& annuaire, const DossierAAffecter& dossier, ModeAffectation mode,
                                    std::optional<domain::Qualification> competence = std::nullopt);

}  // namespace histologe::routing
