// Sign-ins under way at the identity provider.
#pragma once

#include <optional>
#include <string>

#include "services/routing/store/comptes.hpp"

namespace histologe::routing {

struct DepartGarde {
    std::string etat;        // fingerprint
    std::string navigateur;  // fingerprint
    std::string nonce;
    std::string verificateur;
    core::Instant expireLe{};
};

void insererDepart(postgres::Connection& session, const DepartGarde& depart);
// Takes it out: it serves once. Empty when there is none, when it expired, or when another browser holds it.
std::optional<DepartGarde> prendreDepart(postgres::Connection& session, const std::string& etat,
                                         const std::string& navigateur, core::Instant now);

// The account of an identity, else that of an address; never an archived one.
std::optional<CompteLu> compteDeLIdentite(postgres::Transaction& transaction, const std::string& sujet,
                                          const std::string& courriel);

}  // namespace histologe::routing
