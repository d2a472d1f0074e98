// A signalement that an agent writes step by step.
#include "services/intake/domain/saisie.hpp"

#include <catch2/catch.hpp>

#include "libs/domain/desordres/lecture.hpp"
#include "services/intake/domain/desordres_choisis.hpp"
#include "services/intake/domain/evenement_fiche.hpp"

using namespace histologe;
using namespace histologe::intake;
using core::Json;

namespace {

const desordres::Catalogue& catalogue() {
    static const auto kCatalogue = desordres::loadShippedCatalogue();
    return kCatalogue;
}

ContexteDeSection contexte() {
    ContexteDeSection c;
    c.aujourdhui = std::chrono::year(2026) / 11 / 25;
    c.ouvertSeulement = true;
    c.lieu = [](std::string_view codePostal, std::string_view insee) {
        return SituationDuLieu{codePostal.substr(0, 2) == insee.substr(0, 2), codePostal != "05000"};
    };
    return c;
}

Json adresse(const char* profil = "LOCATAIRE") {
    return {{"profileDeclarant", profil},
            {"adresseOccupant", "12 rue des Fleurs"},
            {"cpOccupant", "13001"},
            {"villeOccupant", "Marseille"},
            {"inseeOccupant", "13201"},
            {"isLogementSocial", "non"},
            {"natureLogement", "appartement"},
            {"nbOccupantsLogement", 3},
            {"latitude", 43.3},
            {"longitude", 5.37}};
}

Json etapes(const char* profil = "LOCATAIRE") {
    return {{"adresse", adresse(profil)},
            {"coordonnees",
             {{"nomOccupant", "Durand"},
              {"prenomOccupant", "Léa"},
              {"nomDeclarant", "Petit"},
              {"mailDeclarant", "petit@example.org"}}},
            {"desordres",
             {{"details", "Il fait froid."},
              {"desordres", Json::array({{{"critere", "desordres_batiment_proprete_interieur"}}})}}}};
}

std::map<std::string, std::string> refus(std::string_view etape, const Json& corps,
                                         const Json& autres = Json::object()) {
    std::map<std::string, std::string> codes;
    for (const auto& v : examinerEtapeDeSaisie(etape, corps, autres, catalogue(), contexte())) codes[v.champ] = v.code;
    return codes;
}

Fiche fiche(const Json& toutes) {
    auto assemblee = assembler(toutes, catalogue(), contexte());
    acheverFiche(assemblee);
    return assemblee;
}

std::vector<std::string> manquent(const Json& toutes) {
    std::vector<std::string> champs;
    for (const auto& v : bloquants(fiche(toutes), catalogue())) champs.push_back(v.champ);
    return champs;
}

}  // namespace

TEST_CASE("the steps of a draft make a signalement") {
    const auto f = fiche(etapes());
    CHECK(f.contenu.at("profilDeclarant") == "LOCATAIRE");
    CHECK(f.contenu.at("declarePourAutrui") == false);
    CHECK(f.contenu.at("adresse").at("libelle") == "12 rue des Fleurs 13001 Marseille");
    CHECK(f.contenu.at("adresse").at("geoloc").at("lat") == 43.3);
    CHECK(f.contenu.at("adresse").at("saisieManuelle") == false);
    CHECK(f.contenu.at("occupant").at("nom") == "Durand");
    CHECK(f.contenu.at("occupant").at("profil") == "LOCATAIRE");
    CHECK(f.contenu.at("declarant").at("nom").is_null());  // the occupant declares: there is nobody else
    CHECK(f.contenu.at("logement").at("social") == false);
    CHECK(f.contenu.at("message") == "Il fait froid.");
    CHECK(f.reponses.at("composition_logement_nombre_personnes") == "3");
    CHECK(f.reponses.at("precisionsChoisies").size() == 1);
    CHECK(manquent(etapes()).empty());
}

TEST_CASE("who declares for somebody else is asked who he is") {
    auto sans = etapes("TIERS_PRO");
    sans["coordonnees"].erase("mailDeclarant");
    CHECK(refus("coordonnees", sans["coordonnees"], sans).at("mailDeclarant") == "obligatoire");
    CHECK(manquent(sans) == std::vector<std::string>{"coordonnees.mailDeclarant"});
    const auto f = fiche(etapes("TIERS_PRO"));
    CHECK(f.contenu.at("declarant").at("lien") == "PRO");
    CHECK(f.contenu.at("declarePourAutrui") == true);
    CHECK(f.contenu.at("declarant").at("courriel") == "petit@example.org");
}

TEST_CASE("an agent is never written down as the occupant") {
    auto sans = etapes();
    sans["coordonnees"] = Json::object();
    const auto f = fiche(sans);
    CHECK(f.contenu.at("occupant").at("nom").is_null());
    CHECK(f.contenu.at("occupant").at("courriel").is_null());
    CHECK(manquent(sans).size() == 2);
}

TEST_CASE("nobody's name is asked for in an empty dwelling") {
    auto vide = etapes();
    vide["adresse"]["profileOccupant"] = "vacant";
    vide["coordonnees"] = Json::object();
    CHECK(refus("coordonnees", Json::object(), vide).empty());
    CHECK(manquent(vide).empty());
    CHECK(fiche(vide).contenu.at("logement").at("vacant") == true);
    CHECK(refus("coordonnees", Json::object(), etapes()).at("nomOccupant") == "obligatoire");
}

TEST_CASE("D-31: a step is judged by its own fields") {
    const Json faux = {{"adresse", adresse()}, {"coordonnees", {{"mailOccupant", "faux"}}}};
    CHECK(refus("logement", {{"superficie", 40}}, faux).empty());
    CHECK(refus("coordonnees", {{"nomOccupant", "A"}, {"prenomOccupant", "B"}, {"mailOccupant", "faux"}}, faux)
              .at("mailOccupant") == "courriel_invalide");
}

TEST_CASE("D-35: without a profile the address step is refused, not broken") {
    auto sans = adresse();
    sans.erase("profileDeclarant");
    CHECK(refus("adresse", sans, {{"adresse", sans}}).at("profileDeclarant") == "obligatoire");
    sans["profileDeclarant"] = "AUTRE";
    CHECK(refus("adresse", sans, {{"adresse", sans}}).at("profileDeclarant") == "choix_inconnu");
}

TEST_CASE("the address step knows where the service is open") {
    auto la = adresse();
    la["cpOccupant"] = "05000";
    la["inseeOccupant"] = "05061";
    CHECK(refus("adresse", la, {{"adresse", la}}).at("cpOccupant") == "territoire_ferme");
    auto moitie = adresse();
    moitie.erase("longitude");
    CHECK(refus("adresse", moitie, {{"adresse", moitie}}).at("longitude") == "obligatoire");
}

TEST_CASE("D-20: more children than people") {
    auto trop = adresse();
    trop["nbOccupantsLogement"] = "2";
    trop["nbEnfantsDansLogement"] = "10";
    CHECK(refus("adresse", trop, {{"adresse", trop}}).at("nbEnfantsDansLogement") == "enfants_trop_nombreux");
    trop["nbEnfantsDansLogement"] = 2;
    CHECK(refus("adresse", trop, {{"adresse", trop}}).empty());
    trop["nbEnfantsDansLogement"] = 0;
    CHECK(refus("adresse", trop, {{"adresse", trop}}).empty());
}

TEST_CASE("shared rooms, heating and allowance are kept as the public form keeps them") {
    auto toutes = etapes();
    toutes["logement"] = {{"cuisine", "collective"},
                          {"sdb", "non"},
                          {"toilettes", "oui"},
                          {"typeChauffage", "GAZ"},
                          {"appartementEtage", "SOUSSOL"},
                          {"appartementAvecFenetres", "non"},
                          {"anneeConstruction", 1930}};
    toutes["situation"] = {
        {"allocataire", "oui"}, {"caisseAllocation", "caf"}, {"logementAssure", "non"}, {"isRelogement", true}};
    const auto f = fiche(toutes);
    CHECK(f.reponses.at("type_logement_commodites_cuisine") == "non");
    CHECK(f.reponses.at("type_logement_commodites_cuisine_collective") == "oui");
    CHECK(f.reponses.at("type_logement_commodites_salle_de_bain_collective") == "non");
    CHECK_FALSE(f.reponses.contains("type_logement_commodites_wc_collective"));
    CHECK(f.reponses.at("type_logement_sous_sol_sans_fenetre") == "oui");
    CHECK(f.reponses.at("desordres_logement_chauffage_type") == "gaz");
    CHECK(f.contenu.at("foyer").at("allocataire") == "CAF");
    CHECK(f.reponses.at("logement_social_allocation") == "oui");
    CHECK(f.reponses.at("info_procedure_assurance_contactee") == "pas_assurance_logement");
    CHECK(f.contenu.at("situationFoyer").at("logement_social_demande_relogement") == "oui");
    CHECK(f.contenu.at("logement").at("constructionAvant1949") == true);
}

TEST_CASE("D-30: a dwelling too small for its occupants is désordre enough") {
    auto seul = etapes();
    seul["desordres"] = {{"details", "Trop petit."}};
    CHECK(manquent(seul) == std::vector<std::string>{"desordres.desordres"});
    seul["adresse"]["nbOccupantsLogement"] = 6;
    seul["logement"] = {{"nombrePieces", 1}};
    CHECK(manquent(seul).empty());
}

TEST_CASE("précisions that were chosen count, with what follows from the dwelling") {
    const auto critere = std::string("desordres_batiment_isolation_dernier_etage_toit");
    const auto& precisions = catalogue().critere(*catalogue().findCritere(critere)).precisions;
    REQUIRE(precisions.size() > 1);
    const auto slug = catalogue().precision(precisions[0]).slug;
    Json reponses = {{"precisionsChoisies", Json::array({slug, "une_precision_de_demain"})}};
    CHECK(catalogue().slugsOf(desordres::precisionsOf(catalogue(), reponses)) == std::vector<std::string_view>{slug});
    reponses["type_logement_sous_sol_sans_fenetre"] = "oui";
    CHECK(desordres::precisionsOf(catalogue(), reponses).size() == 2);
    // What was chosen by hand is never taken away by what the dwelling is not.
    const auto sousSol = catalogue().precision(catalogue().logement().sousSol).slug;
    const Json choisie = {{"precisionsChoisies", Json::array({sousSol})}};
    CHECK(desordres::precisionsOf(catalogue(), choisie).size() == 1);
    CHECK(desordres::precisionsOf(catalogue(), {{"precisionsChoisies", "texte"}}).empty());
}

TEST_CASE("D-38: what the catalogue does not have is refused by its name") {
    const auto message = [](const Json& corps) {
        std::vector<core::Violation> violations;
        lireDesordres(catalogue(), desordres::Contexte::Usager, corps, violations);
        return violations.empty() ? std::string() : violations[0].code + " " + violations[0].message;
    };
    CHECK(message({{"desordres", Json::array({{{"critere", "desordre_inconnu"}}})}}).find("desordre_inconnu") !=
          std::string::npos);
    const Json autre = {{"critere", "desordres_batiment_isolation_dernier_etage_toit"},
                        {"precisions", Json::array({"rien"})}};
    CHECK(message({{"desordres", Json::array({autre})}}).starts_with("precision_inconnue"));
    const Json sans = {{"critere", "desordres_batiment_isolation_dernier_etage_toit"}};
    CHECK(message({{"desordres", Json::array({sans})}}).starts_with("obligatoire"));
    CHECK(message({{"desordres", Json::array({{{"critere", "desordres_service_secours_nuisibles"}}})}})
              .starts_with("critere_inconnu"));
    CHECK(message({{"desordres", Json::object()}}).starts_with("type_invalide"));  // P-006 P-007
    CHECK(message({{"desordres", nullptr}}).empty());                              // P-005
    CHECK(message(Json::object()).empty());
    CHECK(message({{"score", 100}}).starts_with("champ_inconnu"));
}

TEST_CASE("words where a désordre says nothing without them") {
    std::vector<core::Violation> violations;
    const Json nuisibles = {{"desordres", Json::array({{{"critere", "desordres_logement_nuisibles_autres"}}})}};
    const auto& critere = catalogue().critere(*catalogue().findCritere("desordres_logement_nuisibles_autres"));
    Json corps = nuisibles;
    if (critere.precisions.size() > 1) {
        corps["desordres"][0]["precisions"] = Json::array({catalogue().precision(critere.precisions[0]).slug});
    }
    lireDesordres(catalogue(), desordres::Contexte::Usager, corps, violations);
    REQUIRE(violations.size() == 1);
    CHECK(violations[0].champ == "precisionsLibres.desordres_logement_nuisibles_autres");
    violations.clear();
    corps["precisionsLibres"] = {{"desordres_logement_nuisibles_autres", " frelons "}};
    const auto choisis = lireDesordres(catalogue(), desordres::Contexte::Usager, corps, violations);
    CHECK(violations.empty());
    CHECK(choisis.precisionsLibres.at("desordres_logement_nuisibles_autres") == "frelons");
    corps["precisionsLibres"]["desordres_batiment_nuisibles_autres"] = "rats";
    lireDesordres(catalogue(), desordres::Contexte::Usager, corps, violations);
    CHECK(violations.at(0).code == "sans_objet");
}

TEST_CASE("the event of an agent's signalement has the shape of the public form's") {
    const auto f = fiche(etapes());
    const auto evenement = evenementDeFiche(f, {"2026-12", "NEED_VALIDATION", {}});
    CHECK(evenement.donnees.at("reference") == "2026-12");
    CHECK(evenement.donnees.at("codeInsee") == "13201");
    CHECK(evenement.donnees.at("geoloc").at("lng") == 5.37);
    CHECK(evenement.donnees.at("reponses") == f.reponses);
    CHECK(evenement.personnel.at("occupant").at("nom") == "Durand");
    CHECK(core::dumpJson(evenement.donnees).find("Durand") == std::string::npos);
    CHECK(core::dumpJson(evenement.donnees).find("Fleurs") == std::string::npos);
    const auto modifie = evenementModifie(f, {"2026-12", "ACTIVE", {}},
                                          {"coordonnees-foyer", "compte", "agent", 2, {{"nom", "Durand", "Dupont"}}});
    CHECK(modifie.donnees.at("modification").at("champs") == Json::array({"nom"}));
    CHECK(core::dumpJson(modifie.donnees).find("Dupont") == std::string::npos);
    CHECK(modifie.personnel.at("changements")[0].at("apres") == "Dupont");
}
