#include "libs/auth/passwords.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include <sodium.h>

#include "libs/core/ids.hpp"
#include "libs/core/text.hpp"

namespace histologe::auth {
namespace {

// What people write for a letter.
char letterMeant(char c) {
    constexpr std::string_view kFor = "0134578@$!";
    constexpr std::string_view kMeant = "oieastbasi";
    const auto place = kFor.find(c);
    return place == std::string_view::npos ? c : kMeant[place];
}

bool isLower(char c) {
    return c >= 'a' && c <= 'z';
}

std::string onlyLetters(std::string_view folded, bool withMeant) {
    std::string letters;
    for (const char c : folded) {
        const char meant = withMeant ? letterMeant(c) : c;
        if (isLower(meant)) letters += meant;
    }
    return letters;
}

// Without what people put before and after a word: `!!motdepasse2026!` is `motdepasse`.
std::string_view middleOf(std::string_view folded) {
    while (!folded.empty() && !isLower(folded.front())) folded.remove_prefix(1);
    while (!folded.empty() && !isLower(folded.back())) folded.remove_suffix(1);
    return folded;
}

// Keys that follow each other, in either direction, hardly are a secret.
bool isSequence(std::string_view folded) {
    static constexpr std::array<std::string_view, 6> kRows = {"abcdefghijklmnopqrstuvwxyz", "01234567890123456789",
                                                              "azertyuiopqsdfghjklmwxcvbn", "qwertyuiopasdfghjklzxcvbnm",
                                                              "1234567890azertyuiop",       "1234567890qwertyuiop"};
    std::string plain;
    for (const char c : folded) {
        if (isLower(c) || (c >= '0' && c <= '9')) plain += c;
    }
    if (plain.size() < 6) return true;
    // Up to three further characters do not make it better.
    const auto length = std::max<std::size_t>(6, plain.size() - std::min<std::size_t>(3, plain.size()));
    for (std::size_t from = 0; from + length <= plain.size(); ++from) {
        const auto part = plain.substr(from, length);
        const std::string reversed(part.rbegin(), part.rend());
        if (std::any_of(kRows.begin(), kRows.end(), [&](std::string_view row) {
                return row.find(part) != std::string_view::npos || row.find(reversed) != std::string_view::npos;
            })) {
            return true;
        }
    }
    return false;
}

}  // namespace

PasswordRule::PasswordRule(std::string_view commonWords) {
    for (const auto& line : core::split(commonWords, '\n')) {
        const auto text = core::trim(line);
        if (text.empty() || text.front() == '#') continue;
        auto word = onlyLetters(core::fold(text), false);
        if (word.size() < 3) continue;
        longest_ = std::max(longest_, word.size());
        words_.insert(std::move(word));
    }
}

bool PasswordRule::isCommon(std::string_view password) const {
    const auto folded = core::fold(password);
    if (std::set<char>(folded.begin(), folded.end()).size() < 5 || isSequence(folded)) return true;
    // Common when its letters are one to three common words; four words that have nothing to do with each other are
    // already hard to guess.
    const auto isMadeOfWords = [this](const std::string& letters) {
        constexpr int kFew = 3;
        std::vector<int> words(letters.size() + 1, kFew + 1);  // the fewest that reach this place
        words[0] = 0;
        for (std::size_t from = 0; from < letters.size(); ++from) {
            if (words[from] >= kFew) continue;
            for (std::size_t length = 3; length <= longest_ && from + length <= letters.size(); ++length) {
                if (words_.contains(std::string_view(letters).substr(from, length))) {
                    words[from + length] = std::min(words[from + length], words[from] + 1);
                }
            }
        }
        return !letters.empty() && words[letters.size()] <= kFew;
    };
    const auto middle = middleOf(folded);
    return isMadeOfWords(onlyLetters(folded, false)) || isMadeOfWords(onlyLetters(middle, true)) ||
           isMadeOfWords(onlyLetters(folded, true));
}

std::vector<core::Violation> PasswordRule::check(std::string_view password, std::string_view courriel,
                                                 const std::string& champ) const {
    std::vector<core::Violation> broken;
    const auto refuse = [&](const char* code, const char* message) { broken.push_back({champ, code, message}); };
    const auto length = core::countCharacters(password);
    if (length < kShortestPassword) refuse("mot_de_passe_court", "Choisissez un mot de passe d'au moins 12 caractères.");
    if (length > kLongestPassword) refuse("mot_de_passe_long", "Choisissez un mot de passe de 200 caractères au plus.");
    const auto has = [&](auto isSuch) { return std::any_of(password.begin(), password.end(), isSuch); };
    if (!has(isLower)) refuse("minuscule_manquante", "Ajoutez une lettre minuscule.");
    if (!has([](char c) { return c >= 'A' && c <= 'Z'; })) refuse("majuscule_manquante", "Ajoutez une lettre majuscule.");
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    if (!has(isDigit)) refuse("chiffre_manquant", "Ajoutez un chiffre.");
    if (!has([&](char c) { return !isLower(c) && !(c >= 'A' && c <= 'Z') && !isDigit(c); })) {
        refuse("caractere_special_manquant", "Ajoutez un caractère spécial, par exemple « ! » ou « - ».");
    }
    if (!courriel.empty() && core::fold(password) == core::fold(courriel)) {
        refuse("mot_de_passe_courriel", "Votre mot de passe ne peut pas être votre adresse.");
    } else if (length <= kLongestPassword && isCommon(password)) {
        refuse("mot_de_passe_courant", "Ce mot de passe est trop facile à deviner. Choisissez-en un autre.");
    }
    return broken;
}

PasswordHasher::PasswordHasher(PasswordCost cost) : cost_(cost) {
    if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start");
    nobody_ = hash(core::randomHex(16));
}

std::string PasswordHasher::hash(std::string_view password) const {
    std::array<char, crypto_pwhash_STRBYTES> text{};
    if (crypto_pwhash_str_alg(text.data(), password.data(), password.size(), cost_.passes, cost_.memory,
                              crypto_pwhash_ALG_ARGON2ID13) != 0) {
        throw core::Error(core::ErrorKind::Unavailable, "service_surcharge",
                          "Le service reçoit trop de demandes. Réessayez dans quelques instants.");
    }
    return text.data();
}

bool PasswordHasher::verify(const std::string& hash, std::string_view password) const {
    return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

bool PasswordHasher::verifyNobody(std::string_view password) const {
    // Nobody knows this password, and whoever found it would still be nobody.
    static_cast<void>(verify(nobody_, password));
    return false;
}

bool PasswordHasher::isOutdated(const std::string& hash) const {
    return crypto_pwhash_str_needs_rehash(hash.c_str(), cost_.passes, cost_.memory) != 0;
}

}  // namespace histologe::auth
