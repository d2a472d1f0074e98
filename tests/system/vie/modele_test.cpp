// Random people do random things to a few dossiers; after each of them the tables of transitions say what must have become of
// everything.
#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <set>

#include "services/routing/domain/machine.hpp"
#include "tests/system/vie/banc.hpp"

using namespace histologe;
using namespace histologe::routing;
using namespace histologe::routing::test;
using core::Json;
using domain::StatutDossier;

namespace {

struct Modele {
    std::string uuid;
    StatutDossier statut;
    std::map<std::string, EtatAffectation> affectations;

    [[nodiscard]] std::string dit() const {
        std::string texte;
        for (const auto& [partenaire, etat] : affectations) texte += (texte.empty() ? "" : " ") + partenaire + ":" + std::string(nomDe(etat));
        return texte;
    }
};

const std::vector<std::string> kPartenaires = {"p1", "p2", "p3", "p5"};
const std::vector<std::string> kSurDossier = {"valider", "refuser", "fermer", "rouvrir", "archiver", "desarchiver", "fermer_injonction"};
const std::vector<std::string> kSurAffectation = {"accepter", "refuser", "fermer", "rouvrir", "reinitialiser", "retirer"};

struct Personnage {
    auth::Principal qui;
    std::string partenaire;  // for whom
    bool logiciel = false;

    [[nodiscard]] Acteurs surDossier() const {
        if (qui.isSuperAdmin()) return static_cast<Acteurs>(masque({Acteur::SuperAdmin}));
        return qui.role == auth::Role::ResponsableTerritoire && qui.isMemberOf("13") ? static_cast<Acteurs>(masque({Acteur::Responsable})) : Acteurs{0};
    }
    [[nodiscard]] Acteurs surAffectation(const std::string& de) const {
        auto acteurs = static_cast<std::uint32_t>(surDossier());
        if (de == partenaire) acteurs |= logiciel ? masque({Acteur::Logiciel}) : masque({Acteur::Membre});
        return static_cast<Acteurs>(acteurs);
    }
    [[nodiscard]] bool voit(const Modele& modele) const {
        if (qui.isSuperAdmin()) return true;
        if (modele.statut == StatutDossier::Archive || !qui.isMemberOf("13")) return false;
        return qui.role == auth::Role::ResponsableTerritoire || modele.affectations.contains(partenaire);
    }
};

// What the history says: one line after the other, from what was to what is.
void rejouer(const Modele& modele, StatutDossier depart, const std::map<std::string, EtatAffectation>& affectations) {
    std::string statut(domain::nameOf(depart));
    std::map<std::string, std::string> etats;
    for (const auto& [partenaire, etat] : affectations) etats[partenaire] = nomDe(etat);
    std::vector<Json> lignes;
    std::string curseur;
    do {
        std::vector<std::pair<std::string, std::string>> requete = {{"limite", "100"}};
        if (!curseur.empty()) requete.emplace_back("curseur", curseur);
        const auto page = banc().appeler("listHistorique", admin(), modele.uuid, nullptr, {}, requete).corps.at("lignes");
        for (const auto& une : page) lignes.push_back(une);
        curseur = page.size() == 100 ? std::to_string(page.back().at("rang").get<long long>()) : "";
    } while (!curseur.empty());
    for (auto ligne = lignes.rbegin(); ligne != lignes.rend(); ++ligne) {
        const auto avant = ligne->at("avant").is_null() ? Json("") : ligne->at("avant").at("statut");
        const auto apres = ligne->at("apres").is_null() ? std::string() : ligne->at("apres").at("statut").get<std::string>();
        if (ligne->at("objet") == "dossier") {
            REQUIRE(avant == statut);
            statut = apres;
        } else {
            auto& etat = etats[ligne->at("partenaire").at("id").get<std::string>()];
            REQUIRE(avant == etat);
            etat = apres;
        }
    }
    std::erase_if(etats, [](const auto& une) { return une.second.empty(); });
    std::string dit;
    for (const auto& [partenaire, etat] : etats) dit += (dit.empty() ? "" : " ") + partenaire + ":" + etat;
    CHECK(statut == domain::nameOf(modele.statut));
    CHECK(dit == modele.dit());
}

// How many answers of each status the walk met.
std::map<int, int> marcher(int actions, unsigned graine) {
    // Whoever worked for these partners before: nobody has to be chosen who follows.
    banc().executer("UPDATE comptes SET statut = 'ARCHIVE'");
    std::mt19937 hasard(graine);
    const auto un = [&](std::size_t combien) { return static_cast<std::size_t>(hasard() % combien); };
    std::vector<Personnage> gens = {{admin(), "", false}, {responsable(), "", false},
                                    {personne(auth::Role::ResponsableTerritoire, {"30"}, {}, "voisin"), "", false}};
    for (const auto& partenaire : kPartenaires) {
        gens.push_back({membre(partenaire), partenaire, false});
        gens.push_back({logiciel(partenaire), partenaire, true});
    }
    std::vector<Modele> modeles;
    std::vector<Modele> departs;
    for (const auto statut : {StatutDossier::Nouveau, StatutDossier::Nouveau, StatutDossier::EnCours, StatutDossier::Injonction}) {
        Modele modele{banc().dossier(std::string(domain::nameOf(statut)), statut == StatutDossier::EnCours
                                                                              ? std::vector<std::pair<std::string, std::string>>{{"p1", "NOUVEAU"}}
                                                                              : std::vector<std::pair<std::string, std::string>>{}),
                      statut, {}};
        if (statut == StatutDossier::EnCours) modele.affectations["p1"] = EtatAffectation::Nouveau;
        modeles.push_back(modele);
    }
    departs = modeles;
    std::map<int, int> reponses;
    for (int i = 0; i < actions; ++i) {
        auto& modele = modeles[un(modeles.size())];
        const auto& qui = gens[un(gens.size())];
        const auto gardes = gardesDuDossier(modele.statut);
        const bool voit = qui.voit(modele);
        const auto quoi = un(3);
        Reponse reponse;
        int attendu = 404;
        if (quoi == 0) {
            const auto& action = kSurDossier[un(kSurDossier.size())];
            Json corps = {{"action", action}, {"texte", kTexte}, {"visibleUsager", un(2) == 0}, {"partenaires", Json::array()}};
            corps["motif"] = action == "fermer" ? "PERIL" : action == "refuser" ? "DOUBLON" : "AUTRE";
            if (action == "rouvrir") {
                for (const auto& [partenaire, etat] : modele.affectations) {
                    if ((etat == EtatAffectation::Ferme || etat == EtatAffectation::Refuse) && un(2) == 0) corps["partenaires"].push_back(partenaire);
                }
            }
            reponse = banc().agir(qui.qui, modele.uuid, corps);
            const auto* ligne = permise(machineDossier(), action, modele.statut, qui.surDossier(), gardes);
            if (voit) attendu = ligne != nullptr ? 200 : sienne(machineDossier(), action, qui.surDossier()) ? 409 : 403;
            if (attendu == 200) {
                modele.statut = ligne->vers;
                for (auto& [partenaire, etat] : modele.affectations) {
                    if (action == "fermer" && (etat == EtatAffectation::Nouveau || etat == EtatAffectation::EnCours)) etat = EtatAffectation::Ferme;
                    if (action == "archiver" && etat == EtatAffectation::Nouveau) etat = EtatAffectation::Absente;
                }
                for (const auto& partenaire : corps.at("partenaires")) modele.affectations[partenaire.get<std::string>()] = EtatAffectation::Nouveau;
                std::erase_if(modele.affectations, [](const auto& une) { return une.second == EtatAffectation::Absente; });
            }
        } else if (quoi == 1) {
            const auto& partenaire = kPartenaires[un(kPartenaires.size())];
            const bool enleve = un(3) == 0;
            reponse = enleve ? banc().repartir(qui.qui, modele.uuid, {}, {partenaire}) : banc().repartir(qui.qui, modele.uuid, {partenaire});
            const bool la = modele.affectations.contains(partenaire);
            const bool aide = modele.statut != StatutDossier::Injonction || partenaire == "p3";
            if (voit) {
                const bool permet = (gardes & masque({Garde::DossierTraite})) != 0;
                attendu = qui.surDossier() == 0 ? 403 : !permet ? 409 : enleve ? (la ? 200 : 400) : !aide ? 400 : la ? 409 : 200;
            }
            if (attendu == 200 && enleve) modele.affectations.erase(partenaire);
            if (attendu == 200 && !enleve) modele.affectations[partenaire] = EtatAffectation::Nouveau;
        } else {
            if (modele.affectations.empty()) continue;
            auto choisie = modele.affectations.begin();
            std::advance(choisie, static_cast<std::ptrdiff_t>(un(modele.affectations.size())));
            const auto& action = kSurAffectation[un(kSurAffectation.size())];
            Json corps = {{"action", action}, {"texte", kTexte}, {"visibleUsager", true}, {"motif", "AUTRE"}, {"travaux", "OUI"}};
            const auto partenaire = choisie->first;
            reponse = banc().repondre(qui.qui, modele.uuid, partenaire, corps);
            const auto acteurs = qui.surAffectation(partenaire);
            const auto* ligne = permise(machineAffectation(), action, choisie->second, acteurs, gardes);
            const bool aide = action != "reinitialiser" || modele.statut != StatutDossier::Injonction || partenaire == "p3";
            if (voit) attendu = ligne != nullptr ? (aide ? 200 : 400) : sienne(machineAffectation(), action, acteurs) ? 409 : 403;
            if (attendu == 200) choisie->second = ligne->vers;
            std::erase_if(modele.affectations, [](const auto& une) { return une.second == EtatAffectation::Absente; });
        }
        INFO(i << " " << auth::nameOf(qui.qui.role) << " " << quoi << " " << reponse.corps.dump());
        REQUIRE(reponse.status == attendu);
        REQUIRE(banc().statut(modele.uuid) == domain::nameOf(modele.statut));
        REQUIRE(banc().affectations(modele.uuid) == modele.dit());
        ++reponses[attendu];
        // What ends for good is begun anew elsewhere.
        if (modele.statut == StatutDossier::InjonctionCloturee && un(4) == 0) {
            const auto place = static_cast<std::size_t>(&modele - modeles.data());
            rejouer(modele, departs[place].statut, departs[place].affectations);
            modele = {banc().dossier("INJONCTION_BAILLEUR"), StatutDossier::Injonction, {}};
            departs[place] = modele;
        }
    }
    for (std::size_t i = 0; i < modeles.size(); ++i) rejouer(modeles[i], departs[i].statut, departs[i].affectations);
    CHECK(banc().lignes("SELECT ou || ' ' || quoi || ' ' || ecart FROM recherche_ecarts").empty());
    return reponses;
}

}  // namespace

TEST_CASE("random sequences by random people never leave the tables, and the history replays to the same state") {
    auto reponses = marcher(400, 20261125);
    // The walk saw everything there is to see.
    for (const int status : {200, 403, 404, 409}) CHECK(reponses[status] > 0);
}

TEST_CASE("ten thousand actions by random people never leave the tables", "[slow]") {
    auto reponses = marcher(10'000, 7);
    for (const int status : {200, 403, 404, 409}) CHECK(reponses[status] > 0);
}
