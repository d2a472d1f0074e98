// The sections in which agents write and correct a signalement.
#include <set>

#include <catch2/catch.hpp>

#include "services/intake/domain/champs.hpp"
#include "services/intake/domain/construction.hpp"
#include "services/intake/domain/evenement.hpp"
#include "services/intake/domain/formulaire.hpp"
#include "services/intake/domain/section_examen.hpp"
#include "tests/unit/intake/commun.hpp"

using namespace histologe;
using namespace histologe::intake;
using core::Json;

namespace {

constexpr std::chrono::sys_days kAujourdhui = std::chrono::year(2026) / 11 / 25;

// A signalement that the public form made.
Fiche ficheDe(const std::string& echantillon) {
    const Json charge = core::parseJson(essais::fichier("tests/golden/payloads/" + echantillon));
    const Demande demande(charge);
    Fiche fiche;
    fiche.contenu = enJson(construire(demande, "13"));
    fiche.reponses = reponsesPourEvaluation(charge);
    return fiche;
}

const Section& section(std::string_view nom) {
    const auto* trouvee = sectionNommee(sectionsModifiables(), nom);
    REQUIRE(trouvee != nullptr);
    return *trouvee;
}

ContexteDeSection contexteDeLa(const Fiche& fiche) {
    auto c = contexteDe(fiche.contenu, kAujourdhui);
    c.lieu = [](std::string_view codePostal, std::string_view insee) {
        return SituationDuLieu{codePostal.substr(0, 2) == insee.substr(0, 2), true};
    };
    return c;
}

Modification modifier(const Fiche& fiche, std::string_view nom, const Json& corps) {
    return intake::modifier(section(nom), corps, fiche, contexteDeLa(fiche));
}

// The codes of the violations, by field.
std::map<std::string, std::string> refus(const Fiche& fiche, std::string_view nom, const Json& corps) {
    std::map<std::string, std::string> codes;
    for (const auto& v : modifier(fiche, nom, corps).violations) codes[v.champ] = v.code;
    return codes;
}

Json en(const Fiche& fiche, const char* chemin) {
    const Json::json_pointer pointeur(chemin);
    return fiche.contenu.contains(pointeur) ? fiche.contenu.at(pointeur) : Json(nullptr);
}

}  // namespace

TEST_CASE("every field of every section is kept somewhere and read back as it was sent") {
    std::set<std::string_view> noms;
    for (const auto& s : sectionsModifiables()) {
        CHECK(noms.insert(s.nom).second);
        std::set<std::string_view> champs;
        for (const auto& champ : s.champs) {
            INFO(s.nom << " " << champ.nom);
            CHECK(champs.insert(champ.nom).second);
            CHECK((!champ.chemin.empty() || (!champ.objet.empty() && !champ.cle.empty())));
            CHECK((champ.nature == Nature::Choix) == !champ.choix.empty());
            std::string valeur = "Essai";
            switch (champ.nature) {
                case Nature::Choix:
                    valeur = champ.choix.front();
                    break;
                case Nature::Entier:
                case Nature::Nombre:
                    valeur = "7";
                    break;
                case Nature::Annee:
                    valeur = "1962";
                    break;
                case Nature::JourLibre:
                case Nature::JourPasse:
                    valeur = "2020-02-29";
                    break;
                case Nature::Mois:
                    valeur = "02/2026";
                    break;
                case Nature::CodePostal:
                    valeur = "13001";
                    break;
                default:
                    break;
            }
            auto fiche = ficheVide();
            garderChamp(champ, valeur, fiche);
            CHECK(lireChamp(champ, fiche.contenu) == valeur);
            garderChamp(champ, std::nullopt, fiche);
            CHECK_FALSE(lireChamp(champ, fiche.contenu).has_value());
            // A key of the form is one that the form knows.
            if (!champ.cle.empty()) CHECK((champDe(champ.cle).has_value() || !champ.objet.empty()));
        }
    }
    CHECK(noms.size() == 11);
}

TEST_CASE("an edit changes what it names and nothing else") {
    const auto avant = ficheDe("locataire.json");
    const auto m = modifier(avant, "coordonnees-bailleur", {{"nom", "  Nouveau Nom  "}});
    REQUIRE(m.violations.empty());
    REQUIRE(m.changements.size() == 1);
    CHECK(m.changements[0].champ == "nom");
    CHECK(m.changements[0].apres == "Nouveau Nom");  // D-09: blanks at the ends are no part of an answer
    auto attendu = avant.contenu;
    attendu["proprietaire"]["nom"] = "Nouveau Nom";
    CHECK(m.fiche.contenu == attendu);
    CHECK(m.fiche.reponses == avant.reponses);
}

TEST_CASE("the same sent again is no change") {
    const auto fiche = ficheDe("locataire.json");
    for (const auto& s : sectionsModifiables()) {
        INFO(s.nom);
        Json corps = Json::object();
        for (const auto& champ : s.champs) {
            if (champ.nature == Nature::Telephone) continue;  // kept in another way of writing
            if (const auto valeur = lireChamp(champ, fiche.contenu)) corps[std::string(champ.nom)] = *valeur;
        }
        const auto m = intake::modifier(s, corps, fiche, contexteDeLa(fiche));
        for (const auto& v : m.violations) INFO(v.champ << " " << v.code);
        CHECK(m.changements.empty());
    }
}

TEST_CASE("P-026 P-027: one wrong field and nothing changes") {
    const auto fiche = ficheDe("locataire.json");
    const auto m = modifier(fiche, "coordonnees-foyer", {{"nom", "Juste"}, {"mail", "faux@"}});
    CHECK(m.violations.size() == 1);
    CHECK(m.changements.empty());
    CHECK(m.fiche.contenu.empty());
}

TEST_CASE("P-002 P-003 P-004: what is no field of the section is refused") {
    const auto fiche = ficheDe("locataire.json");
    for (const auto* nom : {"statut", "score", "reference", "territoire", "type", "version"}) {
        CHECK(refus(fiche, "coordonnees-bailleur", {{"nom", "Juste"}, {nom, "CLOSED"}}).at(nom) == "champ_inconnu");
    }
    CHECK(refus(fiche, "coordonnees-bailleur", Json::array()).at("") == "type_invalide");
    CHECK(refus(fiche, "coordonnees-bailleur", {{"nom", Json::object()}}).at("nom") == "type_invalide");
    CHECK(refus(fiche, "coordonnees-bailleur", {{"nom", Json::array({"x"})}}).at("nom") == "type_invalide");
}

TEST_CASE("P-015 D-33: too long an answer names its limit") {
    const auto fiche = ficheDe("locataire.json");
    const auto limite = [&](const char* rubrique, const char* champ, std::size_t longueur) {
        const auto m = modifier(fiche, rubrique, {{champ, std::string(longueur, 'a')}});
        return m.violations.empty() ? std::string() : m.violations[0].code + " " + m.violations[0].message;
    };
    CHECK(limite("situation-foyer", "numAllocataire", 25).empty());
    CHECK(limite("situation-foyer", "numAllocataire", 26).find("25") != std::string::npos);
    CHECK(limite("informations-logement", "bailDpeInvariant", 12).empty());
    CHECK(limite("informations-logement", "bailDpeInvariant", 13).find("12") != std::string::npos);
    // Characters, not bytes.
    std::string accents;
    for (int i = 0; i < 50; ++i) accents += "é";
    CHECK(modifier(fiche, "coordonnees-foyer", {{"nom", accents}}).violations.empty());
    CHECK(refus(fiche, "coordonnees-foyer", {{"nom", accents + "e"}}).at("nom") == "trop_long");
}

TEST_CASE("D-15 D-16 D-17: phone numbers as people write them") {
    const auto fiche = ficheDe("locataire.json");
    for (const auto* numero : {"0808080808", "08 08 08 08 08", "08-08-08-08-08", "33808080808", "+33808080808",
                               "+330808080808", "+33 8 08 08 08 08", "0692345678", "+262692345678", "+2620692345678",
                               "+39 6 8888 1111", "+3968888111", "+32 2 123 45 67", "+41 22 345 67 89"}) {
        INFO(numero);
        CHECK(modifier(fiche, "coordonnees-agence", {{"telephone", numero}}).violations.empty());
    }
    for (const auto* numero : {"0808080808D", "08ABCD0808", "080808080@", "0808", "Non communiqué", "ABCDEFGHIJ"}) {
        INFO(numero);
        CHECK(refus(fiche, "coordonnees-agence", {{"telephone", numero}}).at("telephone") == "telephone_invalide");
    }
    for (const Json& vide : {Json(nullptr), Json(""), Json("  ")}) {
        CHECK(modifier(fiche, "coordonnees-agence", {{"telephone", vide}}).violations.empty());
    }
    const auto garde = [&](const char* numero) {
        return en(modifier(fiche, "coordonnees-agence", {{"telephone", numero}}).fiche, "/agence/telephone");
    };
    CHECK(garde("+33 6 12 34 56 78") == "+33612345678");
    CHECK(garde("06 12 34 56 78") == "+330612345678");
    CHECK(garde("+39 6 8888 1111") == "+39688881111");
    CHECK(garde("0033612345678") == "+33612345678");
}

TEST_CASE("D-19 D-20: children are counted as numbers") {
    const auto fiche = ficheDe("locataire.json");
    const auto enfants = [&](const Json& personnes, const Json& combien) {
        return refus(fiche, "informations-logement",
                     {{"nombrePersonnes", personnes}, {"compositionLogementNombreEnfants", combien}});
    };
    CHECK(enfants(2, 0).empty());
    CHECK(enfants(2, 2).empty());
    CHECK(enfants("2", "10").at("compositionLogementNombreEnfants") == "enfants_trop_nombreux");
    CHECK(enfants(0, 0).at("nombrePersonnes") == "trop_petit");
}

TEST_CASE("D-22: surfaces and rooms within their bounds") {
    const auto fiche = ficheDe("locataire.json");
    const auto code = [&](const char* champ, const Json& valeur) {
        const auto tous = refus(fiche, "composition-logement", {{champ, valeur}});
        return tous.contains(champ) ? tous.at(champ) : std::string();
    };
    CHECK(code("superficie", 0) == "trop_petit");
    CHECK(code("superficie", 10000) == "trop_grand");
    CHECK(code("superficie", 9999).empty());
    CHECK(code("superficie", "45.5").empty());
    CHECK(code("superficie", "quarante") == "nombre_attendu");
    CHECK(code("compositionLogementNbPieces", 0) == "trop_petit");
    CHECK(code("compositionLogementNbPieces", 1000) == "trop_grand");
    CHECK(code("compositionLogementNbPieces", 999).empty());
    CHECK(code("compositionLogementNbPieces", "2.5") == "nombre_attendu");
}

TEST_CASE("D-24 D-25 D-26: dates that cannot be are refused") {
    const auto fiche = ficheDe("locataire.json");
    const auto entree = [&](const char* jour) {
        const auto tous = refus(fiche, "informations-logement", {{"dateEntree", jour}});
        return tous.contains("dateEntree") ? tous.at("dateEntree") : std::string();
    };
    CHECK(entree("0022-01-01") == "date_trop_ancienne");
    CHECK(entree("1900-01-01") == "date_trop_ancienne");
    CHECK(entree("1900-01-02").empty());
    CHECK(entree("2026-11-25").empty());
    CHECK(entree("2026-11-26") == "date_non_passee");
    CHECK(entree("2026-02-30") == "date_invalide");
    CHECK(refus(fiche, "situation-foyer", {{"dateNaissanceOccupant", "2026-11-26"}}).at("dateNaissanceOccupant") ==
          "date_non_passee");
    const auto mois = [&](const char* texte) {
        const auto tous = refus(fiche, "procedure-demarches", {{"infoProcedureBailDate", texte}});
        return tous.contains("infoProcedureBailDate") ? tous.at("infoProcedureBailDate") : std::string();
    };
    CHECK(mois("13/2025") == "date_invalide");
    CHECK(mois("00/2025") == "date_invalide");
    CHECK(mois("02/2125") == "date_invalide");
    CHECK(mois("05/2024").empty());
    CHECK(mois("12/2026") == "date_non_passee");
}

TEST_CASE("a month is its first day, whatever the day it is edited") {
    const auto fiche = ficheDe("locataire.json");
    auto c = contexteDeLa(fiche);
    c.aujourdhui = std::chrono::year(2026) / 12 / 31;
    const auto m = intake::modifier(section("procedure-demarches"), {{"infoProcedureBailDate", "02/2026"}}, fiche, c);
    REQUIRE(m.violations.empty());
    CHECK(en(m.fiche, "/proprietaire/avertiLe") == "2026-02-01");
}

TEST_CASE("D-27: allocataire non is kept, and written in one way everywhere") {
    const auto fiche = ficheDe("locataire.json");
    const auto dit = [&](const char* valeur) {
        auto m =
            modifier(fiche, "situation-foyer", {{"isAllocataire", valeur}, {"dateNaissanceOccupant", "1980-01-01"}});
        CHECK(m.violations.empty());
        return m.fiche.contenu.empty() ? fiche : m.fiche;
    };
    const auto non = dit("non");
    CHECK(en(non, "/foyer/allocataire") == "0");
    CHECK(en(non, "/situationFoyer/logement_social_allocation") == "non");
    CHECK(non.reponses.at("logement_social_allocation") == "non");
    CHECK(lireChamp(*champNomme(section("situation-foyer"), "isAllocataire"), non.contenu) == "non");
    const auto msa = dit("MSA");
    CHECK(en(msa, "/foyer/allocataire") == "MSA");
    CHECK(en(msa, "/situationFoyer/logement_social_allocation_caisse") == "msa");
    CHECK(msa.reponses.at("logement_social_allocation") == "oui");
    CHECK(en(dit("oui"), "/foyer/allocataire") == "1");
}

TEST_CASE("social housing says nothing of an allowance") {
    const auto fiche = ficheDe("locataire.json");
    const bool social = en(fiche, "/logement/social") == true;
    const auto m = modifier(fiche, "situation-foyer", {{"isLogementSocial", social ? "non" : "oui"}});
    REQUIRE(m.violations.empty());
    CHECK(en(m.fiche, "/logement/social") == !social);
    CHECK(m.fiche.reponses.value("logement_social_allocation", Json()) ==
          fiche.reponses.value("logement_social_allocation", Json()));
}

TEST_CASE("D-29: the means by which the landlord was told is written as at creation") {
    const auto* champ = champNomme(section("procedure-demarches"), "infoProcedureBailMoyen");
    const auto fiche = ficheDe("locataire.json");
    for (const auto moyen : champ->choix) {
        const auto m = modifier(fiche, "procedure-demarches", {{"infoProcedureBailMoyen", moyen}});
        CHECK(m.violations.empty());
    }
    CHECK(refus(fiche, "procedure-demarches", {{"infoProcedureBailMoyen", "COURRIER"}}).at("infoProcedureBailMoyen") ==
          "choix_inconnu");
}

TEST_CASE("an answer that is needed cannot be taken away, one that was never given is not asked for") {
    auto fiche = ficheDe("locataire.json");
    CHECK(refus(fiche, "coordonnees-foyer", {{"nom", ""}}).at("nom") == "obligatoire");
    fiche.contenu["occupant"]["courriel"] = nullptr;
    CHECK(modifier(fiche, "coordonnees-foyer", {{"prenom", "Autre"}}).violations.empty());
    // Nothing is required of an imported signalement.
    auto c = contexteDeLa(fiche);
    c.exigences = false;
    CHECK(intake::modifier(section("coordonnees-foyer"), {{"nom", ""}}, fiche, c).violations.empty());
}

TEST_CASE("answers between which there is a rule") {
    const auto fiche = ficheDe("locataire.json");
    CHECK(refus(fiche, "situation-foyer",
                {{"travailleurSocialQuitteLogement", "oui"}, {"travailleurSocialPreavisDepart", nullptr}})
              .at("travailleurSocialPreavisDepart") == "obligatoire");
    CHECK(refus(fiche, "composition-logement", {{"type", "autre"}}).at("typeLogementNatureAutrePrecision") ==
          "obligatoire");
    CHECK(refus(fiche, "composition-logement", {{"typeLogementCommoditesCuisine", "non"}})
              .at("typeLogementCommoditesCuisineCollective") == "obligatoire");
    CHECK(refus(fiche, "adresse", {{"adresse", "123456"}}).at("adresse") == "rue_attendue");
    CHECK(refus(fiche, "adresse", {{"adresse", "rue"}}).at("adresse") == "trop_court");
    CHECK(refus(fiche, "adresse", {{"codePostal", "75001"}}).at("codePostal") == "commune_incoherente");
    CHECK(refus(fiche, "coordonnees-tiers", {{"typeProprio", "PARTICULIER"}}).at("typeProprio") == "sans_objet");
}

TEST_CASE("D-44: a commune's code may hold a letter") {
    const auto fiche = ficheDe("locataire.json");
    CHECK(modifier(fiche, "adresse", {{"insee", "2A004"}, {"codePostal", "2A000"}}).violations[0].champ ==
          "codePostal");
    CHECK_FALSE(refus(fiche, "adresse", {{"insee", "2A004"}, {"codePostal", "20000"}}).contains("insee"));
    CHECK(refus(fiche, "adresse", {{"insee", "2A00"}}).at("insee") == "code_insee_invalide");
}

TEST_CASE("an address that changes forgets its place, one whose floor changes does not") {
    auto fiche = ficheDe("locataire.json");
    fiche.contenu["adresse"]["geoloc"] = {{"lat", 43.3}, {"lng", 5.4}};
    const auto etage = modifier(fiche, "adresse", {{"etage", "3"}});
    CHECK(en(etage.fiche, "/adresse/geoloc") == en(fiche, "/adresse/geoloc"));
    CHECK(en(etage.fiche, "/adresse/libelle") == en(fiche, "/adresse/libelle"));
    const auto rue = modifier(fiche, "adresse", {{"adresse", "12 rue des Fleurs"}});
    REQUIRE(rue.violations.empty());
    CHECK(en(rue.fiche, "/adresse/geoloc").is_null());
    CHECK(en(rue.fiche, "/adresse/libelle").get<std::string>().starts_with("12 rue des Fleurs "));
}

TEST_CASE("what the evaluation reads follows the edit") {
    const auto fiche = ficheDe("locataire.json");
    const auto m = modifier(fiche, "composition-logement",
                            {{"type", "appartement"},
                             {"etage", "DERNIER_ETAGE"},
                             {"avecFenetres", "non"},
                             {"superficie", 8.5},
                             {"compositionLogementNbPieces", 1},
                             {"typeCompositionLogement", "piece_unique"}});
    REQUIRE(m.violations.empty());
    CHECK(m.fiche.reponses.at("type_logement_sous_comble_sans_fenetre") == "oui");
    CHECK(m.fiche.reponses.at("type_logement_dernier_etage") == "oui");
    CHECK(m.fiche.reponses.at("composition_logement_superficie") == "8.5");
    CHECK(m.fiche.reponses.at("composition_logement_nb_pieces") == "1");
    CHECK(en(m.fiche, "/logement/superficie") == 8.5);
    CHECK(en(m.fiche, "/logement/nbPieces") == 1);
    // A house has no such floor any more.
    const auto maison = modifier(m.fiche, "composition-logement", {{"type", "maison"}});
    CHECK_FALSE(maison.fiche.reponses.contains("type_logement_sous_comble_sans_fenetre"));
    CHECK(en(maison.fiche, "/typeCompositionLogement/type_logement_appartement_etage").is_null());
}

TEST_CASE("columns and copies of answers never drift apart") {
    const auto fiche = ficheDe("locataire.json");
    const auto m =
        modifier(fiche, "informations-logement",
                 {{"anneeConstruction", "1932"}, {"bailDpeBail", "non"}, {"nombrePersonnes", 4}, {"loyer", "650.50"}});
    REQUIRE(m.violations.empty());
    CHECK(en(m.fiche, "/logement/anneeConstruction") == "1932");
    CHECK(en(m.fiche, "/logement/constructionAvant1949") == true);
    CHECK(en(m.fiche, "/informationComplementaire/informations_complementaires_logement_annee_construction") == "1932");
    CHECK(en(m.fiche, "/logement/bailEnCours") == false);
    CHECK(m.fiche.reponses.at("bail_dpe_bail") == "non");
    CHECK(m.fiche.reponses.at("composition_logement_nombre_personnes") == "4");
    CHECK(en(m.fiche, "/logement/loyer") == 650.5);
}

TEST_CASE("the forms are described as they are checked") {
    for (const auto* nom : {"saisie", "modifications", "secours"}) {
        const auto decrit = formulaire(nom);
        REQUIRE(decrit);
        for (const auto& s : decrit->at("sections")) {
            for (const auto& champ : s.at("champs")) {
                INFO(s.at("nom") << " " << champ.at("nom"));
                CHECK(champ.contains("choix") == (champ.at("nature") == "choix"));
                CHECK_FALSE(champ.at("libelle").get<std::string>().empty());
            }
        }
    }
    CHECK_FALSE(formulaire("autre"));
    const auto locataire = formulaire("modifications")->at("sections")[2].at("champs")[3];
    CHECK(locataire.at("nom") == "nom");
    CHECK(locataire.at("requisPour").size() == 5);
}
