// The rules of sections that look at several fields, and what follows from an answer.
#pragma once

#include "services/intake/domain/section_examen.hpp"

namespace histologe::intake {

// The values of a whole section, and which of them were sent.
struct Lot {
    const Section& section;
    const Valeurs& valeurs;
    const ContexteDeSection& contexte;
    bool entier = false;  // everything counts as sent: a step of a draft
    const Valeurs& envoyees;

    [[nodiscard]] std::optional<std::string_view> texte(std::string_view nom) const;
    [[nodiscard]] bool vaut(std::string_view nom, std::string_view valeur) const { return texte(nom) == valeur; }
    // True when one of the two fields was sent, so that a rule between them is to be checked.
    [[nodiscard]] bool touche(std::string_view un, std::string_view autre) const;
};

// A violation on a field, in the words of the public form's messages.
core::Violation manquement(const ChampDeSection& champ, Manquement manquement, std::string limite = {});

// Adds the broken rules between fields.
void reglesCroisees(const Lot& lot, std::vector<core::Violation>& violations);

// Keeps what follows from the values of a section: flags of the floor, answers no longer asked, names put together.
// `avant` holds the values as they were: what no changed value leads to is left alone.
void deriver(SectionId section, const Valeurs& avant, const Valeurs& valeurs, Fiche& fiche);

}  // namespace histologe::intake
