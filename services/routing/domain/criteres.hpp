// What an auto-affectation rule may ask of a case, and the facts of the case that answer. Parsed once, at the edge.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libs/domain/territoires/codes.hpp"
#include "libs/domain/vocabulaire/dossiers.hpp"
#include "libs/domain/vocabulaire/qualifications.hpp"

namespace histologe::routing {

// Degrees, WGS 84; x is the longitude wherever axes matter.
struct Position {
    double longitude = 0;
    double latitude = 0;
    friend bool operator==(const Position&, const Position&) = default;
};

// Which declarants a rule is for: everybody, a group, or one profile.
enum class ProfilVise : std::uint8_t {
    Tous,
    Tiers,     // TIERS_PARTICULIER, TIERS_PRO, SERVICE_SECOURS, BAILLEUR
    Occupant,  // everybody else, an unknown profile included
    Locataire,
    BailleurOccupant,
    TiersParticulier,
    TiersPro,
    ServiceSecours,
    Bailleur,
};

enum class ParcVise : std::uint8_t { Tous, Prive, Public, NonRenseigne };

enum class AllocataireVise : std::uint8_t { Tous, Non, Oui, Caf, Msa, NeSaitPas };

// Whether the household draws a housing benefit, and from whom.
enum class Allocataire : std::uint8_t {
    NeSaitPas,
    Non,
    Oui,  // from somebody, not told whom
    Caf,
    Msa,
    Illisible,  // a stored text that means nothing: satisfies only the rules that do not ask
};

// Reads the stored text of a case, whatever its case: `oui` or `1`, `caf`, `msa`, `non` or `0`, `nsp`; absent or empty
// is NeSaitPas. (Reference of routing, 2.4.)
Allocataire parseAllocataire(std::optional<std::string_view> text) noexcept;

// The codes of a list, blanks around dropped, sorted, without twins. Empty result (not an empty list) when the list
// names nothing at all (`[]`, `[""]`). A text that is no code is dropped, yet a list of such texts only is a list that
// holds no commune: it must not come to mean "everywhere".
std::optional<std::vector<domain::CodeInsee>> parseListeInsee(std::span<const std::string> codes);

// The same of a comma-separated text, `44002, 44001`.
std::optional<std::vector<domain::CodeInsee>> parseListeInsee(std::string_view commaSeparated);

// One row of the evaluation of a case. No status means not yet looked into, which counts.
struct QualificationEvaluee {
    domain::Qualification qualification;
    std::optional<domain::StatutQualification> statut;
};

// The qualifications that count for a rule: all but the archived ones.
domain::Qualifications qualificationsActives(std::span<const QualificationEvaluee> evaluation) noexcept;

}  // namespace histologe::routing

namespace histologe::domain {
template <>
std::span<const Terme<routing::ProfilVise>> termes<routing::ProfilVise>() noexcept;
template <>
std::span<const Terme<routing::ParcVise>> termes<routing::ParcVise>() noexcept;
template <>
std::span<const Terme<routing::AllocataireVise>> termes<routing::AllocataireVise>() noexcept;
}  // namespace histologe::domain
