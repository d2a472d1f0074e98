// Signalements as agents read and change them, with who may, and the history of what changed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/auth/droits.hpp"
#include "libs/postgres/connection.hpp"
#include "services/intake/domain/fiche.hpp"
#include "services/intake/domain/section_examen.hpp"

namespace histologe::intake {

// A signalement, its document and answers, and what decides who may see it.
struct FicheGardee {
    std::string uuid;
    std::string reference;
    std::string source;
    bool importe = false;
    long long version = 0;
    core::Instant creeLe{};
    std::optional<core::Instant> modifieLe;
    std::string statut;
    Fiche fiche;
    auth::DossierVise dossier;
};

std::optional<FicheGardee> findFiche(postgres::Connection& session, const std::string& uuid);
// The same, locked until the transaction ends: two edits of one signalement go one after the other.
std::optional<FicheGardee> lockFiche(postgres::Transaction& transaction, const std::string& uuid);

// Keeps the changed document as version `fiche.version + 1`, with the keys by which duplicates are found. Queued.
void saveFiche(postgres::Transaction& transaction, const FicheGardee& fiche, core::Instant now);

// One edit of a section.
struct ModificationGardee {
    long long version = 0;
    std::string section;
    std::string compte;
    std::string role;
    core::Json changements;
    core::Instant le{};
};
void insertModification(postgres::Transaction& transaction, const std::string& signalement,
                        const ModificationGardee& one);
// The newest first; those before the version `avant` when it is given.
std::vector<ModificationGardee> findModifications(postgres::Connection& session, const std::string& signalement,
                                                  std::optional<long long> avant, long long limite);

// What an edit says of itself, in the form in which the history keeps and shows it.
core::Json enJson(const std::vector<Changement>& changements);

// An affectation as routing told of it. Of several for one partenaire the last counts. Queued.
struct AffectationDite {
    std::string signalement;
    std::string partenaire;
    std::string statut;  // NOUVEAU…, or RETIREE
    core::Instant ditLe{};
};
// An older word never replaces a newer one. Queued.
void saveAffectations(postgres::Transaction& transaction, const std::vector<AffectationDite>& affectations);

}  // namespace histologe::intake
