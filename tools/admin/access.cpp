// Access tokens and their keys.
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

#include "libs/auth/key_files.hpp"
#include "libs/auth/scopes.hpp"
#include "libs/auth/token.hpp"
#include "libs/core/ids.hpp"
#include "tools/admin/commands.hpp"
#include "tools/admin/services.hpp"

namespace histologe::admin {
namespace {

auth::Role roleOf(const std::string& name) {
    const auto role = auth::roleNamed(name);
    if (!role) throw std::runtime_error(name + " is no role");
    return *role;
}

std::string variableOr(const char* name, const std::string& fallback) {
    const char* value = std::getenv(name);
    return value == nullptr || *value == '\0' ? fallback : value;
}

}  // namespace

int printToken(const TokenWish& wish) {
    const auto keyFile = wish.keyFile.empty() ? variableOr(kSigningKeyVariable, "") : wish.keyFile;
    if (keyFile.empty())
        throw std::runtime_error(std::string(kSigningKeyVariable) + " is not set, and there is no --key");
    auth::Claims claims;
    claims.id = core::uuidV4();
    claims.subject = wish.subject.empty() ? "operateur" : wish.subject;
    claims.role = roleOf(wish.role);
    claims.territoires = wish.territoires;
    claims.partenaires = wish.partenaires;
    claims.scopes = wish.scopes.empty() ? auth::scopesOf(claims.role) : wish.scopes;
    claims.signalement = wish.signalement;
    claims.issuedAt = std::chrono::floor<std::chrono::seconds>(core::SystemClock().now());
    claims.expiresAt = claims.issuedAt + std::chrono::seconds(wish.seconds);
    const auth::TokenParties parties{variableOr("HISTOLOGE_AUTH_ISSUER", "histologe"),
                                     variableOr("HISTOLOGE_AUTH_AUDIENCE", "histologe")};
    std::printf("%s\n", auth::signToken(claims, parties, auth::readSigningKey(keyFile)).c_str());
    return 0;
}

int createKey(const std::string& kid, const std::string& secretFile, const std::string& publicFile,
              const std::vector<std::string>& roles) {
    std::vector<auth::Role> only;
    for (const auto& name : roles) only.push_back(roleOf(name));
    auth::createKey(kid, secretFile, publicFile, only);
    std::printf("key %s: secret in %s, public part in %s\n", kid.c_str(), secretFile.c_str(), publicFile.c_str());
    return 0;
}

}  // namespace histologe::admin
