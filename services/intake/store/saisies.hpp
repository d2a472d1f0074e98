// Signalements that agents are still writing, and the signalement that each becomes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/core/json.hpp"
#include "libs/postgres/connection.hpp"

namespace histologe::intake {

struct Saisie {
    std::string uuid;  // that of the signalement to come
    std::string compte;
    std::string territoire;
    std::string statut = "EN_COURS";  // EN_COURS, EN_SIGNALEMENT, ARCHIVE
    core::Json etapes = core::Json::object();
    std::string cleAdresse;
    std::string libelle;  // the address as people read it in a list
    long long version = 1;
    core::Instant creeLe{};
    core::Instant modifieLe{};
};

void insertSaisie(postgres::Connection& session, const Saisie& saisie);
std::optional<Saisie> findSaisie(postgres::Connection& session, const std::string& uuid);
std::optional<Saisie> lockSaisie(postgres::Transaction& transaction, const std::string& uuid);
// Replaces steps, territoire, address and version. Queued.
void updateSaisie(postgres::Transaction& transaction, const Saisie& saisie);
// Queued.
void setStatutSaisie(postgres::Transaction& transaction, const std::string& uuid, const std::string& statut,
                     core::Instant now);

// Those of an account in progress, newest first; those after the pair (creation, uuid) when it is given.
struct PlaceDeSaisie {
    core::Instant creeLe{};
    std::string uuid;
};
std::vector<Saisie> findSaisies(postgres::Connection& session, const std::string& compte,
                                const std::optional<PlaceDeSaisie>& apres, long long limite);
// The newest of an account in progress at this address, another than `sauf`.
std::optional<Saisie> findSaisieParAdresse(postgres::Connection& session, const std::string& compte,
                                           const std::string& cleAdresse, const std::string& sauf);

// A new signalement that no usager's draft gave: its row, without its event. Queued.
struct NouveauSignalement {
    std::string uuid;
    std::string codeSuivi;
    std::string territoire;
    int annee = 0;
    int numero = 0;
    std::string statut;
    std::string source;
    std::optional<std::string> creePar;
    std::string cleAdresse;
    std::string courrielOccupant;
    std::string courrielDeclarant;
    std::string nomOccupant;
    core::Json contenu;
    core::Json reponses;
    core::Instant creeLe{};
};
void insertSignalement(postgres::Transaction& transaction, const NouveauSignalement& nouveau);
// From its document: keys of duplicates filled in.
void remplirCles(NouveauSignalement& nouveau);

// Gives received files that belong to nobody yet to a signalement; others are left alone. Queued.
void attacherFichiers(postgres::Transaction& transaction, const std::string& signalement, const std::vector<std::string>& cles);

// What stands at an address already, for an agent about to declare it again: NEED_VALIDATION and ACTIVE, newest first.
struct MemeAdresse {
    std::string uuid;
    std::string reference;
    std::string statut;
    std::string territoire;
    std::optional<std::string> creePar;
    std::vector<std::string> partenaires;
    core::Instant creeLe{};
};
std::vector<MemeAdresse> findALaMemeAdresse(postgres::Connection& session, const std::string& cleAdresse);

}  // namespace histologe::intake
