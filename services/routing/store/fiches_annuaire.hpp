// The sheets of the directory, one by one: read, listed, written, with their history.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/core/json.hpp"
#include "libs/postgres/connection.hpp"
#include "services/routing/domain/fiches_annuaire.hpp"

namespace histologe::routing {

// The kinds of sheets that people edit.
enum class Genre : std::uint8_t { Partenaire, Zone, Regle, Bailleur, Etiquette };
// The table: `partenaires`.
std::string_view nomDe(Genre genre) noexcept;

struct FicheLue {
    std::string id;
    core::Json contenu;
    std::int64_t version = 1;
    bool archive = false;
    // Of a rule that was switched off because it cannot be read: why, and since when.
    std::optional<std::string> panne;
    std::optional<core::Instant> panneLe;
};

// Null when there is none of that id. Archived ones are found too.
std::optional<FicheLue> lireFiche(postgres::Transaction& transaction, Genre genre, const std::string& id);

// Who is asked for and what he may see; an absent criterion does not filter.
struct FiltreFiches {
    std::optional<std::vector<std::string>> territoiresVisibles;  // absent with partenairesVisibles: everything
    std::optional<std::vector<std::string>> partenairesVisibles;  // of partners only
    std::optional<std::string> territoire;
    std::optional<std::string> type;  // `type`, of a rule `typePartenaire`
    std::optional<std::string> competence;
    std::optional<std::string> contient;  // in the name
    bool archives = false;                // the archived ones, instead of the others
    std::optional<std::string> apres;     // the last id of the page before
    int limite = 25;
};
// By name (rules: in the order that counts), one more than `limite` when there are more.
std::vector<FicheLue> listerFiches(postgres::Transaction& transaction, Genre genre, const FiltreFiches& filtre);

// What these sheets name, as far as it exists and counts.
References referencesDe(postgres::Transaction& transaction, const std::vector<core::Json>& fiches);

// Writes a new sheet, or a sheet that is there, with its history; returns it as it is now. `archive` is for the kinds
// whose sheet does not say it. The version of the directory moves on. The directory is to be locked
// (verrouillerAnnuaire).
FicheLue creerFiche(postgres::Transaction& transaction, Genre genre, const std::string& id, const core::Json& contenu,
                    const std::string& auteur, core::Instant now);
FicheLue changerFiche(postgres::Transaction& transaction, Genre genre, const FicheLue& avant, const core::Json& contenu,
                      bool archive, const std::string& auteur, core::Instant now);

// Adds to the history of a sheet what its own writing does not say.
void noterFiche(postgres::Transaction& transaction, Genre genre, const std::string& id, const std::string& auteur,
                const char* action, const Difference& difference, core::Instant now);

struct LigneDeFiche {
    std::string auteur;
    std::string action;
    core::Json avant;
    core::Json apres;
    core::Instant le{};
};
// Newest first, at most 200.
std::vector<LigneDeFiche> historiqueDeFiche(postgres::Transaction& transaction, Genre genre, const std::string& id);

// Another sheet that counts and bears this name (case and accents aside) in the territory; the same for the address of
// a partner, and for the address of an account. Empty when there is none.
std::optional<std::string> homonyme(postgres::Transaction& transaction, Genre genre, const std::string& territoire,
                                    const std::string& nom, const std::string& sauf);
bool courrielPris(postgres::Transaction& transaction, const std::string& territoire, const std::string& courriel,
                  const std::string& sauf);
bool courrielDeCompte(postgres::Transaction& transaction, const std::string& courriel);

// The active rule of the territory that says exactly the same; empty when there is none.
std::optional<std::string> regleIdentique(postgres::Transaction& transaction, const core::Json& contenu,
                                          const std::string& sauf);

// Another landlord that counts, of this name and SIRET; whether an open partner is this landlord.
bool bailleurIdentique(postgres::Transaction& transaction, const core::Json& contenu, const std::string& sauf);
bool bailleurUtilise(postgres::Transaction& transaction, const std::string& bailleur);

// The open partners that name the zone in `champ` (`zones`, `zonesExclues`).
std::vector<FicheLue> partenairesDeLaZone(postgres::Transaction& transaction, const std::string& zone,
                                          const char* champ);

}  // namespace histologe::routing
