// The questionnaire over HTTP, as the service serves it: for each profile, people who know nothing else go from the
// first screen to a signalement, each save being taken on the way.
#include "tests/unit/intake/parcours.hpp"

#include <catch2/catch.hpp>

#include "tests/system/product/platform.hpp"
#include "tests/unit/intake/complet.hpp"

using namespace histologe;
using namespace histologe::intake;
using namespace histologe::intake::essais;
using namespace histologe::product;

namespace {

Json source(const std::string& nom) {
    const auto tiret = nom.find('-');
    const auto answer = request("GET", "/public/api/" + nom.substr(0, tiret) + "?profil=" + nom.substr(tiret + 1));
    REQUIRE(answer.status == 200);
    return answer.json();
}

// What one person's client does with the saves.
struct Client {
    std::string brouillon;
    std::string reference;
    std::vector<std::string> refus;

    bool sauver(const std::string& ecran, const Json& reponses) {
        const auto corps = core::dumpJson(reponses);
        const auto answer = brouillon.empty() ? request("POST", "/signalement-draft/check", corps)
                                              : request("PUT", "/signalement-draft/" + brouillon + "/envoi", corps);
        if (answer.status != 200) {
            refus.push_back(ecran + ": " + answer.body);
            return false;
        }
        const Json accuse = answer.json();
        if (brouillon.empty() && accuse.at("already_exists") == true) refus.push_back(ecran + ": " + answer.body);
        if (brouillon.empty()) brouillon = accuse.value("uuid", "");
        reference = accuse.value("signalementReference", "");
        return !reference.empty();
    }
};

}  // namespace

TEST_CASE("every profile goes from the first screen to a signalement with what the service serves") {
    for (const Profil profil : kTousLesProfils) {
        const Questionnaire questionnaire(profil, source);
        unsigned envoyes = 0;
        for (unsigned graine = 1; graine <= 6; ++graine) {
            INFO(motDe(profil) << ' ' << graine);
            Monde monde;
            monde.televersements = false;
            monde.marque = ".n" + std::to_string(static_cast<int>(profil)) + std::to_string(graine);
            Parcours parcours(questionnaire, monde, graine);
            if (graine == 2) parcours.etre(Parcours::Humeur::ToutDeclarer);
            if (graine == 3) parcours.etre(Parcours::Humeur::Laconique);
            Client client;
            const auto fin = parcours.mener(
                [&client](const std::string& ecran, const Json& reponses) { return client.sauver(ecran, reponses); });
            CHECK(client.refus == std::vector<std::string>{});
            CHECK(parcours.impasse().empty());
            if (fin != Parcours::Fin::Envoye) continue;
            ++envoyes;
            CHECK_FALSE(client.reference.empty());
            environment::Sql sql(platform().superuserUrl());
            const auto lignes =
                sql.rows("SELECT contenu->>'profilDeclarant' FROM intake.signalements WHERE brouillon = $1::uuid",
                         {client.brouillon});
            REQUIRE(lignes.size() == 1);
            CHECK(lignes[0][0] == std::string(codeDe(profil)));
            // It is told to the services that act on it.
            CHECK(waitFor("SELECT count(*)::text FROM routing.dossiers d JOIN intake.signalements s "
                          "ON s.uuid = d.signalement WHERE s.brouillon = '" +
                              client.brouillon + "'",
                          "1") == "1");
        }
        INFO(motDe(profil));
        CHECK(envoyes >= 4);
    }
}

TEST_CASE("the social landlords that the form proposes are those of the dwelling's territory") {
    const auto noms = [](const std::string& question) {
        const auto answer = request("GET", "/bailleurs?" + question);
        CHECK(answer.status == 200);
        std::vector<std::string> tous;
        for (const Json& bailleur : answer.json()) tous.push_back(bailleur.at("name"));
        return tous;
    };
    CHECK(noms("name=habitat&inseecode=13202&sanitize=true") ==
          std::vector<std::string>{"13 Habitat", "Habitat Imaginaire"});
    CHECK(noms("name=imaginaire%20HABITAT&inseecode=13202") == std::vector<std::string>{"Habitat Imaginaire"});
    CHECK(noms("name=habitat&inseecode=34172").empty());
    CHECK(noms("name=habitat&inseecode=99999").empty());
    CHECK(noms("name=&inseecode=13202").empty());
    CHECK(noms("inseecode=x").empty());
}

TEST_CASE("what breaks a rule is told in one body for the form and for any other client") {
    Json reponses = complet(Profil::TiersParticulier);
    reponses["vos_coordonnees_tiers_email"] = "personne";
    reponses.erase("vos_coordonnees_tiers_nom");
    for (const char* chemin : {"/signalement-draft/check", "/signalement-draft/envoi"}) {
        INFO(chemin);
        const auto answer = request("POST", chemin, core::dumpJson(reponses));
        CHECK(answer.status == 400);
        CHECK(answer.isProblem());
        const Json corps = answer.json();
        CHECK(corps.at("code") == "reponses_invalides");
        CHECK(corps.at("title") == "Validation Failed");
        REQUIRE(corps.at("violations").size() == 2);
        const Json& nom = corps["violations"][0];
        CHECK(nom.at("champ") == "vosCoordonneesTiersNom");
        CHECK(nom.at("code") == "obligatoire");
        CHECK(nom.at("propertyPath") == nom.at("champ"));
        CHECK(nom.at("title") == nom.at("message"));
        CHECK(corps["violations"][1].at("code") == "courriel_invalide");
        CHECK(corps["violations"][1].at("parameters").at("{{ value }}") == "\"personne\"");
    }
}
