// References: the numbers by which people name a signalement, given once and never twice.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "libs/postgres/connection.hpp"

namespace histologe::intake {

// A counter: a territory and a year of its calendar.
struct Compteur {
    std::string territoire;
    int annee = 0;
    friend auto operator<=>(const Compteur&, const Compteur&) = default;
};

// The national counter of injonctions.
Compteur compteurDesInjonctions();

// Draws so many numbers from each counter and returns the first of each. What a counter gave is given to nobody else,
// and comes back when the transaction fails; whoever draws from it next waits for the end of this transaction. Counters
// are taken in their order, so two transactions never wait for each other in a circle.
std::map<Compteur, int> tirerNumeros(postgres::Transaction& transaction, const std::map<Compteur, int>& combien);

// A number that came from elsewhere (an import that keeps its references): the next one drawn is greater.
void noterNumero(postgres::Transaction& transaction, const Compteur& compteur, int numero);

// `2026-42`, `INJ-2363`.
std::string referenceDefinitive(int annee, int numero);
std::string referenceInjonction(int numero);

// Gives a signalement its definitive reference when it has none: an agent validates it, or it leaves the injonction for
// the ordinary procedure. `annee` is the year of that moment in the territory's calendar. Returns the reference, the
// one it had when it had one; empty when there is no such signalement. Locks the signalement.
std::optional<std::string> donnerReference(postgres::Transaction& transaction, const std::string& signalement,
                                           int annee);

}  // namespace histologe::intake
