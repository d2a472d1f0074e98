#include "services/routing/domain/tableau_de_bord.hpp"

namespace histologe::routing {
namespace {

constexpr Filtre kImportes{"isImported", "oui"};
constexpr Filtre kDernierSuivi{"sortBy", "lastSuiviAt"};
constexpr Filtre kMesSuivis[] = {{"mesSuivis", "oui"}, kImportes, kDernierSuivi};
constexpr Filtre kPro[] = {{"status", "nouveau"}, {"createdFrom", "formulaire-pro"}, kImportes};
constexpr Filtre kUsager[] = {{"status", "nouveau"}, {"createdFrom", "formulaire-usager"}, kImportes};
constexpr Filtre kSansAffectation[] = {{"status", "en_cours"}, {"partenaires", "AUCUN"}, kImportes};
constexpr Filtre kNouvelleAffectation[] = {{"status", "nouveau"}, kImportes};
constexpr Filtre kSansAgent[] = {{"isDossiersSansAgent", "oui"}, kImportes};
constexpr Filtre kFermeTous[] = {{"status", "en_cours"}, {"statusAffectation", "cloture_tous_partenaire"}, kImportes};
constexpr Filtre kFermeCommune[] = {{"status", "en_cours"}, {"statusAffectation", "cloture_commune"}, kImportes};
constexpr Filtre kAbandon[] = {{"usagerAbandonProcedure", "oui"}, {"status", "en_cours"}, kImportes, kDernierSuivi};
constexpr Filtre kRelance[] = {{"relanceUsagerSansReponse", "oui"}, kImportes};
constexpr Filtre kMessage[] = {{"isNouveauMessage", "oui"}, kImportes, kDernierSuivi};
constexpr Filtre kApresFermeture[] = {{"isMessagePostCloture", "oui"}, kImportes};
constexpr Filtre kSansReponse[] = {{"isMessageWithoutResponse", "oui"}, kImportes};
constexpr Filtre kSansActivite[] = {{"isDossiersSansActivite", "oui"}, kImportes};
constexpr Filtre kSansAcceptee[] = {{"status", "en_cours"}, {"statusAffectation", "aucune_affectation_acceptee"}, kImportes};
constexpr Filtre kRecente[] = {{"isActiviteRecente", "oui"}, kImportes, kDernierSuivi};

constexpr Onglet kOnglets[] = {
    {"derniers-dossiers", "accueil", Pour::Tous, false, kMesSuivis},
    {"dossiers-form-pro", "nouveaux", Pour::Responsables, false, kPro},
    {"dossiers-form-usager", "nouveaux", Pour::Responsables, false, kUsager},
    {"dossiers-non-affectation", "nouveaux", Pour::Responsables, false, kSansAffectation},
    {"dossiers-new-affectation", "nouveaux", Pour::Partenaires, false, kNouvelleAffectation},
    {"dossiers-no-agent", "nouveaux", Pour::Partenaires, false, kSansAgent},
    {"dossiers-ferme-partenaire-tous", "a_fermer", Pour::Responsables, false, kFermeTous},
    {"dossiers-ferme-commune", "a_fermer", Pour::Responsables, false, kFermeCommune},
    {"dossiers-demandes-fermeture-usager", "a_fermer", Pour::Responsables, false, kAbandon},
    {"dossiers-relance-usager-sans-reponse", "a_fermer", Pour::Responsables, false, kRelance},
    {"dossiers-messages-nouveaux", "messages", Pour::Tous, true, kMessage},
    {"dossiers-messages-apres-fermeture", "messages", Pour::Responsables, true, kApresFermeture},
    {"dossiers-messages-usagers-sans-reponse", "messages", Pour::Tous, true, kSansReponse},
    {"dossiers-sans-activite-partenaire", "a_verifier", Pour::Tous, true, kSansActivite},
    {"dossiers-sans-affectation-acceptee", "a_verifier", Pour::Responsables, true, kSansAcceptee},
    {"dossiers-activite-recente", "activite_recente", Pour::Tous, true, kRecente},
};

}  // namespace

std::span<const Onglet> onglets() noexcept { return kOnglets; }

bool estPour(const Onglet& onglet, auth::Role role) noexcept {
    using auth::Role;
    const bool estResponsable = role == Role::SuperAdmin || role == Role::ResponsableTerritoire;
    const bool estPartenaire = role == Role::AdminPartenaire || role == Role::Agent;
    switch (onglet.pour) {
        case Pour::Responsables: return estResponsable;
        case Pour::Partenaires: return estPartenaire;
        case Pour::Tous: return estResponsable || estPartenaire;
    }
    return false;
}

}  // namespace histologe::routing
