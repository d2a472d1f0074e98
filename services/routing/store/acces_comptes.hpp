// What is handed to somebody who is not signed in yet: links of mails, codes, and how often he may try.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/postgres/connection.hpp"

namespace histologe::routing {

enum class UsageLien { Activation, Reinitialisation };

// A new link takes the place of those before it. Queued.
void insererLien(postgres::Transaction& transaction, const std::string& empreinte, const std::string& compte,
                 UsageLien usage, core::Instant expireLe);
// Links of the account no longer open anything. Queued.
void perimerLiens(postgres::Transaction& transaction, const std::string& compte, core::Instant now);

struct LienTrouve {
    std::string compte;
    UsageLien usage = UsageLien::Activation;
    bool utilise = false;
    bool perime = false;
};
// Locked until the transaction ends: two who use it at once use it one after the other.
std::optional<LienTrouve> trouverLien(postgres::Transaction& transaction, const std::string& empreinte,
                                      core::Instant now);

// A link serves once. Queued.
void utiliserLien(postgres::Transaction& transaction, const std::string& empreinte, core::Instant now);

struct NouveauCode {
    std::string demande;  // fingerprint of the request
    std::string compte;
    std::string code;  // fingerprint of request and code
    bool longue = false;
    core::Instant expireLe{};
};
// Takes the place of those before it. Queued, as is the forgetting of those of an account.
void oublierCodes(postgres::Transaction& transaction, const std::string& compte);
void insererCode(postgres::Transaction& transaction, const NouveauCode& code);

struct CodeEssaye {
    std::string compte;
    bool juste = false;
    bool longue = false;
};
// Counts a try and compares; a code that is right is used up. Empty when there is no such request any more: unknown,
// expired, or tried too often.
std::optional<CodeEssaye> essayerCode(postgres::Transaction& transaction, const std::string& demande,
                                      const std::string& code, int essaisPermis, core::Instant now);

// A thing that may be tried so many times in twenty minutes, from the first try on.
struct Frein {
    std::string cle;  // what is counted, in clear; a fingerprint is kept
    int limite = 0;
};
inline constexpr std::chrono::minutes kFenetreEssais{20};

// Counts one try against each; returns the seconds to wait when one of them had none left, 0 otherwise. Counted before the
// try takes place, so that tries at the same time are all counted.
int compterEssai(postgres::Connection& session, const std::vector<Frein>& freins, core::Instant now);
// The try succeeded: takes it back from each, and forgets `oubliee` altogether.
void rendreEssai(postgres::Connection& session, const std::vector<Frein>& freins, const std::string& oubliee);

}  // namespace histologe::routing
