// The seven conditions by which a rule sends a case to a partner. All must hold. (Reference of routing, 2.4.)
#pragma once

#include "services/routing/domain/annuaire.hpp"

namespace histologe::routing {

// Everybody; `tiers` for those who declare for somebody else; `occupant` for all others, an unknown profile included;
// otherwise the very profile, which an unknown one never is.
bool profilConvient(ProfilVise vise, std::optional<domain::ProfilDeclarant> profil) noexcept;

// The same type; a BAILLEUR_SOCIAL must moreover be the landlord of the dwelling, both known.
bool typePartenaireConvient(domain::TypePartenaire vise, const Partenaire& partenaire,
                            const std::optional<BailleurId>& bailleurDuDossier) noexcept;

// The commune is known, not excluded, and included (no list includes all). Exclusion wins. Lists sorted.
bool codeInseeConvient(const Regle& regle, std::optional<domain::CodeInsee> codeInsee) noexcept;

// The rule does not leave this partner out.
bool partenaireConvient(const Regle& regle, const PartenaireId& partenaire) noexcept;

// Public is social housing, private is not, not-told is unknown.
bool parcConvient(ParcVise vise, std::optional<bool> logementSocial) noexcept;

// `oui` takes whoever draws a benefit; `caf` and `msa` only those who said so.
bool allocataireConvient(AllocataireVise vise, Allocataire allocataire) noexcept;

// The rule names no procedure, or one of the active qualifications of the case is among them.
bool procedureConvient(domain::Qualifications visees, domain::Qualifications duDossier) noexcept;

}  // namespace histologe::routing
