// The questionnaire as people go through it, for each profile: hundreds of ways, driven by the served data alone. Every
// save is held against the rules that the service applies.
#include "tests/unit/intake/parcours.hpp"

#include <catch2/catch.hpp>

#include "libs/domain/desordres/lecture.hpp"
#include "services/intake/domain/construction.hpp"
#include "services/intake/domain/lieu.hpp"
#include "tests/unit/intake/commun.hpp"
#include "tests/unit/intake/complet.hpp"

using namespace histologe;
using namespace histologe::intake;
using namespace histologe::intake::essais;

namespace {

constexpr unsigned kParcours = 260;

Json source(const std::string& nom) {
    if (!nom.starts_with("desordres-")) return core::parseJson(fichier("data/questionnaire/" + nom + ".json"));
    const bool occupe = nom == "desordres-locataire" || nom == "desordres-bailleur_occupant";
    return core::parseJson(
        fichier(occupe ? "data/questionnaire/desordres-occupant.json" : "data/questionnaire/desordres-tiers.json"));
}

const desordres::Catalogue& catalogue() {
    static const auto lu = desordres::loadShippedCatalogue();
    return lu;
}

Contexte lieux() {
    static const auto territoires = domain::Territoires::fromJson(fichier("data/territoires.json"));
    static const auto communes = domain::Communes::fromCsv(fichier("data/communes.csv"));
    Contexte c = contexte();
    c.consentementsToujours = true;
    c.lieu = [](std::string_view codePostal, std::string_view insee) {
        return situationDuLieu(territoires, communes, codePostal, insee);
    };
    return c;
}

// All that the ways of one profile have shown.
struct Bilan {
    std::set<std::string> ecrans;
    std::set<std::string> montres;
    std::set<std::string> caches;
    std::set<std::string> choisis;
    std::set<std::string> precisions;
    std::set<std::string> impasses;
    std::set<std::string> refus;
    std::set<std::string> retours;
    std::set<std::string> muets;  // critères that were ticked and of which nothing came
    unsigned envoyes = 0;
    unsigned abandonnes = 0;
};

bool sauver(Bilan& bilan, const std::string& ecran, const Json& reponses) {
    const Demande demande(reponses);
    for (const auto& violation : valider(demande, lieux())) {
        bilan.refus.insert(ecran + ": " + violation.propriete + ' ' + std::string(codeDe(violation.manquement)) + ' ' +
                           violation.valeur.value_or(""));
    }
    if (!demande.etapeFinale()) return false;
    const auto lues = desordres::precisionsOf(catalogue(), reponses);
    for (const auto slug : catalogue().slugsOf(lues)) bilan.precisions.emplace(slug);
    for (desordres::CritereIndex i = 0; i < catalogue().criteres().size(); ++i) {
        const std::string slug(catalogue().critere(i).slug);
        if (reponses.value(slug, Json()) != 1) continue;
        if (desordres::precisionsOfCritere(catalogue(), i, reponses).empty()) bilan.muets.insert(slug);
    }
    return !lues.empty();
}

const Bilan& bilanDe(Profil profil) {
    static std::map<Profil, Bilan> faits;
    const auto [it, nouveau] = faits.try_emplace(profil);
    Bilan& bilan = it->second;
    if (!nouveau) return bilan;
    const Questionnaire questionnaire(profil, source);
    for (unsigned graine = 1; graine <= kParcours; ++graine) {
        Monde monde;
        if (graine % 3 == 0) monde.territoiresInjonction = {"13", "34", "69A"};
        Parcours parcours(questionnaire, monde, graine);
        if (graine % 4 == 0) parcours.etre(Parcours::Humeur::ToutDeclarer);
        if (graine % 8 == 3) parcours.etre(Parcours::Humeur::Laconique);
        if (graine % 8 == 5) {
            parcours.etre(Parcours::Humeur::RienDeclarer);
            for (const char* cle : {"type_logement_sous_comble_sans_fenetre", "type_logement_sous_sol_sans_fenetre",
                                    "type_logement_commodites_wc_cuisine"}) {
                parcours.imposer(cle, "non");
            }
            for (const char* cle : {"type_logement_commodites_piece_a_vivre_9m", "type_logement_commodites_cuisine",
                                    "type_logement_commodites_salle_de_bain", "type_logement_commodites_wc"}) {
                parcours.imposer(cle, "oui");
            }
            parcours.imposer("composition_logement_superficie", "90");
        }
        const auto fin = parcours.mener(
            [&bilan](const std::string& ecran, const Json& reponses) { return sauver(bilan, ecran, reponses); });
        bilan.ecrans.insert(parcours.chemin().begin(), parcours.chemin().end());
        bilan.montres.insert(parcours.montres().begin(), parcours.montres().end());
        bilan.caches.insert(parcours.caches().begin(), parcours.caches().end());
        bilan.choisis.insert(parcours.choisis().begin(), parcours.choisis().end());
        bilan.retours.insert(parcours.retours().begin(), parcours.retours().end());
        if (fin == Parcours::Fin::Envoye) ++bilan.envoyes;
        if (fin == Parcours::Fin::Abandonne) ++bilan.abandonnes;
        if (fin == Parcours::Fin::Impasse) bilan.impasses.insert(parcours.impasse());
    }
    return bilan;
}

using Ensemble = std::set<std::string>;

}  // namespace

TEST_CASE("questionnaire: each profile reaches the submission, and no way ends before") {
    for (const Profil profil : kTousLesProfils) {
        INFO(motDe(profil));
        const Bilan& bilan = bilanDe(profil);
        CHECK(bilan.impasses == Ensemble{});
        CHECK(bilan.envoyes + bilan.abandonnes == kParcours);
        CHECK(bilan.envoyes > kParcours / 2);
        // Whoever describes nothing may give up, as well as begin again.
        CHECK(bilan.abandonnes > 0);
    }
}

TEST_CASE("questionnaire: what a profile is let answer, the service takes at every save") {
    for (const Profil profil : kTousLesProfils) {
        INFO(motDe(profil));
        CHECK(bilanDe(profil).refus == Ensemble{});
    }
}

TEST_CASE("questionnaire: every screen is reached by some answers") {
    for (const Profil profil : kTousLesProfils) {
        INFO(motDe(profil));
        Ensemble jamais;
        const Questionnaire questionnaire(profil, source);
        for (const auto& [slug, ecran] : questionnaire.ecrans()) {
            if (bilanDe(profil).ecrans.count(slug) == 0) jamais.insert(slug);
        }
        // The two ends of the dialogue on what was declared before.
        CHECK(jamais == Ensemble{"draft_mail", "lien_suivi_mail"});
    }
}

namespace {

// The lists, each with the profiles that go through it.
const std::map<std::string, std::vector<Profil>>& listes() {
    using enum Profil;
    static const std::map<std::string, std::vector<Profil>> kListes = {
        {"questions-tous", {Locataire, BailleurOccupant, TiersParticulier, TiersPro, Bailleur, ServiceSecours}},
        {"questions-locataire", {Locataire}},
        {"questions-bailleur_occupant", {BailleurOccupant}},
        {"questions-tiers_particulier", {TiersParticulier}},
        {"questions-tiers_pro", {TiersPro}},
        {"questions-bailleur", {Bailleur}},
        {"questions-service_secours", {ServiceSecours}},
        {"desordres-occupant", {Locataire, BailleurOccupant}},
        {"desordres-tiers", {TiersParticulier, TiersPro, Bailleur, ServiceSecours}}};
    return kListes;
}

// What some profile of the list has seen.
Ensemble vus(const std::vector<Profil>& profils, Ensemble Bilan::*quoi) {
    Ensemble tous;
    for (const Profil profil : profils) {
        const auto& siens = bilanDe(profil).*quoi;
        tous.insert(siens.begin(), siens.end());
    }
    return tous;
}

void pourChaqueComposant(const std::function<void(const std::string& liste, const Composant&)>& essai) {
    for (const auto& [liste, profils] : listes()) {
        const Questionnaire questionnaire(profils.front(), source);
        const Parcours personne(questionnaire, {}, 1);
        const Json ecrans = core::parseJson(fichier("data/questionnaire/" + liste + ".json"));
        for (const Json& ecran : ecrans) {
            for (const auto& composant : personne.composants(ecran.at("slug"))) essai(liste, composant);
        }
    }
}

}  // namespace

TEST_CASE("questionnaire: every component is shown to some, and hidden from some when it has a condition") {
    Ensemble jamaisMontres;
    Ensemble jamaisCaches;
    std::map<std::string, std::pair<Ensemble, Ensemble>> parListe;
    for (const auto& [liste, profils] : listes()) {
        parListe[liste] = {vus(profils, &Bilan::montres), vus(profils, &Bilan::caches)};
    }
    pourChaqueComposant([&](const std::string& liste, const Composant& composant) {
        const auto& [montres, caches] = parListe.at(liste);
        if (montres.count(composant.nom) == 0) jamaisMontres.insert(liste + ' ' + composant.nom);
        if (composant.json->contains("show") && caches.count(composant.nom) == 0) {
            jamaisCaches.insert(liste + ' ' + composant.nom);
        }
    });
    CHECK(jamaisMontres == Ensemble{});
    CHECK(jamaisCaches == Ensemble{});
}

TEST_CASE("questionnaire: every choice is made by some") {
    Ensemble jamais;
    std::map<std::string, Ensemble> parListe;
    for (const auto& [liste, profils] : listes()) parListe[liste] = vus(profils, &Bilan::choisis);
    pourChaqueComposant([&](const std::string& liste, const Composant& composant) {
        if (!composant.json->contains("values")) return;
        for (const Json& choix : composant.json->at("values")) {
            const auto un =
                composant.nom.substr(0, composant.nom.find('#')) + '=' + choix.at("value").get<std::string>();
            if (parListe.at(liste).count(un) == 0) jamais.insert(liste + ' ' + un);
        }
    });
    CHECK(jamais == Ensemble{});
}

TEST_CASE("questionnaire: the way back is the way that was come, and there is one from every screen") {
    for (const Profil profil : kTousLesProfils) {
        INFO(motDe(profil));
        CHECK(bilanDe(profil).retours == Ensemble{});
    }
}

TEST_CASE("questionnaire: every désordre of the catalogue is reached by some answers") {
    Ensemble vues;
    for (const Profil profil : kTousLesProfils) {
        vues.insert(bilanDe(profil).precisions.begin(), bilanDe(profil).precisions.end());
    }
    Ensemble jamais;
    for (const auto& precision : catalogue().precisions()) {
        const std::string slug(precision.slug);
        // Those are chosen by name in the form that the rescue services have to themselves.
        if (slug.starts_with("desordres_service_secours_")) continue;
        if (vues.count(slug) == 0) jamais.insert(slug);
    }
    CHECK(jamais == Ensemble{});
}

TEST_CASE("questionnaire: what is ticked and told in full declares something") {
    // Dead ends of the form in service (reference of scoring, 3.3): the box was ticked, every question answered, and
    // nothing came of it.
    const auto declare = [](Json reponses) {
        Ensemble slugs;
        reponses["composition_logement_piece_unique"] = "plusieurs_pieces";
        for (const auto slug : catalogue().slugsOf(desordres::precisionsOf(catalogue(), reponses))) slugs.emplace(slug);
        return slugs;
    };
    const std::string ventilation = "desordres_logement_aeration_ventilation_defectueuse";
    for (const char* nettoyage : {"oui", "non", "nsp"}) {
        INFO(nettoyage);
        CHECK(declare({{"categorieDisorders", {{"logement", {"desordres_logement_aeration"}}}},
                       {ventilation, 1},
                       {ventilation + "_details_nettoyage", nettoyage},
                       {ventilation + "_details_pieces", 1},
                       {ventilation + "_details_pieces_cuisine", 1}}) ==
              Ensemble{ventilation + "_details_pieces_cuisine_nettoyage_" + nettoyage});
    }
    // Three boxes may be ticked and then taken back by the answers beneath: no floor gives way, no stair is unsafe, no
    // room has a low ceiling.
    Ensemble muets;
    for (const Profil profil : kTousLesProfils) {
        muets.insert(bilanDe(profil).muets.begin(), bilanDe(profil).muets.end());
    }
    CHECK(muets == Ensemble{"desordres_batiment_securite_escalier", "desordres_batiment_securite_sol",
                            "desordres_logement_lumiere_plafond_trop_bas"});
    // Both lists ask the rooms whatever is said of the cleaning, and the rooms that have no heating.
    for (const char* liste : {"desordres-occupant", "desordres-tiers"}) {
        const auto& profils = listes().at(liste);
        const Questionnaire questionnaire(profils.front(), source);
        const Parcours personne(questionnaire, {}, 1);
        for (const auto& composant : personne.composants("desordres_logement_aeration")) {
            if (composant.json->at("slug") != ventilation + "_details_pieces") continue;
            CHECK(composant.json->at("show").at("all").at(0).at("op") == "not_empty");
        }
    }
}
