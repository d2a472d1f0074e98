#include "tools/generate/generer.hpp"

#include <algorithm>
#include <stdexcept>

#include "services/routing/domain/recherche_fiche.hpp"
#include "services/routing/domain/recherche_mots.hpp"
#include "tools/generate/copie.hpp"

namespace histologe::generate {
namespace {

using core::Json;

constexpr const char* kTables[] = {"dossiers", "recherche", "personnel", "affectations", "suivis"};
constexpr const char* kListe = "'dossiers', 'recherche', 'personnel', 'affectations', 'suivis'";

// What keeps a table right costs less on many rows at once than on each: it is taken away, and made again at the end.
class Echafaudage {
  public:
    explicit Echafaudage(Session& session) : session_(session) {
        const std::string liste(kListe);
        for (const auto& ligne : session_.lignes(
                 "SELECT c.conrelid::regclass::text, c.conname, pg_get_constraintdef(c.oid) FROM pg_constraint c "
                 "JOIN pg_class t ON t.oid = c.conrelid WHERE c.contype = 'f' AND t.relnamespace = current_schema()::regnamespace "
                 "AND t.relname IN (" + liste + ")")) {
            session_.executer("ALTER TABLE " + ligne[0] + " DROP CONSTRAINT " + ligne[1]);
            aRefaire_.push_back("ALTER TABLE " + ligne[0] + " ADD CONSTRAINT " + ligne[1] + " " + ligne[2]);
        }
        for (const auto& ligne : session_.lignes(
                 "SELECT i.indexname, i.indexdef FROM pg_indexes i WHERE i.schemaname = current_schema() AND i.tablename IN (" +
                 liste + ") AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conname = i.indexname "
                 "AND c.connamespace = current_schema()::regnamespace)")) {
            session_.executer("DROP INDEX " + ligne[0]);
            aRefaire_.push_back(ligne[1]);
        }
        for (const auto* table : kTables) session_.executer(std::string("ALTER TABLE ") + table + " DISABLE TRIGGER USER");
    }

    void refaire() {
        session_.executer("SET LOCAL maintenance_work_mem = '512MB'");
        for (auto sql = aRefaire_.rbegin(); sql != aRefaire_.rend(); ++sql) session_.executer(*sql);
        for (const auto* table : kTables) session_.executer(std::string("ALTER TABLE ") + table + " ENABLE TRIGGER USER");
    }

  private:
    Session& session_;
    std::vector<std::string> aRefaire_;
};

std::string texteDe(const Json& data, const char* nom) {
    const auto place = data.find(nom);
    return place == data.end() || !place->is_string() ? std::string() : place->get<std::string>();
}

std::string enTableau(const std::vector<std::string>& elements) {
    std::string texte = "{";
    for (const auto& element : elements) texte += (texte.size() > 1 ? ",\"" : "\"") + element + "\"";
    return texte + "}";
}

std::string enVecteur(const std::vector<std::string>& mots) {
    std::string texte;
    for (const auto& mot : mots) {
        texte += texte.empty() ? "'" : " '";
        for (const char c : mot) {
            if (c == '\'' || c == '\\') texte += c;
            texte += c;
        }
        texte += "'";
    }
    return texte;
}

void position(Copie& copie, const Json& data) {
    const auto& geoloc = data.at("geoloc");
    if (geoloc.is_null()) {
        copie.nul().nul();
    } else {
        copie.reel(geoloc.at("lng").get<double>()).reel(geoloc.at("lat").get<double>());
    }
}

void copierDossiers(Session& session, const Pays& pays) {
    Copie copie(session,
                "dossiers (signalement, reference, territoire, code_insee, code_postal, commune, longitude, latitude, profil, "
                "statut, depose_le, score, score_batiment, score_logement, qualifications, procedures, evalue_le, oriente_le, "
                "valide_le)");
    for (std::size_t i = 0; i < pays.taille(); ++i) {
        const auto d = pays.dossier(i);
        const auto le = core::toRfc3339(d.deposeLe);
        copie.texte(d.uuid).texte(texteDe(d.data, "reference")).texte(texteDe(d.data, "territoire"));
        copie.texte(texteDe(d.data, "codeInsee")).texte(texteDe(d.data, "codePostal")).texte(texteDe(d.data, "commune"));
        position(copie, d.data);
        copie.texte(texteDe(d.data, "profilDeclarant")).texte(d.statut).texte(le).reel(d.score).reel(d.score).reel(d.score);
        copie.texte(core::dumpJson(d.qualifications)).texte(enTableau(routing::proceduresCherchables(d.qualifications)));
        copie.texte(le).texte(le);
        if (d.statut == "NEED_VALIDATION") {
            copie.nul();
        } else {
            copie.texte(le);
        }
        copie.finDeLigne();
    }
    copie.fin();
}

// As the triggers would have made it: the view recherche_ecarts stays empty.
void copierRecherche(Session& session, const Pays& pays) {
    Copie copie(session,
                "recherche (signalement, declaree_le, reference, rang, territoire, statut, depose_le, code_insee, code_postal, "
                "commune, commune_tri, position, cellule, source, importe, profil, parc, allocataire, enfants, score, procedures, "
                "affectations, affectees, dernier_suivi_le, dernier_suivi_par, dernier_suivi_compte, signes, activite_le, nom_tri, "
                "adresse_cle, mots)");
    for (std::size_t i = 0; i < pays.taille(); ++i) {
        const auto d = pays.dossier(i);
        const auto fiche = routing::ficheRecherche(d.data, d.personnel);
        const auto le = core::toRfc3339(d.deposeLe);
        copie.texte(d.uuid).texte(le).texte(texteDe(d.data, "reference")).entier(fiche.rang);
        copie.texte(texteDe(d.data, "territoire")).texte(d.statut).texte(le).texte(texteDe(d.data, "codeInsee"));
        copie.texte(texteDe(d.data, "codePostal")).texte(texteDe(d.data, "commune")).texte(fiche.communeTri);
        if (fiche.cellule) {
            const auto& geoloc = d.data.at("geoloc");
            copie.texte("(" + geoloc.at("lng").dump() + "," + geoloc.at("lat").dump() + ")").entier(*fiche.cellule);
        } else {
            copie.nul().nul();
        }
        copie.texte(fiche.source.value_or("")).booleen(fiche.importe).texte(texteDe(d.data, "profilDeclarant"));
        copie.texte(fiche.parc).texte(fiche.allocataire).texte(fiche.enfants).reel(d.score);
        copie.texte(enTableau(routing::proceduresCherchables(d.qualifications)));
        auto affectations = d.affectations;
        std::sort(affectations.begin(), affectations.end(), [](const auto& a, const auto& b) { return a.partenaire < b.partenaire; });
        std::vector<std::string> elements;
        for (const auto& une : affectations) elements.push_back(une.partenaire);
        int etats = 0;
        for (const auto& [partenaire, statut] : affectations) {
            elements.push_back(partenaire + ":" + statut);
            etats |= statut == "NOUVEAU" ? 1 : statut == "EN_COURS" ? 2 : statut == "REFUSE" ? 4 : 8;
            if (statut == "FERME" && pays.estCommune(partenaire)) etats |= 16;
        }
        copie.texte(enTableau(elements)).entier(etats);
        const auto& dernier = d.suivis.back();
        copie.texte(core::toRfc3339(dernier.le));
        copie.texte(dernier.auteur == "systeme" ? "automatique" : dernier.auteur == "usager" ? "usager" : "partenaire");
        copie.texte(dernier.auteur == "systeme" ? "" : dernier.auteur).entier(dernier.categorie == "MESSAGE_USAGER" ? 2 : 0);
        // Of the categories that are invented here, a message of the usager alone is no activity of the others.
        std::string activite = "-infinity";
        for (const auto& un : d.suivis) {
            if (un.categorie != "MESSAGE_USAGER") activite = core::toRfc3339(un.le);
        }
        copie.texte(activite);
        copie.texte(fiche.nomTri);
        if (fiche.adresseCle) {
            copie.texte(*fiche.adresseCle);
        } else {
            copie.nul();
        }
        copie.texte(enVecteur(fiche.mots));
        copie.finDeLigne();
    }
    copie.fin();
}

void copierPersonnel(Session& session, const Pays& pays) {
    Copie copie(session, "personnel (signalement, contenu)");
    for (std::size_t i = 0; i < pays.taille(); ++i) {
        const auto d = pays.dossier(i);
        copie.texte(d.uuid).texte(core::dumpJson(routing::ficheRecherche(d.data, d.personnel).personnel));
        copie.finDeLigne();
    }
    copie.fin();
}

// An identifier of the row of a dossier: its own, with two digits changed for the rank.
std::string derive(const std::string& uuid, std::size_t rang, char genre) {
    char texte[8];
    std::snprintf(texte, sizeof texte, "%c%03x", genre, static_cast<unsigned>(rang & 0xFFF));
    return uuid.substr(0, 14) + texte + uuid.substr(18);
}

void copierAffectations(Session& session, const Pays& pays) {
    Copie copie(session, "affectations (id, signalement, partenaire, statut, affecte_par, cree_le, rang)");
    for (std::size_t i = 0; i < pays.taille(); ++i) {
        const auto d = pays.dossier(i);
        const auto le = core::toRfc3339(d.deposeLe);
        const auto ordre = routing::rangDeReference(texteDe(d.data, "reference"));
        std::size_t rang = 0;
        for (const auto& [partenaire, statut] : d.affectations) {
            copie.texte(derive(d.uuid, rang++, '8')).texte(d.uuid).texte(partenaire).texte(statut).texte("systeme").texte(le);
            copie.entier(ordre);
            copie.finDeLigne();
        }
    }
    copie.fin();
}

void copierSuivis(Session& session, const Pays& pays) {
    Copie copie(session, "suivis (id, signalement, categorie, auteur, description, visible_usager, cree_le)");
    for (std::size_t i = 0; i < pays.taille(); ++i) {
        const auto d = pays.dossier(i);
        std::size_t rang = 0;
        for (const auto& [auteur, categorie, le] : d.suivis) {
            copie.texte(derive(d.uuid, rang++, '7')).texte(d.uuid).texte(categorie).texte(auteur);
            copie.texte("Un suivi inventé, de la longueur d'une phrase ou deux comme on en écrit.").booleen(true);
            copie.texte(core::toRfc3339(le));
            copie.finDeLigne();
        }
    }
    copie.fin();
}

void copierAnnuaire(Session& session, const Pays& pays) {
    session.executer("DELETE FROM territoires");
    Copie territoires(session, "territoires (code, contenu)");
    for (const auto& un : pays.territoires()) {
        territoires.texte(texteDe(un, "code")).texte(core::dumpJson(un));
        territoires.finDeLigne();
    }
    territoires.fin();
    Copie partenaires(session, "partenaires (id, contenu)");
    const auto liste = pays.partenaires();
    for (const auto& un : liste) {
        partenaires.texte(texteDe(un, "id")).texte(core::dumpJson(un));
        partenaires.finDeLigne();
    }
    partenaires.fin();
    session.executer("UPDATE annuaire_version SET version = version + 1");
}

}  // namespace

std::size_t dossiersDe(const std::string& taille) {
    if (taille == "S") return 1'000;
    if (taille == "M") return 100'000;
    if (taille == "L") return 1'000'000;
    throw std::invalid_argument("no size " + taille);
}

void generer(const std::string& url, const Pays& pays, const std::function<void(const std::string&)>& dire) {
    Session session(url);
    if (!session.lignes("SELECT 1 FROM dossiers LIMIT 1").empty()) {
        throw std::runtime_error("there are dossiers already: nothing is generated beside them");
    }
    session.executer("BEGIN; SET LOCAL synchronous_commit = off");
    Echafaudage echafaudage(session);
    struct Etape {
        const char* nom;
        void (*copier)(Session&, const Pays&);
    };
    for (const auto& [nom, copier] : {Etape{"directory", copierAnnuaire}, {"dossiers", copierDossiers}, {"recherche", copierRecherche},
                                      {"personnel", copierPersonnel}, {"affectations", copierAffectations}, {"suivis", copierSuivis}}) {
        copier(session, pays);
        dire(nom);
    }
    session.executer(
        "INSERT INTO compteurs_recherche (statut, importe, source, profil, parc, allocataire, enfants, affectees, tranche, nombre) "
        "SELECT statut, importe, source, profil, parc, allocataire, enfants, affectees, 0, count(*) FROM recherche "
        "GROUP BY 1, 2, 3, 4, 5, 6, 7, 8; "
        "INSERT INTO compteurs_cellules (niveau, territoire, cellule, statut, importe, tranche, nombre, longitudes, latitudes) "
        "SELECT niveau, territoire, cellule >> (2 * (20 - niveau)), statut, importe, 0, count(*), "
        "sum((position[0] * 1e6)::bigint), sum((position[1] * 1e6)::bigint) "
        "FROM recherche, (VALUES (8::smallint), (12::smallint)) AS n(niveau) WHERE cellule IS NOT NULL GROUP BY 1, 2, 3, 4, 5; "
        "INSERT INTO compteurs_partenaires (element, territoire, statut, importe, tranche, nombre) "
        "SELECT element, territoire, statut, importe, 0, count(*) FROM recherche, unnest(affectations) AS element "
        "GROUP BY 1, 2, 3, 4");
    echafaudage.refaire();
    session.executer("COMMIT");
    dire("indexes and keys");
    for (const auto* table : kTables) session.executer(std::string("VACUUM (ANALYZE) ") + table);
    session.executer("VACUUM (ANALYZE) compteurs_recherche");
    session.executer("VACUUM (ANALYZE) compteurs_cellules");
    session.executer("VACUUM (ANALYZE) compteurs_partenaires");
    dire("statistics of the planner");
}

}  // namespace histologe::generate
