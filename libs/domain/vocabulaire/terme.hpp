// Closed vocabularies: each value has a stored name, which programs exchange, and a French label, which people read.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "libs/core/text.hpp"

namespace histologe::domain {

template <typename Enum>
struct Terme {
    Enum valeur;
    std::string_view nom;
    std::string_view libelle;
};

// Every term of a vocabulary, in the order of its enum, whose values are 0, 1, 2… Specialised beside each enum.
template <typename Enum>
std::span<const Terme<Enum>> termes() noexcept;

// The name under which a value is stored and exchanged.
template <typename Enum>
std::string_view nameOf(Enum value) noexcept {
    return termes<Enum>()[static_cast<std::size_t>(value)].nom;
}

// What people read.
template <typename Enum>
std::string_view labelOf(Enum value) noexcept {
    return termes<Enum>()[static_cast<std::size_t>(value)].libelle;
}

// The value of a stored name, exact; empty when there is none.
template <typename Enum>
std::optional<Enum> parseName(std::string_view name) noexcept {
    for (const auto& terme : termes<Enum>()) {
        if (terme.nom == name) return terme.valeur;
    }
    return std::nullopt;
}

// The value of a name or of a label, as imports hand it over: blanks around, case and accents do not count.
template <typename Enum>
std::optional<Enum> parseNameOrLabel(std::string_view text) {
    const auto folded = core::fold(core::trim(text));
    for (const auto& terme : termes<Enum>()) {
        if (core::fold(terme.nom) == folded || core::fold(terme.libelle) == folded) return terme.valeur;
    }
    return std::nullopt;
}

}  // namespace histologe::domain
