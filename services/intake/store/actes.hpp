// What usagers and landlords said and asked, and what others wrote for the usager to read.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/core/json.hpp"
#include "libs/postgres/connection.hpp"

namespace histologe::intake {

// Something said or asked; `categorie` is that of the suivi that routing makes of it (reference of suivis).
struct Acte {
    std::string id;
    std::string auteur;  // occupant, declarant, bailleur; of a suivi a partenaire's name
    std::string categorie;
    std::string texte;
    core::Json details = core::Json::object();
    core::Instant creeLe{};
};
// Queued.
void insertActe(postgres::Transaction& transaction, const std::string& signalement, const Acte& acte);

// The newest act of a category, of anybody or of one author.
std::optional<Acte> dernierActe(postgres::Transaction& transaction, const std::string& signalement,
                                const std::string& categorie, const std::optional<std::string>& auteur = {});
// What the landlord answered to the injonction.
std::optional<Acte> reponseDuBailleur(postgres::Transaction& transaction, const std::string& signalement);

// The thread that a usager reads: acts and suivis, newest first; those after the pair (instant, id) when it is given.
// Of the landlord only his answers and his closing request, without his own words.
struct PlaceDActe {
    core::Instant creeLe{};
    std::string id;
};
std::vector<Acte> findFil(postgres::Transaction& transaction, const std::string& signalement,
                          const std::optional<PlaceDActe>& apres, int most);

// Keeps the suivis that usagers may read; one that began as an act here is that act. Queued.
struct SuiviVisible {
    std::string id;
    std::string signalement;
    std::string categorie;
    std::string auteur;
    std::string texte;
    core::Instant creeLe{};
};
void saveSuivisVisibles(postgres::Transaction& transaction, const std::vector<SuiviVisible>& suivis);
// Those are read no more. Queued.
void deleteSuivisVisibles(postgres::Transaction& transaction, const std::vector<std::string>& ids);

// Gives received files to the signalement; how many of the keys were ours and nobody's. Less than asked: undo the
// transaction.
int ajouterAuDossier(postgres::Transaction& transaction, const std::string& signalement, const std::string& par,
                     const std::vector<std::string>& cles);

}  // namespace histologe::intake
