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
// Those that one of the rows may mean; which ones it does is domain's to say.
const Statement kNamed{
    "permissions_api_named",
    "SELECT id, contenu->>'nom', contenu->>'type', contenu->>'territoire', "
    "coalesce((contenu->>'archive')::boolean, false) FROM partenaires WHERE id = ANY($1::text[]) "
    "OR contenu->>'type' = ANY($2::text[]) OR contenu->>'territoire' = ANY($3::text[]) ORDER BY rang"};
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
    const auto permissions = lirePermissionsApi(transaction, compte);
    std::vector<std::string> partenaires, types, territoires;
    for (const auto& une : permissions) {
        if (une.partenaire) partenaires.push_back(*une.partenaire);
        if (une.type) types.push_back(*une.type);
        if (une.territoire) territoires.push_back(*une.territoire);
    }
    std::vector<PartenaireDuCompte> tous;
    const auto lignes = transaction.query(kNamed, {partenaires, types, territoires});
    for (const auto& ligne : lignes) {
        const PartenaireApi partenaire{ligne.text(0), ligne.text(2), ligne.optionalText(3), ligne.flag(4)};
        if (couvert(permissions, partenaire)) {
            tous.push_back({partenaire.id, ligne.text(1), partenaire.type, partenaire.territoire});
        }
    }
    return tous;
}

std::vector<CompteLu> listerComptesApi(postgres::Transaction& transaction) {
    std::vector<CompteLu> comptes;
    const auto lignes = transaction.query(kList);
    for (const auto& ligne : lignes) comptes.push_back(compteDeLaLigne(ligne));
    return comptes;
}

}  // namespace histologe::routing
