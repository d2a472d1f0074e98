// The commune under which a signalement is kept, whatever code was sent (reference of intake, 3.1 to 3.3).
#include <catch2/catch.hpp>

#include "services/intake/domain/lieu.hpp"
#include "services/intake/http/territoires.hpp"
#include "services/intake/store/communes.hpp"
#include "tests/system/intake/banc.hpp"

using namespace histologe;
using namespace histologe::intake;
using namespace histologe::intake::essais;

namespace {

Json tiersA(const char* codePostal, const char* codeInsee) {
    auto charge = tiers();
    charge["adresse_logement_adresse_detail_code_postal"] = codePostal;
    charge["adresse_logement_adresse_detail_insee"] = codeInsee;
    return charge;
}

std::string inseeGarde(Banc& banc) {
    return banc.lignes("SELECT contenu->'adresse'->>'codeInsee' FROM signalements ORDER BY cree_le DESC LIMIT 1");
}

// What the first screen of the form is told.
Json ouvert(Banc& banc, const std::string& cp, const std::string& insee) {
    http::Request demande;
    demande.operationId = "checkTerritory";
    if (!cp.empty()) demande.query.add("cp", cp);
    if (!insee.empty()) demande.query.add("insee", insee);
    auto reponse = banc.routeur().bindings().at("checkTerritory").handler(demande, {}).value();
    auto json = banc.lit(reponse);
    json["http"] = reponse.status;
    return json;
}

// Keeps parts of a table as the consumer does.
void garde(Banc& banc, const std::vector<Json>& lots) {
    std::vector<const Json*> liste;
    for (const auto& lot : lots) liste.push_back(&lot);
    auto session = banc.pool().acquire();
    postgres::Transaction transaction(*session);
    saveLotsDeCommunes(transaction, liste);
    transaction.commit();
    banc.lieux().noteChange();
    banc.lieux().refreshIfChanged();
}

Json lot(int version, int numero, int lots, Json communes, Json fusions = Json::array()) {
    return {{"version", version},
            {"lot", numero},
            {"lots", lots},
            {"communes", std::move(communes)},
            {"fusions", std::move(fusions)}};
}

}  // namespace

TEST_CASE("D-45 D-47 a third party's whole-city code is kept as that of its first arrondissement") {
    Banc banc;
    banc.signale(tiersA("13001", "13055"));
    CHECK(inseeGarde(banc) == "13201\n");
    CHECK(banc.evenements("signalement.depose").at(0).at("codeInsee") == "13201");
    CHECK(banc.evenements("signalement.depose").at(0).at("territoire") == "13");
    banc.horloge().advance(std::chrono::minutes(1));
    banc.signale(tiersA("69001", "69123"));
    CHECK(inseeGarde(banc) == "69381\n");
    CHECK(banc.lignes("SELECT territoire FROM signalements ORDER BY cree_le DESC LIMIT 1") == "69A\n");
    // A pair that is in no row of the table is refused, on the postcode.
    const auto refus = banc.appelle("createBrouillon", tiersA("44000", "13201"));
    CHECK(refus.status == 400);
    CHECK(refus.body.find("adresseLogementAdresseDetailCodePostal") != std::string::npos);
    CHECK(banc.lignes("SELECT count(*) FROM signalements") == "2\n");
}

TEST_CASE("D-46 no INSEE code stays none, and what is no code stays what it is") {
    const domain::Communes aucune;
    CHECK(inseeActuel(aucune, "13001", "").empty());
    CHECK(inseeActuel(aucune, "", "").empty());
    CHECK(inseeActuel(aucune, "", "13055") == "13055");
    CHECK(inseeActuel(aucune, "13001", "inconnu") == "inconnu");
    CHECK_FALSE(territoireDe(domain::Territoires({}), aucune, "13001", ""));
}

TEST_CASE("the first screen of the form: every case of the table (reference of intake, 3.3)") {
    Banc banc;
    bindTerritoires(banc.routeur(), banc.lieux());
    CHECK(ouvert(banc, "", "").at("http") == 400);
    CHECK(ouvert(banc, "", "").at("label") == "Erreur");
    CHECK(ouvert(banc, "13002", "13201").at("http") == 200);
    CHECK(ouvert(banc, "13002", "13201").at("success") == false);
    CHECK(ouvert(banc, "13002", "13201").at("label") == "Erreur");
    CHECK(ouvert(banc, "13002", "13202") == Json{{"http", 200}, {"success", true}, {"territoryCode", "13"}});
    CHECK(ouvert(banc, "13001", "13055").at("territoryCode") == "13");
    CHECK(ouvert(banc, "69001", "69123").at("territoryCode") == "69A");
    CHECK(ouvert(banc, "20000", "2A004").at("territoryCode") == "2A");
    const auto ferme = ouvert(banc, "75001", "75101");
    CHECK(ferme.at("success") == false);
    CHECK(ferme.at("label") == "Avertissement");
    CHECK(ferme.at("message").get<std::string>().find("0806 706 806") != std::string::npos);
    // Rhône outside both lists; Finistère outside its two communes.
    CHECK(ouvert(banc, "69400", "69264").at("label") == "Avertissement");
    CHECK(ouvert(banc, "29200", "29019").at("success") == true);
    CHECK(ouvert(banc, "29600", "29151").at("success") == false);
}

TEST_CASE("a table of communes counts once all of its parts are there, whatever their order, and old ones go") {
    Banc banc;
    bindTerritoires(banc.routeur(), banc.lieux());
    const auto livrees = banc.lieux().communes()->size();
    garde(banc, {lot(5, 1, 2, {{"13997", "13997", "Deuxième"}})});
    CHECK(banc.lieux().communes()->size() == livrees);
    garde(banc, {lot(5, 0, 2, {{"13996", "13996", "Première"}}), lot(5, 1, 2, {{"13997", "13997", "Deuxième"}})});
    CHECK(banc.lieux().communes()->size() == 2);
    CHECK(ouvert(banc, "13997", "13997").at("success") == true);
    CHECK(ouvert(banc, "13002", "13202").at("label") == "Erreur");
    // An older one, late.
    garde(banc, {lot(4, 0, 1, {{"13002", "13202", "Marseille 2e Arrondissement"}})});
    CHECK(banc.lieux().communes()->size() == 2);
    CHECK(banc.lignes("SELECT count(*) FROM communes_lots WHERE version <> 5") == "0\n");
    // The next one is not there yet: this one holds.
    garde(banc, {lot(6, 0, 3, {{"13002", "13202", "Marseille 2e Arrondissement"}})});
    CHECK(ouvert(banc, "13997", "13997").at("success") == true);
}

TEST_CASE("D-48 a merger brings old addresses and agents' drafts under the new code") {
    Banc banc;
    const auto charge = echantillon("step__validation_signalement__locataire");
    banc.signale(charge);
    banc.execute("UPDATE signalements SET cle_adresse = '1 rue x|49530|49069'");
    Json fusions = {{"49069", "49100", "Passage"}, {"49100", "49126", "Orée-d'Anjou"}};
    garde(banc, {lot(1, 0, 1, {{"49530", "49069", "Orée d'Anjou"}}, fusions)});
    CHECK(banc.lignes("SELECT cle_adresse FROM signalements") == "1 rue x|49530|49126\n");
    CHECK(inseeActuel(*banc.lieux().communes(), "49530", "49069") == "49126");
    CHECK(banc.lieux().communes()->nameOf(*domain::CodeInsee::parse("49126")) == "Orée-d'Anjou");
}
