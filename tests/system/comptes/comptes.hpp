// Accounts on the platform under test: created, opened, signed in, their mails read.
#pragma once

#include <string>
#include <vector>

#include "tests/system/agents/agents.hpp"

namespace histologe::comptes {

using agents::one;
using product::Answer;

// A partner of the demonstration directory, by territory: its id.
std::string partenaireDe(const std::string& territoire, int rang = 0);

// A password that the rule takes.
inline constexpr char kMotDePasse[] = "Trombone-87-vertical";

// An account that is ACTIVE with kMotDePasse, without the second factor's role unless asked for.
struct Compte {
    std::string id;
    std::string courriel;
};
Compte ouvert(const std::string& role, const std::vector<std::string>& partenaires);
// The same, still INACTIVE.
Compte ferme(const std::string& role, const std::vector<std::string>& partenaires);

// The secret in the last mail of the kind (`lien` or `code`) that was asked for, for this account.
std::string secretDuCourriel(const std::string& compte, const std::string& motif, const std::string& membre = "lien");

// Sign-ins. `adresse` is what the gateway would see; empty: the loopback.
Answer entrer(const std::string& courriel, const std::string& motDePasse, bool longue = false);
// The answer of a sign-in that succeeds.
core::Json session(const Compte& compte);

Answer post(const std::string& path, const core::Json& body, const std::string& jeton = {});
Answer get(const std::string& path, const std::string& jeton);
Answer avec(const std::string& method, const std::string& path, const core::Json& body, const std::string& jeton,
            product::Headers headers = {});

// Polls until the request is answered with this status, at most `secondes`; how long it took, -1 when it never was.
double jusqua(const std::string& path, const std::string& jeton, int status, double secondes);

// Forgets all failed tries: the tests share one address.
void oublierEchecs();

}  // namespace histologe::comptes
