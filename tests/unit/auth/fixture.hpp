// A key, a clock and claims that are good as they are; each test spoils one thing.
#pragma once

#include <filesystem>

#include <unistd.h>

#include "libs/auth/token.hpp"
#include "libs/core/ids.hpp"

namespace histologe::auth::test {

inline core::Instant noon() {
    return *core::parseInstant("2026-11-25T12:00:00Z");
}

inline Claims agentClaims() {
    Claims claims;
    claims.id = "0b2f6f0e-6a38-4e63-9c8d-0f5f5d1a9d11";
    claims.subject = "019a0000-0001-7000-8000-00000000000a";
    claims.role = Role::Agent;
    claims.territoires = {"13", "2A"};
    claims.partenaires = {"019a0000-0001-7000-8000-000000000001"};
    claims.scopes = {"signalements:read", "signalements:write"};
    claims.issuedAt = noon();
    claims.expiresAt = noon() + std::chrono::minutes(15);
    return claims;
}

inline Claims usagerClaims() {
    auto claims = agentClaims();
    claims.role = Role::Usager;
    claims.territoires.clear();
    claims.partenaires.clear();
    claims.signalement = "019a0000-0001-7000-8000-0000000000aa";
    claims.scopes = {"dossier:read"};
    return claims;
}

inline std::string keySetOf(const std::vector<std::string>& publicJwks) {
    std::string set;
    for (const auto& key : publicJwks) set += (set.empty() ? "" : ",") + key;
    return "{\"keys\":[" + set + "]}";
}

// A folder of this process that goes with the object.
struct Folder {
    std::filesystem::path path = std::filesystem::temp_directory_path() / ("histologe-auth-" + core::randomHex(8));
    Folder() { std::filesystem::create_directories(path); }
    ~Folder() { std::filesystem::remove_all(path); }
};

}  // namespace histologe::auth::test
