// The historical import: the CSV reader, and what one row says.
#include <catch2/catch.hpp>

#include "libs/core/error.hpp"
#include "libs/core/text.hpp"
#include "services/intake/domain/import_colonnes.hpp"
#include "services/intake/domain/import_ligne.hpp"

using namespace histologe;
using namespace histologe::intake;

namespace {

// The rows of a text given in blocks of `bloc` bytes.
std::vector<LigneCsv> lignes(std::string_view texte, std::size_t bloc = 1'000'000) {
    std::vector<LigneCsv> toutes;
    LecteurCsv lecteur([&](LigneCsv&& ligne) { toutes.push_back(std::move(ligne)); });
    for (std::size_t i = 0; i < texte.size(); i += bloc) lecteur.lire(texte.substr(i, bloc));
    lecteur.finir();
    return toutes;
}

std::string refusDe(std::string_view texte) {
    try {
        lignes(texte);
    } catch (const core::Error& erreur) {
        return erreur.message();
    }
    return {};
}

const DesordresImportes& desordres() {
    static const auto kTous = loadShippedDesordresImportes();
    return kTous;
}

ContexteDImport contexte() {
    ContexteDImport c;
    c.territoire = "13";
    c.aujourdhui = std::chrono::year(2026) / 11 / 25;
    c.desordres = &desordres();
    c.partenaires = {{"ville d'essai", "p-1"}, {"caf d'essai", "p-2"}};
    c.commune = [](std::string_view codePostal, std::string_view, std::string_view insee) {
        return codePostal == "13002" ? std::string("13202") : std::string(insee);
    };
    c.fichier = [](std::string_view nom) { return nom == "photo.jpg"; };
    return c;
}

struct Lu {
    std::optional<SignalementImporte> signalement;
    std::vector<Remarque> remarques;
    std::vector<std::string> codes(bool refus) const {
        std::vector<std::string> tous;
        for (const auto& r : remarques) {
            if (r.estUnRefus == refus) tous.push_back(r.code);
        }
        return tous;
    }
};

// A row of a file with all columns, these cells filled.
Lu ligne(std::map<std::string, std::string> cellules, const ContexteDImport& c = contexte()) {
    cellules.try_emplace("Ref signalement", "2021-42");
    cellules.try_emplace("Date de creation signalement", "15/06/2021");
    cellules.try_emplace("Code postal occupant", "13002");
    LigneCsv entete{1, {}};
    LigneCsv valeurs{2, {}};
    for (const auto colonne : colonnesDImport()) {
        entete.champs.emplace_back(colonne);
        const auto place = cellules.find(std::string(colonne));
        valeurs.champs.push_back(place == cellules.end() ? "" : place->second);
    }
    Lu lu;
    const EnteteDImport lue(entete, lu.remarques);
    REQUIRE(lu.remarques.empty());
    lu.signalement = lireLigne(valeurs, lue, c, lu.remarques);
    return lu;
}

std::string jour(const std::optional<std::chrono::sys_days>& un) {
    return un ? core::toRfc3339(core::Instant(*un)).substr(0, 10) : std::string();
}

}  // namespace

TEST_CASE("a CSV file is read the same however its bytes are cut") {
    const std::string texte =
        "\xEF\xBB\xBF"
        "a;b;c\r\n1;\"deux; et\r\nplus\";\"un \"\"mot\"\"\"\r\n\r\n ;x ;é\n";
    const auto entier = lignes(texte);
    REQUIRE(entier.size() == 3);
    CHECK(entier[0].champs == std::vector<std::string>{"a", "b", "c"});
    CHECK(entier[1].champs == std::vector<std::string>{"1", "deux; et\r\nplus", "un \"mot\""});
    CHECK(entier[1].ligne == 2);
    CHECK(entier[2].ligne == 5);  // a field spans two lines, and one line is empty
    CHECK(entier[2].champs == std::vector<std::string>{"", "x", "é"});
    for (std::size_t bloc = 1; bloc < 40; ++bloc) {
        const auto coupe = lignes(texte, bloc);
        REQUIRE(coupe.size() == entier.size());
        for (std::size_t i = 0; i < coupe.size(); ++i) {
            CHECK(coupe[i].champs == entier[i].champs);
            CHECK(coupe[i].ligne == entier[i].ligne);
        }
    }
}

TEST_CASE("the separator is the one of the first line") {
    CHECK(lignes("a,b\n1,2\n")[1].champs.size() == 2);
    CHECK(lignes("a\tb\n1\t2;3\n")[1].champs == std::vector<std::string>{"1", "2;3"});
    CHECK(lignes("a;b,c\n1;2\n")[0].champs.size() == 2);
    CHECK(lignes("seul\nx\n")[1].champs.size() == 1);
    CHECK(lignes("a;b\r1;2\r").size() == 2);
    CHECK(lignes("").empty());
    CHECK(lignes("a;b").size() == 1);
}

TEST_CASE("what is no CSV is refused with its line") {
    CHECK(refusDe("a;b\n1;de\"ux\n").find("Ligne 2") != std::string::npos);
    CHECK(refusDe("a;b\n1;\"deux\" et\n").find("guillemet") != std::string::npos);
    CHECK(refusDe("a;b\n1;\"deux\n").find("refermé") != std::string::npos);
    CHECK(refusDe("a;b\n1;\xff\n").find("UTF-8") != std::string::npos);
    CHECK(refusDe(std::string("a;b\n1;\0\n", 8)).find("nul") != std::string::npos);
    CHECK(refusDe("a;b\n1;" + std::string(kChampCsvMax + 1, 'x') + "\n").find("trop longue") != std::string::npos);
    CHECK(refusDe("a;b\n\"" + std::string(3 * kChampCsvMax, '\n')).find("trop longue") != std::string::npos);
    CHECK(refusDe("a" + std::string(kColonnesCsvMax + 1, ';') + "\n").find("colonnes") != std::string::npos);
    CHECK(refusDe(std::string(1'500'000, 'a')).find("première ligne") != std::string::npos);
}

TEST_CASE("the header is read by its names, in any order") {
    std::vector<Remarque> remarques;
    const EnteteDImport entete({1, {"details", " REF  signalement ", "Colonne d'ailleurs", "statut"}}, remarques);
    CHECK(entete.cellule({2, {"d", "2021-1", "x", "NSP"}}, "Ref signalement") == "2021-1");
    CHECK(entete.cellule({2, {"d", "2021-1", "x", "NSP"}}, "statut").empty());
    CHECK(entete.cellule({2, {"d"}}, "statut").empty());
    CHECK(entete.cellule({2, {"d", "2021-1", "x", "NSP"}}, "loyer").empty());
    CHECK(std::count_if(remarques.begin(), remarques.end(), [](const Remarque& r) { return r.estUnRefus; }) == 0);
    CHECK(remarques.size() == 1 + 79);
    std::vector<Remarque> sans;
    const EnteteDImport mauvaise({1, {"statut", "statut"}}, sans);
    CHECK(mauvaise.largeur() == 2);
    std::vector<std::string> codes;
    for (const auto& r : sans) {
        if (r.estUnRefus) codes.push_back(r.code + " " + r.colonne);
    }
    CHECK(codes == std::vector<std::string>{"colonne_en_double statut", "colonne_absente Ref signalement"});
}

TEST_CASE("D-63: a row with another number of cells than the header is refused") {
    std::vector<Remarque> remarques;
    const EnteteDImport entete({1, {"Ref signalement", "details", "statut"}}, remarques);
    remarques.clear();
    CHECK_FALSE(lireLigne({7, {"2021-1", "x"}}, entete, contexte(), remarques));
    REQUIRE(remarques.size() == 1);
    CHECK(remarques[0].ligne == 7);
    CHECK(remarques[0].code == "nombre_de_cellules");
    // A row that stands for nothing is passed over.
    CHECK_FALSE(lireLigne({8, {"2021-1"}}, entete, contexte(), remarques));
    CHECK_FALSE(lireLigne({9, {"", "x", "y"}}, entete, contexte(), remarques));
    CHECK_FALSE(lireLigne({9, {"NSP", "x", "y"}}, entete, contexte(), remarques));
    CHECK(remarques.size() == 1);
}

TEST_CASE("references") {
    CHECK(referenceDImport("2021-42", 2021) == std::pair(2021, 42));
    CHECK(referenceDImport("77-ABC-0042", 2021) == std::pair(2021, 770042));
    CHECK(referenceDImport("2021/0042", 2021) == std::pair(2021, 42));
    CHECK(referenceDImport("2020-42", 2021) == std::pair(2021, 202042));
    CHECK(referenceDImport("42", 2026) == std::pair(2026, 42));
    CHECK_FALSE(referenceDImport("2021", 2021));
    CHECK_FALSE(referenceDImport("ABC", 2021));
    CHECK_FALSE(referenceDImport("0", 2021));
    CHECK_FALSE(referenceDImport("123456789012", 2021));
    CHECK(ligne({{"Ref signalement", "2026-12345"}, {"Date de creation signalement", "01/02/2026"}}).codes(true) ==
          std::vector<std::string>{"reference_trop_grande"});
    CHECK(
        ligne({{"Ref signalement", "2026-1234"}, {"Date de creation signalement", "01/02/2026"}}).signalement->numero ==
        1234);
    CHECK(ligne({{"Ref signalement", "12"}, {"Date de creation signalement", ""}}).signalement->annee == 2026);
}

TEST_CASE("days as old files write them") {
    CHECK(jour(jourDImport("31/12/21")) == "2021-12-31");
    CHECK(jour(jourDImport("31/12/85")) == "1985-12-31");
    CHECK(jour(jourDImport("2021/02/28")) == "2021-02-28");
    CHECK(jour(jourDImport("1/2/2021")) == "2021-02-01");
    for (const auto* faux : {"", "31/02/2021", "2021-02-28", "31/12", "31/13/21", "aa/bb/cc", "31/12/221",
                             "2021/12/311", "0/1/2021", "//", "1/1/99999999999"}) {
        INFO(faux);
        CHECK_FALSE(jourDImport(faux));
    }
    const auto illisible = ligne({{"date visite", "31/02/2021"}});
    CHECK(illisible.codes(false) == std::vector<std::string>{"date_illisible"});
    CHECK(illisible.signalement.has_value());
    CHECK(ligne({{"Ref signalement", "1"}, {"Date de creation signalement", "26/11/2026"}}).codes(true) ==
          std::vector<std::string>{"date_future"});
}

TEST_CASE("D-24: a date of entry in the first century is of the century that it can be") {
    CHECK(ligne({{"date entree bail", "0022/01/01"}}).signalement->contenu.at("logement").at("dateEntree") ==
          "1922-01-01");
    CHECK(ligne({{"date entree bail", "0019/01/01"}}).signalement->contenu.at("logement").at("dateEntree") ==
          "2019-01-01");
    CHECK(ligne({{"date entree bail", "05/03/1998"}}).signalement->contenu.at("logement").at("dateEntree") ==
          "1998-03-05");
}

TEST_CASE("status, closing and its motive") {
    CHECK(ligne({}).signalement->statut == "ACTIVE");
    CHECK(ligne({{"statut", "En cours"}, {"Date cloture", "01/01/22"}}).signalement->statut == "ACTIVE");
    CHECK(ligne({{"statut", "fermeture"}}).signalement->statut == "CLOSED");
    CHECK(ligne({{"Date cloture", "01/01/22"}}).signalement->statut == "CLOSED");
    for (const auto* motif : {"LOGEMENT_DECENT", "Logement décent", "logement décent - pas d'infraction",
                              "Logement decent - Pas d infraction"}) {
        INFO(motif);
        const auto lu = ligne({{"motif_cloture", motif}});
        REQUIRE(lu.signalement);
        CHECK(lu.signalement->motifCloture == "LOGEMENT_DECENT");
        CHECK(lu.signalement->statut == "CLOSED");
    }
    CHECK(ligne({{"motif_cloture", "Abandon de procédure"}}).signalement->motifCloture ==
          "ABANDON_DE_PROCEDURE_ABSENCE_DE_REPONSE");
    CHECK(ligne({{"motif_cloture", "Responsabilité de l occupant"}}).signalement->motifCloture ==
          "RESPONSABILITE_DE_L_OCCUPANT");
    CHECK(ligne({{"motif_cloture", "Parce que"}}).codes(true) == std::vector<std::string>{"motif_inconnu"});
    CHECK(ligne({{"statut", "peut-être"}}).codes(false) == std::vector<std::string>{"statut_inconnu"});
}

TEST_CASE("who declared") {
    const auto profil = [](const char* occupant, const char* lien) {
        return ligne({{"Déclarant est l occupant?", occupant}, {"lien entre declarant et occupant", lien}})
            .signalement->contenu.at("profilDeclarant");
    };
    CHECK(profil("O", "") == "LOCATAIRE");
    CHECK(profil("", "") == "LOCATAIRE");
    CHECK(profil("N", "PRO") == "TIERS_PRO");
    CHECK(profil("N", "voisin") == "TIERS_PARTICULIER");
    const auto inconnu = ligne({{"Déclarant est l occupant?", "N"}, {"lien entre declarant et occupant", "cousine"}});
    CHECK(inconnu.codes(false) == std::vector<std::string>{"lien_inconnu"});
    CHECK(inconnu.signalement->contenu.at("declarant").at("lien") == "AUTRE");
}

TEST_CASE("cells keep what they say: numbers, phones, lengths, places") {
    const auto lu = ligne({{"superficie", "45,5 "},
                           {"loyer", "1 200"},
                           {"telephone occupant", "491000000"},
                           {"nb occupants logement", "4 ou 5"},
                           {"nb d enfants <6ans", "2"},
                           {"mail occupant", "faux"},
                           {"nom occupant", std::string(60, 'x')},
                           {"Allocataire", "Oui"},
                           {"Logement social", "N"},
                           {"RSA", "NSP"},
                           {"geoloc", "43.3, 5.37"},
                           {"Nature du logement", "Péniche"},
                           {"details", "Froid"}});
    REQUIRE(lu.signalement);
    const auto& c = lu.signalement->contenu;
    CHECK(c.at("logement").at("superficie") == 45.5);
    CHECK(c.at("logement").at("loyer") == 1200);
    CHECK(c.at("logement").at("nbOccupants") == 4);
    CHECK(c.at("occupant").at("telephone") == "0491000000");
    CHECK(c.at("occupant").at("courriel").is_null());
    CHECK(c.at("occupant").at("nom").get<std::string>().size() == 50);
    CHECK(c.at("foyer").at("allocataire") == "1");
    CHECK(c.at("logement").at("social") == false);
    CHECK(c.at("foyer").at("rsa").is_null());
    CHECK(c.at("adresse").at("geoloc").at("lng") == 5.37);
    CHECK(c.at("adresse").at("codeInsee") == "13202");
    CHECK(c.at("logement").at("nature") == "autre");
    CHECK(c.at("message") == "Froid");
    CHECK(lu.codes(false) == std::vector<std::string>{"texte_coupe", "courriel_illisible"});
    CHECK(ligne({{"geoloc", "quelque part"}}).codes(false) == std::vector<std::string>{"position_illisible"});
    CHECK(ligne({{"superficie", "grand"}}).codes(false) == std::vector<std::string>{"nombre_illisible"});
    CHECK(ligne({{"Code postal occupant", "1000"}}).signalement->contenu.at("adresse").at("codePostal") == "01000");
}

TEST_CASE("D-14: a désordre that no label matches is refused by its name") {
    const auto connu = [](const char* texte) { return desordres().find(texte); };
    CHECK(connu("Ventilation") == connu("ventilation - mauvais état"));
    CHECK(connu("Ventilation - état moyen") == 1);
    CHECK(connu("Ventilation - mauvais etat") == 2);
    CHECK(connu("Ventilation - Très mauvais état") == 3);
    CHECK(connu("Aucune ventilation") == 3);
    CHECK_FALSE(connu("Ventilateur"));
    CHECK_FALSE(connu(""));
    const auto lu = ligne({{"Signalement - Confort logement 1", "Ventilation - état moyen"},
                           {"Signalement - Confort logement 2", "Licornes"}});
    CHECK_FALSE(lu.signalement);
    REQUIRE(lu.remarques.size() == 1);
    CHECK(lu.remarques[0].code == "desordre_inconnu");
    CHECK(lu.remarques[0].valeur == "Licornes");
    CHECK(lu.remarques[0].colonne == "Signalement - Confort logement 2");
    const auto deux =
        ligne({{"Signalement - Confort logement 1", "Ventilation"}, {"Signalement - Espaces de vie 1", "ventilation"}});
    CHECK(deux.signalement->criticites == std::vector<int>{2});
}

TEST_CASE("partners and files must be known; every refusal of a row is told") {
    const auto lu = ligne(
        {{"Partenaires à affecter", "Ville d'Essai, CAF d'essai|ville d'essai"}, {"ref des photos", "photo.jpg"}});
    REQUIRE(lu.signalement);
    CHECK(lu.signalement->partenaires == std::vector<std::string>{"p-1", "p-2"});
    CHECK(lu.signalement->fichiers == std::vector<std::string>{"photo.jpg"});
    const auto faux = ligne({{"Partenaires à affecter", "Inconnus"},
                             {"ref des documents", "absent.pdf|photo.jpg"},
                             {"motif_cloture", "x"}});
    CHECK_FALSE(faux.signalement);
    CHECK(faux.codes(true) == std::vector<std::string>{"motif_inconnu", "partenaire_inconnu", "fichier_absent"});
    auto du62 = contexte();
    du62.territoire = "62";
    du62.partenaires = {{"ville, agglo", "p-3"}};
    CHECK(ligne({{"Partenaires à affecter", "Ville, Agglo"}}, du62).signalement->partenaires ==
          std::vector<std::string>{"p-3"});
}

TEST_CASE("entries of the dossier, with their days") {
    const auto suivis = ligne({{"suivi", "- 12/03/2021 visite du porte-à-porte\n- 13/04/21 : appel -  - sans date"}})
                            .signalement->suivis;
    REQUIRE(suivis.size() == 3);
    CHECK(jour(suivis[0].jour) == "2021-03-12");
    CHECK(suivis[0].texte == "visite du porte-à-porte");
    CHECK(jour(suivis[1].jour) == "2021-04-13");
    CHECK_FALSE(suivis[2].jour);
    CHECK(suivis[2].texte == "sans date");
}
