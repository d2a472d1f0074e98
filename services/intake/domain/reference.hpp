// References: the names that people give a signalement, made of the numbers that it was given.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace histologe::intake {

// `2026-42`: the definitive one, of a territory and a year of its calendar.
std::string referenceDefinitive(int annee, int numero);
// `INJ-2363`: the national one of an injonction.
std::string referenceInjonction(int numero);

// True while a signalement is in the injonction procedure, open or closed.
bool estInjonction(std::string_view statut) noexcept;

// As people read it: `INJ-2363` as long as the injonction lasts, then `2026-42`; `2026-TEMPORAIRE` before either.
// (Reference of intake, 2.4.)
std::string referenceAffichee(std::string_view statut, int annee, std::optional<int> numero,
                              std::optional<int> numeroInjonction);

}  // namespace histologe::intake
