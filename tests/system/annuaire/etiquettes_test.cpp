// Tags of territories, and of dossiers.
#include <algorithm>

#include <catch2/catch.hpp>

#include "tests/system/annuaire/annuaire.hpp"

using namespace histologe;
using namespace histologe::annuaire;

namespace {

std::string chemin(const Json& fiche) {
    return "/etiquettes/" + fiche.at("id").get<std::string>();
}

Json nouvelle(const std::string& territoire = "13") {
    return {{"libelle", nomNeuf("Étiquette")}, {"territoire", territoire}};
}

Answer poser(const std::string& uuid, const Json& ids, const std::string& jeton, const std::string& version) {
    return comptes::avec("PUT", "/dossiers/" + uuid + "/etiquettes", {{"etiquettes", ids}}, jeton,
                         {{"If-Match", version}});
}

}  // namespace

TEST_CASE("a tag is its territory's: its label once, made by managers, read by agents") {
    const auto rt = responsable("13");
    const auto agent = jetonDe(auth::Role::Agent, {"13"}, {"x"});
    const auto answer = creer("/etiquettes", nouvelle(), rt);
    INFO(answer.body);
    REQUIRE(answer.status == 201);
    const auto une = answer.json();
    auto double_ = nouvelle();
    double_["libelle"] = "  " + une.at("libelle").get<std::string>();
    double_["libelle"].get_ref<std::string&>().replace(2, 2, "e");  // É: the same, case and accents aside
    CHECK(refus(creer("/etiquettes", double_, rt)) == "libelle:libelle_pris");
    double_["territoire"] = "34";
    CHECK(creer("/etiquettes", double_).status == 201);
    double_ = nouvelle();
    const auto statuts = ensemble(10, [&](int) { return creer("/etiquettes", double_); });
    CHECK(std::count(statuts.begin(), statuts.end(), 201) == 1);

    CHECK(lire(chemin(une), agent).status == 200);
    CHECK(lire(chemin(une) + "/historique", agent).status == 403);
    CHECK(creer("/etiquettes", nouvelle(), agent).status == 403);
    for (const auto& jeton : {responsable("34"), jetonDe(auth::Role::Agent, {"34"}, {"x"})}) {
        CHECK(lire(chemin(une), jeton).status == 404);
        CHECK(lire("/etiquettes?territoire=13", jeton).json().at("etiquettes").empty());
    }
    CHECK(creer("/etiquettes", nouvelle(), responsable("34")).status == 403);
    CHECK(modifier(chemin(une), {{"libelle", "x"}}, responsable("34")).status == 404);
    CHECK(modifier(chemin(une), {{"libelle", nomNeuf("Autre")}}, rt).status == 200);
    CHECK(archiver(chemin(une), rt).status == 200);
    CHECK(modifier(chemin(une), {{"libelle", "x"}}, rt).status == 403);
    CHECK(lire("/etiquettes?territoire=13&archives=true", rt).body.find(une.at("id").get<std::string>()) !=
          std::string::npos);
    for (const Json& corps : {Json{{"libelle", ""}, {"territoire", "13"}},
                              Json{{"libelle", std::string(256, 'x')}, {"territoire", "13"}}, Json::object()}) {
        CHECK(creer("/etiquettes", corps).status == 400);
    }
    CHECK(refus(creer("/etiquettes", {{"libelle", "  "}, {"territoire", "13"}})) == "libelle:requis");
}

TEST_CASE("a dossier is given tags of its territory by who may edit it") {
    const auto uuid = agents::declared();
    REQUIRE(product::waitFor("SELECT statut FROM routing.recherche WHERE signalement = '" + uuid + "'", "ACTIVE") ==
            "ACTIVE");
    const auto a = cree("/etiquettes", nouvelle());
    const auto b = cree("/etiquettes", nouvelle());
    const auto ailleurs = cree("/etiquettes", nouvelle("34"));
    const auto rt = responsable("13");
    const auto la = "/dossiers/" + uuid + "/etiquettes";
    const auto vide = lire(la, rt);
    REQUIRE(vide.status == 200);
    CHECK(vide.json().at("etiquettes").empty());
    const auto posees = poser(uuid, {a.at("id"), b.at("id"), a.at("id")}, rt, vide.header("ETag"));
    INFO(posees.body);
    REQUIRE(posees.status == 200);
    CHECK(posees.json().at("etiquettes").size() == 2);
    CHECK(poser(uuid, Json::array(), rt, vide.header("ETag")).status == 412);
    CHECK(refus(poser(uuid, Json::array({ailleurs.at("id")}), rt, posees.header("ETag"))) ==
          "etiquettes:etiquette_inconnue");
    // An archived tag stays where it is and goes nowhere else.
    REQUIRE(archiver(chemin(a)).status == 200);
    CHECK(lire(la, rt).json().at("etiquettes").size() == 2);
    CHECK(poser(uuid, Json::array({a.at("id")}), rt, posees.header("ETag")).status == 200);
    const auto seule = lire(la, rt);
    CHECK(poser(uuid, Json::array(), rt, seule.header("ETag")).json().at("etiquettes").empty());
    CHECK(refus(poser(uuid, Json::array({a.at("id")}), rt, vide.header("ETag"))) == "etiquettes:etiquette_inconnue");
    // Who may not see the dossier, or only see it.
    CHECK(lire(la, responsable("34")).status == 404);
    CHECK(poser(uuid, Json::array(), responsable("34"), "*").status == 404);
    CHECK(lire("/dossiers/00000000-0000-4000-8000-000000000000/etiquettes", rt).status == 404);
    const auto partenaire =
        one("SELECT partenaire FROM routing.affectations WHERE signalement = '" + uuid + "' LIMIT 1");
    const auto agent = jetonDe(auth::Role::Agent, {"13"}, {partenaire});
    CHECK(lire(la, agent).status == 200);
    CHECK(poser(uuid, Json::array(), agent, "*").status == 403);  // not accepted yet
    const auto version = lire(la, rt).header("ETag");
    const auto statuts = ensemble(20, [&](int) { return poser(uuid, Json::array({b.at("id")}), rt, version); });
    CHECK(std::count(statuts.begin(), statuts.end(), 200) == 1);
    CHECK(std::count(statuts.begin(), statuts.end(), 412) == 19);
    // Who looked, and who changed, is kept.
    const auto traces = [&](const std::string& operation) {
        return std::stoi(one("SELECT count(*) FROM routing.acces WHERE signalement = '" + uuid + "' AND operation = '" +
                             operation + "'"));
    };
    CHECK(traces("getEtiquettesDuDossier") >= 6);
    CHECK(traces("replaceEtiquettesDuDossier") >= 25);
}
