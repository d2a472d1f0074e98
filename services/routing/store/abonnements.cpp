#include "services/routing/store/abonnements.hpp"

#include "libs/core/ids.hpp"

namespace histologe::routing {
namespace {

using postgres::Statement;

const Statement kAgents{
    "abonnements_agents",
    "SELECT c.id::text, c.role, a.compte IS NOT NULL FROM comptes_partenaires cp JOIN comptes c ON c.id = cp.compte "
    "LEFT JOIN abonnements a ON a.signalement = $2 AND a.compte = c.id::text "
    "WHERE cp.partenaire = $1 AND c.statut = 'ACTIVE' AND c.role <> 'api' ORDER BY c.id"};
const Statement kResponsables{
    "abonnements_responsables",
    "SELECT DISTINCT c.id::text, c.role, a.compte IS NOT NULL FROM comptes_partenaires cp JOIN comptes c ON c.id = cp.compte "
    "JOIN partenaires p ON p.id = cp.partenaire LEFT JOIN abonnements a ON a.signalement = $3 AND a.compte = c.id::text "
    "WHERE c.statut = 'ACTIVE' AND c.role = 'responsable_territoire' AND p.contenu->>'territoire' = $1 "
    "AND (cardinality($2::text[]) = 0 OR cp.partenaire = ANY ($2::text[])) ORDER BY 1"};
const Statement kAbonner{"abonnements_abonner",
                         "INSERT INTO abonnements (compte, signalement, cree_par, cree_le) "
                         "SELECT unnest($2::text[]), $1, $3, $4 ON CONFLICT DO NOTHING"};
const Statement kDesabonnerPartenaire{
    "abonnements_desabonner_partenaire",
    "DELETE FROM abonnements a USING comptes_partenaires cp JOIN comptes c ON c.id = cp.compte "
    "WHERE a.signalement = $1 AND cp.partenaire = $2 AND a.compte = c.id::text "
    "AND c.role NOT IN ('responsable_territoire', 'super_admin') "
    "AND NOT EXISTS (SELECT FROM comptes_partenaires autre JOIN affectations f ON f.partenaire = autre.partenaire "
    "WHERE autre.compte = c.id AND f.signalement = $1 AND f.partenaire <> $2 AND f.statut IN ('NOUVEAU', 'EN_COURS'))"};
const Statement kDesabonner{"abonnements_desabonner", "DELETE FROM abonnements WHERE signalement = $1 AND compte = $2"};
const Statement kAbonnes{"abonnements_abonnes", "SELECT compte FROM abonnements WHERE signalement = $1 ORDER BY cree_le, compte"};
const Statement kRepartit{"abonnements_repartit",
                          "SELECT EXISTS (SELECT FROM comptes WHERE id = $1 AND permission_affectation AND statut <> 'ARCHIVE')"};

std::vector<AgentDuDossier> lire(const postgres::Result& rows) {
    std::vector<AgentDuDossier> agents;
    for (const auto& row : rows) agents.push_back({row.text(0), row.text(1), row.flag(2)});
    return agents;
}

}  // namespace

std::vector<AgentDuDossier> agentsDuPartenaire(postgres::Transaction& transaction, const std::string& partenaire,
                                               const std::string& signalement) {
    return lire(transaction.query(kAgents, {partenaire, signalement}));
}

std::vector<AgentDuDossier> responsablesDuTerritoire(postgres::Transaction& transaction, const std::string& territoire,
                                                     const std::vector<std::string>& partenaires, const std::string& signalement) {
    return lire(transaction.query(kResponsables, {territoire, partenaires, signalement}));
}

void abonner(postgres::Transaction& transaction, const std::string& signalement, const std::vector<std::string>& comptes,
             const std::string& par, core::Instant le) {
    if (!comptes.empty()) transaction.send(kAbonner, {signalement, comptes, par, le});
}

void desabonnerPartenaire(postgres::Transaction& transaction, const std::string& signalement, const std::string& partenaire) {
    transaction.send(kDesabonnerPartenaire, {signalement, partenaire});
}

void desabonner(postgres::Transaction& transaction, const std::string& signalement, const std::string& compte) {
    transaction.send(kDesabonner, {signalement, compte});
}

std::vector<std::string> abonnes(postgres::Transaction& transaction, const std::string& signalement) {
    std::vector<std::string> comptes;
    const auto rows = transaction.query(kAbonnes, {signalement});
    for (const auto& row : rows) comptes.push_back(row.text(0));
    return comptes;
}

bool peutRepartir(postgres::Transaction& transaction, const std::string& compte) {
    return core::isUuid(compte) && transaction.query(kRepartit, {compte})[0].flag(0);
}

}  // namespace histologe::routing
