// Which partners a new case goes to: the rules of its territory, applied to the partners whose perimeter holds it.
#pragma once

#include <optional>
#include <vector>

#include "services/routing/domain/annuaire.hpp"

namespace histologe::routing {

// The facts of a case that decide, already parsed.
struct DossierAAffecter {
    domain::CodeTerritoire territoire;
    std::optional<domain::CodeInsee> codeInsee;
    // Empty while the address has no sure position: then nothing is affected.
    std::optional<Position> position;
    // Empty when it is not known.
    std::optional<bool> logementSocial;
    Allocataire allocataire = Allocataire::NeSaitPas;
    std::optional<domain::ProfilDeclarant> profil;
    // The social landlord recognised for the dwelling (bailleurs.hpp).
    std::optional<BailleurId> bailleur;
    // Active ones only (qualificationsActives).
    domain::Qualifications qualifications;
    // Partners that have an affectation on this case, whatever its status.
    std::vector<PartenaireId> dejaAffectes;
};

enum class ModeAffectation {
    Reelle,      // who is to be added: partners already affected are left out
    Simulation,  // who the rules name: partners already affected count
};

// The partners to affect, each once, in the order of the first rule that names them, then of the directory. Nobody when
// the territory has no active rule or the case no position. Whether somebody is to be told of a new case depends on the
// real run alone: a simulation also returns partners that have it already. Typically a few microseconds. (Reference of
// routing, 2.2; decision on quirk 2.)
std::vector<PartenaireId> affecter(const Annuaire& annuaire, const DossierAAffecter& dossier, ModeAffectation mode);

// The status of a case once `affectes` were added by the real run: in progress as soon as there is one, unchanged
// otherwise.
domain::StatutDossier statutApres(domain::StatutDossier avant, const std::vector<PartenaireId>& affectes) noexcept;

}  // namespace histologe::routing
