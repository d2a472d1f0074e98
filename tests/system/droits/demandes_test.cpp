// Reproductions of what was asked of the platform in service, about who comes in and who sees what, by their numbers.
#include <catch2/catch.hpp>

#include "tests/system/droits/scene.hpp"

using namespace histologe;
using namespace histologe::droits;
using core::Json;

TEST_CASE("D-41: initials are typed without accents") {
    const auto dossier = usager::declare([](Json& reponses) {
        reponses["vos_coordonnees_occupant_prenom"] = "Élodie";
        reponses["vos_coordonnees_occupant_nom"] = "Émile";
    });
    for (const auto* lettre : {"E", "e", "É"}) {
        CHECK(usager::enter(usager::login(dossier, {{"initialePrenom", lettre}, {"initialeNom", lettre}})).status == 200);
    }
    CHECK(usager::enter(usager::login(dossier, {{"initialePrenom", "A"}, {"initialeNom", "E"}})).status == 401);
}

TEST_CASE("D-36: a page that is none is refused with its reason, never an error of ours") {
    const auto& qui = scene().lecteur("super admin");
    for (const auto* page : {"abc", "-1", "0", "1"}) {
        const auto answer = qui.demander("GET", std::string("/dossiers?page=") + page);
        INFO(answer.body);
        CHECK(answer.status == 400);
        CHECK(answer.isProblem());
    }
    for (const auto* limite : {"abc", "-1", "0", "101"}) CHECK(qui.demander("GET", std::string("/dossiers?limite=") + limite).status == 400);
}

TEST_CASE("D-99: whoever is refused is answered by a problem with a code, at every door") {
    const auto& agent = scene().lecteur("agent d'ailleurs");
    for (const auto& chemin : {"/dossiers/" + scene().dossier.uuid, "/signalements/" + scene().dossier.uuid, "/comptes/" + scene().compte,
                               std::string("/comptes-api"), std::string("/services-secours"), std::string("/espace-usager/fil")}) {
        const auto answer = agent.demander("GET", chemin);
        INFO(chemin << " " << answer.body);
        CHECK((answer.status == 403 || answer.status == 404));
        CHECK(answer.isProblem());
    }
}
