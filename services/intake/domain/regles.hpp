// What each answer of the form must be, as data (reference of intake, 1.5 and 1.7).
#pragma once

#include <array>
#include <span>

#include "services/intake/domain/champs.hpp"
#include "services/intake/domain/profil.hpp"

namespace histologe::intake {

// How the JSON value is read: text (a number counts as its text) or a box to tick (`1` or null from the form).
enum class Genre : std::uint8_t { Texte, Booleen };

// The shape a non-empty text must have.
enum class Format : std::uint8_t {
    Libre,
    CodePostal,      // five digits
    CodeInsee,       // digit, digit or letter, three digits
    Courriel,        // see courriel.hpp
    Telephone,       // see telephone.hpp
    Date,            // YYYY-MM-DD that exists
    DateDepuis1900,  // the same, after 1900-01-01 and not after today
    DatePassee,      // the same, strictly before today (birth dates)
    Annee,           // YYYY
    Mois,            // MM/YYYY, whose first day is strictly before today; any other text was made null before
};

// Bounds of a number.
struct Bornes {
    double minimum;
    bool minimumExclu;
    double maximum;
    bool maximumExclu;
};

struct Regle {
    Champ champ;
    std::string_view cle;
    std::string_view libelle;
    bool requisToujours = false;
    ProfilMask requis = 0;        // at every call, for these profiles
    ProfilMask requisALaFin = 0;  // at the final step, for these profiles
    unsigned longueurMax = 0;     // in characters; 0: bounded by the format or the choices
    Format format = Format::Libre;
    std::span<const std::string_view> choix = {};
    const Bornes* bornes = nullptr;
    Genre genre = Genre::Texte;
    bool plusieursLignes = false;
    bool zeroRepond = false;  // `0` is an answer (the ground floor), not its absence
};

// The row of a field, and all of them in the order of Champ.
const Regle& regleDe(Champ champ) noexcept;
std::span<const Regle> regles() noexcept;

}  // namespace histologe::intake
