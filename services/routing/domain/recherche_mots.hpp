// Words: what a dossier is found by, and what people look for.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace histologe::routing {

// The words of a text without case, accents and punctuation; letters and figures are apart (`12bis` -> `12`, `bis`).
// Each of 64 bytes at most.
std::vector<std::string> motsDe(std::string_view texte);

// An e-mail address as one word, beside those it is made of; cut at 64 bytes.
std::string motDeCourriel(std::string_view courriel);

// A text in PostgreSQL's tsquery: every word of what is looked for. A word of three letters or more finds those that
// begin with it, a shorter one or a number only itself; what has an @ is looked for whole. Empty when there is no word in it.
std::string requeteDeMots(std::string_view cherche);

// By what dossiers of one place are found: number and street, postcode, commune. Empty when there is no street.
std::string cleDeVoie(std::string_view voie, std::string_view codePostal, std::string_view codeInsee);

// The order of references: `2026-42` by its year, then its number; 0 for a text that is none.
long long rangDeReference(std::string_view reference) noexcept;

}  // namespace histologe::routing
