#include "libs/core/ids.hpp"

#include <sys/random.h>

#include <array>
#include <cstdint>
#include <stdexcept>

namespace histologe::core {
namespace {

constexpr char kHex[] = "0123456789abcdef";

// One system call fills a thread's reserve; identifiers are drawn from it.
void fillRandom(std::uint8_t* out, std::size_t size) {
    thread_local std::array<std::uint8_t, 256> reserve;
    thread_local std::size_t used = reserve.size();
    for (std::size_t i = 0; i < size; ++i) {
        if (used == reserve.size()) {
            if (getrandom(reserve.data(), reserve.size(), 0) != static_cast<ssize_t>(reserve.size())) {
                throw std::runtime_error("getrandom failed");
            }
            used = 0;
        }
        out[i] = reserve[used];
        reserve[used++] = 0;
    }
}

std::string format(std::array<std::uint8_t, 16> bytes, std::uint8_t version) {
    bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0f) | (version << 4));
    bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3f) | 0x80);
    std::string text;
    text.reserve(36);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
        text += kHex[bytes[i] >> 4];
        text += kHex[bytes[i] & 0x0f];
    }
    return text;
}

}  // namespace

std::string uuidV7(Instant instant) {
    std::array<std::uint8_t, 16> bytes;
    fillRandom(bytes.data() + 6, 10);
    auto milliseconds = static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::milliseconds>(instant.time_since_epoch()).count());
    for (std::size_t i = 6; i-- > 0;) {
        bytes[i] = static_cast<std::uint8_t>(milliseconds & 0xff);
        milliseconds >>= 8;
    }
    return format(bytes, 7);
}

std::string uuidV4() {
    std::array<std::uint8_t, 16> bytes;
    fillRandom(bytes.data(), bytes.size());
    return format(bytes, 4);
}

bool isUuid(std::string_view text) noexcept {
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (i == 8 || i == 13 || i == 18 || i == 23) {
            if (c != '-') return false;
        } else if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'))) {
            return false;
        }
    }
    return true;
}

std::string randomHex(std::size_t bytes) {
    std::string text;
    text.reserve(bytes * 2);
    for (std::size_t i = 0; i < bytes; ++i) {
        std::uint8_t byte = 0;
        fillRandom(&byte, 1);
        text += kHex[byte >> 4];
        text += kHex[byte & 0x0f];
    }
    return text;
}

}  // namespace histologe::core
