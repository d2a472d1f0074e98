#include "services/routing/domain/comptes_api.hpp"

#include <algorithm>

namespace histologe::routing {

bool estBienFormee(const PermissionApi& permission) noexcept {
    const bool groupe = permission.type || permission.territoire;
    return permission.partenaire ? !groupe : groupe;
}

bool couvre(const PermissionApi& permission, const PartenaireApi& partenaire) noexcept {
    if (partenaire.archive || !estBienFormee(permission)) return false;
    if (permission.partenaire) return *permission.partenaire == partenaire.id;
    return (!permission.type || *permission.type == partenaire.type) &&
           (!permission.territoire || permission.territoire == partenaire.territoire);
}

bool couvert(const std::vector<PermissionApi>& permissions, const PartenaireApi& partenaire) noexcept {
    return std::any_of(permissions.begin(), permissions.end(),
                       [&](const auto& permission) { return couvre(permission, partenaire); });
}

ChoixPartenaire partenaireDeLaDemande(const std::vector<PermissionApi>& permissions, std::string_view demande,
                                      const PartenaireApi* trouve) noexcept {
    if (demande.empty()) {
        if (permissions.size() == 1 && permissions[0].partenaire) return {*permissions[0].partenaire, {}};
        return {{}, "Vous n'avez accès à aucun partenaire ou vous devez préciser un partenaireUuid."};
    }
    if (trouve == nullptr || trouve->archive) return {{}, "Le partenaire n'existe pas."};
    if (!couvert(permissions, *trouve)) return {{}, "Vous n'avez pas les permissions pour accéder à ce partenaire."};
    return {trouve->id, {}};
}

}  // namespace histologe::routing
