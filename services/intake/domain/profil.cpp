#include "services/intake/domain/profil.hpp"

#include <array>
#include <cstddef>

namespace histologe::intake {
namespace {

struct Mots {
    std::string_view mot;
    std::string_view code;
};

constexpr std::array<Mots, 6> kMots = {{{"locataire", "LOCATAIRE"},
                                        {"bailleur_occupant", "BAILLEUR_OCCUPANT"},
                                        {"tiers_particulier", "TIERS_PARTICULIER"},
                                        {"tiers_pro", "TIERS_PRO"},
                                        {"bailleur", "BAILLEUR"},
                                        {"service_secours", "SERVICE_SECOURS"}}};

}  // namespace

std::optional<Profil> profilDe(std::string_view mot) noexcept {
    for (std::size_t i = 0; i < kMots.size(); ++i) {
        if (kMots[i].mot == mot) return static_cast<Profil>(i);
    }
    return std::nullopt;
}

std::string_view motDe(Profil profil) noexcept {
    return kMots[static_cast<std::size_t>(profil)].mot;
}

std::string_view codeDe(Profil profil) noexcept {
    return kMots[static_cast<std::size_t>(profil)].code;
}

}  // namespace histologe::intake
