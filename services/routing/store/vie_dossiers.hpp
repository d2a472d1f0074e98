// A dossier and its affectations as those change them: read under lock, changed in memory by the tables of transitions,
// written back.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/auth/droits.hpp"
#include "libs/core/json.hpp"
#include "libs/postgres/connection.hpp"
#include "services/routing/domain/machine.hpp"

namespace histologe::routing {

struct AffectationVive {
    std::string id;
    std::string partenaire;
    EtatAffectation etat = EtatAffectation::Nouveau;
    long long version = 1;
    core::Instant creeLe{};
    std::optional<core::Instant> reponduLe;
    std::optional<std::string> reponduPar;  // account
    std::optional<std::string> motifRefus;
    std::optional<std::string> motifCloture;
    std::optional<std::string> travaux;
    std::optional<std::string> precisions;
};

struct DossierVif {
    auth::DossierVise vise;
    long long version = 1;
    std::string reference;
    std::string codePostal;
    std::string commune;
    double score = 0;
    core::Json qualifications = core::Json::array();
    bool importe = false;
    bool vacant = false;
    std::optional<core::Instant> valideLe;
    std::optional<core::Instant> closLe;
    std::optional<std::string> closPar;  // account
    std::optional<std::string> motifCloture;
    std::optional<std::string> commentaireCloture;
    std::optional<std::string> motifRefus;
    std::optional<std::string> motifUsager;
    std::vector<AffectationVive> affectations;  // the oldest first

    [[nodiscard]] AffectationVive* du(const std::string& partenaire);
    // Partners that have it: waiting or accepted.
    [[nodiscard]] std::vector<std::string> saisis() const;
};

// Empty when there is none, or its declaration is still to come. Locked, with its affectations, until the transaction ends.
std::optional<DossierVif> verrouillerDossier(postgres::Transaction& transaction, const std::string& signalement);
// The same without a lock.
std::optional<DossierVif> lireDossierVif(postgres::Transaction& transaction, const std::string& signalement);
// The dossier that an affectation belongs to.
std::optional<std::string> dossierDeLAffectation(postgres::Transaction& transaction, const std::string& affectation);

// Who the lines of the history name, in this transaction.
struct QuiAgit {
    std::string compte = "systeme";
    std::string role = "systeme";
    std::string partenaire;  // in whose name; empty for none
};
// Queued, as all that follows.
void nommerActeur(postgres::Transaction& transaction, const QuiAgit& qui, std::string_view action, core::Instant le);
// One actor for each dossier; for handlers of several events.
void nommerActeurs(postgres::Transaction& transaction, const core::Json& acteurs);

void ecrireDossier(postgres::Transaction& transaction, const DossierVif& dossier);
// The version alone: the list of affectations changed.
void compterVersion(postgres::Transaction& transaction, const std::string& signalement);
void ecrireAffectation(postgres::Transaction& transaction, const AffectationVive& affectation);
void ajouterAffectation(postgres::Transaction& transaction, const std::string& signalement, const AffectationVive& affectation,
                        const std::string& par);
void retirerAffectation(postgres::Transaction& transaction, const std::string& id);

struct SuiviAEcrire {
    std::string id;
    std::string signalement;
    std::string categorie;
    std::string auteur;  // what others are told
    std::string compte;  // empty for none
    std::string partenaire;
    std::string description;
    bool visibleUsager = false;
    core::Instant creeLe{};
};
void ecrireSuivi(postgres::Transaction& transaction, const SuiviAEcrire& suivi);
// True when the dossier has one of that category.
bool aUnSuivi(postgres::Transaction& transaction, const std::string& signalement, std::string_view categorie);

}  // namespace histologe::routing
