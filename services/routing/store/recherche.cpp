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

// The squares that compteurs_cellules counts by.
constexpr int kNiveauDuPays = 8;
constexpr int kNiveauDuDepartement = 12;

// Affectations keep the order of references: those of one partner are then walked in it, and nothing is sorted.
bool estOrdonneeParPartenaire(const Recherche& recherche, const auth::Principal& lecteur, const Ordre& ordre) {
    const bool estDUnPartenaire = lecteur.role == auth::Role::Agent || lecteur.role == auth::Role::AdminPartenaire ||
                                  lecteur.role == auth::Role::Api;
    const auto& r = recherche;
    const bool estRare = r.mots || r.reference || r.codePostalCherche || r.memeAdresseQue || r.surfaces || r.bailleur ||
                         r.motifCloture || r.codesInsee || !r.attentes.empty() || !r.communes.empty() || !r.codesPostaux.empty();
    return estDUnPartenaire && lecteur.partenaires.size() == 1 && ordre.tri == Tri::Reference && !estRare;
}

bool estCourte(const Periode& periode) {
    return periode.depuis && periode.avant && *periode.avant - *periode.depuis < std::chrono::days(62);
}

postgres::Result poser(postgres::Connection& session, const Question& question) {
    return session.run({"", question.sql.c_str()}, question.valeurs);
}

}  // namespace

Question questionDeListe(const Recherche& recherche, const auth::Principal& lecteur, const Ordre& ordre,
                         const std::optional<Repere>& repere, long long limite) {
    const bool parPartenaire = estOrdonneeParPartenaire(recherche, lecteur, ordre);
    Conditions conditions;
    conditions.visiblesPour(lecteur, parPartenaire ? Conditions::Par::Jointure : Conditions::Par::Ordre);
    auto reste = recherche;
    std::string source = "recherche r";
    std::string table = "r.";
    if (parPartenaire) {
        // The status that a partner's people look for is that of their affectation.
        if (recherche.statut) conditions.et(std::string("a.statut = '") + affectationDe(*recherche.statut) + "'");
        reste.statut.reset();
        source += " JOIN affectations a ON a.signalement = r.signalement AND a.partenaire = " +
                  conditions.valeur(lecteur.partenaires.front());
        table = "a.";
    }
    conditions.trouvesPar(reste, lecteur);
    conditions.traits(reste);
    const auto colonne = table + colonneDe(ordre.tri).colonne;
    if (repere) conditions.apres(ordre, colonne, *repere);
    // What is of a few weeks is found by its date: walking all references for it would take as long as there are dossiers.
    const bool parDate = ordre.tri == Tri::Reference && table == "r." && estCourte(recherche.depot);
    const std::string sens = ordre.croissant ? " ASC" : " DESC";
    auto sql = "SELECT " + std::string(kColonnes) + "page.cle::text FROM (SELECT r.signalement, " + colonne + " AS cle FROM " +
               source + " WHERE " + conditions.sql() + " ORDER BY " + colonne + (parDate ? " + 0" : "") + sens + ", " + table +
               "signalement" + sens + " LIMIT " + conditions.valeur(limite) +
               ") page JOIN recherche r USING (signalement) LEFT JOIN personnel p USING (signalement) ORDER BY page.cle" + sens +
               ", page.signalement" + sens;
    return {std::move(sql), conditions.valeurs()};
}

Question questionDeCompte(const Recherche& recherche, const auth::Principal& lecteur) {
    Conditions conditions;
    if (estCompteParPartenaire(recherche, lecteur)) {
        // The status that a partner's people look for is that of their affectation: the element says it.
        auto sansStatut = recherche;
        sansStatut.statut.reset();
        conditions.visiblesPour(lecteur, Conditions::Par::Jointure);
        conditions.trouvesPar(sansStatut, lecteur);
        const auto suffixe = recherche.statut ? std::string(":") + affectationDe(*recherche.statut) : std::string();
        conditions.et("r.element = " + conditions.valeur(lecteur.partenaires.front() + suffixe));
        return {"SELECT COALESCE(sum(r.nombre), 0)::bigint FROM compteurs_partenaires r WHERE " + conditions.sql(),
                conditions.valeurs()};
    }
    conditions.visiblesPour(lecteur, Conditions::Par::Ensemble);
    conditions.trouvesPar(recherche, lecteur);
    const bool estSommee = estCompte(recherche, lecteur);
    if (!estSommee && !estCompteParTerritoire(recherche, lecteur)) conditions.traits(recherche);
    const std::string quoi = estSommee ? "COALESCE(sum(r.nombre), 0)::bigint FROM compteurs_recherche r"
                                       : "count(*) FROM recherche r";
    return {"SELECT " + quoi + " WHERE " + conditions.sql(), conditions.valeurs()};
}

Question questionDAmas(const Recherche& recherche, const auth::Principal& lecteur, int zoom, long long limite) {
    const int niveau = std::min(zoom + 2, kNiveauCellule);
    Conditions conditions;
    conditions.visiblesPour(lecteur, Conditions::Par::Ensemble);
    if (zoom < kZoomDesDossiers && estCompteParCellule(recherche, lecteur)) {
        auto sansEmprise = recherche;
        sansEmprise.emprise.reset();
        conditions.trouvesPar(sansEmprise, lecteur);
        const int garde = niveau <= kNiveauDuPays ? kNiveauDuPays : kNiveauDuDepartement;
        conditions.et("r.niveau = " + std::to_string(garde));
        std::string ayant = "sum(r.nombre) > 0";
        if (const auto& e = recherche.emprise) {
            // Numbers grow to the east and to the south, so those of the two corners enclose the extent's.
            const int decalage = 2 * (kNiveauCellule - garde);
            const auto numero = [&](double x, double y) { return conditions.valeur(static_cast<long long>(celluleDe(x, y) >> decalage)); };
            conditions.et("r.cellule BETWEEN " + numero(e->ouest, e->nord) + "::bigint AND " + numero(e->est, e->sud) + "::bigint");
            const auto moyenne = [](const char* somme) { return std::string("sum(") + somme + ") / 1e6 / sum(r.nombre)"; };
            ayant += " AND CASE WHEN sum(r.nombre) > 0 THEN " + moyenne("r.longitudes") + " BETWEEN " + conditions.valeur(e->ouest) + "::float8 AND " +
                     conditions.valeur(e->est) + "::float8 AND " + moyenne("r.latitudes") + " BETWEEN " +
                     conditions.valeur(e->sud) + "::float8 AND " + conditions.valeur(e->nord) + "::float8 END";
        }
        auto sql = "SELECT sum(r.longitudes) / 1e6 / sum(r.nombre), sum(r.latitudes) / 1e6 / sum(r.nombre), "
                   "sum(r.nombre)::bigint, NULL, NULL FROM compteurs_cellules r WHERE " +
                   conditions.sql() + " GROUP BY r.cellule >> " + std::to_string(2 * (garde - niveau)) + " HAVING " + ayant +
                   " ORDER BY 3 DESC, 1, 2 LIMIT " + conditions.valeur(limite);
        return {std::move(sql), conditions.valeurs()};
    }
    conditions.trouvesPar(recherche, lecteur);
    conditions.traits(recherche);
    conditions.et("r.cellule IS NOT NULL");
    const std::string seul = zoom < kZoomDesDossiers ? "NULL, NULL" : "min(r.signalement::text), min(r.statut)";
    auto sql = "SELECT avg(r.position[0]), avg(r.position[1]), count(*), " + seul + " FROM recherche r WHERE " +
               conditions.sql() + " GROUP BY r.cellule >> " + std::to_string(2 * (kNiveauCellule - niveau)) +
               " ORDER BY 3 DESC, 1, 2 LIMIT " + conditions.valeur(limite);
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
        if (un.nombre == 1 && !row.isNull(3)) {
            un.signalement = row.text(3);
            un.statut = row.text(4);
        }
        amas.push_back(std::move(un));
    }
    return amas;
}

}  // namespace histologe::routing
