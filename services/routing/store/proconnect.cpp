#include "services/routing/store/proconnect.hpp"

namespace histologe::routing {
namespace {

using postgres::Statement;

const Statement kInsert{"proconnect_insert",
                        "INSERT INTO connexions_proconnect (empreinte, navigateur, nonce, verificateur, expire_le) "
                        "VALUES ($1, $2, $3, $4, $5)"};
const Statement kTake{"proconnect_take",
                      "DELETE FROM connexions_proconnect WHERE empreinte = $1 "
                      "RETURNING navigateur, nonce, verificateur, expire_le"};
const Statement kByIdentity{"proconnect_by_identity",
                            "SELECT * FROM comptes_lus WHERE id = (SELECT id FROM comptes WHERE identite_proconnect = $1 "
                            "AND statut <> 'ARCHIVE')"};

}  // namespace

void insererDepart(postgres::Connection& session, const DepartGarde& depart) {
    session.run(kInsert, {depart.etat, depart.navigateur, depart.nonce, depart.verificateur, depart.expireLe});
}

std::optional<DepartGarde> prendreDepart(postgres::Connection& session, const std::string& etat,
                                         const std::string& navigateur, core::Instant now) {
    const auto lignes = session.run(kTake, {etat});
    if (lignes.empty() || lignes[0].text(0) != navigateur || lignes[0].instant(3) <= now) return std::nullopt;
    return DepartGarde{etat, navigateur, lignes[0].text(1), lignes[0].text(2), lignes[0].instant(3)};
}

std::optional<CompteLu> compteDeLIdentite(postgres::Transaction& transaction, const std::string& sujet,
                                          const std::string& courriel) {
    const auto lignes = transaction.query(kByIdentity, {sujet});
    if (!lignes.empty()) return compteDeLaLigne(lignes[0]);
    return lireCompteDuCourriel(transaction, courriel);
}

}  // namespace histologe::routing
