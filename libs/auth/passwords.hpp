// Passwords: which are taken, how they are kept, how they are compared.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "libs/core/error.hpp"

namespace histologe::auth {

// A password is 12 to 200 characters long.
inline constexpr std::size_t kShortestPassword = 12;
inline constexpr std::size_t kLongestPassword = 200;

// The rule of passwords (reference of routing, 1.5). Immutable: any thread.
class PasswordRule {
  public:
    // The words of common passwords, one a line; `#` begins a comment. A word stands for every way of writing it: any
    // case, with or without accents, digits for letters (`m0td3p@sse`), what is not a letter before, between and after; so do two or three of them together.
    explicit PasswordRule(std::string_view commonWords);

    // What is wrong with a password for the account of that address: nothing, or every broken rule, on the field `champ`.
    // Codes: mot_de_passe_court, mot_de_passe_long, minuscule_manquante, majuscule_manquante, chiffre_manquant,
    // caractere_special_manquant, mot_de_passe_courriel, mot_de_passe_courant.
    [[nodiscard]] std::vector<core::Violation> check(std::string_view password, std::string_view courriel,
                                                     const std::string& champ = "motDePasse") const;

  private:
    [[nodiscard]] bool isCommon(std::string_view password) const;

    std::set<std::string, std::less<>> words_;
    std::size_t longest_ = 0;
};

// What a hash costs. The default takes about 60 ms of one core and 64 MiB.
struct PasswordCost {
    unsigned long long passes = 2;
    std::size_t memory = 64UL * 1024 * 1024;  // bytes
};

// argon2id. Computing for long is the point: call it where that holds up nobody (Router::bindAside). Any thread.
class PasswordHasher {
  public:
    // Throws std::runtime_error when libsodium cannot start or the cost is none.
    explicit PasswordHasher(PasswordCost cost = {});

    // The text to keep: parameters, salt and hash. Throws core::Error (Unavailable) when there is no memory for it.
    [[nodiscard]] std::string hash(std::string_view password) const;
    // True when the password is the one that was hashed; false for a text that is no hash.
    [[nodiscard]] bool verify(const std::string& hash, std::string_view password) const;
    // False, after as long as verify() takes: for an account that does not exist or has no password.
    [[nodiscard]] bool verifyNobody(std::string_view password) const;
    // True when the hash was made at another cost: to be made again at the next sign-in.
    [[nodiscard]] bool isOutdated(const std::string& hash) const;

  private:
    PasswordCost cost_;
    std::string nobody_;
};

}  // namespace histologe::auth
