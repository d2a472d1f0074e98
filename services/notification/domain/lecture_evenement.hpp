// Reading an event tolerantly: what is absent, null or of another type reads as nothing.
#pragma once

#include <string>

#include "libs/core/json.hpp"
#include "services/notification/domain/faits.hpp"

namespace histologe::notification {

// The member, unless it is null; nullptr when there is none.
const core::Json* champ(const core::Json& objet, const char* cle);
std::string texte(const core::Json& objet, const char* cle);
bool booleen(const core::Json& objet, const char* cle, bool defaut);
const core::Json& objetOuVide(const core::Json& objet, const char* cle);

// The value. Throws core::Error (InvalidInput, `evenement_incomplet`) when it is empty.
std::string exige(std::string valeur, const char* nom);

Personne personne(const core::Json& personnel, const char* cle);
// The street line is personal: it is looked for in `personnel` first, as text or as an object with a `voie`.
std::string ligneAdresse(const core::Json& data, const core::Json& personnel);
// The name, beside a territory's code or within it.
std::string nomTerritoire(const core::Json& data);

}  // namespace histologe::notification
