// Names of answers turned into small numbers, without allocating and mostly without comparing.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace histologe::desordres {

using CleIndex = std::uint16_t;
inline constexpr CleIndex kCleInconnue = 0xffff;
inline constexpr std::size_t kMaxCles = 512;

// Filled at load time, then read-only. An outsider cannot slow a lookup down: the table never grows after loading and a
// lookup compares at most the few entries whose whole 32-bit hash agrees.
class KeyTable {
  public:
    KeyTable() { slots_.fill(Slot{0, kCleInconnue}); }

    // The number of a name, given on first sight. Throws core::Error (Internal) past kMaxCles names.
    CleIndex intern(std::string_view name);

    // The number of a name, kCleInconnue when it was never interned.
    [[nodiscard]] CleIndex find(std::string_view name) const noexcept {
        const auto hash = hashOf(name);
        for (std::size_t at = hash % kSlots;; at = (at + 1) % kSlots) {
            const auto slot = slots_[at];
            if (slot.index == kCleInconnue) return kCleInconnue;
            if (slot.hash == hash && names_[slot.index] == name) return slot.index;
        }
    }

    [[nodiscard]] std::size_t size() const noexcept { return names_.size(); }
    [[nodiscard]] const std::string& name(CleIndex index) const noexcept { return names_[index]; }

  private:
    struct Slot {
        std::uint32_t hash;
        CleIndex index;
    };
    static constexpr std::size_t kSlots = 1024;
    static std::uint32_t hashOf(std::string_view name) noexcept;

    std::array<Slot, kSlots> slots_;
    std::vector<std::string> names_;
};

// The length and three samples of eight bytes: names of answers share long beginnings, and differ in the middle (room,
// désordre) and at the end (question).
inline std::uint32_t KeyTable::hashOf(std::string_view name) noexcept {
    constexpr std::uint64_t kOdd = 0x9e3779b97f4a7c15ULL;
    const auto size = name.size();
    std::uint64_t hash = size * kOdd;
    const auto mix = [&](const char* from, std::size_t count) {
        std::uint64_t word = 0;
        __builtin_memcpy(&word, from, count);
        hash = (hash ^ word) * kOdd;
        hash ^= hash >> 29;
    };
    if (size >= 16) {
        mix(name.data() + size - 8, 8);
        mix(name.data() + size / 2 - 4, 8);
        mix(name.data() + size * 3 / 4 - 8, 8);
    } else if (size > 8) {
        mix(name.data(), 8);
        mix(name.data() + 8, size - 8);
    } else {
        mix(name.data(), size);
    }
    return static_cast<std::uint32_t>(hash >> 32);
}

}  // namespace histologe::desordres
