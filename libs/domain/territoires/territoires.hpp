// The territories: which one a commune belongs to, and whether the service is open there.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/domain/territoires/codes.hpp"

namespace histologe::domain {

// First view of the map of a territory, in degrees.
struct Emprise {
    double nord = 0;
    double est = 0;
    double sud = 0;
    double ouest = 0;
    friend bool operator==(const Emprise&, const Emprise&) = default;
};

struct Territoire {
    CodeTerritoire code;
    std::string nom;
    // An inactive territory takes no signalement. Data: administrators switch it.
    bool actif = false;
    // IANA name (`Europe/Paris`, `Indian/Reunion`); days and months of the territory are read in it.
    std::string fuseau;
    // Empty when it is not known.
    std::optional<Emprise> emprise;
    // When there are any, only these communes are open. Sorted, no duplicate (Territoires sees to it).
    std::vector<CodeInsee> communesAutorisees;
    bool grilleVisiteDesactivee = false;
    // A tenant may begin by the accelerated procedure there (injonction: a letter to his landlord). Data, as `actif`.
    bool demarcheAcceleree = false;
};

// The table of territories: immutable, safe to read from any thread. A change makes a new table.
class Territoires {
  public:
    // Takes the territories in any order. Throws core::Error (Internal, `territoire_en_double`) when two have one code.
    explicit Territoires(std::vector<Territoire> territoires);

    // Reads the file format of `data/territoires.json` (described in data/README.md). Throws core::Error:
    // `json_malforme` as parseJson, or Internal `territoires_illisibles` when a field is missing or of the wrong kind.
    static Territoires fromJson(std::string_view text);

    // Sorted by code.
    [[nodiscard]] const std::vector<Territoire>& all() const noexcept { return territoires_; }

    // Null when there is none. The pointer lives as long as this table.
    [[nodiscard]] const Territoire* find(CodeTerritoire code) const noexcept;

    // The territory of a commune, null when there is none (foreign and overseas codes without a territory). Rule, first
    // that applies: a code in `69` that 69A lists -> 69A; `200` `201` -> 2A, `202` `206` -> 2B, `971` to `978`, `986`
    // to `988` -> themselves; otherwise the first two characters. (Reference of intake, 3.1.)
    [[nodiscard]] const Territoire* territoireOf(CodeInsee code) const noexcept;

    // The same rule read on a postcode, for the ways in that know nothing better (rescue form, imports). The commune
    // decides wherever it is known: a few postcodes serve communes of another department.
    [[nodiscard]] const Territoire* territoireOf(CodePostal code) const noexcept;

    // The service is open for this commune: its territory exists, is active, and lists no communes or lists this one.
    // (Reference of intake, 3.2.)
    [[nodiscard]] bool isOpen(CodeInsee code) const noexcept;

    // A copy of this table in which `territoire` stands in place of the one with its code, or is added.
    [[nodiscard]] Territoires with(Territoire territoire) const;

  private:
    [[nodiscard]] const Territoire* territoireOfCode(std::string_view code) const noexcept;
    [[nodiscard]] const Territoire* findByText(std::string_view code) const noexcept;

    std::vector<Territoire> territoires_;
};

}  // namespace histologe::domain
