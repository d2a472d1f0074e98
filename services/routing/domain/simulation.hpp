// Trying a rule that nobody saved yet, and saying in words why a partner gets a case or does not.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/routing/domain/affectation_explication.hpp"

namespace histologe::routing {

// The part of a directory that one territory meets. With a rule: it stands in place of the one of its id, else it is
// the last of the territory.
ContenuAnnuaire partDuTerritoire(const Annuaire& annuaire, domain::CodeTerritoire territoire,
                                 const std::optional<Regle>& essai);

// Why a partner does not get the case: of one rule, or of the partner as such. `code`: `position_inconnue`,
// `deja_affecte`, `zone_exclue`, `hors_perimetre`, `aucune_regle`; of a rule: `profil`, `commune`, `parc`,
// `allocataire`, `procedure`, `partenaire_exclu`, `autre_bailleur`.
struct Raison {
    std::optional<RegleId> regle;
    std::string code;
    std::string message;
};

// Every reason, those of the partner first, then those of each rule that is for its type; none for a partner that gets
// the case. `numero` is its place in the explanation.
std::vector<Raison> raisonsDe(const Annuaire& annuaire, const Explication& explication, std::uint32_t numero,
                              ModeAffectation mode);

// The first rule that gives the case to the partner; empty when none does.
std::optional<RegleId> regleQuiRetient(const Explication& explication, std::uint32_t numero);

}  // namespace histologe::routing
