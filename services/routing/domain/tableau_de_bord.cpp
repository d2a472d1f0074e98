#include "services/routing/domain/tableau_de_bord.hpp"

namespace histologe::routing {
namespace {

constexpr Filtre kImportes{"isImported", "oui"};
constexpr Filtre kPro[] = {{"status", "nouveau"}, {"createdFrom", "formulaire-pro"}, kImportes};
constexpr Filtre kUsager[] = {{"status", "nouveau"}, {"createdFrom", "formulaire-usager"}, kImportes};
constexpr Filtre kSansAffectation[] = {{"status", "en_cours"}, {"partenaires", "AUCUN"}, kImportes};
constexpr Filtre kNouvelleAffectation[] = {{"status", "nouveau"}, kImportes};
constexpr Filtre kFermeTous[] = {{"status", "en_cours"}, {"statusAffectation", "cloture_tous_partenaire"}, kImportes};
constexpr Filtre kFermeCommune[] = {{"status", "en_cours"}, {"statusAffectation", "cloture_commune"}, kImportes};
constexpr Filtre kSansAcceptee[] = {{"status", "en_cours"}, {"statusAffectation", "aucune_affectation_acceptee"}, kImportes};

constexpr Onglet kOnglets[] = {
    {"dossiers-form-pro", "nouveaux", true, kPro},
    {"dossiers-form-usager", "nouveaux", true, kUsager},
    {"dossiers-non-affectation", "nouveaux", true, kSansAffectation},
    {"dossiers-new-affectation", "nouveaux", false, kNouvelleAffectation},
    {"dossiers-ferme-partenaire-tous", "a_fermer", true, kFermeTous},
    {"dossiers-ferme-commune", "a_fermer", true, kFermeCommune},
    {"dossiers-sans-affectation-acceptee", "a_verifier", true, kSansAcceptee},
};

}  // namespace

std::span<const Onglet> onglets() noexcept { return kOnglets; }

bool estPour(const Onglet& onglet, auth::Role role) noexcept {
    using auth::Role;
    if (onglet.pourResponsables) return role == Role::SuperAdmin || role == Role::ResponsableTerritoire;
    return role == Role::AdminPartenaire || role == Role::Agent;
}

}  // namespace histologe::routing
