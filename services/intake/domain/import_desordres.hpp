// The désordres of imported files: critères of the first generation, by their labels.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "libs/core/json.hpp"

namespace histologe::intake {

// Immutable. Labels are known by their fingerprint (SHA-1 of the text of the field) and by our own wording.
class DesordresImportes {
  public:
    static DesordresImportes fromJson(const core::Json& json);

    // The criticité of `<critère> - <état>`: état is `état moyen`, `mauvais état` (when none is said) or `très mauvais
    // état`, in any case and with or without accents. A critère without that état, or a text that is the label of a
    // criticité, gives that criticité. Empty when no label matches.
    [[nodiscard]] std::optional<int> find(std::string_view texte) const;

  private:
    struct Critere {
        std::unordered_map<int, int> parEtat;
    };
    [[nodiscard]] const Critere* critere(std::string_view libelle) const;

    std::vector<Critere> criteres_;
    std::unordered_map<std::string, std::size_t> parLibelle_;   // folded label, or fingerprint
    std::unordered_map<std::string, int> criticiteParLibelle_;  // likewise
};

// Those that this program was built with.
DesordresImportes loadShippedDesordresImportes();

}  // namespace histologe::intake
