#include "libs/auth/token_cache.hpp"

#include <cstring>
#include <stdexcept>

#include <sodium.h>

namespace histologe::auth {

std::size_t TokenCache::Hash::operator()(const Digest& digest) const noexcept {
    std::size_t value = 0;
    std::memcpy(&value, digest.data(), sizeof value);
    return value;
}

TokenCache::TokenCache(std::size_t capacity) : generation_(capacity / kShards / 2 + 1) {
    if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start");
    randombytes_buf(key_.data(), key_.size());
}

TokenCache::Digest TokenCache::digest(std::string_view token) const {
    Digest digest{};
    crypto_generichash(digest.data(), digest.size(), reinterpret_cast<const unsigned char*>(token.data()), token.size(),
                       key_.data(), key_.size());
    return digest;
}

std::shared_ptr<const Principal> TokenCache::find(const Digest& digest, const std::shared_ptr<const KeySet>& keys,
                                                  core::Instant now) {
    auto& shard = shards_[digest.back() % kShards];
    const std::lock_guard lock(shard.mutex);
    auto* place = &shard.young;
    auto found = place->find(digest);
    if (found == place->end()) {
        place = &shard.old;
        found = place->find(digest);
        if (found == place->end()) return nullptr;
    }
    if (found->second.keys != keys || found->second.principal->expiresAt <= now) {
        place->erase(found);
        return nullptr;
    }
    auto principal = found->second.principal;
    if (place == &shard.old) {
        auto entry = std::move(found->second);
        place->erase(found);
        put(shard, digest, std::move(entry));
    }
    return principal;
}

void TokenCache::insert(const Digest& digest, std::shared_ptr<const KeySet> keys,
                        std::shared_ptr<const Principal> principal) {
    auto& shard = shards_[digest.back() % kShards];
    const std::lock_guard lock(shard.mutex);
    put(shard, digest, {std::move(keys), std::move(principal)});
}

void TokenCache::put(Shard& shard, const Digest& digest, Entry entry) {
    if (shard.young.size() >= generation_) {
        shard.old = std::move(shard.young);
        shard.young.clear();
    }
    shard.young.insert_or_assign(digest, std::move(entry));
}

}  // namespace histologe::auth
