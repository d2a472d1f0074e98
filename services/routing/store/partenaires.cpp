#include "services/routing/store/partenaires.hpp"

namespace histologe::routing {
namespace {

using postgres::Statement;

const Statement kMembers{"partenaires_members",
                         "SELECT c.id FROM comptes c JOIN comptes_partenaires cp ON cp.compte = c.id "
                         "WHERE cp.partenaire = $1 AND c.statut <> 'ARCHIVE' ORDER BY c.id FOR NO KEY UPDATE OF c"};
const Statement kActive{"partenaires_active",
                        "SELECT EXISTS (SELECT 1 FROM comptes c JOIN comptes_partenaires cp ON cp.compte = c.id "
                        "WHERE cp.partenaire = $1 AND c.statut = 'ACTIVE' AND c.role <> 'api')"};
const Statement kOpen{"partenaires_open",
                      "SELECT count(*) FROM affectations WHERE partenaire = $1 AND statut IN ('NOUVEAU', 'EN_COURS')"};

}  // namespace

std::vector<CompteLu> comptesDuPartenaire(postgres::Transaction& transaction, const std::string& partenaire) {
    std::vector<CompteLu> comptes;
    const auto lignes = transaction.query(kMembers, {partenaire});
    for (const auto& ligne : lignes) comptes.push_back(lireCompte(transaction, ligne.text(0)).value());
    return comptes;
}

bool aUnCompteActif(postgres::Transaction& transaction, const std::string& partenaire) {
    return transaction.query(kActive, {partenaire})[0].flag(0);
}

std::int64_t affectationsOuvertes(postgres::Transaction& transaction, const std::string& partenaire) {
    return transaction.query(kOpen, {partenaire})[0].integer(0);
}

}  // namespace histologe::routing
