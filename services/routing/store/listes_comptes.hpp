// Lists of accounts, and what was done to them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/routing/store/comptes.hpp"

namespace histologe::routing {

// Whom a list shows: what is not set does not restrict. All conditions hold together.
struct FiltreComptes {
    // Of whoever looks: only accounts with a partner among these, or in these territories; and none of the administrators.
    std::optional<std::vector<std::string>> partenairesVisibles;
    std::optional<std::vector<std::string>> territoiresVisibles;
    std::optional<std::string> partenaire;
    std::optional<std::string> territoire;
    std::optional<std::string> role;
    std::optional<std::string> statut;   // all but ARCHIVE when it is not set
    std::optional<std::string> contient; // part of a name or an address, case and accents aside
    std::optional<std::string> apres;    // id of the last account of the page before
    int limite = 25;
};

// By name, first name, id; at most `limite` and one more, by which it is known that there is another page.
std::vector<CompteLu> listerComptes(postgres::Transaction& transaction, const FiltreComptes& filtre);

struct LigneHistorique {
    std::string auteur;
    std::string action;
    core::Json detail;
    core::Instant le{};
};
// Queued.
void noterHistorique(postgres::Transaction& transaction, const std::string& compte, const std::string& auteur,
                     const char* action, const core::Json& detail, core::Instant now);
// Newest first, at most 200.
std::vector<LigneHistorique> lireHistorique(postgres::Transaction& transaction, const std::string& compte);

}  // namespace histologe::routing
