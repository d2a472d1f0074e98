// The secrets of one environment: the key that signs its tokens, and the one that signs the links of its files.
#include <filesystem>
#include <fstream>

#include "libs/auth/key_files.hpp"
#include "libs/auth/token.hpp"
#include "libs/core/ids.hpp"
#include "tools/environment/environment.hpp"

namespace histologe::environment {

std::filesystem::path Environment::signingKeyFile() const {
    return supervisor_->folder() / "auth" / "signing-key.json";
}
std::filesystem::path Environment::publicKeysFile() const {
    return supervisor_->folder() / "auth" / "public-keys.json";
}

std::filesystem::path Environment::accessKeyFile() const {
    return supervisor_->folder() / "auth" / "access-key.json";
}

void Environment::makeKeys() {
    std::filesystem::create_directories(signingKeyFile().parent_path());
    if (!std::filesystem::exists(signingKeyFile())) {
        auth::createKey("environment-" + core::randomHex(4), signingKeyFile(), publicKeysFile());
    }
    if (!std::filesystem::exists(accessKeyFile())) {
        auth::createKey("acces-" + core::randomHex(4), accessKeyFile(), publicKeysFile(),
                        {auth::Role::Usager, auth::Role::Bailleur});
    }
}

std::string Environment::token(auth::Claims claims) {
    makeKeys();
    const auto now = std::chrono::floor<std::chrono::seconds>(core::SystemClock().now());
    if (claims.id.empty()) {
        claims.id = core::uuidV4();
    }
    if (claims.subject.empty()) {
        claims.subject = "essai-" + std::string(nameOf(claims.role));
    }
    if (claims.issuedAt == core::Instant()) {
        claims.issuedAt = now;
    }
    if (claims.expiresAt == core::Instant()) {
        claims.expiresAt = claims.issuedAt + std::chrono::hours(1);
    }
    return auth::signToken(claims, {}, auth::readSigningKey(signingKeyFile()));
}

std::string Environment::linkSecret() {
    const auto file = supervisor_->folder() / "link-secret";
    std::string secret;
    std::ifstream(file) >> secret;
    if (secret.empty()) {
        secret = core::randomHex(32);
        std::ofstream(file).close();
        std::filesystem::permissions(file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
        std::ofstream(file) << secret;
    }
    return secret;
}

}  // namespace histologe::environment
