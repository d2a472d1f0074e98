// Zones, drawn over HTTP.
#include <algorithm>
#include <chrono>
#include <cmath>

#include <catch2/catch.hpp>

#include "tests/system/annuaire/annuaire.hpp"

using namespace histologe;
using namespace histologe::annuaire;

namespace {

Json nouvelle(const std::string& wkt = carre(5.37, 43.3, 0.01), const std::string& territoire = "13") {
    return {{"nom", nomNeuf("Zone")}, {"type", "OPAH"}, {"territoire", territoire}, {"wkt", wkt}};
}

std::string chemin(const Json& fiche) {
    return "/zones/" + fiche.at("id").get<std::string>();
}

Json partenaire(const std::string& territoire = "13") {
    return cree("/partenaires", {{"nom", nomNeuf("De zone")}, {"type", "ADIL"}, {"territoire", territoire}});
}

}  // namespace

TEST_CASE("a zone comes as WKT or as GeoJSON and is shown as both") {
    const auto wkt = cree("/zones", nouvelle());
    CHECK(wkt.at("reparation") == nullptr);
    CHECK(wkt.at("probleme") == nullptr);
    CHECK(wkt.at("geojson").at("type") == "Polygon");
    auto corps = nouvelle();
    corps.erase("wkt");
    corps["geojson"] = {{"type", "Feature"}, {"properties", Json::object()}, {"geometry", wkt.at("geojson")}};
    const auto geojson = cree("/zones", corps);
    CHECK(geojson.at("geojson") == wkt.at("geojson"));
    CHECK(lire(chemin(geojson)).json() == geojson);
    CHECK_FALSE(lire("/zones?territoire=13&limite=1").json().at("zones")[0].contains("wkt"));

    auto deux = nouvelle();
    deux["geojson"] = wkt.at("geojson");
    CHECK(refus(creer("/zones", deux)) == "geojson:une_seule_forme");
    deux.erase("geojson");
    deux.erase("wkt");
    CHECK(refus(creer("/zones", deux)) == "wkt:requis");
}

TEST_CASE("D-52: a malformed geometry is refused when it is saved, with the reason") {
    const struct {
        const char* wkt;
        const char* code;
    } cas[] = {{"POLYGON((5.3 43.2, 5.4", "wkt_illisible"},
               {"banane", "wkt_illisible"},
               {"POINT (5.37 43.3)", "sans_surface"},
               {"LINESTRING (5 43, 6 44)", "sans_surface"},
               {"POLYGON EMPTY", "sans_surface"},
               {"POLYGON ((5 43, 5 43, 5 43, 5 43))", "sans_surface"},
               {"POLYGON ((500 43, 501 43, 501 44, 500 43))", "hors_du_globe"},
               {"POLYGON ((43.3 5.37, 43.4 5.37, 43.4 5.4, 43.3 5.37))", "zone_hors_territoire"}};
    for (const auto& un : cas) {
        const auto answer = creer("/zones", nouvelle(un.wkt));
        INFO(un.wkt << " " << answer.body);
        CHECK(answer.status == 400);
        CHECK(refus(answer) == std::string("wkt:") + un.code);
    }
    for (const Json& geojson :
         {Json{{"type", "Polygon"}}, Json{{"type", "Rond"}, {"coordinates", Json::array()}},
          Json{{"type", "Polygon"}, {"coordinates", {{{5, 43}, {6, 43}, "x"}}}}, Json::object()}) {
        auto corps = nouvelle();
        corps.erase("wkt");
        corps["geojson"] = geojson;
        const auto answer = creer("/zones", corps);
        INFO(geojson.dump() << " " << answer.body);
        CHECK(refus(answer) == "geojson:geojson_illisible");
    }
}

TEST_CASE("an outline that crosses itself is repaired, and the sheet says so") {
    const auto fiche = cree("/zones", nouvelle("POLYGON ((5.3 43.2, 5.4 43.3, 5.4 43.2, 5.3 43.3, 5.3 43.2))"));
    CHECK(fiche.at("geojson").at("type") == "MultiPolygon");
    CHECK(fiche.at("reparation").get<std::string>().find("se croise") != std::string::npos);
    CHECK(one("SELECT count(*) FROM routing.zones WHERE contenu->>'nom' = '" + fiche.at("nom").get<std::string>() +
              "'") == "1");
}

TEST_CASE("hostile geometries are refused quickly") {
    std::string profond;
    for (int i = 0; i < 100'000; ++i) profond += "GEOMETRYCOLLECTION (";
    std::string etoile = "POLYGON ((";
    for (int i = 0; i < 20'001; ++i) {
        const double angle = i % 20'000 * 2.4;
        etoile += (i > 0 ? ", " : "") + std::to_string(5.37 + 0.1 * std::cos(angle)) + " " +
                  std::to_string(43.3 + 0.1 * std::sin(angle));
    }
    std::string long_ = "POLYGON ((";
    for (int i = 0; i < 60'000; ++i) long_ += std::to_string(5.3 + i * 1e-6) + " 43.3, ";
    const std::pair<std::string, const char*> cas[] = {{profond, "wkt_illisible"},
                                                       {etoile + "))", "trop_embrouillee"},
                                                       {long_ + "5.3 43.4, 5.3 43.3))", "trop_de_sommets"}};
    for (const auto& [wkt, code] : cas) {
        const auto debut = std::chrono::steady_clock::now();
        const auto answer = creer("/zones", nouvelle(wkt));
        INFO(code << " " << answer.body.substr(0, 300));
        CHECK(refus(answer) == std::string("wkt:") + code);
        CHECK(std::chrono::steady_clock::now() - debut < std::chrono::seconds(10));
    }
    CHECK(creer("/zones", nouvelle(std::string(4'300'000, 'x'))).status == 413);
}

TEST_CASE("a zone's partners are told with the zone, and stand in their own sheets") {
    const auto a = partenaire();
    const auto b = partenaire();
    auto corps = nouvelle();
    corps["partenaires"] = Json::array({a.at("id")});
    corps["partenairesExclus"] = Json::array({b.at("id")});
    const auto zone = cree("/zones", corps);
    CHECK(zone.at("partenaires") == Json::array({a.at("id")}));
    CHECK(zone.at("partenairesExclus") == Json::array({b.at("id")}));
    const auto la = "/partenaires/" + a.at("id").get<std::string>();
    CHECK(lire(la).json().at("zones") == Json::array({zone.at("id")}));
    CHECK(lire(la).header("ETag") != a.at("etag"));
    CHECK(lire(la + "/historique").json().at("historique")[0].at("apres").contains("zones"));

    CHECK(refus(archiver(chemin(zone))) == "partenaires:zone_utilisee");
    CHECK(refus(modifier(chemin(zone), {{"partenaires", Json::array({b.at("id")})}})) ==
          "partenairesExclus:zone_des_deux_cotes");
    CHECK(lire(chemin(zone)).json().at("partenaires") == Json::array({a.at("id")}));  // nothing of it was done
    CHECK(refus(modifier(chemin(zone), {{"partenaires", Json::array({partenaire("34").at("id")})}})) ==
          "partenaires:partenaire_inconnu");
    CHECK(modifier(chemin(zone), {{"partenaires", Json::array()}, {"partenairesExclus", Json::array()}}).status == 200);
    CHECK(lire(la).json().at("zones").empty());
    CHECK(archiver(chemin(zone)).status == 200);
    CHECK(modifier(chemin(zone), {{"nom", "x"}}).status == 403);
    // Its name is free again.
    CHECK(creer("/zones", corps).status == 201);
}

TEST_CASE("a zone is its territory's: its name once, its sheet for its managers") {
    const auto zone = cree("/zones", nouvelle());
    auto double_ = nouvelle();
    double_["nom"] = zone.at("nom");
    CHECK(refus(creer("/zones", double_)) == "nom:nom_pris");
    double_["nom"] = nomNeuf("Commune");
    const auto statuts = ensemble(10, [&](int) { return creer("/zones", double_); });
    CHECK(std::count(statuts.begin(), statuts.end(), 201) == 1);

    CHECK(lire(chemin(zone), responsable("13")).status == 200);
    CHECK(creer("/zones", nouvelle(), responsable("13")).status == 201);
    CHECK(lire(chemin(zone), responsable("34")).status == 404);
    CHECK(lire(chemin(zone) + "/historique", responsable("34")).status == 404);
    CHECK(modifier(chemin(zone), {{"nom", "x"}}, responsable("34")).status == 404);
    CHECK(creer("/zones", nouvelle(), responsable("34")).status == 403);
    CHECK(lire("/zones?territoire=13", responsable("34")).json().at("zones").empty());
    for (const auto role : {auth::Role::AdminPartenaire, auth::Role::Agent, auth::Role::Api}) {
        CHECK(lire(chemin(zone), jetonDe(role, {"13"}, {"x"})).status == 403);
        CHECK(creer("/zones", nouvelle(), jetonDe(role, {"13"}, {"x"})).status == 403);
    }
    const auto version = zone.at("etag").get<std::string>();
    const auto edits = ensemble(20, [&](int i) {
        return modifier(chemin(zone), {{"nom", nomNeuf("N" + std::to_string(i))}}, superAdmin(), version);
    });
    CHECK(std::count(edits.begin(), edits.end(), 200) == 1);
    CHECK(std::count(edits.begin(), edits.end(), 412) == 19);
}

TEST_CASE("D-56: the dossiers of a zone are those in hand, not what was deleted") {
    const auto uuid = agents::declared();
    REQUIRE(product::waitFor("SELECT oriente_le IS NOT NULL FROM routing.dossiers WHERE signalement = '" + uuid + "'",
                             "t") == "t");
    const auto lieu =
        one("SELECT longitude || ' ' || latitude FROM routing.dossiers WHERE signalement = '" + uuid + "'");
    const auto espace = lieu.find(' ');
    const auto zone =
        cree("/zones", nouvelle(carre(std::stod(lieu.substr(0, espace)), std::stod(lieu.substr(espace + 1)), 0.02)));
    const auto page = "/dossiers?limite=100&sortBy=createdAt&zones[]=" + zone.at("id").get<std::string>();
    const auto avant = lire(page, responsable("13"));
    INFO(avant.body.substr(0, 300));
    REQUIRE(avant.status == 200);
    CHECK(avant.body.find(uuid) != std::string::npos);
    CHECK(lire(page, responsable("34")).body.find(uuid) == std::string::npos);
    environment::Sql(product::platform().superuserUrl())
        .run("UPDATE routing.dossiers SET statut = 'ARCHIVED' WHERE signalement = '" + uuid + "'");
    CHECK(lire(page, responsable("13")).body.find(uuid) == std::string::npos);
    CHECK(lire(page).body.find(uuid) == std::string::npos);
}
