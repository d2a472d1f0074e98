// Months of a calendar, and the series that charts draw of them.
#pragma once

#include <compare>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace histologe::statistics {

struct Mois {
    int annee = 0;
    int mois = 1;  // 1 to 12
    friend auto operator<=>(const Mois&, const Mois&) = default;
};

Mois suivant(Mois mois) noexcept;

// What people read: `Mars 2022`.
std::string libelleOf(Mois mois);

// Every month from the first to the last of those given, in order, those that are missing with 0. Nothing given,
// nothing returned. (Reference of statistics, 1.3: the original leaves months out within a year and adds some after the
// last one; ours does neither.)
std::vector<std::pair<Mois, long long>> serieContinue(const std::map<Mois, long long>& comptes);

}  // namespace histologe::statistics
