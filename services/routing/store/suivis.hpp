// The suivis of a dossier, as they are read, written, changed and taken back.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/postgres/connection.hpp"

namespace histologe::routing {

struct SuiviLu {
    std::string id;
    std::string signalement;
    std::string categorie;
    std::string auteur;
    std::optional<std::string> compte;
    std::optional<std::string> partenaire;
    std::string description;
    std::string format;  // texte, html
    bool visibleUsager = false;
    bool visibleBailleur = false;
    std::vector<std::string> fichiers;
    core::Instant creeLe{};
    std::optional<core::Instant> retenuJusque;
    std::optional<core::Instant> modifieLe;
    std::optional<core::Instant> supprimeLe;
    long long version = 1;
};

// The newest first, `limite` at most, those after `apres` (an id of the page before) when it is given.
std::vector<SuiviLu> lireSuivis(postgres::Transaction& transaction, const std::string& signalement,
                                const std::optional<std::string>& apres, long long limite);
// Locked until the transaction ends.
std::optional<SuiviLu> verrouillerSuivi(postgres::Transaction& transaction, const std::string& id);
std::optional<std::string> dossierDuSuivi(postgres::Transaction& transaction, const std::string& id);
// The one with the same words that this account wrote since then; empty when there is none.
std::optional<std::string> suiviIdentique(postgres::Transaction& transaction, const SuiviLu& suivi, core::Instant depuis);

// Queued, as all that follows.
void insererSuivi(postgres::Transaction& transaction, const SuiviLu& suivi);
void changerSuivi(postgres::Transaction& transaction, const SuiviLu& suivi);
void retirerSuivi(postgres::Transaction& transaction, const std::string& id);
// The line stays, without words.
void effacerSuivi(postgres::Transaction& transaction, const std::string& id, core::Instant le);

// Some of those whose time has come, locked: nobody else tells of them. They are no longer held.
std::vector<SuiviLu> prendreSuivisEchus(postgres::Transaction& transaction, core::Instant maintenant, int limite);

// The last thing that a person wrote; empty when nobody did. (What the platform writes moves nothing.)
std::optional<core::Instant> derniereActivite(postgres::Transaction& transaction, const std::string& signalement);
std::optional<core::Instant> derniereLecture(postgres::Transaction& transaction, const std::string& signalement, const std::string& compte);
void noterLecture(postgres::Transaction& transaction, const std::string& signalement, const std::string& compte, core::Instant le);
// How many of others were written since he read.
long long nonLus(postgres::Transaction& transaction, const std::string& signalement, const std::string& compte);

}  // namespace histologe::routing
