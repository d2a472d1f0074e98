#include "services/intake/domain/champs.hpp"

#include "services/intake/domain/regles_table.hpp"

namespace histologe::intake {
namespace {

using tables::kRegles;

// The camelCase names are made from the keys when compiling, so that the two cannot disagree.
struct Propriete {
    std::array<char, 80> texte{};
    std::size_t longueur = 0;
};

constexpr std::array<Propriete, kNombreDeChamps> proprietes() {
    std::array<Propriete, kNombreDeChamps> toutes{};
    for (std::size_t i = 0; i < kRegles.size(); ++i) {
        bool capitale = false;
        for (const char c : kRegles[i].cle) {
            if (c == '_') {
                capitale = true;
                continue;
            }
            toutes[i].texte[toutes[i].longueur++] = capitale && c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
            capitale = false;
        }
    }
    return toutes;
}
constexpr std::array<Propriete, kNombreDeChamps> kProprietes = proprietes();

// Look-up by key: an open-addressed table filled when compiling. The hash reads the length and three places of the key,
// enough to tell almost all keys of one form apart; the comparison settles the rest.
constexpr std::size_t kCases = 1024;

constexpr std::size_t empreinte(std::string_view cle) noexcept {
    std::uint64_t h = cle.size() * 0x9e3779b97f4a7c15ULL;
    const auto mele = [&h](std::string_view part) {
        for (const char c : part) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    };
    mele(cle.substr(cle.size() > 10 ? cle.size() - 10 : 0));
    mele(cle.substr(cle.size() / 2, 4));
    mele(cle.substr(cle.size() / 4, 3));
    return static_cast<std::size_t>((h ^ (h >> 29)) % kCases);
}

constexpr std::uint8_t kVide = 0xff;
static_assert(kNombreDeChamps < kVide);

constexpr std::array<std::uint8_t, kCases> cases() {
    std::array<std::uint8_t, kCases> table{};
    table.fill(kVide);
    for (std::size_t i = 0; i < kRegles.size(); ++i) {
        std::size_t at = empreinte(kRegles[i].cle);
        while (table[at] != kVide) at = (at + 1) % kCases;
        table[at] = static_cast<std::uint8_t>(i);
    }
    return table;
}
constexpr std::array<std::uint8_t, kCases> kTable = cases();

}  // namespace

const Regle& regleDe(Champ champ) noexcept {
    return kRegles[static_cast<std::size_t>(champ)];
}

std::span<const Regle> regles() noexcept {
    return kRegles;
}

std::string_view cleDe(Champ champ) noexcept {
    return regleDe(champ).cle;
}

std::string_view libelleDe(Champ champ) noexcept {
    return regleDe(champ).libelle;
}

std::string_view proprieteDe(Champ champ) noexcept {
    const Propriete& propriete = kProprietes[static_cast<std::size_t>(champ)];
    return {propriete.texte.data(), propriete.longueur};
}

std::optional<Champ> champDe(std::string_view cle) noexcept {
    for (std::size_t at = empreinte(cle); kTable[at] != kVide; at = (at + 1) % kCases) {
        if (kRegles[kTable[at]].cle == cle) return static_cast<Champ>(kTable[at]);
    }
    return std::nullopt;
}

}  // namespace histologe::intake
