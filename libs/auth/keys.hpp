// The keys of tokens (Ed25519), in the form of RFC 8037: who may sign, and whose signature counts.
#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "libs/auth/roles.hpp"

namespace histologe::auth {

// Signs. Wipes itself from memory when it goes.
class SigningKey {
  public:
    // A new key of that identifier (1 to 64 letters, digits, `-`, `_`, `.`). Throws std::invalid_argument for another.
    static SigningKey generate(const std::string& kid);
    // A JSON Web Key with its private part: `{"kty":"OKP","crv":"Ed25519","kid":…,"x":…,"d":…}`. Throws
    // std::runtime_error saying what is wrong, never showing the key.
    static SigningKey fromJwk(const std::string& text);

    SigningKey(const SigningKey&) = default;
    SigningKey& operator=(const SigningKey&) = default;
    ~SigningKey();

    [[nodiscard]] const std::string& kid() const noexcept { return kid_; }
    // 64 bytes.
    [[nodiscard]] std::string sign(std::string_view message) const;
    // The whole key: a secret.
    [[nodiscard]] std::string toJwk() const;
    // The public part, as an element of a key set. `roles` limits what this key may sign tokens for; none: everything.
    [[nodiscard]] std::string toPublicJwk(const std::vector<Role>& roles = {}) const;

  private:
    SigningKey() = default;
    std::string kid_;
    std::array<unsigned char, 64> secret_{};  // seed and public part, as libsodium keeps them
};

// A public key and the tokens that it may vouch for.
struct PublicKey {
    std::array<unsigned char, 32> bytes{};
    std::vector<Role> roles;  // empty: all

    [[nodiscard]] bool maySign(Role role) const noexcept;
    [[nodiscard]] bool verifies(std::string_view message, std::string_view signature) const noexcept;
};

// The public keys that count at one time, by `kid`. Several of them are a rotation.
class KeySet {
  public:
    KeySet() = default;
    // A JSON Web Key Set, `{"keys":[{"kty":"OKP","crv":"Ed25519","kid":…,"x":…,"roles":[…]}]}`; `roles` is ours and
    // optional. Throws std::runtime_error saying what is wrong: another kind of key, a private part, a `kid` twice.
    static KeySet fromJwks(const std::string& text);

    // nullptr when there is none of that name.
    [[nodiscard]] const PublicKey* find(std::string_view kid) const noexcept;
    [[nodiscard]] bool empty() const noexcept { return keys_.empty(); }
    [[nodiscard]] std::size_t size() const noexcept { return keys_.size(); }
    // Adds the keys of the other; a `kid` of both is the other's.
    void add(const KeySet& other);

  private:
    std::map<std::string, PublicKey, std::less<>> keys_;
};

}  // namespace histologe::auth
