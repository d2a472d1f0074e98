#include "libs/auth/roles.hpp"

#include <array>

namespace histologe::auth {
namespace {

constexpr std::array<std::string_view, 7> kNames = {
    "super_admin", "responsable_territoire", "admin_partenaire", "agent", "api", "usager", "bailleur"};

}  // namespace

std::string_view nameOf(Role role) noexcept {
    return kNames[static_cast<std::size_t>(role)];
}

std::optional<Role> roleNamed(std::string_view name) noexcept {
    for (std::size_t i = 0; i < kNames.size(); ++i) {
        if (kNames[i] == name) return static_cast<Role>(i);
    }
    return std::nullopt;
}

}  // namespace histologe::auth
