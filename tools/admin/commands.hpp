// The commands. Each prints for people on standard output and returns an exit status; they throw what stops them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace histologe::admin {

// Dead letters of one service. `rank` is the number that list shows.
int listDeadLetters(const std::string& service);
int showDeadLetter(const std::string& service, std::int64_t rank);
int replayDeadLetter(const std::string& service, std::int64_t rank);
int dropDeadLetter(const std::string& service, std::int64_t rank);

// Gives a service again all events since an instant (RFC 3339), from the logs of all services: its inbox forgets them and
// they are published again. Other services know them already and do nothing.
int replay(const std::string& service, const std::string& since);

// How many entries of each stream each service has still to apply.
int showLag();

// Puts a file of territories or a directory file (data/README.md) into the directory, and tells the other services.
int loadTerritoires(const std::string& file);
int loadAnnuaire(const std::string& file);

// What the operator asks to be imported.
struct ImportWish {
    std::string territoire;
    std::string file;
    std::string report;  // where the remarks are written, as CSV; empty: only counted
    bool isDryRun = false;
    bool withoutFiles = false;  // rows may name photos and documents that are not there
    std::size_t batch = 200;
};
// Imports a historical file of signalements. Exit status 1 when something is refused: nothing is then written.
int importSignalements(const ImportWish& wish);

// A table of the directory that the operator gives as a CSV file.
struct TableWish {
    std::string file;
    std::string report;  // where the remarks are written, as CSV; empty: refusals are printed
    bool isDryRun = false;
    bool acceptsRemovals = false;  // many rows of the table of today may be gone
    std::string territoire;        // code, for the tables of one territoire
};
// Each examines the whole file, then puts it into the directory at once, or nothing when something is refused (exit status
// 1). A file that is in already changes nothing, and nobody is told.
int importCommunes(const TableWish& wish);
int importFusions(const TableWish& wish);
int importEpcis(const TableWish& wish);
int importTerritoires(const TableWish& wish);
// Makes the active rules of the territoire those of the file.
int importRegles(const TableWish& wish);
// Makes the landlords those of the file; one that is not in it is archived, or loses its territoires when a partner is it.
int importBailleurs(const TableWish& wish);
// Adds to the territoire the partners of the file and the accounts of their people, who are told; takes nobody away.
int importGrille(const TableWish& wish);

// What the operator asks to be invented.
struct GenerateWish {
    std::string size = "S";
    std::string data;  // folder of communes.csv and territoires.json
    std::uint64_t seed = 1;
};
// Fills routing with an invented country: for trials and measures, never beside real dossiers.
int generateDossiers(const GenerateWish& wish);

// What the operator asks of a new account.
struct CompteWish {
    std::string courriel;
    std::string role = "super_admin";
    std::string prenom;
    std::string nom;
    std::vector<std::string> partenaires;
};
// Creates an account, sends its owner the mail by which he chooses a password, and prints the link of that mail.
int createCompte(const CompteWish& wish);

// What the operator asks to be in a token.
struct TokenWish {
    std::string role;
    std::string subject;
    std::vector<std::string> territoires;
    std::vector<std::string> partenaires;
    std::vector<std::string> scopes;
    std::string signalement;
    std::int64_t seconds = 3600;
    std::string keyFile;  // empty: HISTOLOGE_AUTH_SIGNING_KEY_FILE
};
// Prints an access token, alone on its line.
int printToken(const TokenWish& wish);

// Makes a signing key and adds its public part to a set that services read: the first step of a rotation.
int createKey(const std::string& kid, const std::string& secretFile, const std::string& publicFile,
              const std::vector<std::string>& roles);

}  // namespace histologe::admin
