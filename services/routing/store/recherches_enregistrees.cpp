#include "services/routing/store/recherches_enregistrees.hpp"

#include "libs/core/text.hpp"

namespace histologe::routing {
namespace {

using postgres::Statement;

const Statement kToutes{"recherches_toutes",
                        "SELECT id, nom, parametres, version, cree_le FROM recherches_enregistrees WHERE compte = $1 "
                        "ORDER BY cree_le, id"};
const Statement kUne{"recherches_une",
                     "SELECT id, nom, parametres, version, cree_le FROM recherches_enregistrees WHERE compte = $1 AND id = $2"};
const Statement kVerrouiller{"recherches_verrouiller",
                             "SELECT pg_advisory_xact_lock(hashtext('histologe.recherches_enregistrees'), hashtext($1))"};
const Statement kCompter{"recherches_compter", "SELECT count(*) FROM recherches_enregistrees WHERE compte = $1"};
const Statement kDoublon{"recherches_doublon",
                         "SELECT CASE WHEN nom_plie = $3 THEN 'nom' ELSE 'parametres' END FROM recherches_enregistrees "
                         "WHERE compte = $1 AND id <> $2 AND (nom_plie = $3 OR parametres = $4::jsonb) ORDER BY 1 LIMIT 1"};
const Statement kAjouter{"recherches_ajouter",
                         "INSERT INTO recherches_enregistrees (compte, id, nom, nom_plie, parametres, cree_le) "
                         "VALUES ($1, $2, $3, $4, $5, $6)"};
const Statement kRemplacer{"recherches_remplacer",
                           "UPDATE recherches_enregistrees SET nom = $3, nom_plie = $4, parametres = $5, version = version + 1 "
                           "WHERE compte = $1 AND id = $2 AND version = $6"};
const Statement kSupprimer{"recherches_supprimer",
                           "DELETE FROM recherches_enregistrees WHERE compte = $1 AND id = $2 AND version = $3"};

RechercheEnregistree lire(const postgres::Row& row) {
    return {row.text(0), row.text(1), row.json(2), row.integer(3), row.instant(4)};
}

}  // namespace

std::vector<RechercheEnregistree> recherchesDe(postgres::Connection& session, const std::string& compte) {
    std::vector<RechercheEnregistree> toutes;
    const auto rows = session.run(kToutes, {compte});
    for (const auto& row : rows) toutes.push_back(lire(row));
    return toutes;
}

std::optional<RechercheEnregistree> trouverRecherche(postgres::Connection& session, const std::string& compte,
                                                     const std::string& id) {
    const auto rows = session.run(kUne, {compte, id});
    return rows.empty() ? std::nullopt : std::optional(lire(rows[0]));
}

long long verrouillerRecherches(postgres::Transaction& transaction, const std::string& compte) {
    transaction.send(kVerrouiller, {compte});
    return transaction.query(kCompter, {compte})[0].integer(0);
}

std::string doublonDe(postgres::Transaction& transaction, const std::string& compte, const RechercheEnregistree& recherche) {
    const auto pliee = core::fold(recherche.nom);
    const auto rows = transaction.query(kDoublon, {compte, recherche.id, pliee, recherche.parametres});
    return rows.empty() ? std::string() : rows[0].text(0);
}

void ajouterRecherche(postgres::Transaction& transaction, const std::string& compte, const RechercheEnregistree& recherche) {
    const auto pliee = core::fold(recherche.nom);
    transaction.send(kAjouter, {compte, recherche.id, recherche.nom, pliee, recherche.parametres, recherche.creeLe});
}

bool remplacerRecherche(postgres::Transaction& transaction, const std::string& compte, const RechercheEnregistree& recherche) {
    const auto pliee = core::fold(recherche.nom);
    const auto result = transaction.query(
        kRemplacer, {compte, recherche.id, recherche.nom, pliee, recherche.parametres, recherche.version});
    return result.affected() == 1;
}

bool supprimerRecherche(postgres::Connection& session, const std::string& compte, const std::string& id, long long version) {
    return session.run(kSupprimer, {compte, id, version}).affected() == 1;
}

}  // namespace histologe::routing
