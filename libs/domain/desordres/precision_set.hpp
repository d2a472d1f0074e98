// A set of précisions of one catalogue: four machine words, copied and compared like a number.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace histologe::desordres {

// Position of a précision in its catalogue. The order of positions is the order in which lists are shown.
using PrecisionIndex = std::uint16_t;

// No catalogue holds more précisions than this (the one in service holds 195).
inline constexpr std::size_t kMaxPrecisions = 256;

class PrecisionSet {
  public:
    // `index` must be below kMaxPrecisions, which every index a catalogue gives out is.
    void add(PrecisionIndex index) noexcept { words_[index / 64] |= bit(index); }
    void remove(PrecisionIndex index) noexcept { words_[index / 64] &= ~bit(index); }
    [[nodiscard]] bool contains(PrecisionIndex index) const noexcept { return (words_[index / 64] & bit(index)) != 0; }

    [[nodiscard]] bool empty() const noexcept { return (words_[0] | words_[1] | words_[2] | words_[3]) == 0; }
    [[nodiscard]] std::size_t size() const noexcept {
        std::size_t count = 0;
        for (const auto word : words_) count += static_cast<std::size_t>(std::popcount(word));
        return count;
    }

    // Calls `visit(PrecisionIndex)` for each member in catalogue order.
    template <class Visit>
    void forEach(Visit&& visit) const {
        for (std::size_t at = 0; at < words_.size(); ++at) {
            for (auto word = words_[at]; word != 0; word &= word - 1) {
                visit(static_cast<PrecisionIndex>(at * 64 + static_cast<std::size_t>(std::countr_zero(word))));
            }
        }
    }

    // The members of both.
    friend PrecisionSet operator&(PrecisionSet left, const PrecisionSet& right) noexcept {
        for (std::size_t at = 0; at < left.words_.size(); ++at) left.words_[at] &= right.words_[at];
        return left;
    }
    // The members of either.
    friend PrecisionSet operator|(PrecisionSet left, const PrecisionSet& right) noexcept {
        for (std::size_t at = 0; at < left.words_.size(); ++at) left.words_[at] |= right.words_[at];
        return left;
    }
    friend bool operator==(const PrecisionSet&, const PrecisionSet&) = default;

  private:
    static constexpr std::uint64_t bit(PrecisionIndex index) noexcept { return std::uint64_t{1} << (index % 64); }
    std::array<std::uint64_t, kMaxPrecisions / 64> words_{};
};

}  // namespace histologe::desordres
