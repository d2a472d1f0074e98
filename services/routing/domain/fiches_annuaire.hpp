// The sheets of the directory as people write them: brought into one form, and refused with a reason for each field.
// A sheet is JSON, in the form of a directory file (data/README.md).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "libs/core/error.hpp"
#include "libs/core/json.hpp"
#include "libs/domain/territoires/territoires.hpp"
#include "services/routing/domain/formes.hpp"

namespace histologe::routing {

// What a sheet may name, as far as it names it: only what exists and is not archived.
struct References {
    std::map<std::string, std::string> zones;                                // id, its territory
    std::map<std::string, std::string> epcis;                                // code, name
    std::map<std::string, std::vector<std::string>> bailleurs;               // id, its territories
    std::map<std::string, std::pair<std::string, std::string>> partenaires;  // id, territory and type
};

// The limits of the reference of routing, 1.3 and 1.4.
inline constexpr std::size_t kNomDeFicheMax = 255;
inline constexpr std::size_t kCourrielDePartenaireMax = 100;
inline constexpr std::size_t kCommunesMax = 1500;

using Refus = std::vector<core::Violation>;

// Each brings `fiche` into its form (blanks trimmed, lists sorted, each element once, addresses folded) and returns
// what is refused; then the sheet is not to be used. An absent or null list is an empty one.

// A partner of 1.4: EPCIs do not go with a COMMUNE_SCHS nor a landlord with another type than BAILLEUR_SOCIAL, they are
// taken away; DANGER is no competence.
Refus lirePartenaire(core::Json& fiche, const domain::Territoires& territoires, const References& connus);

// A rule of 2.1. Communes are of the territory, partners that it leaves out too, and of the type that it is for.
// (Decision on quirk 3: normalised on input, Corsican codes are codes.)
Refus lireRegle(core::Json& fiche, const domain::Territoires& territoires, const References& connus);

// A zone of 1.3. `forme`, when there is one, becomes its `wkt` and `reparation`; it has to touch the territory's bounds
// (`zone_hors_territoire`).
Refus lireZone(core::Json& fiche, const domain::Territoires& territoires, const std::optional<Forme>& forme);

// A landlord of 7.3: `nom`, `raisonSociale`, `siret` (fourteen digits, blanks between dropped), `territoires`.
Refus lireBailleur(core::Json& fiche, const domain::Territoires& territoires);

// A tag of 7.4: `libelle`, `territoire`.
Refus lireEtiquette(core::Json& fiche, const domain::Territoires& territoires);

// The competences that a new partner of this type has unless others are given; none for some types. (Table of the
// reference of routing.)
core::Json competencesUsuelles(const std::string& type);

// The members that differ between two sheets, each with its value in the first and in the second; null where it is
// absent.
struct Difference {
    core::Json avant = core::Json::object();
    core::Json apres = core::Json::object();
};
Difference difference(const core::Json& avant, const core::Json& apres);

}  // namespace histologe::routing
