// Links that open one file for a short time and nobody can make but us.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libs/core/clock.hpp"

namespace histologe::files {

// HMAC-SHA-256 over what the link opens and until when. Several instances share the secrets; any thread.
class LinkSigner {
  public:
    // The first secret signs; links signed with any of them are believed, so that a secret can be changed without breaking
    // links that are out. Throws std::invalid_argument unless there is one and each has 32 characters or more.
    explicit LinkSigner(std::vector<std::string> secrets);

    // The signature of `resource` until `expiry` (whole seconds count): 64 lower-case hexadecimal digits.
    [[nodiscard]] std::string sign(std::string_view resource, core::Instant expiry) const;

    // True when the signature is ours for exactly this resource and expiry, and `now` is not past it. Takes the same time
    // whatever is wrong with the signature.
    [[nodiscard]] bool verify(std::string_view resource, core::Instant expiry, std::string_view signature,
                              core::Instant now) const;

  private:
    std::vector<std::string> secrets_;
};

}  // namespace histologe::files
