// A search as SQL: the one place where what is looked for, and what the reader may see, become conditions.
#pragma once

#include <string>
#include <vector>

#include "libs/auth/principal.hpp"
#include "libs/postgres/connection.hpp"
#include "services/routing/domain/recherche.hpp"

namespace histologe::routing {

// Conditions on the row `r` of `recherche`, joined by AND, with the values that they are given as $1, $2...
class Conditions {
  public:
    // How the rule is put to a question: of a list in some order, which an index of the territoire may give; of all that is
    // found at once; or joined with the affectations of the reader's only partner, which then say that one is affected.
    enum class Par { Ordre, Ensemble, Jointure };
    // What the reader may see: the rule of auth::maySee, as a condition.
    void visiblesPour(const auth::Principal& lecteur, Par par = Par::Ordre);
    // The statuses that lists show, and what is looked for. What a filter means may depend on who asks (the status).
    void trouvesPar(const Recherche& recherche, const auth::Principal& lecteur);
    // Says again, of several filters at once, what was said of each: for the index that knows rare combinations.
    void traits(const Recherche& recherche);
    // `colonne` as the question names it: that of the order, or its copy in another table.
    void apres(const Ordre& ordre, const std::string& colonne, const Repere& repere);

    // Keeps the value and returns its place, `$7`.
    std::string valeur(postgres::Parameter value);
    std::string valeur(const std::string& texte) { return valeur(postgres::Parameter(std::string_view(texte))); }
    void et(std::string condition);

    // `TRUE` when there is none.
    [[nodiscard]] std::string sql() const;
    [[nodiscard]] const std::vector<postgres::Parameter>& valeurs() const { return valeurs_; }

  private:
    void lieux(const Recherche& recherche);
    void partenaires(const Recherche& recherche);
    void attente(Attente attente, const Recherche& recherche, const auth::Principal& lecteur);
    void aFaire(const auth::Principal& lecteur);
    void statut(StatutCherche statut, const auth::Principal& lecteur);
    void periode(const char* colonne, const Periode& periode);
    void egal(const char* colonne, const std::optional<std::string>& attendu);

    std::vector<std::string> conditions_;
    std::vector<postgres::Parameter> valeurs_;
};

// The status of an affectation that a status of the filter means to a partner's people.
const char* affectationDe(StatutCherche statut) noexcept;

// The column that an order sorts by, and its type.
struct ColonneDeTri {
    const char* colonne;
    const char* type;
};
ColonneDeTri colonneDe(Tri tri) noexcept;

// True when all that is asked of the row is kept by the counters of the country (compteurs_recherche): they then count in a
// time that does not depend on the number of dossiers.
bool estCompte(const Recherche& recherche, const auth::Principal& lecteur);
// True when the index of counts within a territoire has all that is asked of the row.
bool estCompteParTerritoire(const Recherche& recherche, const auth::Principal& lecteur);
// The same of the counters of one partner (compteurs_partenaires): of its dossiers at most their status is asked.
bool estCompteParPartenaire(const Recherche& recherche, const auth::Principal& lecteur);
// The same of the counters of the map's squares (compteurs_cellules); an extent is then one of whole squares.
bool estCompteParCellule(const Recherche& recherche, const auth::Principal& lecteur);

}  // namespace histologe::routing
