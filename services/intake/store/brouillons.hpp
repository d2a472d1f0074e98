// The table of drafts.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/postgres/connection.hpp"

namespace histologe::intake {

struct Brouillon {
    std::string uuid;
    std::string statut = "EN_COURS";
    std::string profil;
    std::string courriel;
    std::string adresse;
    std::string empreinte;
    std::string etape;
    std::string charge;                            // the body as it came
    std::optional<std::string> bailleurPrevenuLe;  // a day, `2026-05-01`
    bool logementSocial = false;
    core::Instant creeLe{};
    core::Instant modifieLe{};
};

void insertBrouillon(postgres::Connection& session, const Brouillon& brouillon);

// A change of one draft: the parameters of a statement that changes it or does not.
struct ChangementBrouillon {
    std::string_view brouillon;
    std::vector<postgres::Parameter> parametres;
};

// Runs the statement for each change, in one round trip; whether it changed the draft, in the order of the list. Two
// writers that take the same drafts never wait for each other in a circle.
std::vector<bool> changeBrouillons(postgres::Transaction& transaction, const postgres::Statement& statement,
                                   std::vector<ChangementBrouillon> changes);

// Replaces the answers of drafts; false for one that is no longer in progress (its answers then stay as they are) or that
// does not exist. Of two for one draft the last counts.
std::vector<bool> updateBrouillons(postgres::Transaction& transaction, const std::vector<Brouillon*>& brouillons);

std::optional<Brouillon> findBrouillon(postgres::Connection& session, const std::string& uuid);

// The newest draft in progress with this fingerprint that was not set aside, answers left out.
std::optional<Brouillon> findBrouillonParEmpreinte(postgres::Connection& session, const std::string& empreinte);

// True when a draft in progress was archived.
bool archiveBrouillon(postgres::Connection& session, const std::string& uuid, core::Instant now);

// A name for a draft by which it can be set aside and nothing else: its uuid opens it, and is for its owner alone. The
// same for a day.
std::string poigneeDe(postgres::Connection& session, const std::string& brouillon, core::Instant now);

// The draft of this name is not proposed any more; it can still be resumed by its link. False when the name is unknown
// or older than a day, or the draft no longer in progress.
bool ecarterBrouillon(postgres::Connection& session, const std::string& poignee, core::Instant now);

}  // namespace histologe::intake
