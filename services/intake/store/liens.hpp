// Drafts whose owner is to be written to: because he asked for the link, or because something is due.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/postgres/connection.hpp"

namespace histologe::intake {

struct BrouillonAEcrire {
    std::string uuid;
    std::string courriel;
    std::string charge;
    core::Instant creeLe{};
};

// A draft's link is sent at most once in this time (a second click finds the mail on its way), and so often in a day.
inline constexpr std::chrono::minutes kEntreDeuxLiens{2};
inline constexpr int kLiensParJour = 10;

// The newest draft in progress with this fingerprint, marked as written to in this transaction; empty when there is
// none, when its link has just left and when enough of them have left today.
std::optional<BrouillonAEcrire> noterLien(postgres::Transaction& transaction, const std::string& empreinte,
                                          core::Instant now);

// Drafts to remind, marked as reminded in this transaction: in progress at the step of the landlord's information,
// social housing, the landlord told on `prevenuAuPlusTard` (a day, `2026-06-01`) or before, never reminded (reference
// of intake, 2.2). Those that another transaction is at are left to it. At most `most`, the longest waiting first.
std::vector<BrouillonAEcrire> prendreRappels(postgres::Transaction& transaction, const std::string& prevenuAuPlusTard,
                                             core::Instant now, int most);

// Deletes drafts in progress or archived, begun and last saved at that instant or before, at most `most`. A draft that
// became a signalement is kept. Returns how many went.
int effacerBrouillons(postgres::Connection& session, core::Instant auPlusTard, int most);

// Forgets the names given to drafts a day ago or more; returns how many.
int effacerPoignees(postgres::Connection& session, core::Instant now, int most);

}  // namespace histologe::intake
