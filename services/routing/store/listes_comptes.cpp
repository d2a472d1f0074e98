#include "services/routing/store/listes_comptes.hpp"

#include "libs/core/text.hpp"

namespace histologe::routing {
namespace {

using postgres::Statement;

const Statement kList{
    "comptes_list",
    "SELECT v.* FROM comptes c JOIN comptes_lus v ON v.id = c.id WHERE "
    "($1::text[] IS NULL AND $2::text[] IS NULL "
    " OR (c.role NOT IN ('super_admin', 'api') AND c.anonymise_le IS NULL "
    "     AND EXISTS (SELECT 1 FROM comptes_partenaires cp JOIN partenaires p ON p.id = cp.partenaire "
    "                 WHERE cp.compte = c.id AND (p.id = ANY($1) OR p.contenu->>'territoire' = ANY($2))))) "
    "AND ($3::text IS NULL OR EXISTS (SELECT 1 FROM comptes_partenaires cp WHERE cp.compte = c.id AND cp.partenaire = $3)) "
    "AND ($4::text IS NULL OR EXISTS (SELECT 1 FROM comptes_partenaires cp JOIN partenaires p ON p.id = cp.partenaire "
    "                                 WHERE cp.compte = c.id AND p.contenu->>'territoire' = $4)) "
    "AND ($5::text IS NULL OR c.role = $5) AND CASE WHEN $6::text IS NULL THEN c.statut <> 'ARCHIVE' ELSE c.statut = $6 END "
    "AND ($7::text IS NULL OR strpos(lower(public.unaccent(c.prenom || ' ' || c.nom || ' ' || c.courriel)), $7) > 0) "
    "AND ($8::uuid IS NULL OR (c.nom, c.prenom, c.id) > (SELECT a.nom, a.prenom, a.id FROM comptes a WHERE a.id = $8)) "
    "ORDER BY c.nom, c.prenom, c.id LIMIT $9"};
const Statement kNote{"comptes_note",
                      "INSERT INTO comptes_historique (compte, auteur, action, detail, le) VALUES ($1, $2, $3, $4, $5)"};
const Statement kHistory{"comptes_history",
                         "SELECT auteur, action, detail, le FROM comptes_historique WHERE compte = $1 "
                         "ORDER BY rang DESC LIMIT 200"};

postgres::Parameter liste(const std::optional<std::vector<std::string>>& textes) {
    return textes ? postgres::Parameter(*textes) : postgres::Parameter(std::nullopt);
}

}  // namespace

std::vector<CompteLu> listerComptes(postgres::Transaction& transaction, const FiltreComptes& filtre) {
    const auto contient = filtre.contient ? std::optional(core::fold(*filtre.contient)) : std::nullopt;
    const auto lignes = transaction.query(
        kList, {liste(filtre.partenairesVisibles), liste(filtre.territoiresVisibles), filtre.partenaire, filtre.territoire,
                filtre.role, filtre.statut, contient, filtre.apres, filtre.limite + 1});
    std::vector<CompteLu> comptes;
    for (const auto& ligne : lignes) comptes.push_back(compteDeLaLigne(ligne));
    return comptes;
}

void noterHistorique(postgres::Transaction& transaction, const std::string& compte, const std::string& auteur,
                     const char* action, const core::Json& detail, core::Instant now) {
    transaction.send(kNote, {compte, auteur, action, detail, now});
}

std::vector<LigneHistorique> lireHistorique(postgres::Transaction& transaction, const std::string& compte) {
    std::vector<LigneHistorique> toutes;
    const auto lignes = transaction.query(kHistory, {compte});
    for (const auto& ligne : lignes) {
        toutes.push_back({ligne.text(0), ligne.text(1), ligne.json(2), ligne.instant(3)});
    }
    return toutes;
}

}  // namespace histologe::routing
