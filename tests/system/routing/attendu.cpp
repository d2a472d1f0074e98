#include "tests/system/routing/attendu.hpp"

#include <algorithm>

#include "libs/auth/droits.hpp"

namespace histologe::routing::test {
namespace {

using auth::Principal;
using auth::Role;

bool parmi(const std::string& texte, std::initializer_list<const char*> liste) {
    return std::any_of(liste.begin(), liste.end(), [&](const char* un) { return texte == un; });
}

bool estPartenaire(const Principal& qui) { return parmi(std::string(auth::nameOf(qui.role)), {"agent", "admin_partenaire", "api"}); }

bool aAffectation(const Modele& m, const std::function<bool(const Affecte&)>& convient) {
    return std::any_of(m.affectations.begin(), m.affectations.end(), convient);
}

Filtre statut(const char* valeur, const char* dossier, const char* affectation) {
    return {std::string("status=") + valeur, {{"status", valeur}}, [=](const Modele& m, const Principal& qui) {
                if (!estPartenaire(qui)) return m.statut == dossier;
                return aAffectation(m, [&](const Affecte& a) { return a.statut == affectation && qui.actsFor(a.partenaire); });
            }};
}

Filtre simple(const char* nom, const char* valeur, std::function<bool(const Modele&)> convient) {
    return {std::string(nom) + "=" + valeur, {{nom, valeur}},
            [convient = std::move(convient)](const Modele& m, const Principal&) { return convient(m); }};
}

bool procedure(const Modele& m, const char* qualification) {
    return std::any_of(m.soupcons.begin(), m.soupcons.end(), [&](const Soupcon& s) {
        return s.qualification == qualification && !s.postVisite &&
               (s.qualification != "NON_DECENCE_ENERGETIQUE" || s.statut == "NDE_CHECK" || s.statut == "NDE_AVEREE");
    });
}

const Suivi* dernier(const Modele& m) {
    const auto place = std::max_element(m.suivis.begin(), m.suivis.end(), [](const Suivi& a, const Suivi& b) { return a.le < b.le; });
    return place == m.suivis.end() ? nullptr : &*place;
}

std::vector<Suivi> dansLOrdre(const Modele& m) {
    auto suivis = m.suivis;
    std::stable_sort(suivis.begin(), suivis.end(), [](const Suivi& a, const Suivi& b) { return a.le < b.le; });
    return suivis;
}

bool deLUsager(const Suivi& s) { return parmi(s.auteur, {"usager", "occupant", "declarant"}); }
bool estRelance(const Suivi& s) { return s.categorie == "ASK_FEEDBACK_SENT"; }

bool relanceSansReponse(const Modele& m) {
    const auto suivis = dansLOrdre(m);
    const auto premiere = std::find_if(suivis.begin(), suivis.end(), estRelance);
    return std::count_if(suivis.begin(), suivis.end(), estRelance) >= 3 && std::none_of(premiere, suivis.end(), deLUsager) &&
           std::any_of(suivis.begin(), suivis.end(), [](const Suivi& s) { return s.visible; });
}

bool nouveauMessage(const Modele& m) {
    const auto suivis = dansLOrdre(m);
    if (suivis.empty() || !parmi(suivis.back().categorie, {"MESSAGE_USAGER", "MESSAGE_USAGER_POST_CLOTURE"})) return false;
    return suivis.size() == 1 || !estRelance(suivis[suivis.size() - 2]);
}

bool messageSansReponse(const Modele& m) {
    const auto suivis = dansLOrdre(m);
    for (std::size_t i = 0; i < suivis.size(); ++i) {
        if (!parmi(suivis[i].categorie, {"MESSAGE_USAGER", "MESSAGE_USAGER_POST_CLOTURE", "DEMANDE_POURSUITE_PROCEDURE"})) continue;
        const bool repondu = std::any_of(suivis.begin() + static_cast<long>(i) + 1, suivis.end(), [](const Suivi& s) {
            return s.visible && !parmi(s.categorie, {"MESSAGE_USAGER", "DEMANDE_POURSUITE_PROCEDURE"});
        });
        for (std::size_t r = 0; r < i && !repondu; ++r) {
            if (!estRelance(suivis[r])) continue;
            const bool entre = std::any_of(suivis.begin() + static_cast<long>(r) + 1, suivis.begin() + static_cast<long>(i),
                                           [](const Suivi& s) { return s.visible; });
            if (!entre) return true;
        }
    }
    return false;
}

bool sansActivite(const Modele& m) {
    const Suivi* derniere = nullptr;
    for (const auto& s : m.suivis) {
        if (parmi(s.categorie, {"MESSAGE_PARTNER", "SIGNALEMENT_IS_ACTIVE"}) && (derniere == nullptr || s.le > derniere->le)) derniere = &s;
    }
    return derniere != nullptr && derniere->le < monde().maintenant() - std::chrono::hours(24 * 60);
}

bool siennes(const Modele& m, const Principal& qui, std::initializer_list<const char*> statuts) {
    return aAffectation(m, [&](const Affecte& a) { return parmi(a.statut, statuts) && qui.actsFor(a.partenaire); });
}

bool activiteRecente(const Modele& m, const Principal& qui) {
    const auto suivis = dansLOrdre(m);
    if (suivis.empty() || suivis.back().le < instant("2026-05-07T12:00:00Z")) return false;
    const auto& s = suivis.back();
    const auto par = !s.compte.empty() ? s.compte : parmi(s.auteur, {"systeme", "import"}) ? "" : s.auteur;
    return !par.empty() && par != qui.subject && s.categorie != "SIGNALEMENT_STATUS_IS_SYNCHRO";
}

bool dansTrouee(const Modele& m) {
    if (!m.position || m.territoire != "13") return false;
    const auto [x, y] = *m.position;
    return x > 5 && x < 6 && y > 43 && y < 44 && !(x >= 5.4 && x <= 5.6 && y >= 43.4 && y <= 43.6);
}

bool dansGard(const Modele& m) {
    return m.position && m.territoire == "30" && m.position->first > 5 && m.position->first < 6 && m.position->second > 43 &&
           m.position->second < 44;
}

std::vector<Filtre> tous() {
    std::vector<Filtre> f;
    f.push_back(simple("territoire", "13", [](const auto& m) { return m.territoire == "13"; }));
    f.push_back(simple("territoire", "75", [](const auto&) { return false; }));
    f.push_back(simple("searchTerms", "2024-17", [](const auto& m) { return m.reference == "2024-17"; }));
    f.push_back(simple("searchTerms", "13001", [](const auto& m) { return m.codePostal == "13001"; }));
    f.push_back(simple("searchTerms", "MAPAIRE", [](const auto& m) { return m.nom == "Mapaire"; }));
    f.push_back(simple("searchTerms", "elod", [](const auto& m) { return m.nom == "Élodie"; }));
    f.push_back(simple("searchTerms", "LEFÈVRE nawell", [](const auto& m) { return m.nom == "Lefèvre" && m.prenom == "Nawell"; }));
    f.push_back(simple("searchTerms", "12bis RUE DE LA PAIX", [](const auto& m) { return m.voie.find("Paix") != std::string::npos; }));
    f.push_back(simple("searchTerms", "d'artagnan", [](const auto& m) {
        return m.nom == "D’Artagnan" || m.voie == "10 D'Artagnan";
    }));
    f.push_back(simple("searchTerms", "coeur joli", [](const auto& m) { return m.voie == "5 bd Cœur-Joli"; }));
    f.push_back(simple("searchTerms", "personne12@exemple.fr", [](const auto& m) { return m.courriel == "personne12@exemple.fr"; }));
    f.push_back(simple("searchTerms", "nimes", [](const auto& m) { return m.commune == "Nîmes"; }));
    // Not wildcards: L-3.
    for (const auto* signe : {"_", "%", "%%", "'", "\\"}) f.push_back(simple("searchTerms", signe, [](const auto&) { return false; }));
    f.push_back(statut("nouveau", "NEED_VALIDATION", "NOUVEAU"));
    f.push_back(statut("en_cours", "ACTIVE", "EN_COURS"));
    f.push_back(statut("ferme", "CLOSED", "FERME"));
    f.push_back(statut("refuse", "REFUSED", "REFUSE"));
    f.push_back(simple("communes", "marseille", [](const auto& m) { return m.commune.starts_with("Marseille"); }));
    f.push_back(simple("communes[]", "ALES", [](const auto& m) { return m.commune == "Alès"; }));
    f.push_back({"communes=Nîmes,13090", {{"communes[]", "Nîmes"}, {"communes[]", "13090"}}, [](const Modele& m, const Principal&) {
                     return m.commune == "Nîmes" || m.codePostal == "13090";
                 }});
    f.push_back(simple("epcis", "200000001", [](const auto& m) { return m.territoire == "13"; }));
    f.push_back(simple("epcis", "200000002", [](const auto& m) { return m.insee == "30189"; }));
    f.push_back(simple("epcis", "999999999", [](const auto&) { return false; }));
    f.push_back(simple("zones", "z-trouee", dansTrouee));
    f.push_back(simple("zones", "z-gard", dansGard));
    f.push_back(simple("zones", "z-inconnue", [](const auto&) { return false; }));
    f.push_back({"zones=2", {{"zones", "z-trouee"}, {"zones", "z-gard"}}, [](const Modele& m, const Principal&) { return dansTrouee(m) || dansGard(m); }});
    f.push_back(simple("zones", "z-double", [](const auto& m) {
        if (!m.position || m.territoire != "13") return false;
        const auto [x, y] = *m.position;
        return (x > 5 && x < 5.2 && y > 43 && y < 43.2) || (x > 5.8 && x < 6 && y > 43.8 && y < 44);
    }));
    // Midnight in Paris is 22:00 UTC of the day before.
    f.push_back(simple("dateDepotDebut", "2026-06-05", [](const auto& m) { return m.deposeLe >= instant("2026-06-04T22:00:00Z"); }));
    f.push_back(simple("dateDepotFin", "2026-06-05", [](const auto& m) { return m.deposeLe < instant("2026-06-05T22:00:00Z"); }));
    f.push_back(simple("dateDernierSuiviDebut", "2026-06-08", [](const auto& m) {
        return dernier(m) != nullptr && dernier(m)->le >= instant("2026-06-07T22:00:00Z");
    }));
    f.push_back({"dateDernierSuivi", {{"dateDernierSuiviDebut", "2026-01-01"}, {"dateDernierSuiviFin", "2026-06-08"}}, [](const Modele& m, const Principal&) {
                     return dernier(m) != nullptr && dernier(m)->le < instant("2026-06-08T22:00:00Z");
                 }});
    f.push_back(simple("partenaires", "p1", [](const auto& m) { return aAffectation(m, [](const Affecte& a) { return a.partenaire == "p1"; }); }));
    f.push_back({"partenaires=2", {{"partenaires[]", "p2"}, {"partenaires[]", "q1"}}, [](const Modele& m, const Principal&) {
                     return aAffectation(m, [](const Affecte& a) { return a.partenaire == "p2" || a.partenaire == "q1"; });
                 }});
    f.push_back(simple("partenaires", "AUCUN", [](const auto& m) { return m.affectations.empty(); }));
    f.push_back({"partenaires=AUCUN,p3", {{"partenaires", "AUCUN"}, {"partenaires", "p3"}}, [](const Modele& m, const Principal&) {
                     return m.affectations.empty() || aAffectation(m, [](const Affecte& a) { return a.partenaire == "p3"; });
                 }});
    f.push_back(simple("bailleurSocial", "b1", [](const auto& m) { return m.social == true && m.denomination == "HABITAT imaginaire"; }));
    for (const auto* qui : {"automatique", "usager", "partenaire"}) {
        f.push_back(simple("typeDernierSuivi", qui, [qui](const auto& m) {
            if (dernier(m) == nullptr) return false;
            const auto& a = dernier(m)->auteur;
            return std::string(deLUsager(*dernier(m)) ? "usager" : parmi(a, {"systeme", "import"}) ? "automatique" : "partenaire") == qui;
        }));
    }
    const auto etat = [&](const char* valeur, const char* statutAffectation) {
        f.push_back(simple("statusAffectation", valeur, [=](const auto& m) {
            return aAffectation(m, [&](const Affecte& a) { return a.statut == statutAffectation; });
        }));
        // D-103: partner and status are those of one affectation.
        f.push_back({std::string("p1 ") + valeur, {{"statusAffectation", valeur}, {"partenaires", "p1"}}, [=](const Modele& m, const Principal&) {
                         return aAffectation(m, [&](const Affecte& a) { return a.statut == statutAffectation && a.partenaire == "p1"; });
                     }});
    };
    etat("accepte", "EN_COURS");
    etat("en_attente", "NOUVEAU");
    etat("refuse", "REFUSE");
    const auto a = [](const Modele& m, const char* un) { return aAffectation(m, [&](const Affecte& x) { return x.statut == un; }); };
    f.push_back(simple("statusAffectation", "aucune_affectation_acceptee", [a](const auto& m) {
        return !m.affectations.empty() && !a(m, "EN_COURS") && !a(m, "FERME");
    }));
    f.push_back(simple("statusAffectation", "cloture_un_partenaire", [a](const auto& m) { return a(m, "FERME") && m.statut != "CLOSED"; }));
    f.push_back(simple("statusAffectation", "cloture_tous_partenaire", [](const auto& m) {
        return !m.affectations.empty() && !aAffectation(m, [](const Affecte& x) { return x.statut != "FERME"; });
    }));
    f.push_back(simple("statusAffectation", "cloture_commune", [](const auto& m) {
        return aAffectation(m, [](const Affecte& x) { return x.statut == "FERME" && (x.partenaire == "p1" || x.partenaire == "q1"); });
    }));
    f.push_back(simple("typeDeclarant", "tiers_pro", [](const auto& m) { return m.profil == "TIERS_PRO"; }));
    f.push_back(simple("typeDeclarant", "bailleur", [](const auto& m) { return m.profil == "BAILLEUR"; }));
    f.push_back(simple("natureParc", "public", [](const auto& m) { return m.social == true; }));
    f.push_back(simple("natureParc", "privee", [](const auto& m) { return m.social == false; }));
    f.push_back(simple("natureParc", "non_renseigne", [](const auto& m) { return !m.social; }));
    f.push_back(simple("allocataire", "caf", [](const auto& m) { return m.allocataire == "CAF"; }));
    f.push_back(simple("allocataire", "msa", [](const auto& m) { return m.allocataire == "MSA"; }));
    f.push_back(simple("allocataire", "oui", [](const auto& m) { return m.allocataire && *m.allocataire != "0"; }));
    f.push_back(simple("allocataire", "non", [](const auto& m) { return m.allocataire == "0"; }));  // D-27
    f.push_back(simple("allocataire", "non_renseigne", [](const auto& m) { return !m.allocataire; }));
    f.push_back(simple("enfantsM6", "oui", [](const auto& m) { return m.enfants == "oui"; }));
    f.push_back(simple("enfantsM6", "non", [](const auto& m) { return m.enfants == "non"; }));
    f.push_back(simple("enfantsM6", "non_renseigne", [](const auto& m) { return !m.enfants; }));
    f.push_back(simple("procedure", "rsd", [](const auto& m) { return procedure(m, "RSD"); }));
    f.push_back(simple("procedure", "insalubrite", [](const auto& m) { return procedure(m, "INSALUBRITE"); }));
    f.push_back(simple("procedure", "non_decence_energetique", [](const auto& m) { return procedure(m, "NON_DECENCE_ENERGETIQUE"); }));
    f.push_back({"motifCloture=peril", {{"motifCloture", "peril"}, {"isImported", "oui"}}, [](const Modele& m, const Principal&) { return m.motif == "PERIL"; }});
    f.push_back(simple("createdFrom", "formulaire-pro", [](const auto& m) { return m.source && parmi(*m.source, {"FORM_PRO_BO", "FORM_SERVICE_SECOURS"}); }));
    f.push_back(simple("createdFrom", "formulaire-usager", [](const auto& m) { return !m.source || parmi(*m.source, {"FORM_USAGER_V2", "IMPORT"}); }));
    f.push_back(simple("createdFrom", "FORM_SERVICE_SECOURS", [](const auto& m) { return m.source == "FORM_SERVICE_SECOURS"; }));
    for (const auto* nom : {"usagerAbandonProcedure", "relanceUsagerSansReponse", "isNouveauMessage", "isMessageWithoutResponse",
                            "isDossiersSansActivite", "isDossiersSansAgent", "isMessagePostCloture", "isActiviteRecente", "showMySignalementsOnly", "mesSuivis"}) {
        f.push_back({nom, {{nom, "oui"}}, [nom](const Modele& m, const Principal& qui) { return attend(nom, m, qui); }});
    }
    f.push_back(simple("situation", "bail_en_cours", [](const auto& m) { return m.bail == "oui"; }));
    f.push_back(simple("occupationLogement", "logement_vacant", [](const auto& m) { return m.vacant; }));
    f.push_back(simple("occupationLogement", "logement_occupe", [](const auto& m) { return !m.vacant; }));
    f.push_back(simple("injonction", "oui", [](const auto& m) { return m.injonction; }));
    f.push_back(simple("injonction", "non", [](const auto& m) { return !m.injonction; }));
    f.push_back(simple("isImported", "oui", [](const auto&) { return true; }));
    return f;
}

}  // namespace

bool attend(const std::string& nom, const Modele& m, const Principal& qui) {
    const bool actif = m.statut == "ACTIVE";
    const bool sien = actif && (!estPartenaire(qui) || siennes(m, qui, {"EN_COURS"}));
    if (nom == "usagerAbandonProcedure") return m.abandon;
    if (nom == "relanceUsagerSansReponse") return sien && relanceSansReponse(m);
    if (nom == "isNouveauMessage") return sien && nouveauMessage(m);
    if (nom == "isMessageWithoutResponse") return sien && messageSansReponse(m);
    if (nom == "isDossiersSansActivite") {
        return actif && (!estPartenaire(qui) || siennes(m, qui, {"EN_COURS", "NOUVEAU"})) && sansActivite(m) &&
               !relanceSansReponse(m) && !messageSansReponse(m);
    }
    if (nom == "isDossiersSansAgent") {
        const bool suivi = std::any_of(m.abonnes.begin(), m.abonnes.end(), [&](const std::string& compte) {
            return std::any_of(qui.partenaires.begin(), qui.partenaires.end(), [&](const auto& p) { return compteDe(p) == compte; });
        });
        return estPartenaire(qui) && siennes(m, qui, {"EN_COURS"}) && !suivi;
    }
    if (nom == "isMessagePostCloture") {
        return m.statut == "CLOSED" && std::any_of(m.suivis.begin(), m.suivis.end(), [&](const Suivi& s) {
                   return s.categorie == "MESSAGE_USAGER_POST_CLOTURE" && (!m.luLe || *m.luLe < s.le);
               });
    }
    if (nom == "isActiviteRecente") return activiteRecente(m, qui);
    if (nom == "showMySignalementsOnly") return std::find(m.abonnes.begin(), m.abonnes.end(), qui.subject) != m.abonnes.end();
    return std::any_of(m.suivis.begin(), m.suivis.end(), [&](const Suivi& s) { return s.compte == qui.subject; });
}

const std::vector<Filtre>& filtres() {
    static const auto kFiltres = tous();
    return kFiltres;
}

bool estListe(const Modele& m, const Principal& qui, bool avecImportes) {
    auto vise = auth::dossierVise(m.uuid, m.territoire, m.statut).value();
    for (const auto& affectation : m.affectations) vise.partenaires.push_back(affectation.partenaire);
    return auth::maySee(qui, vise) && parmi(m.statut, {"NEED_VALIDATION", "ACTIVE", "CLOSED", "REFUSED"}) &&
           (avecImportes || !m.importe);
}

std::set<std::string> attendus(const Principal& qui, const std::vector<const Filtre*>& ensemble) {
    bool avecImportes = false;
    for (const auto* filtre : ensemble) {
        for (const auto& [nom, valeur] : filtre->requete) avecImportes |= nom == "isImported";
    }
    std::set<std::string> uuids;
    for (const auto& m : monde().dossiers()) {
        const bool convient = std::all_of(ensemble.begin(), ensemble.end(), [&](const auto* f) { return f->convient(m, qui); });
        if (convient && estListe(m, qui, avecImportes)) uuids.insert(m.uuid);
    }
    return uuids;
}

}  // namespace histologe::routing::test
