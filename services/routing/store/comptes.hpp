// The tables of accounts: who they are, what they work for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/postgres/connection.hpp"
#include "services/routing/domain/comptes.hpp"

namespace histologe::routing {

struct PartenaireDuCompte {
    std::string id;
    std::string nom;
    std::string type;
    std::optional<std::string> territoire;
};

struct CompteLu {
    std::string id;
    std::string courriel;
    auth::Role role = auth::Role::Agent;
    StatutCompte statut = StatutCompte::Inactive;
    std::string prenom;
    std::string nom;
    std::string fonction;
    std::string telephone;
    bool permissionAffectation = false;
    bool systeme = false;
    std::optional<std::string> motDePasse;  // argon2id
    bool desactive = false;                 // closed by an administrator
    std::optional<core::Instant> derniereConnexionLe;
    std::optional<core::Instant> archivagePrevuLe;
    bool anonymise = false;
    std::int64_t version = 1;
    core::Instant creeLe{};
    std::vector<PartenaireDuCompte> partenaires;

    [[nodiscard]] CompteVise vise() const;
    // Codes of the territories of his partners, each once, in the partners' order.
    [[nodiscard]] std::vector<std::string> territoires() const;
    [[nodiscard]] std::vector<std::string> identifiantsPartenaires() const;
};

// A row of the view `comptes_lus`.
CompteLu compteDeLaLigne(const postgres::Row& ligne);

std::optional<CompteLu> lireCompte(postgres::Transaction& transaction, const std::string& id);
// The same, locked until the transaction ends.
std::optional<CompteLu> verrouillerCompte(postgres::Transaction& transaction, const std::string& id);
// The account to which an address belongs: never an archived one. `courriel` is canonical.
std::optional<CompteLu> lireCompteDuCourriel(postgres::Transaction& transaction, const std::string& courriel);

// What is written at once by whoever edits an account.
struct FicheCompte {
    std::string courriel;  // canonical
    auth::Role role = auth::Role::Agent;
    std::string prenom;
    std::string nom;
    std::string fonction;
    std::string telephone;
    bool permissionAffectation = false;
};

// Writes a new account, INACTIVE. Throws core::Error (Conflict, `courriel_pris`) when the address belongs to another.
void insererCompte(postgres::Transaction& transaction, const std::string& id, const FicheCompte& fiche, core::Instant now);
// Throws the same. The version grows.
void ecrireFiche(postgres::Transaction& transaction, const std::string& id, const FicheCompte& fiche);

// Queued. A membership that is there already stays.
void ajouterPartenaire(postgres::Transaction& transaction, const std::string& compte, const std::string& partenaire);
void retirerPartenaire(postgres::Transaction& transaction, const std::string& compte, const std::string& partenaire);
void retirerTousPartenaires(postgres::Transaction& transaction, const std::string& compte);

// The partner, not archived; empty when there is none of that id.
std::optional<PartenaireDuCompte> lirePartenaireOuvert(postgres::Transaction& transaction, const std::string& id);
// The name of a territory; empty when there is none of that code.
std::optional<std::string> nomDuTerritoire(postgres::Transaction& transaction, const std::string& code);
// True when a partner that is not archived has this as its own address.
bool estCourrielDePartenaire(postgres::Transaction& transaction, const std::string& courriel);

// States. Each queued; each makes the version grow.
void activerCompte(postgres::Transaction& transaction, const std::string& id, const std::string& motDePasse);
// The same password, hashed at another cost; false when it was changed meanwhile. The version stays.
bool remplacerMotDePasse(postgres::Connection& session, const std::string& id, const std::string& avant,
                         const std::string& apres);
// The password, and who he is at the identity provider.
void oublierPreuves(postgres::Transaction& transaction, const std::string& id);
void desactiverCompte(postgres::Transaction& transaction, const std::string& id, core::Instant now);
void archiverCompte(postgres::Transaction& transaction, const std::string& id, core::Instant now);
// Throws core::Error (Conflict, `courriel_pris`) when the address was given to another account meanwhile. Not queued.
void ramenerCompte(postgres::Transaction& transaction, const std::string& id, StatutCompte statut, core::Instant now);

}  // namespace histologe::routing
