// The tables of transitions, drawn and held against the reference of routing, 3. (User demand P-031.)
#include "services/routing/domain/machine.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <string>

#include "services/routing/domain/motifs.hpp"
#include "services/routing/domain/textes_vie.hpp"

using namespace histologe::routing;
using histologe::domain::StatutDossier;

namespace {

template <typename Etat>
std::string dessiner(std::span<const Transition<Etat>> machine, int etats) {
    std::string dessin;
    for (const auto& une : machine) {
        dessin += std::string(une.action) + ":";
        for (int i = 0; i < etats; ++i) {
            if (une.depuis(static_cast<Etat>(i))) dessin += " " + std::string(nomDe(static_cast<Etat>(i)));
        }
        dessin += " -> " + std::string(nomDe(une.vers)) + " |";
        for (int i = 0; i < kActeurs; ++i) {
            if (contient(une.qui, static_cast<Acteur>(i))) dessin += " " + std::string(nomDe(static_cast<Acteur>(i)));
        }
        dessin += "\n";
    }
    return dessin;
}

}  // namespace

TEST_CASE("the machine of the dossier is this one") {
    CHECK(dessiner(machineDossier(), 9) ==
          "orienter: NEED_VALIDATION -> ACTIVE | systeme\n"
          "valider: NEED_VALIDATION -> ACTIVE | super_admin responsable_territoire\n"
          "refuser: NEED_VALIDATION -> REFUSED | super_admin responsable_territoire\n"
          "fermer: ACTIVE -> CLOSED | super_admin responsable_territoire\n"
          "rouvrir: CLOSED REFUSED -> ACTIVE | super_admin responsable_territoire\n"
          "archiver: CLOSED REFUSED -> ARCHIVED | super_admin responsable_territoire\n"
          "desarchiver: ARCHIVED -> ACTIVE | super_admin\n"
          "basculer: INJONCTION_BAILLEUR -> NEED_VALIDATION | systeme usager bailleur\n"
          "cloturer_injonction: INJONCTION_BAILLEUR -> INJONCTION_CLOSED | systeme usager\n"
          "fermer_injonction: INJONCTION_BAILLEUR -> INJONCTION_CLOSED | super_admin\n");
}

TEST_CASE("the machine of the affectation is this one") {
    CHECK(dessiner(machineAffectation(), kEtatsAffectation) ==
          "orienter: ABSENTE -> NOUVEAU | systeme\n"
          "affecter: ABSENTE -> NOUVEAU | super_admin responsable_territoire repartiteur\n"
          "accepter: NOUVEAU REFUSE -> EN_COURS | membre\n"
          "accepter: NOUVEAU REFUSE -> EN_COURS | logiciel\n"
          "refuser: NOUVEAU -> REFUSE | membre\n"
          "refuser: NOUVEAU -> REFUSE | logiciel\n"
          "fermer: EN_COURS -> FERME | membre\n"
          "fermer: EN_COURS -> FERME | logiciel\n"
          "rouvrir: FERME -> NOUVEAU | membre\n"
          "rouvrir: FERME -> NOUVEAU | logiciel\n"
          "reinitialiser: REFUSE FERME -> NOUVEAU | super_admin responsable_territoire\n"
          "retirer: NOUVEAU EN_COURS REFUSE FERME -> ABSENTE | super_admin responsable_territoire repartiteur\n"
          "fermer_avec: NOUVEAU EN_COURS -> FERME | systeme\n"
          "remettre: REFUSE FERME -> NOUVEAU | systeme\n"
          "retirer_avec: NOUVEAU -> ABSENTE | systeme\n");
}

TEST_CASE("one name means one thing for one person in one state") {
    const auto unSeul = [](const auto& machine, int etats) {
        std::set<std::string> vues;
        for (const auto& une : machine) {
            for (int etat = 0; etat < etats; ++etat) {
                for (int acteur = 0; acteur < kActeurs; ++acteur) {
                    if ((une.de & (1U << etat)) == 0 || (une.qui & (1U << acteur)) == 0) continue;
                    INFO(une.action << " " << etat << " " << acteur);
                    CHECK(vues.insert(std::string(une.action) + "/" + std::to_string(etat) + "/" + std::to_string(acteur)).second);
                }
            }
        }
    };
    unSeul(machineDossier(), 9);
    unSeul(machineAffectation(), kEtatsAffectation);
}

TEST_CASE("nothing leads to a draft, nothing leaves a closed injonction, and every other status can be reached and left") {
    std::uint32_t atteints = 0;
    std::uint32_t quittes = 0;
    for (const auto& une : machineDossier()) {
        atteints |= masque({une.vers});
        quittes |= une.de;
    }
    for (const auto brouillon : {StatutDossier::Brouillon, StatutDossier::BrouillonArchive}) {
        CHECK_FALSE(contient(atteints, brouillon));
        CHECK_FALSE(contient(quittes, brouillon));
    }
    CHECK_FALSE(contient(quittes, StatutDossier::InjonctionCloturee));
    for (const auto statut : {StatutDossier::Nouveau, StatutDossier::EnCours, StatutDossier::Ferme, StatutDossier::Refuse,
                              StatutDossier::Archive, StatutDossier::Injonction}) {
        CHECK(contient(quittes, statut));
        CHECK((contient(atteints, statut) || statut == StatutDossier::Injonction));
    }
}

TEST_CASE("quirk 11: nobody closes an injonction as an ordinary dossier") {
    const auto tous = static_cast<Acteurs>((1U << kActeurs) - 1);
    CHECK(permise(machineDossier(), "fermer", StatutDossier::Injonction, tous, gardesDuDossier(StatutDossier::Injonction)) == nullptr);
    CHECK(permise(machineDossier(), "fermer", StatutDossier::EnCours, tous, gardesDuDossier(StatutDossier::EnCours)) != nullptr);
}

TEST_CASE("systems act on active dossiers alone, partners in an injonction too") {
    const auto injonction = gardesDuDossier(StatutDossier::Injonction);
    const auto logiciel = static_cast<Acteurs>(masque({Acteur::Logiciel}));
    const auto membre = static_cast<Acteurs>(masque({Acteur::Membre}));
    CHECK(permise(machineAffectation(), "accepter", EtatAffectation::Nouveau, logiciel, injonction) == nullptr);
    CHECK(permise(machineAffectation(), "accepter", EtatAffectation::Nouveau, membre, injonction) != nullptr);
    for (const auto statut : {StatutDossier::Nouveau, StatutDossier::Ferme, StatutDossier::Refuse, StatutDossier::Archive,
                              StatutDossier::InjonctionCloturee}) {
        CHECK(permises(machineAffectation(), EtatAffectation::EnCours, membre, gardesDuDossier(statut)).empty());
    }
}

TEST_CASE("the lists of motives are the reference's") {
    CHECK(motifsDe(ListeMotifs::RefusDossier).size() == 3);
    CHECK(motifsDe(ListeMotifs::RefusAffectation).size() == 4);
    CHECK(motifsDe(ListeMotifs::ClotureDossier).size() == 15);
    CHECK(motifsDe(ListeMotifs::ClotureAffectation).size() == 14);
    CHECK(motifsDe(ListeMotifs::ClotureAffectation, true).size() == 14);
    CHECK(motifsDe(ListeMotifs::ClotureInjonction).size() == 4);
    CHECK_FALSE(estUnMotif(ListeMotifs::ClotureAffectation, "LOGEMENT_VENDU", true));
    CHECK(estUnMotif(ListeMotifs::ClotureAffectation, "LOGEMENT_VENDU"));
    CHECK_FALSE(estUnMotif(ListeMotifs::RefusDossier, "HORS_COMPETENCE"));
    int travaux = 0;
    for (const auto& motif : motifsDe(ListeMotifs::ClotureAffectation)) travaux += veutLesTravaux(motif.code) ? 1 : 0;
    CHECK(travaux == 7);
    CHECK_FALSE(veutLesTravaux("DOUBLON"));
    CHECK(motsDuMotif("D_UN_AUTRE_TEMPS") == "D_UN_AUTRE_TEMPS");
}

TEST_CASE("D-88: words are ten characters at least, no pasted picture, nothing that nobody types") {
    CHECK(refusDesMots("neuf car.") == "trop_court");
    CHECK(refusDesMots("   neuf car.     ") == "trop_court");
    CHECK(refusDesMots("dix caract").empty());
    CHECK(refusDesMots("éàüéàüéàüé").empty());
    CHECK(refusDesMots(std::string(10'000, 'a')).empty());
    CHECK(refusDesMots(std::string(10'001, 'a')) == "trop_long");
    CHECK(refusDesMots("Voici <img src=\"data:image/png;base64,AAAA\"> la photo") == "image_collee");
    CHECK(refusDesMots(std::string("avec un \x01 dedans, voilà")) == "caractere_interdit");
    CHECK(refusDesMots(std::string("deux lignes\nun tab\tc'est bien")).empty());
}

TEST_CASE("what is told of a transition") {
    CHECK(raconter({"refuser", false, {}, "DOUBLON", {}, " Voir 2026-4, merci. "}) ==
          "Le signalement n'est pas retenu.\nMotif : ce logement a déjà un dossier.\nPlus précisément : Voir 2026-4, merci.");
    CHECK(raconter({"fermer", true, "Ville", "DEPART_OCCUPANT", "EN_COURS", "Il est parti."}) ==
          "Ville a terminé ce qu'il avait à faire dans ce dossier.\nMotif : l'occupant est parti.\n"
          "Les travaux de mise en conformité sont en cours.\nPlus précisément : Il est parti.");
    CHECK(raconter({"rouvrir", false, {}, {}, {}, {}}) == "Le dossier est rouvert.");
}
