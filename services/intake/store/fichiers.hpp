// The table of received files: kept, looked at under a lease, shown, changed, removed.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/core/json.hpp"
#include "libs/postgres/connection.hpp"

namespace histologe::intake {

struct Fichier {
    std::string cle;  // `2026/11/photo-cuisine-<hex>.jpg`: the place in storage and the name that answers carry
    std::string titre;
    std::string typeMime;
    std::int64_t octets = 0;
    core::Instant recuLe{};
    std::optional<std::string> brouillon;  // uuid of the draft that it was sent for, when the upload said so
};

void insertFichier(postgres::Transaction& transaction, const Fichier& fichier);

// How many files were sent for the draft (uuid), and their bytes. No other file is entered for it before the end of the
// transaction.
struct Volume {
    std::int64_t fichiers = 0;
    std::int64_t octets = 0;
};
Volume verrouillerVolume(postgres::Transaction& transaction, const std::string& brouillon);

// A file that this process may look at until `bailJusquA`, and nobody else.
struct FichierBaille {
    std::string id;
    std::string bail;
    std::string cle;
    std::string typeMime;
    int essais = 0;  // made before this one
};

// Leases the files that are due, oldest first, at most `combien`; those that another leases at this moment are skipped,
// those whose lease has ended (their process died) are taken again. `bail` names the lease: unique.
std::vector<FichierBaille> baillerFichiers(postgres::Connection& session, const std::string& bail, core::Instant now,
                                           core::Instant jusquA, int combien);

// What a look at a file has given.
struct Examen {
    std::string typeMime;  // of what is kept, HEIC having become JPEG
    std::string cleOriginal;
    std::optional<std::string> cleMoyenne;
    std::optional<std::string> cleVignette;
    std::optional<std::string> prisLe;
    std::int64_t octets = 0;
    std::optional<std::string> soupcon;  // what the antivirus said of a file that is handed out all the same
};

// The ends of a lease. They count only while the lease is still theirs: false when it is not, and the objects that were
// made then belong to nobody.
bool noterDisponible(postgres::Transaction& transaction, const FichierBaille& baille, const Examen& examen,
                     core::Instant now);
bool noterInfecte(postgres::Transaction& transaction, const FichierBaille& baille, const std::string& virus,
                  core::Instant now);
// Still in quarantine, looked at again at `quand`.
void rendreFichier(postgres::Connection& session, const FichierBaille& baille, bool essaye, core::Instant quand);

// Files that have become available in a signalement and of which nobody was told; they are then marked as told. To be
// written in the transaction of their events.
struct FichierAAnnoncer {
    std::string id;
    std::string signalement;
    std::string titre;
    std::string typeMime;
    std::string type;
    std::string desordre;
    std::string visibilite;
    std::int64_t octets = 0;
    core::Instant recuLe{};
};
std::vector<FichierAAnnoncer> prendreAAnnoncer(postgres::Transaction& transaction, int combien);

// A file as it is shown.
struct FichierVu {
    std::string id;
    std::string signalement;  // empty when it belongs to none
    std::string titre;
    std::string typeMime;
    std::int64_t octets = 0;
    std::string etat;
    std::string type;
    std::string desordre;
    std::string description;
    std::string visibilite;
    bool suspect = false;
    std::optional<std::string> prisLe;
    std::optional<std::string> cleOriginal;
    std::optional<std::string> cleMoyenne;
    std::optional<std::string> cleVignette;
    core::Instant recuLe{};
    core::Instant modifieLe{};
    // Who sent it after the declaration (occupant, declarant, or an agent's account); none: it came with it.
    std::optional<std::string> deposePar;
};
// Those of a signalement that were not removed, oldest first.
std::vector<FichierVu> fichiersDuSignalement(postgres::Connection& session, const std::string& signalement);
std::optional<FichierVu> trouverFichier(postgres::Connection& session, const std::string& id);
// Within a transaction: nobody else changes it before the end.
std::optional<FichierVu> verrouillerFichier(postgres::Transaction& transaction, const std::string& id);

// Gives received files to a signalement: those of `demandes` (`cle`, and where they are said `type`, `description`,
// `visibilite`) that are nobody's yet, were sent for this uuid or belong to it already. `par` is the account that adds them. Their
// identifiers, by key.
std::map<std::string, std::string> joindreFichiers(postgres::Transaction& transaction, const std::string& signalement,
                                                   const core::Json& demandes, const std::string& par, core::Instant now);
// Files sent for a draft (uuid) that was not yet submitted, oldest first; and when it becomes the signalement of the same
// uuid, as those of agents do, its files. The second is queued.
std::vector<FichierVu> fichiersDuBrouillon(postgres::Connection& session, const std::string& brouillon);
void suivreFichiersDuBrouillon(postgres::Transaction& transaction, const std::string& uuid);

// What people edit: title, description, type, visibility. The file is locked by the transaction.
void modifierFichier(postgres::Transaction& transaction, const FichierVu& fichier, core::Instant now);
// Nobody sees it from here on; the storage is emptied by the job.
void supprimerFichier(postgres::Transaction& transaction, const std::string& id, core::Instant now);

// Removes what was received before `avant` and belongs to no signalement. Returns how many.
int expirerFichiers(postgres::Connection& session, core::Instant avant, core::Instant now, int combien);
// Removed files of which something is left in storage, with all their keys.
struct FichierAEffacer {
    std::string id;
    std::vector<std::string> cles;
};
std::vector<FichierAEffacer> fichiersAEffacer(postgres::Connection& session, int combien);
void noterEfface(postgres::Connection& session, const std::string& id);

// Received files that a cleaned one has replaced and that still lie in storage.
std::vector<FichierAEffacer> brutsAEffacer(postgres::Connection& session, int combien);
void noterBrutEfface(postgres::Connection& session, const std::string& id);

// By state, how many are not available yet, and when the oldest in quarantine came.
struct Quarantaine {
    std::int64_t enAttente = 0;
    std::int64_t infectes = 0;
    std::optional<core::Instant> plusAncien;
};
Quarantaine compterQuarantaine(postgres::Connection& session);

}  // namespace histologe::intake
