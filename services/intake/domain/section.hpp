// The sections in which agents write a signalement: what each field must be and where it is kept, as data (reference of
// intake, 6.2 and 7.1).
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "services/intake/domain/profil.hpp"

namespace histologe::intake {

// What a field's text must be.
enum class Nature : std::uint8_t {
    Texte,       // one line
    Lignes,      // several lines
    Choix,       // one of `choix`; true and false stand for oui and non where these are choices
    Entier,      // digits, within the bounds
    Nombre,      // a decimal number, within the bounds
    Annee,       // four digits
    JourLibre,   // YYYY-MM-DD
    JourPasse,   // the same, after 1900-01-01 and not after today
    Mois,        // MM/YYYY, from 1900 on and not after today
    Courriel,    // see courriel.hpp
    Telephone,   // see telephone.hpp
    CodePostal,  // five digits
    CodeInsee,   // digit, digit or letter, three digits
};

// How it is kept at `chemin`.
enum class Garde : std::uint8_t {
    Texte,
    Nombre,       // whole or not
    Booleen,      // oui: true, non: false, anything else: null
    Mois,         // the first day of the month
    Majuscules,   // a code: `caf` is kept `CAF`
    Allocataire,  // oui: 1, non: 0, else the caisse in capitals
    Non,          // not at all: the rules of its section say what becomes of it
};

struct ChampDeSection {
    std::string_view nom;  // in requests and answers
    std::string_view libelle;
    Nature nature = Nature::Texte;
    std::string_view chemin = {};  // JSON pointer into the signalement; empty: none
    std::string_view objet = {};   // which of its copies of answers holds `cle`; empty: none
    std::string_view cle = {};     // key of the public form; also in the answers for the evaluation, if that reads it
    Garde garde = Garde::Texte;
    ProfilMask requis = 0;  // may not be empty for these declarants
    ProfilMask pour = 0;    // exists for these declarants only; 0: for all
    double minimum = 0;     // of a text: characters; of a number: the smallest value
    double maximum = 0;     // likewise; 0: none
    std::span<const std::string_view> choix = {};
};

enum class SectionId : std::uint8_t {
    Adresse,
    CoordonneesTiers,
    CoordonneesFoyer,
    CoordonneesBailleur,
    CoordonneesAgence,
    CoordonneesSyndic,
    InformationsLogement,
    CompositionLogement,
    SituationFoyer,
    ProcedureDemarches,
    LogementVacant,
    EtapeAdresse,
    EtapeLogement,
    EtapeSituation,
    EtapeCoordonnees,
    Mission,
    SecoursAdresse,
    SecoursOccupant,
    SecoursBailleur,
};

struct Section {
    SectionId id;
    std::string_view nom;  // in addresses: `coordonnees-bailleur`
    std::string_view libelle;
    std::span<const ChampDeSection> champs;
};

// The sections that agents edit, those of a draft (in the order of its steps), and those of the rescue services' form.
std::span<const Section> sectionsModifiables() noexcept;
std::span<const Section> etapesDeSaisie() noexcept;
std::span<const Section> etapesDesSecours() noexcept;
// Those that usagers correct themselves.
std::span<const Section> sectionsDesUsagers() noexcept;

// nullptr when there is none of that name in the list.
const Section* sectionNommee(std::span<const Section> sections, std::string_view nom) noexcept;
const ChampDeSection* champNomme(const Section& section, std::string_view nom) noexcept;

}  // namespace histologe::intake
