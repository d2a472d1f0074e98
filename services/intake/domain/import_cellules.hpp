// The cells of one row of the historical import, read as what they should hold; what is not understood is remarked.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/intake/domain/import_ligne.hpp"

namespace histologe::intake {

// A row and what is said of it. Each reader leaves an empty cell empty without a word; one that it cannot read is empty
// too, with a warning. The arguments outlive the reader.
class CellulesDImport {
  protected:
    CellulesDImport(const LigneCsv& ligne, const EnteteDImport& entete, std::vector<Remarque>& remarques)
        : ligne_(ligne), entete_(entete), remarques_(remarques) {}
    ~CellulesDImport() = default;

    [[nodiscard]] std::string_view cellule(std::string_view colonne) const { return entete_.cellule(ligne_, colonne); }
    // True once a refusal was remarked.
    [[nodiscard]] bool estRefusee() const noexcept { return refusee_; }

    void refuser(std::string_view colonne, std::string code, std::string texte, std::string_view valeur = {});
    void prevenir(std::string_view colonne, std::string code, std::string texte, std::string_view valeur);

    std::optional<std::chrono::sys_days> jour(std::string_view colonne);
    // At most so many characters, the rest cut off with a warning.
    std::optional<std::string> texte(std::string_view colonne, std::size_t longueur = 255);
    [[nodiscard]] std::optional<bool> ouiNon(std::string_view colonne) const;
    // The first run of digits.
    [[nodiscard]] std::optional<int> compte(std::string_view colonne) const;
    // From 0 to a thousand million; French files write a comma.
    std::optional<double> nombre(std::string_view colonne);
    std::optional<std::string> telephone(std::string_view colonne);
    std::optional<std::string> courriel(std::string_view colonne);
    // What stands between bars, and between commas where they separate too.
    [[nodiscard]] std::vector<std::string> liste(std::string_view colonne, bool aussiVirgule) const;

  private:
    const LigneCsv& ligne_;
    const EnteteDImport& entete_;
    std::vector<Remarque>& remarques_;
    bool refusee_ = false;
};

}  // namespace histologe::intake
