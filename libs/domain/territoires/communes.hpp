// The communes of France with their postcodes: one compact table, looked up by pair, by INSEE code, by postcode.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "libs/domain/territoires/codes.hpp"

namespace histologe::domain {

// One row: a commune as one of its postcodes reaches it. `nom` points into the table it came from.
struct Commune {
    CodePostal codePostal;
    CodeInsee codeInsee;
    std::string_view nom;
};

// A commune that became part of another one (or changed its code), under the name that the other bears.
struct Fusion {
    CodeInsee ancien;
    CodeInsee nouveau;
    std::string nom;
};

// Immutable, safe to read from any thread. About 1.3 MB for the 35 728 rows of `data/communes.csv`, loaded in a few
// milliseconds; look-ups are binary searches (well under a microsecond).
class Communes {
  public:
    // Reads CSV text: a header, then `code_postal,code_insee,nom` a line (LF or CRLF; the name may be quoted). A line
    // without three columns or with a code that is none is skipped and counted; of two rows with one pair the first
    // stays. Throws core::Error (Internal, `communes_illisibles`) when the header is another.
    static Communes fromCsv(std::string_view text);

    // A copy of this table in which the communes of `fusions` are what they became: their rows stand under the new code
    // and name, and the old code leads to it (over several mergers too; a circle leads nowhere). Those that this table
    // already knew still hold.
    [[nodiscard]] Communes withFusions(const std::vector<Fusion>& fusions) const;

    // The code of today: another one for a commune that was merged, itself for any other. Forms, rules and searches
    // take an old code for the new one.
    [[nodiscard]] bool hasFusions() const noexcept { return !fusions_.empty(); }
    [[nodiscard]] CodeInsee actuelle(CodeInsee code) const noexcept;

    [[nodiscard]] std::size_t size() const noexcept { return rows_.size(); }
    // Lines of the text that were no row.
    [[nodiscard]] std::size_t skipped() const noexcept { return skipped_; }

    // Row number `row` in the order (INSEE, postcode), for walking the whole table; `row` < size().
    [[nodiscard]] Commune at(std::size_t row) const noexcept { return view(rows_[row]); }

    // The row of this pair, which is unique.
    [[nodiscard]] std::optional<Commune> find(CodePostal codePostal, CodeInsee codeInsee) const noexcept;
    // Every row of a commune, one for each of its postcodes, by postcode.
    [[nodiscard]] std::vector<Commune> ofInsee(CodeInsee codeInsee) const;
    // Every commune that a postcode serves, in the order of the text read.
    [[nodiscard]] std::vector<Commune> ofPostal(CodePostal codePostal) const;
    // The name of a commune, empty when it is not in the table.
    [[nodiscard]] std::string_view nameOf(CodeInsee codeInsee) const noexcept;

  private:
    struct Row {
        CodePostal codePostal;
        CodeInsee codeInsee;
        std::uint16_t length;
        std::uint32_t offset;
    };
    [[nodiscard]] Commune view(const Row& row) const noexcept;
    void add(CodePostal codePostal, CodeInsee codeInsee, std::string_view nom);
    // Sorts what was added; of two rows with one pair the first stays.
    void finish();

    std::vector<Row> rows_;                // by (INSEE, postcode)
    std::vector<std::uint32_t> byPostal_;  // places in rows_, by (postcode, order of the text)
    std::string names_;
    std::vector<std::pair<CodeInsee, CodeInsee>> fusions_;  // old and today's, by old
    std::size_t skipped_ = 0;
};

// `Marseille 2e Arrondissement` -> `Marseille`; a name that does not end in an arrondissement is returned as it is.
std::string_view foldArrondissement(std::string_view nom) noexcept;

// The names under which the communes of a city stand in the table: Marseille (16 arrondissements), Lyon (9) and Paris
// (20) give the city then each arrondissement, any other name itself alone. Exact case, as filters send it.
std::vector<std::string> expandVille(std::string_view nom);

}  // namespace histologe::domain
