// Accounts, managed by those who may.
#pragma once

#include "libs/http/router.hpp"
#include "libs/postgres/pool.hpp"
#include "services/routing/comptes.hpp"

namespace histologe::routing {

// All outlive the router.
struct ContexteComptes {
    postgres::Pool& pool;
    const VieDesComptes& vie;
};

// Binds `listComptes`, `createCompte`, `getCompte`, `updateCompte`, `listCompteHistorique`.
void bindComptes(http::Router& router, const ContexteComptes& contexte);

// What is done to an account beyond its sheet: binds `attachCompte`, `transferCompte`, `removeComptePartenaire`,
// `archiveCompte`, `disableCompte`, `reactivateCompte`, `sendCompteActivation`.
void bindActionsComptes(http::Router& router, const ContexteComptes& contexte);

// Who asks, as decisions on accounts look at him. Throws core::Error (Unauthenticated) when nobody is known.
Acteur acteurDe(const http::Request& request);

// The account of the address, locked. One that is not shown to him is answered as if it did not exist: throws core::Error
// (NotFound, `compte_inconnu`).
CompteLu compteDemande(postgres::Transaction& transaction, const http::Request& request, const Acteur& acteur);

// Throws core::Error (Forbidden, `droit_insuffisant`) unless.
void exigerDroit(bool peut);

// The partner, open, if he may have accounts there. Throws core::Error (Forbidden, `droit_insuffisant`) for one that is not
// his, and for one that does not exist alike.
PartenaireDuCompte partenairePermis(postgres::Transaction& transaction, const Acteur& acteur, const std::string& id);

// Throws core::Error (InvalidInput) for an address that cannot be one, and (Conflict, `courriel_de_partenaire`) for that of
// a partner.
void verifierCourriel(postgres::Transaction& transaction, const std::string& courriel);

}  // namespace histologe::routing
