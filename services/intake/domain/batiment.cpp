#include "services/intake/domain/batiment.hpp"

#include <algorithm>

namespace histologe::intake {

std::optional<std::string> identifiantRnb(std::string_view texte) {
    constexpr std::size_t kLongueur = 12;
    std::string identifiant;
    for (const char c : texte) {
        if (c == '-' || c == ' ') continue;
        const char grand = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        const bool estPermis = (grand >= 'A' && grand <= 'Z') || (grand >= '0' && grand <= '9');
        if (!estPermis || identifiant.size() == kLongueur) return std::nullopt;
        identifiant += grand;
    }
    return identifiant.size() == kLongueur ? std::optional(std::move(identifiant)) : std::nullopt;
}

}  // namespace histologe::intake
