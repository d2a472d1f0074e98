// Signs the access tokens of accounts.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>

#include "libs/auth/claims.hpp"
#include "libs/auth/key_files.hpp"
#include "libs/core/clock.hpp"

namespace histologe::routing {

// Signs with the key of a file, which is looked at again every second: a rotation replaces it. A file that became
// unreadable is reported, and the key from before goes on signing. Any thread.
class Signataire {
  public:
    // Throws std::runtime_error naming the file when it holds no key. The clock outlives it.
    Signataire(std::filesystem::path fichier, auth::TokenParties parties, const core::Clock& clock);

    // The signed form; empty when the claims are too many for one (auth::kLongestToken).
    [[nodiscard]] std::optional<std::string> signer(const auth::Claims& claims);
    // The payload by itself, for a token that is kept instead of signed.
    [[nodiscard]] core::Json charge(const auth::Claims& claims) const { return auth::toJson(claims, parties_); }

  private:
    std::shared_ptr<const auth::SigningKey> cle();

    const std::filesystem::path fichier_;
    const auth::TokenParties parties_;
    const core::Clock& clock_;
    std::mutex mutex_;
    std::shared_ptr<const auth::SigningKey> cle_;
    std::filesystem::file_time_type date_{};
    core::Instant regardeLe_{};
};

}  // namespace histologe::routing
