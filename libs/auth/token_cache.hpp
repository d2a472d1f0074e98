// Tokens that were verified a moment ago: a signature costs fifty times what looking it up does.
#pragma once

#include <array>
#include <memory>
#include <mutex>
#include <string_view>
#include <unordered_map>

#include "libs/auth/keys.hpp"
#include "libs/auth/principal.hpp"

namespace histologe::auth {

// Holds verified tokens under a keyed hash, never the tokens themselves; at most about `capacity` of them, those unused
// for longest going first. Only what was verified enters, so strangers cannot fill it. Any thread.
class TokenCache {
  public:
    explicit TokenCache(std::size_t capacity = 16384);

    using Digest = std::array<unsigned char, 32>;
    [[nodiscard]] Digest digest(std::string_view token) const;

    // The bearer, if the token was verified with exactly these keys and has not expired; nullptr otherwise.
    std::shared_ptr<const Principal> find(const Digest& digest, const std::shared_ptr<const KeySet>& keys,
                                          core::Instant now);
    void insert(const Digest& digest, std::shared_ptr<const KeySet> keys, std::shared_ptr<const Principal> principal);

  private:
    struct Entry {
        std::shared_ptr<const KeySet> keys;
        std::shared_ptr<const Principal> principal;
    };
    struct Hash {
        std::size_t operator()(const Digest& digest) const noexcept;
    };
    // Two generations: what is used moves to the young one; when that is full, the old one is dropped.
    struct Shard {
        std::mutex mutex;
        std::unordered_map<Digest, Entry, Hash> young;
        std::unordered_map<Digest, Entry, Hash> old;
    };
    static constexpr std::size_t kShards = 8;
    void put(Shard& shard, const Digest& digest, Entry entry);

    std::array<unsigned char, 32> key_{};
    const std::size_t generation_;
    std::array<Shard, kShards> shards_;
};

}  // namespace histologe::auth
