// The table of mails: owed, leased, sent. All statements work on sets.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/postgres/connection.hpp"
#include "services/notification/domain/courriel.hpp"

namespace histologe::notification {

// Queues the rows of new mails in the transaction, due at once. A mail already owed or sent (same type, objet and
// recipient) is left as it is.
void ajouterCourriels(postgres::Transaction& transaction, const std::vector<CourrielACreer>& courriels,
                      core::Instant now);

// A mail that this process may send until `bailJusquA`, and nobody else.
struct CourrielBaille {
    std::string id;
    std::string bail;
    core::Instant bailJusquA;
    CourrielACreer courriel;
    int essais = 0;  // made before this one
    core::Instant creeLe;
};

// Leases the mails that are due, oldest first, at most `combien`; rows that others are leasing are skipped. `bail`
// names the lease: unique.
std::vector<CourrielBaille> bailler(postgres::Connection& connection, const std::string& bail, core::Instant now,
                                    core::Instant jusquA, int combien);

// Makes due again the mails whose lease has ended without an answer (their process died), but those of `enMain`: this
// process still knows how they end. Returns how many.
int reprendreBauxEchus(postgres::Connection& connection, core::Instant now, const std::vector<std::string>& enMain);

enum class Etat { AEnvoyer, EnCours, Envoye, Echec };
std::string_view nomStocke(Etat etat) noexcept;

// How a lease ended.
struct FinDeBail {
    std::string id;
    std::string bail;
    Etat etat = Etat::AEnvoyer;     // AEnvoyer, Envoye or Echec
    bool essaye = true;             // false: given back without a try
    bool attendServeur = false;     // not sent because of the server
    core::Instant prochainEssai{};  // for AEnvoyer
    std::optional<int> code;        // of the server's last answer
    std::string etape;
    std::string erreur;
};

// A mail that has just become ENVOYE, for the event that says so.
struct CourrielEnvoye {
    std::string id;
    std::string type;
    std::string signalement;
    std::string objet;
    int essais = 0;
};

// Writes the ends of leases. An acceptance by the server counts whoever holds the lease by now; the other ends count
// only while the lease is still theirs. Returns the mails that became ENVOYE, each once ever.
std::vector<CourrielEnvoye> noterFins(postgres::Transaction& transaction, const std::vector<FinDeBail>& fins,
                                      core::Instant now);

// Makes due at once the mails that only waited for the server. Returns how many.
int avancerCeuxQuiAttendent(postgres::Connection& connection, core::Instant now);

struct Decompte {
    long long aEnvoyer = 0;
    long long enCours = 0;
    long long echecs = 0;
    std::optional<core::Instant> plusAncien;  // when the oldest mail not yet sent was asked for
};
Decompte compterNonEnvoyes(postgres::Connection& connection);

}  // namespace histologe::notification
