// The words that vary in mails, made safe.
#pragma once

#include <string>
#include <vector>

#include "services/notification/domain/courriel.hpp"
#include "services/notification/domain/faits.hpp"

namespace histologe::notification {

// « 12 rue des Lilas, 13001 Marseille », with what is known of it.
std::string adresseComplete(const std::string& ligne, const std::string& codePostal, const std::string& commune);

// Adds the value unless it is empty.
void ajoute(Variables& variables, const char* nom, const std::string& valeur);

// What a stranger typed goes into a mail to somebody else's address: a text that looks like a link or an address, or
// that is too long to be what it claims, is left out, so that our mails cannot be made to carry another's message.
std::string sansAppel(const std::string& texte, std::size_t max);
inline constexpr std::size_t kPrenomMax = 40;
inline constexpr std::size_t kAdresseMax = 160;

Variables variablesDuDossier(const DossierUsagers& dossier, const Personne& destinataire);

// One mail to each distinct usager address; the occupant comes first and keeps his greeting.
std::vector<CourrielACreer> auxUsagers(TypeCourriel type, const DossierUsagers& dossier);

}  // namespace histologe::notification
