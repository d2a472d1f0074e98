// One row of the historical CSV import (reference of intake, 7.3): what it says, or why it is refused.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libs/core/clock.hpp"
#include "services/intake/domain/fiche.hpp"
#include "services/intake/domain/import_desordres.hpp"
#include "services/intake/domain/lecteur_csv.hpp"

namespace histologe::intake {

// The 82 columns, as files name them.
std::span<const std::string_view> colonnesDImport() noexcept;

// Something to tell the operator of one row. A refusal cancels the whole import, a warning does not.
struct Remarque {
    std::size_t ligne = 0;
    std::string colonne;
    std::string code;    // `partenaire_inconnu`, `desordre_inconnu`, `date_illisible`…
    std::string texte;   // for people; may repeat what the cell holds
    std::string valeur;  // what was not understood
    bool estUnRefus = true;
};

// An entry of the life of the dossier, from the column `suivi`.
struct SuiviImporte {
    std::optional<std::chrono::sys_days> jour;
    std::string texte;
};

// A row that was read.
struct SignalementImporte {
    std::size_t ligne = 0;
    int annee = 0;
    int numero = 0;
    std::string statut;  // ACTIVE, CLOSED
    std::optional<std::chrono::sys_days> creeLe;
    std::optional<std::chrono::sys_days> modifieLe;
    std::optional<std::chrono::sys_days> closLe;
    std::optional<std::string> motifCloture;
    std::optional<std::chrono::sys_days> visiteLe;
    std::optional<std::string> conclusionVisite;
    std::optional<bool> occupantPresentVisite;
    std::vector<std::string> partenaires;  // ids
    std::vector<int> criticites;           // each once, in order
    std::vector<SuiviImporte> suivis;
    std::vector<std::string> fichiers;  // names of photos and documents
    core::Json contenu;
};

// What the rules need to know besides the row.
struct ContexteDImport {
    std::string territoire;
    std::chrono::sys_days aujourdhui;
    const DesordresImportes* desordres = nullptr;
    std::map<std::string, std::string> partenaires;  // id by folded name, of the territoire, not archived
    // The INSEE code of a commune by postcode and name (the code of the file first, when it is one); empty when
    // unknown.
    std::function<std::string(std::string_view codePostal, std::string_view ville, std::string_view insee)> commune;
    // Names of files that are there; not set: none is.
    std::function<bool(std::string_view nom)> fichier;
};

// The header: which column stands where.
class EnteteDImport {
  public:
    // Names compare without case, accents and repeated blanks. Adds remarks: a refusal when `Ref signalement` is
    // missing or a column stands twice, a warning for a name that is none of the columns and for each column that is
    // missing.
    EnteteDImport(const LigneCsv& ligne, std::vector<Remarque>& remarques);

    // The cell of a column, empty when the column is missing; `NSP` is read as empty.
    [[nodiscard]] std::string_view cellule(const LigneCsv& ligne, std::string_view colonne) const;
    [[nodiscard]] std::size_t largeur() const noexcept { return largeur_; }

  private:
    std::map<std::string, std::size_t, std::less<>> places_;
    std::size_t largeur_ = 0;
};

// Reads a row. Empty without a remark for a row that is skipped (a single cell, or no reference); empty with refusals
// for one that cannot be taken. Never throws on content.
std::optional<SignalementImporte> lireLigne(const LigneCsv& ligne, const EnteteDImport& entete,
                                            const ContexteDImport& contexte, std::vector<Remarque>& remarques);

// A day as files write it: `31/12/21`, `2021/12/31`, `31/12/2021`; years of two digits are 1970 to 2069.
std::optional<std::chrono::sys_days> jourDImport(std::string_view texte);

// The year and number of a reference, given the year of creation: `2021-42` is kept as it is, of anything else the
// digits without that year count (`77-ABC-0042` of 2021 -> 2021, 770042). Empty when no number from 1 to 999999999
// comes out.
std::optional<std::pair<int, int>> referenceDImport(std::string_view texte, int anneeDeCreation);

}  // namespace histologe::intake
