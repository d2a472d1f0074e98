// Why a case goes, or does not go, to each partner: what an editor of rules shows beside them.
#pragma once

#include <cstdint>
#include <vector>

#include "services/routing/domain/auto_affectation.hpp"
#include "services/routing/domain/localisation.hpp"

namespace histologe::routing {

// What a rule says of the case, before any partner is looked at.
struct RegleExpliquee {
    RegleId id;
    bool profil = false;
    bool codeInsee = false;
    bool parc = false;
    bool allocataire = false;
    bool procedure = false;

    [[nodiscard]] bool vise() const noexcept { return profil && codeInsee && parc && allocataire && procedure; }
};

// What the perimeter of a partner says of the case, before any rule is looked at.
struct PartenaireExplique {
    PartenaireId id;
    Localisation localisation;
    bool dejaAffecte = false;
};

// What is left to say of a rule and a partner together. Numbers are places in the two lists of the explanation.
struct CoupleExplique {
    std::uint32_t regle = 0;
    std::uint32_t partenaire = 0;
    bool typePartenaire = false;
    bool partenaireNonExclu = false;
    // All seven conditions, the perimeter, and (in a real run) no affectation yet.
    bool retenu = false;
};

struct Explication {
    // False: nothing is affected whatever the rules say.
    bool positionConnue = false;
    std::vector<RegleExpliquee> regles;           // active ones of the territory, in order
    std::vector<PartenaireExplique> partenaires;  // those of the territory that are not archived, in order
    std::vector<CoupleExplique> couples;          // every rule with every partner
    // Exactly what affecter returns.
    std::vector<PartenaireId> retenus;
};

// Every verdict, without stopping at the first that fails. Costs the product of rules and partners: well under a
// millisecond for a territory of the usual size.
Explication expliquer(const Annuaire& annuaire, const DossierAAffecter& dossier, ModeAffectation mode);

}  // namespace histologe::routing
