// The imports of rules, landlords, and the grid of partners and accounts.
#include <algorithm>

#include <catch2/catch.hpp>

#include "libs/core/files.hpp"
#include "libs/core/ids.hpp"
#include "libs/core/text.hpp"
#include "tests/system/adresses/commande.hpp"
#include "tests/system/annuaire/annuaire.hpp"

using namespace histologe;
using namespace histologe::annuaire;
using adresses::execute;
using adresses::fichier;

namespace {

// What an import of this content says, and the lines of its report, `line:column:code` each.
struct Bilan {
    int code = -1;
    std::string sortie;
    std::string refus;
};

Bilan importer(const std::string& quoi, const std::string& contenu, const std::string& options = {}) {
    const auto rapport = fichier("");
    const auto fait = execute("import " + quoi + " '" + fichier(contenu) + "' --report '" + rapport + "' " + options);
    Bilan bilan{fait.code, fait.sortie, {}};
    const auto lignes = core::split(core::readFile(rapport), '\n');
    for (std::size_t i = 1; i < lignes.size(); ++i) {
        auto cellules = core::split(lignes[i], ';');
        for (auto& une : cellules) une.erase(std::remove(une.begin(), une.end(), '"'), une.end());
        if (cellules.size() < 4 || cellules[2] != "refus") continue;
        bilan.refus += (bilan.refus.empty() ? "" : " ") + cellules[0] + ":" + cellules[1] + ":" + cellules[3];
    }
    return bilan;
}

constexpr char kRegles[] =
    "Statut;Type de partenaire;Profil déclarant;Parc;Allocataire;Code insee inclus;Code insee exclus;"
    "Id partenaires exclus;Procédures suspectées\n";

std::string actives(const std::string& territoire) {
    return one("SELECT count(*) FROM routing.regles WHERE contenu->>'territoire' = '" + territoire +
               "' AND archive_le IS NULL");
}

}  // namespace

TEST_CASE("rules: a file is examined whole, then stands in place of those of the territory") {
    const std::string bon = std::string(kRegles) +
                            "ACTIVE;Commune / SCHS;Locataire;prive;all;93066, 93001;/;/;Insalubrité, RSD\n"
                            "ACTIVE;CAF / MSA;all;all;caf;;;;\nARCHIVED;ADIL;all;all;all;/;/;/;/\n";
    const auto avant = actives("93");
    auto bilan = importer("regles", bon, "--territoire 93 --dry-run");
    INFO(bilan.sortie);
    CHECK(bilan.code == 0);
    CHECK(bilan.sortie.find("2 added") != std::string::npos);
    CHECK(bilan.sortie.find("nothing was written") != std::string::npos);
    CHECK(actives("93") == avant);
    REQUIRE(importer("regles", bon, "--territoire 93").code == 0);
    CHECK(actives("93") == "2");
    const auto regles = lire("/regles?territoire=93").json().at("regles");
    REQUIRE(regles.size() == 2);
    CHECK(regles[0].at("profil") == "LOCATAIRE");  // the label was stored as its name
    CHECK(regles[0].at("communesIncluses") == Json({"93001", "93066"}));
    CHECK(regles[0].at("procedures") == Json({"INSALUBRITE", "RSD"}));
    CHECK(lire("/regles/" + regles[0].at("id").get<std::string>() + "/historique")
              .json()
              .at("historique")[0]
              .at("auteur") == "import");
    // The same again changes nothing.
    const auto version = one("SELECT version FROM routing.annuaire_version");
    bilan = importer("regles", bon, "--territoire 93");
    CHECK(bilan.sortie.find("0 added, 0 changed, 0 gone, 2 as they were") != std::string::npos);
    CHECK(one("SELECT version FROM routing.annuaire_version") == version);
}

TEST_CASE("rules: each refusal has its line, its column and its reason, and nothing is changed") {
    const auto avant = actives("34");
    const auto dAilleurs = comptes::partenaireDe("13");
    const auto bilan = importer("regles",
                                std::string(kRegles) +
                                    "ACTIVE;ADIL;all;all;all;75056;/;/;/\n"             // 2
                                    "ACTIVE;Mairie;Moi;neuf;peut-être;/;/;/;Visites\n"  // 3
                                    "EN COURS;ADIL;all;all;all;/;/;/;/\n"               // 4
                                    "ACTIVE;ADIL;all;all;all;/;/;" +
                                    dAilleurs +
                                    ";/\n"                                                              // 5
                                    "ACTIVE;ARS;all;all;all;/;/;/;/\nACTIVE;ARS;all;all;all;/;/;/;/\n"  // 6, 7
                                    "ACTIVE;ARS\n",                                                     // 8
                                "--territoire 34");
    CHECK(bilan.code == 1);
    CHECK(bilan.refus ==
          "4:Statut:statut_inconnu 8::colonnes 2:Code insee inclus:commune_hors_territoire "
          "3:Type de partenaire:valeur_inconnue 3:Profil déclarant:valeur_inconnue 3:Parc:valeur_inconnue "
          "3:Allocataire:valeur_inconnue 3:Procédures suspectées:valeur_inconnue "
          "5:Id partenaires exclus:partenaire_inconnu 7::ligne_en_double");
    CHECK(actives("34") == avant);
    CHECK(importer("regles", "a;b\n", "--territoire 34").code == 1);
    CHECK(importer("regles", "", "--territoire 34").refus == "0::fichier_vide");
    CHECK(importer("regles", std::string(kRegles) + "ACTIVE;\"cassé", "--territoire 34").code == 1);
    CHECK(importer("regles", kRegles, "--territoire 99").code != 0);
    CHECK(actives("34") == avant);
}

TEST_CASE("landlords: rows of one landlord come together, the Rhône is in two parts, who is gone loses its place") {
    const auto marque = core::randomHex(5);
    const auto cle = [&](const char* nom) { return nom + (" " + marque); };
    const std::string entete = "DEP;Enseigne;SIRET;Raison sociale\n";
    const auto bilan = importer("bailleurs",
                                entete + "69;" + cle("Lyon") + ";12345678900011;Société A\n1;" + cle("Lyon") +
                                    ";12345678900011;Société A\n" + "2A;" + cle("Corse") + ";;\n",
                                "--accept-removals --dry-run");
    INFO(bilan.sortie);
    CHECK(bilan.code == 0);
    CHECK(bilan.sortie.find("2 added") != std::string::npos);
    // Most of today's landlords are missing: taken for a part of a file.
    CHECK(importer("bailleurs", entete + "2A;" + cle("Corse") + ";;\n").refus == "0::trop_de_disparitions");
    // Today's, from the directory itself, and two more.
    std::string contenu = entete;
    const auto tous = environment::Sql(product::platform().superuserUrl())
                          .rows(
                              "SELECT t, b.contenu->>'nom', coalesce(b.contenu->>'siret', ''), "
                              "coalesce(b.contenu->>'raisonSociale', '') "
                              "FROM routing.bailleurs b, jsonb_array_elements_text(b.contenu->'territoires') t WHERE "
                              "b.archive_le IS NULL");
    for (const auto& un : tous) contenu += *un[0] + ";" + *un[1] + ";" + *un[2] + ";" + *un[3] + "\n";
    const auto complet =
        contenu + "69;" + cle("Lyon") + ";12345678900011;Société A\n1;" + cle("Lyon") + ";12345678900011;Société A\n";
    REQUIRE(importer("bailleurs", complet).code == 0);
    CHECK(one("SELECT contenu->>'territoires' FROM routing.bailleurs WHERE contenu->>'nom' = '" + cle("Lyon") + "'") ==
          "[\"01\", \"69\", \"69A\"]");
    CHECK(importer("bailleurs", complet).sortie.find("0 added, 0 changed, 0 gone") != std::string::npos);
    REQUIRE(importer("bailleurs", contenu).code == 0);
    CHECK(one("SELECT archive_le IS NOT NULL FROM routing.bailleurs WHERE contenu->>'nom' = '" + cle("Lyon") + "'") ==
          "t");
    CHECK(importer("bailleurs", entete + "99;X;12;\n13;;;\n13;Y;;A\n13;Y;;B\n").refus ==
          "2:SIRET:siret_invalide 2:DEP:territoire_inconnu 3:Enseigne:requis 5:Raison sociale:bailleur_en_double");
}

TEST_CASE("the grid: partners are added or completed, their people get accounts by the usual way") {
    const auto marque = core::randomHex(5);
    const std::string entete = "partenaire;type;courriel_partenaire;communes;competences;courriel;prenom;nom;role\n";
    const auto mairie = "Mairie " + marque;
    const auto adresse = [&](const char* qui) { return std::string(qui) + "-" + marque + "@exemple.fr"; };
    const auto contenu = entete + mairie + ";Commune / SCHS;" + adresse("mairie") + ";30007 30189;;" + adresse("ana") +
                         ";Ana;Puig;Agent\n" + mairie + ";Commune / SCHS;;;;" + adresse("bob") +
                         ";Bob;Roux;Administrateur\nAdil " + marque + ";ADIL;;;Visites;;;;\n";
    auto bilan = importer("grille", contenu, "--territoire 30 --dry-run");
    INFO(bilan.sortie << bilan.refus);
    CHECK(bilan.code == 0);
    CHECK(one("SELECT count(*) FROM routing.comptes WHERE courriel LIKE '%" + marque + "%'") == "0");
    CHECK(one("SELECT count(*) FROM routing.evenements WHERE personnel->>'courriel' LIKE '%" + marque + "%'") == "0");
    REQUIRE(importer("grille", contenu, "--territoire 30").code == 0);
    const auto partenaires = lire("/partenaires?territoire=30&q=" + marque).json().at("partenaires");
    REQUIRE(partenaires.size() == 2);
    CHECK(partenaires[0].at("competences") == Json::array({"VISITES"}));
    CHECK(partenaires[1].at("communes") == Json({"30007", "30189"}));
    CHECK(partenaires[1].at("competences").size() == 9);
    CHECK(one("SELECT string_agg(role || statut, ' ' ORDER BY courriel) FROM routing.comptes WHERE courriel LIKE '%" +
              marque + "%'") == "agentINACTIVE admin_partenaireINACTIVE");
    const auto ana = one("SELECT id FROM routing.comptes WHERE courriel = '" + adresse("ana") + "'");
    CHECK_FALSE(comptes::secretDuCourriel(ana, "ACCOUNT_ACTIVATION_FROM_BO").empty());
    bilan = importer("grille", contenu, "--territoire 30");
    INFO(bilan.sortie << bilan.refus);
    CHECK(bilan.sortie.find("0 added, 0 changed, 0 gone, 4 as they were") != std::string::npos);

    // In another territory she works for one more partner; in this one she does not.
    const auto ailleurs = entete + "Ccas " + marque + ";CCAS;;;;" + adresse("ana") + ";Ana;Puig;Agent\n";
    REQUIRE(importer("grille", ailleurs, "--territoire 34").code == 0);
    CHECK(one("SELECT count(*) FROM routing.comptes_partenaires WHERE compte = '" + ana + "'") == "2");
    CHECK(importer("grille", ailleurs, "--territoire 30").refus == "2:courriel:deja_du_territoire");
    CHECK(lire("/partenaires?territoire=30&q=Ccas%20" + marque).json().at("partenaires").empty());

    CHECK(
        importer("grille", entete + "X " + marque + ";Mairie;pas-une-adresse;75056;;a@b.fr;;;Chef\n", "--territoire 30")
            .refus ==
        "2:prenom:prenom_invalide 2:nom:nom_invalide 2:role:role_inconnu 2:type:valeur_inconnue "
        "2:courriel_partenaire:courriel_invalide "
        "2:communes:commune_hors_territoire");
    CHECK(importer("grille", entete + mairie + ";ADIL;;;;;;;\n", "--territoire 30").refus == "2:type:type_different");
    CHECK(importer("grille", entete + mairie + ";Commune / SCHS;;;;" + adresse("mairie") + ";A;B;Agent\n",
                   "--territoire 30")
              .refus == "2:courriel:courriel_de_partenaire");
    CHECK(
        importer("grille", entete + "Y " + marque + ";ADIL;" + adresse("bob") + ";;;;;;\n", "--territoire 30").refus ==
        "2:courriel_partenaire:courriel_de_compte");
    CHECK(importer("grille",
                   entete + "Z " + marque + ";ADIL;;;;z@b.fr;A;B;Agent\nZ " + marque + ";ADIL;;;;Z@b.fr;A;B;Agent\n",
                   "--territoire 30")
              .refus == "3:courriel:courriel_en_double");
}
