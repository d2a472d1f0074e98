#include "services/routing/store/recherche.hpp"

#include <algorithm>

#include "services/routing/domain/cellules.hpp"
#include "services/routing/store/recherche_conditions.hpp"

namespace histologe::routing {
namespace {

// The page is made of identifiers first, and only then of what it shows.
constexpr char kColonnes[] =
    "r.signalement, r.reference, r.territoire, r.statut, r.depose_le, r.code_insee, r.code_postal, r.commune, r.source, "
    "r.importe, r.profil, r.parc, r.score, array_to_json(r.procedures), array_to_json(r.affectations), "
    "NULLIF(r.dernier_suivi_le, '-infinity'), r.dernier_suivi_par, p.contenu, ";

// From the elements that say a status: `partenaire:STATUT`.
std::vector<LigneDossier::Affectation> lireAffectations(const core::Json& elements) {
    std::vector<LigneDossier::Affectation> affectations;
    for (const auto& element : elements) {
        const auto& texte = element.get_ref<const std::string&>();
        const auto deux = texte.rfind(':');
        if (deux != std::string::npos) affectations.push_back({texte.substr(0, deux), texte.substr(deux + 1)});
    }
    return affectations;
}

LigneDossier lire(const postgres::Row& row) {
    LigneDossier ligne;
    ligne.signalement = row.text(0);
    ligne.reference = row.optionalText(1);
    ligne.territoire = row.text(2);
    ligne.statut = row.text(3);
    ligne.deposeLe = row.instant(4);
    ligne.codeInsee = row.optionalText(5);
    ligne.codePostal = row.optionalText(6);
    ligne.commune = row.optionalText(7);
    ligne.source = row.text(8);
    ligne.importe = row.flag(9);
    ligne.profil = row.text(10);
    ligne.parc = row.text(11);
    ligne.score = row.optionalReal(12);
    ligne.procedures = row.json(13).get<std::vector<std::string>>();
    ligne.affectations = lireAffectations(row.json(14));
    ligne.dernierSuiviLe = row.optionalInstant(15);
    ligne.dernierSuiviPar = row.text(16);
    ligne.personnel = row.isNull(17) ? core::Json(nullptr) : row.json(17);
    ligne.repere = {row.text(18), ligne.signalement};
    return ligne;
}

postgres::Result poser(postgres::Connection& session, const Question& question) {
    return session.run({"", question.sql.c_str()}, question.valeurs);
}

}  // namespace

Question questionDeListe(const Recherche& recherche, const auth::Principal& lecteur, const Ordre& ordre,
                         const std::optional<Repere>& repere, long long limite) {
    Conditions conditions;
    conditions.visiblesPour(lecteur);
    conditions.trouvesPar(recherche, lecteur);
    if (repere) conditions.apres(ordre, *repere);
    const std::string colonne = std::string("r.") + colonneDe(ordre.tri).colonne;
    const std::string sens = ordre.croissant ? " ASC" : " DESC";
    const std::string suite = " ORDER BY " + colonne + sens + ", r.signalement" + sens;
    auto sql = "SELECT " + std::string(kColonnes) + colonne + "::text FROM (SELECT * FROM recherche r WHERE " +
               conditions.sql() + suite + " LIMIT " + conditions.valeur(limite) +
               ") r LEFT JOIN personnel p USING (signalement)" + suite;
    return {std::move(sql), conditions.valeurs()};
}

Question questionDeCompte(const Recherche& recherche, const auth::Principal& lecteur) {
    Conditions conditions;
    conditions.visiblesPour(lecteur);
    conditions.trouvesPar(recherche, lecteur);
    const std::string quoi = estCompte(recherche, lecteur) ? "COALESCE(sum(r.nombre), 0)::bigint FROM compteurs_recherche r"
                                                           : "count(*) FROM recherche r";
    return {"SELECT " + quoi + " WHERE " + conditions.sql(), conditions.valeurs()};
}

Question questionDAmas(const Recherche& recherche, const auth::Principal& lecteur, int zoom, long long limite) {
    Conditions conditions;
    conditions.visiblesPour(lecteur);
    conditions.trouvesPar(recherche, lecteur);
    conditions.et("r.cellule IS NOT NULL");
    const int niveau = std::min(zoom + 2, kNiveauCellule);
    const auto decalage = std::to_string(2 * (kNiveauCellule - niveau));
    auto sql = "SELECT avg(r.position[0]), avg(r.position[1]), count(*), min(r.signalement::text), min(r.statut) "
               "FROM recherche r WHERE " +
               conditions.sql() + " GROUP BY r.cellule >> " + decalage +
               " ORDER BY count(*) DESC, min(r.signalement::text) LIMIT " + conditions.valeur(limite);
    return {std::move(sql), conditions.valeurs()};
}

std::vector<LigneDossier> trouverDossiers(postgres::Connection& session, const Recherche& recherche,
                                          const auth::Principal& lecteur, const Ordre& ordre,
                                          const std::optional<Repere>& repere, long long limite) {
    const auto rows = poser(session, questionDeListe(recherche, lecteur, ordre, repere, limite));
    std::vector<LigneDossier> lignes;
    for (const auto& row : rows) lignes.push_back(lire(row));
    return lignes;
}

long long compterDossiers(postgres::Connection& session, const Recherche& recherche, const auth::Principal& lecteur) {
    return poser(session, questionDeCompte(recherche, lecteur))[0].integer(0);
}

std::vector<Amas> amasser(postgres::Connection& session, const Recherche& recherche, const auth::Principal& lecteur,
                          int zoom, long long limite) {
    const auto rows = poser(session, questionDAmas(recherche, lecteur, zoom, limite));
    std::vector<Amas> amas;
    for (const auto& row : rows) {
        Amas un{row.real(0), row.real(1), row.integer(2), {}, {}};
        if (un.nombre == 1) {
            un.signalement = row.text(3);
            un.statut = row.text(4);
        }
        amas.push_back(std::move(un));
    }
    return amas;
}

}  // namespace histologe::routing
