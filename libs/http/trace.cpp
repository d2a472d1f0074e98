#include "libs/http/trace.hpp"

#include <algorithm>
#include <cstdint>
#include <random>

#include <sys/random.h>

namespace histologe::http {
namespace {

bool isHex(std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool isZero(std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(), [](char c) { return c == '0'; });
}

// These ids only have to be distinct, not secret: a seeded generator per thread saves a system call per request.
std::uint64_t random64() {
    thread_local std::mt19937_64 generator = [] {
        std::uint64_t seed[4] = {};
        if (getrandom(seed, sizeof seed, 0) != static_cast<ssize_t>(sizeof seed)) seed[0] = std::random_device{}();
        std::seed_seq sequence{seed[0], seed[1], seed[2], seed[3]};
        return std::mt19937_64(sequence);
    }();
    std::uint64_t value = 0;
    while (value == 0) value = generator();
    return value;
}

void appendHex(std::string& text, std::uint64_t value) {
    constexpr char kHex[] = "0123456789abcdef";
    for (int shift = 60; shift >= 0; shift -= 4) text += kHex[(value >> shift) & 0xf];
}

}  // namespace

bool isTraceparent(std::string_view text) noexcept {
    return text.size() == 55 && text.starts_with("00-") && text[35] == '-' && text[52] == '-' &&
           isHex(text.substr(3, 32)) && isHex(text.substr(36, 16)) && isHex(text.substr(53)) &&
           !isZero(text.substr(3, 32)) && !isZero(text.substr(36, 16));
}

std::string continueTrace(std::string_view received) {
    std::string context = "00-";
    context.reserve(55);
    const bool isValid = isTraceparent(received);
    if (isValid) {
        context += received.substr(3, 32);
    } else {
        appendHex(context, random64());
        appendHex(context, random64());
    }
    context += '-';
    appendHex(context, random64());
    context += isValid ? received.substr(52) : std::string_view("-01");
    return context;
}

std::string_view traceIdOf(std::string_view traceparent) noexcept {
    return traceparent.size() >= 35 ? traceparent.substr(3, 32) : std::string_view{};
}

bool isRequestId(std::string_view text) noexcept {
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
               c == '-';
    });
}

}  // namespace histologe::http
