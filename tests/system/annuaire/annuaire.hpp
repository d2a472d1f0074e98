// The directory of the platform under test, edited over HTTP.
#pragma once

#include <string>
#include <vector>

#include "tests/system/comptes/comptes.hpp"

namespace histologe::annuaire {

using agents::one;
using core::Json;
using product::Answer;

// A token with every scope of its role.
std::string jetonDe(auth::Role role, std::vector<std::string> territoires = {},
                    std::vector<std::string> partenaires = {});
const std::string& superAdmin();
// The manager of one territory.
std::string responsable(const std::string& territoire);

// A name that nothing else has.
std::string nomNeuf(const std::string& debut);

Answer creer(const std::string& chemin, const Json& corps, const std::string& jeton = superAdmin());
// Created, or the test stops; the sheet.
Json cree(const std::string& chemin, const Json& corps);
Answer lire(const std::string& chemin, const std::string& jeton = superAdmin());
// With the If-Match of what it is now, unless another is given.
Answer modifier(const std::string& chemin, const Json& corps, const std::string& jeton = superAdmin(),
                std::string version = {});
Answer archiver(const std::string& chemin, const std::string& jeton = superAdmin());

// The codes of the violations of an answer, each with its field: `nom:requis`.
std::string refus(const Answer& answer);

// A square of WKT around a point, of this half side in degrees.
std::string carre(double longitude, double latitude, double demiCote);

// The answers to one request sent by so many clients at once.
std::vector<int> ensemble(int combien, const std::function<Answer(int)>& demander);

}  // namespace histologe::annuaire
