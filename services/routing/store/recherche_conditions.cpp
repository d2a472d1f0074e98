#include "services/routing/store/recherche_conditions.hpp"

#include <cstdio>

#include "libs/auth/roles.hpp"
#include "libs/domain/vocabulaire/dossiers.hpp"

namespace histologe::routing {
namespace {

using auth::Role;
using postgres::Parameter;

constexpr char kListes[] = "r.statut IN ('NEED_VALIDATION', 'ACTIVE', 'CLOSED', 'REFUSED')";

const char* dossierDe(StatutCherche statut) noexcept {
    switch (statut) {
        case StatutCherche::Nouveau: return "NEED_VALIDATION";
        case StatutCherche::EnCours: return "ACTIVE";
        case StatutCherche::Ferme: return "CLOSED";
        case StatutCherche::Refuse: return "REFUSED";
    }
    return "";
}

// Those that say a status that one affectation has; null for those that speak of all of them.
const char* affectationDe(AffectationCherchee cherchee) noexcept {
    switch (cherchee) {
        case AffectationCherchee::Acceptee: return "EN_COURS";
        case AffectationCherchee::EnAttente: return "NOUVEAU";
        case AffectationCherchee::Refusee: return "REFUSE";
        default: return nullptr;
    }
}

const char* conditionDe(AffectationCherchee cherchee) noexcept {
    switch (cherchee) {
        case AffectationCherchee::EnAttente: return "r.affectees & 1 <> 0";
        case AffectationCherchee::Acceptee: return "r.affectees & 2 <> 0";
        case AffectationCherchee::Refusee: return "r.affectees & 4 <> 0";
        case AffectationCherchee::AucuneAcceptee: return "r.affectees <> 0 AND r.affectees & 10 = 0";
        case AffectationCherchee::ClotureUn: return "r.affectees & 8 <> 0 AND r.statut <> 'CLOSED'";
        case AffectationCherchee::ClotureTous: return "r.affectees & 15 = 8";
        case AffectationCherchee::ClotureCommune: return "r.affectees & 16 <> 0";
    }
    return "FALSE";
}

std::vector<std::string> avecStatut(const std::vector<std::string>& partenaires, const char* statut) {
    std::vector<std::string> elements;
    for (const auto& partenaire : partenaires) elements.push_back(partenaire + ":" + statut);
    return elements;
}

std::string enPolygone(const Surface::Anneau& anneau) {
    std::string texte = "(";
    for (const auto& point : anneau) {
        char couple[64];
        std::snprintf(couple, sizeof couple, "%s(%.9g,%.9g)", texte.size() > 1 ? "," : "", point.longitude, point.latitude);
        texte += couple;
    }
    return texte + ")";
}

bool voitUnPays(const auth::Principal& lecteur) noexcept { return lecteur.role == Role::SuperAdmin; }

bool parlePourDesPartenaires(const auth::Principal& lecteur) noexcept {
    return lecteur.role == Role::AdminPartenaire || lecteur.role == Role::Agent || lecteur.role == Role::Api;
}

}  // namespace

const char* affectationDe(StatutCherche statut) noexcept {
    switch (statut) {
        case StatutCherche::Nouveau: return "NOUVEAU";
        case StatutCherche::EnCours: return "EN_COURS";
        case StatutCherche::Ferme: return "FERME";
        case StatutCherche::Refuse: return "REFUSE";
    }
    return "";
}

ColonneDeTri colonneDe(Tri tri) noexcept {
    switch (tri) {
        case Tri::Reference: return {"rang", "bigint"};
        case Tri::NomOccupant: return {"nom_tri", "text"};
        case Tri::DernierSuivi: return {"dernier_suivi_le", "timestamptz"};
        case Tri::Commune: return {"commune_tri", "text"};
        case Tri::Depot: return {"depose_le", "timestamptz"};
    }
    return {"rang", "bigint"};
}

std::string Conditions::valeur(Parameter value) {
    valeurs_.push_back(std::move(value));
    return "$" + std::to_string(valeurs_.size());
}

void Conditions::et(std::string condition) { conditions_.push_back(std::move(condition)); }

std::string Conditions::sql() const {
    if (conditions_.empty()) return "TRUE";
    std::string texte;
    for (const auto& condition : conditions_) texte += (texte.empty() ? "(" : " AND (") + condition + ")";
    return texte;
}

void Conditions::visiblesPour(const auth::Principal& lecteur, Par par) {
    if (auth::isBoundToOneSignalement(lecteur.role)) {
        et("r.statut NOT IN ('DRAFT', 'DRAFT_ARCHIVED')");
        et("r.signalement::text = " + valeur(lecteur.signalement));
        return;
    }
    if (voitUnPays(lecteur)) {
        et("r.statut NOT IN ('DRAFT', 'DRAFT_ARCHIVED')");
        return;
    }
    et("r.statut NOT IN ('DRAFT', 'DRAFT_ARCHIVED', 'ARCHIVED')");
    const bool estResponsable = lecteur.role == Role::ResponsableTerritoire;
    // A partner is of one territoire, nearly: its index would only add the rows of all the others to those of the partner.
    const bool sansIndex = !estResponsable && par == Par::Ensemble;
    const std::string territoire = sansIndex ? "(r.territoire || '')" : "r.territoire";
    // One is the usual case, and an equality lets an index of the territoire give its order.
    if (lecteur.territoires.size() == 1) {
        et(territoire + " = " + valeur(lecteur.territoires.front()));
    } else {
        et(territoire + " = ANY(" + valeur(lecteur.territoires) + "::text[])");
    }
    if (!estResponsable && par != Par::Jointure) {
        et("r.affectations && " + valeur(lecteur.partenaires) + "::text[]");
    }
}

void Conditions::egal(const char* colonne, const std::optional<std::string>& attendu) {
    if (attendu) et(std::string("r.") + colonne + " = " + valeur(*attendu));
}

void Conditions::periode(const char* colonne, const Periode& periode) {
    if (periode.depuis) et(std::string("r.") + colonne + " >= " + valeur(*periode.depuis) + "::timestamptz");
    if (periode.avant) et(std::string("r.") + colonne + " < " + valeur(*periode.avant) + "::timestamptz");
}

void Conditions::statut(StatutCherche statut, const auth::Principal& lecteur) {
    if (parlePourDesPartenaires(lecteur)) {
        et("r.affectations && " + valeur(avecStatut(lecteur.partenaires, affectationDe(statut))) + "::text[]");
    } else {
        et(std::string("r.statut = '") + dossierDe(statut) + "'");
    }
}

void Conditions::lieux(const Recherche& recherche) {
    egal("territoire", recherche.territoire);
    if (!recherche.communes.empty() || !recherche.codesPostaux.empty()) {
        et("r.commune_tri = ANY(" + valeur(recherche.communes) + "::text[]) OR r.code_postal = ANY(" +
           valeur(recherche.codesPostaux) + "::text[])");
    }
    if (recherche.codesInsee) et("r.code_insee = ANY(" + valeur(*recherche.codesInsee) + "::text[])");
    if (recherche.surfaces) {
        std::string dedans;
        for (const auto& [territoire, surface] : *recherche.surfaces) {
            const auto contour = valeur(enPolygone(surface.contour));
            dedans += (dedans.empty() ? "(" : " OR (");
            // On the outline is outside; a closed path would contain all that it goes round.
            dedans += "r.territoire = " + valeur(territoire) + " AND r.position <@ " + contour +
                      "::polygon AND NOT r.position <@ popen(" + contour + "::polygon::path)";
            for (const auto& trou : surface.trous) {
                dedans += " AND NOT r.position <@ " + valeur(enPolygone(trou)) + "::polygon";
            }
            dedans += ")";
        }
        et(dedans.empty() ? "FALSE" : dedans);
    }
    if (const auto& e = recherche.emprise) {
        const auto coin = [&](double x, double y) { return "point(" + valeur(x) + ", " + valeur(y) + ")"; };
        et("r.position <@ box(" + coin(e->ouest, e->sud) + ", " + coin(e->est, e->nord) + ")");
    }
    if (recherche.memeAdresseQue) {
        const auto uuid = valeur(*recherche.memeAdresseQue);
        et("r.adresse_cle = (SELECT adresse_cle FROM recherche WHERE signalement = " + uuid + "::uuid)");
        et("r.signalement <> " + uuid + "::uuid");
    }
}

void Conditions::partenaires(const Recherche& recherche) {
    const char* statut = recherche.affectation ? affectationDe(*recherche.affectation) : nullptr;
    if (recherche.affectation) et(conditionDe(*recherche.affectation));
    if (recherche.partenaires.empty()) {
        if (recherche.aucunPartenaire) et("r.affectees = 0");
        return;
    }
    // Partner and status are asked of one affectation, not of two.
    const auto elements = statut == nullptr ? recherche.partenaires : avecStatut(recherche.partenaires, statut);
    const auto condition = "r.affectations && " + valeur(elements) + "::text[]";
    et(recherche.aucunPartenaire ? "r.affectees = 0 OR " + condition : condition);
}

void Conditions::trouvesPar(const Recherche& recherche, const auth::Principal& lecteur) {
    et(kListes);
    if (!recherche.avecImportes) et("NOT r.importe");
    lieux(recherche);
    egal("reference", recherche.reference);
    egal("code_postal", recherche.codePostalCherche);
    if (recherche.mots) {
        et(recherche.mots->empty() ? "FALSE" : "r.mots @@ " + valeur(*recherche.mots) + "::tsquery");
    }
    if (recherche.statut) statut(*recherche.statut, lecteur);
    periode("depose_le", recherche.depot);
    periode("dernier_suivi_le", recherche.dernierSuivi);
    partenaires(recherche);
    egal("bailleur", recherche.bailleur);
    egal("dernier_suivi_par", recherche.dernierSuiviPar);
    egal("profil", recherche.profil);
    egal("parc", recherche.parc);
    if (recherche.allocataire == "oui") {
        et("r.allocataire IN ('oui', 'caf', 'msa')");
    } else {
        egal("allocataire", recherche.allocataire);
    }
    egal("enfants", recherche.enfants);
    if (recherche.procedure) et(valeur(*recherche.procedure) + " = ANY(r.procedures)");
    egal("motif_cloture", recherche.motifCloture);
    for (const auto une : recherche.attentes) attente(une, recherche, lecteur);
    if (recherche.vacant) et(*recherche.vacant ? "r.vacant" : "NOT r.vacant");
    if (recherche.injonction) et(*recherche.injonction ? "r.injonction" : "NOT r.injonction");
    if (recherche.bailEnCours) et("r.bail");
    if (!recherche.sources.empty()) et("r.source = ANY(" + valeur(recherche.sources) + "::text[])");
}

// The dossier is worked on, by those who ask.
void Conditions::aFaire(const auth::Principal& lecteur) {
    et("r.statut = 'ACTIVE'");
    if (parlePourDesPartenaires(lecteur)) {
        et("r.affectations && " + valeur(avecStatut(lecteur.partenaires, "EN_COURS")) + "::text[]");
    }
}

void Conditions::attente(Attente attente, const Recherche& recherche, const auth::Principal& lecteur) {
    // Said again as the indexes of what is rare say it.
    constexpr char kRare[] = "r.signes & 7 <> 0";
    const auto signe = [&](const char* bit) {
        aFaire(lecteur);
        et(kRare);
        et(std::string("r.signes & ") + bit + " <> 0");
    };
    switch (attente) {
        case Attente::AbandonDemande: et("r.abandon_demande"); return;
        case Attente::RelanceSansReponse: signe("1"); return;
        case Attente::NouveauMessage: signe("2"); return;
        case Attente::MessageSansReponse: signe("4"); return;
        case Attente::SansActivite:
            et("r.statut = 'ACTIVE'");
            et("r.activite_le > '-infinity' AND r.activite_le < " + valeur(recherche.le - kSansActivite) + "::timestamptz");
            et("r.signes & 5 = 0");
            if (parlePourDesPartenaires(lecteur)) {
                auto elements = avecStatut(lecteur.partenaires, "EN_COURS");
                for (auto& un : avecStatut(lecteur.partenaires, "NOUVEAU")) elements.push_back(std::move(un));
                et("r.affectations && " + valeur(elements) + "::text[]");
            }
            return;
        case Attente::SansAgent:
            // Managers have no partner whose people could be missing.
            if (!parlePourDesPartenaires(lecteur)) return et("FALSE");
            et("r.affectations && " + valeur(avecStatut(lecteur.partenaires, "EN_COURS")) + "::text[]");
            et("NOT EXISTS (SELECT FROM abonnements b JOIN comptes_partenaires cp ON cp.compte::text = b.compte "
               "WHERE b.signalement = r.signalement AND cp.partenaire = ANY(" + valeur(lecteur.partenaires) + "::text[]))");
            return;
        case Attente::MessageApresCloture:
            et("r.statut = 'CLOSED'");
            et("EXISTS (SELECT FROM suivis s WHERE s.signalement = r.signalement AND s.categorie = 'MESSAGE_USAGER_POST_CLOTURE' AND "
               "NOT EXISTS (SELECT FROM lectures l WHERE l.signalement = s.signalement AND l.compte = " + valeur(lecteur.subject) +
               " AND l.lu_le >= s.cree_le))");
            return;
        case Attente::ActiviteRecente: {
            const auto depuis = std::chrono::floor<std::chrono::days>(recherche.le);
            const std::chrono::year_month_day jour{depuis};
            auto debut = jour - std::chrono::months(3);
            if (!debut.ok()) debut = debut.year() / debut.month() / std::chrono::last;
            et("r.dernier_suivi_le >= " + valeur(core::Instant(std::chrono::sys_days(debut)) + (recherche.le - depuis)) + "::timestamptz");
            et("r.dernier_suivi_compte <> ''");
            et("r.dernier_suivi_compte <> " + valeur(lecteur.subject));
            et("r.signes & 8 = 0");
            return;
        }
        case Attente::SuiviParMoi:
            et("EXISTS (SELECT FROM abonnements b WHERE b.signalement = r.signalement AND b.compte = " + valeur(lecteur.subject) + ")");
            return;
        case Attente::EcritParMoi:
            et("EXISTS (SELECT FROM suivis s WHERE s.signalement = r.signalement AND s.supprime_le IS NULL AND s.compte = " + valeur(lecteur.subject) + ")");
            return;
    }
}

void Conditions::traits(const Recherche& recherche) {
    std::vector<std::string> traits;
    const auto ajouter = [&](const char* nom, const std::optional<std::string>& attendu) {
        if (attendu) traits.push_back(std::string(nom) + " " + *attendu);
    };
    ajouter("parc", recherche.parc);
    ajouter("profil", recherche.profil);
    if (recherche.allocataire != "oui") ajouter("allocataire", recherche.allocataire);
    ajouter("enfants", recherche.enfants);
    if (recherche.sources.size() == 1) ajouter("source", recherche.sources.front());
    if (recherche.procedure) traits.push_back(*recherche.procedure);
    if (traits.empty()) return;
    et("traits_vus(r.parc, r.profil, r.source, r.allocataire, r.enfants, r.procedures) @> " + valeur(traits) + "::text[]");
}

void Conditions::apres(const Ordre& ordre, const std::string& colonne, const Repere& repere) {
    const auto cle = valeur(repere.cle) + "::" + colonneDe(ordre.tri).type;
    const auto uuid = valeur(repere.signalement) + "::uuid";
    et("(" + colonne + ", " + colonne.substr(0, 2) + "signalement) " + (ordre.croissant ? ">" : "<") + " (" + cle + ", " + uuid + ")");
}

namespace {

// Nothing is asked but what the counters of both kinds keep, or what only one of them keeps.
bool estSimple(const Recherche& r) {
    return !r.reference && !r.codePostalCherche && !r.mots && r.communes.empty() && r.codesPostaux.empty() && !r.codesInsee &&
           !r.surfaces && !r.depot.depuis && !r.depot.avant && !r.dernierSuivi.depuis && !r.dernierSuivi.avant &&
           r.partenaires.empty() && !r.bailleur && !r.dernierSuiviPar && !r.procedure && !r.motifCloture && !r.memeAdresseQue &&
           r.attentes.empty() && !r.vacant && !r.injonction && !r.bailEnCours;
}

bool estSansTrait(const Recherche& r) {
    return !r.aucunPartenaire && !r.affectation && !r.profil && !r.parc && !r.allocataire && !r.enfants && r.sources.empty();
}

}  // namespace

bool estCompte(const Recherche& recherche, const auth::Principal& lecteur) {
    return voitUnPays(lecteur) && estSimple(recherche) && !recherche.territoire && !recherche.emprise;
}

bool estCompteParTerritoire(const Recherche& recherche, const auth::Principal& lecteur) {
    const bool estBorne = lecteur.role == Role::ResponsableTerritoire || (voitUnPays(lecteur) && recherche.territoire);
    return estBorne && estSimple(recherche) && !recherche.emprise;
}

bool estCompteParPartenaire(const Recherche& recherche, const auth::Principal& lecteur) {
    const auto& r = recherche;
    return parlePourDesPartenaires(lecteur) && lecteur.partenaires.size() == 1 && estSimple(r) && estSansTrait(r) && !r.emprise;
}

bool estCompteParCellule(const Recherche& recherche, const auth::Principal& lecteur) {
    const auto& r = recherche;
    const bool estTerritorial = voitUnPays(lecteur) || lecteur.role == Role::ResponsableTerritoire;
    return estTerritorial && estSimple(r) && estSansTrait(r);
}

}  // namespace histologe::routing
