// What a request asks of the list of dossiers.
#pragma once

#include <optional>
#include <string>

#include "libs/auth/principal.hpp"
#include "libs/http/message.hpp"
#include "services/routing/annuaire_courant.hpp"
#include "services/routing/domain/recherche.hpp"

namespace histologe::routing {

// The filters of a query that the contract has checked. A day is one of the territoire that is looked at (the filter's, or
// the only one of the reader), of Paris where there are several. Throws core::Error (InvalidInput): `parametre_inconnu` for
// a name that is no filter and none of `autres`, `requete_invalide` for a value that is none. `le`: now.
Recherche lireFiltres(const http::Parameters& query, const auth::Principal& lecteur, const AnnuaireCharge& annuaire,
                      core::Instant le, std::initializer_list<std::string_view> autres);

// True for a filter that lists, counts and map know.
bool estFiltre(std::string_view nom) noexcept;

Ordre lireOrdre(const http::Parameters& query);

// The place where the page before ended; empty for the first page. Throws core::Error (InvalidInput, `curseur_invalide`)
// for one that was not given for this order.
std::optional<Repere> lireCurseur(const http::Parameters& query, const Ordre& ordre);
std::string ecrireCurseur(const Repere& repere, const Ordre& ordre);

// `ouest,sud,est,nord`. Throws as lireFiltres.
Emprise lireEmprise(const std::string& texte);

}  // namespace histologe::routing
