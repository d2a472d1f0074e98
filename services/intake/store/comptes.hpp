// How often something was done: counted for all instances, in windows of time.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "libs/core/clock.hpp"
#include "libs/postgres/connection.hpp"

namespace histologe::intake {

// A bound: so many in a window. Windows begin at multiples of their length since 1970.
struct Limite {
    int nombre = 0;
    std::chrono::seconds fenetre{};
};

// What is counted, and of whom: `lien` of a mail address, `acces` of a code. Kept as a fingerprint, since who it is
// about is nobody's business.
std::string cleDeCompte(std::string_view quoi, std::string_view qui);

// Counts one, in the transaction, and tells whether it is within the limit.
bool compter(postgres::Transaction& transaction, const std::string& cle, const Limite& limite, core::Instant now);

// Takes one back from the count of this window, when what was counted was no misuse. Queued.
void rendreCompte(postgres::Transaction& transaction, const std::string& cle, const Limite& limite, core::Instant now);
// Begins the count anew. Queued.
void oublierCompte(postgres::Transaction& transaction, const std::string& cle);

// When the window ends, in whole seconds, at least 1: what `Retry-After` says.
int secondesAvantLaFin(const Limite& limite, core::Instant now);

// Forgets the windows that began a day ago or more, at most `most`; returns how many counts went.
int effacerComptes(postgres::Connection& session, core::Instant now, int most);

}  // namespace histologe::intake
