#include "services/routing/store/comptes_api.hpp"

namespace histologe::routing {
namespace {

using postgres::Statement;

const Statement kRead{"permissions_api_read",
                      "SELECT partenaire, type, territoire FROM comptes_permissions_api WHERE compte = $1 ORDER BY rang"};
const Statement kDrop{"permissions_api_drop", "DELETE FROM comptes_permissions_api WHERE compte = $1"};
const Statement kWrite{"permissions_api_write",
                       "INSERT INTO comptes_permissions_api (compte, partenaire, type, territoire) VALUES ($1, $2, $3, $4) "
                       "ON CONFLICT DO NOTHING"};
const Statement kCovered{
    "permissions_api_covered",
    "SELECT p.id, p.contenu->>'nom', p.contenu->>'type', p.contenu->>'territoire' FROM partenaires p "
    "WHERE NOT coalesce((p.contenu->>'archive')::boolean, false) AND EXISTS (SELECT 1 FROM comptes_permissions_api a "
    "WHERE a.compte = $1 AND CASE WHEN a.partenaire IS NOT NULL THEN a.partenaire = p.id "
    "ELSE (a.type IS NULL OR a.type = p.contenu->>'type') "
    "AND (a.territoire IS NULL OR a.territoire = p.contenu->>'territoire') END) ORDER BY p.rang"};
const Statement kList{"comptes_api_list", "SELECT v.* FROM comptes c JOIN comptes_lus v ON v.id = c.id "
                                          "WHERE c.role = 'api' AND c.statut <> 'ARCHIVE' ORDER BY c.nom, c.id"};

}  // namespace

std::vector<PermissionApi> lirePermissionsApi(postgres::Transaction& transaction, const std::string& compte) {
    std::vector<PermissionApi> toutes;
    const auto lignes = transaction.query(kRead, {compte});
    for (const auto& ligne : lignes) {
        toutes.push_back({ligne.optionalText(0), ligne.optionalText(1), ligne.optionalText(2)});
    }
    return toutes;
}

void ecrirePermissionsApi(postgres::Transaction& transaction, const std::string& compte,
                          const std::vector<PermissionApi>& permissions) {
    transaction.send(kDrop, {compte});
    for (const auto& une : permissions) transaction.send(kWrite, {compte, une.partenaire, une.type, une.territoire});
}

std::vector<PartenaireDuCompte> partenairesApi(postgres::Transaction& transaction, const std::string& compte) {
    std::vector<PartenaireDuCompte> tous;
    const auto lignes = transaction.query(kCovered, {compte});
    for (const auto& ligne : lignes) tous.push_back({ligne.text(0), ligne.text(1), ligne.text(2), ligne.optionalText(3)});
    return tous;
}

std::vector<CompteLu> listerComptesApi(postgres::Transaction& transaction) {
    std::vector<CompteLu> comptes;
    const auto lignes = transaction.query(kList);
    for (const auto& ligne : lignes) comptes.push_back(compteDeLaLigne(ligne));
    return comptes;
}

}  // namespace histologe::routing
