// Identifiers: time-ordered UUIDs for what we index, random ones for what must not be guessed.
#pragma once

#include <string>
#include <string_view>

#include "libs/core/clock.hpp"

namespace histologe::core {

// UUID version 7 (RFC 9562) of the given instant: sorts by creation, 74 random bits. Lower case, 36 characters.
std::string uuidV7(Instant instant);

// UUID version 4: 122 random bits. For links and codes that are themselves the secret.
std::string uuidV4();

// True for 8-4-4-4-12 hexadecimal digits of either case, whatever the version.
bool isUuid(std::string_view text) noexcept;

// `bytes` random bytes from the kernel, as lower-case hexadecimal.
std::string randomHex(std::size_t bytes);

}  // namespace histologe::core
