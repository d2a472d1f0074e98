// What the imports of the directory's sheets (rules, landlords, the grid of partners and accounts) have in common.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "libs/domain/territoires/territoires.hpp"
#include "services/routing/store/fiches_annuaire.hpp"
#include "tools/admin/chantier.hpp"

namespace histologe::admin {

// Who the history says has done it.
inline constexpr char kAuteurImport[] = "import";

// The territories as the directory has them.
domain::Territoires territoiresActuels();
// Throws std::runtime_error when there is none of that code.
std::string territoireVise(const domain::Territoires& territoires, const std::string& code);

// The texts of a cell, cut at commas, blanks or line feeds as `separateurs` says; `/` and an empty cell are none.
core::Json textesDe(const std::string& cellule, const char* separateurs = ",");
// The same of INSEE codes, whose leading zero a spreadsheet may have eaten.
core::Json codesDe(const std::string& cellule);

// Tells the refusals of a sheet; `colonnes` gives the column of each member, others are told under their own name.
void rapporter(Rapport& rapport, std::size_t ligne, const routing::Refus& refus,
               const std::vector<std::pair<std::string, std::string>>& colonnes);

}  // namespace histologe::admin
