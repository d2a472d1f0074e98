// A broken rule on an answer, and the two forms in which it is told.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/core/error.hpp"
#include "libs/core/json.hpp"
#include "services/intake/domain/champs.hpp"

namespace histologe::intake {

// Which rule was broken.
enum class Manquement : std::uint8_t {
    Obligatoire,
    TropLong,
    ChoixInconnu,
    CodePostalInvalide,
    CodeInseeInvalide,
    CourrielInvalide,
    TelephoneInvalide,
    TypeInvalide,
    NombreAttendu,
    TropPetit,
    TropGrand,
    DateInvalide,
    DateTropAncienne,
    DateNonPassee,
    AnneeInvalide,
    CaractereInterdit,
    TerritoireFerme,
    CommuneIncoherente,
    EnfantsTropNombreux,
    ConsentementRequis,
    TeleversementInvalide,
};

// The stable code for programs (`obligatoire`, `trop_long`...).
std::string_view codeDe(Manquement manquement) noexcept;

struct Violation {
    std::string propriete;  // camelCase (`vosCoordonneesOccupantNom`)
    std::string libelle;    // how people call the answer; begins the message
    Manquement manquement;
    std::string limite;                 // the bound that was passed, when the rule has one
    std::optional<std::string> valeur;  // what was sent, cut to 80 characters; empty when nothing was

    // What people read, in French.
    [[nodiscard]] std::string message() const;
};

// A violation on a field, with its names.
Violation violationSur(Champ champ, Manquement manquement, std::optional<std::string_view> valeur = {},
                       std::string limite = {});

// As problem+json carries them: champ = property name, code, message.
std::vector<core::Violation> enViolations(const std::vector<Violation>& violations);

// As the front of the public form reads them (reference of intake, 9): {type, title, detail, violations:
// [{propertyPath, title, template, parameters, type}]}.
core::Json enReponseDuFormulaire(const std::vector<Violation>& violations);

}  // namespace histologe::intake
