// A signalement as its usagers and its landlord see it, and what decides what they may do.
#pragma once

#include <optional>
#include <string>

#include "libs/core/json.hpp"
#include "libs/postgres/connection.hpp"
#include "services/intake/domain/droits_usager.hpp"

namespace histologe::intake {

struct DossierUsager {
    std::string uuid;
    std::string codeSuivi;
    std::string reference;
    std::string statut;
    std::string territoire;
    long long version = 0;
    core::Json contenu;
    core::Instant creeLe{};
    std::optional<std::string> motifUsager;
    std::optional<std::string> codeBailleur;
    // A new mail that waits for its confirmation.
    std::optional<std::string> courrielAttendu;
    std::optional<std::string> jetonCourriel;  // fingerprint of the link's secret
    std::optional<core::Instant> jetonCourrielExpireLe;
    SituationUsager situation;
};

std::optional<DossierUsager> findDossierUsager(postgres::Transaction& transaction, const std::string& uuid);
// Locked until the transaction ends: what two people do at once happens one after the other.
std::optional<DossierUsager> lockDossierUsager(postgres::Transaction& transaction, const std::string& uuid);
// The signalement of a follow-up code (a uuid), or of an injonction's national number.
std::optional<DossierUsager> findParCode(postgres::Connection& session, const std::string& codeSuivi);
std::optional<DossierUsager> findParInjonction(postgres::Connection& session, int numero);

// The answers of the draft that became this signalement; empty when there is none.
std::optional<std::string> reponsesDuBrouillon(postgres::Transaction& transaction, const std::string& signalement);

// The signalement's own columns. All queued.
void saveAbandon(postgres::Transaction& transaction, const std::string& uuid, bool demande,
                 const std::optional<std::string>& motif);
void saveStatutUsager(postgres::Transaction& transaction, const std::string& uuid, const std::string& statut);
// The injonction becomes an ordinary procedure, which begins now.
void saveBascule(postgres::Transaction& transaction, const std::string& uuid, core::Instant now);
// Whether the tiers has conditions to accept.
void saveCgu(postgres::Transaction& transaction, const std::string& uuid, bool aAccepter);
// The new mail that waits for its confirmation, with the fingerprint of the link's secret; none: nothing waits.
void saveCourrielAttendu(postgres::Transaction& transaction, const std::string& uuid,
                         const std::optional<std::string>& courriel, const std::optional<std::string>& empreinte,
                         std::optional<core::Instant> expireLe);

}  // namespace histologe::intake
