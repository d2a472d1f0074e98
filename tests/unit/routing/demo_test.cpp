#include <map>
#include <set>

#include <catch2/catch.hpp>

#include "libs/core/error.hpp"
#include "libs/core/ids.hpp"
#include "libs/domain/territoires/communes.hpp"
#include "libs/domain/territoires/territoires.hpp"
#include "services/routing/domain/annuaire_json.hpp"
#include "services/routing/domain/auto_affectation.hpp"
#include "services/routing/domain/bailleurs.hpp"
#include "services/routing/domain/localisation.hpp"
#include "tests/unit/routing/files.hpp"

using namespace histologe::routing;
using namespace histologe::domain;
using histologe::core::Json;

namespace {

const Json& demoJson() {
    static const auto document = readJsonFile("data/demo/annuaire.json");
    return document;
}

const Annuaire& demo() {
    static const Annuaire annuaire(readAnnuaire(demoJson()));
    return annuaire;
}

DossierAAffecter dossier(const Json& json) {
    DossierAAffecter read;
    read.territoire = CodeTerritoire::parse(json.at("territoire").get<std::string>()).value();
    read.codeInsee = CodeInsee::parse(json.at("codeInsee").get<std::string>());
    const auto& position = json.at("position");
    read.position = Position{position.at("longitude").get<double>(), position.at("latitude").get<double>()};
    if (json.at("logementSocial").is_boolean()) read.logementSocial = json.at("logementSocial").get<bool>();
    if (json.at("allocataire").is_string())
        read.allocataire = parseAllocataire(json.at("allocataire").get<std::string>());
    read.profil = parseName<ProfilDeclarant>(json.at("profil").get<std::string>()).value();
    if (json.at("denominationBailleur").is_string()) {
        read.bailleur = bailleurDuLogement(demo(), read.territoire, read.logementSocial,
                                           json.at("denominationBailleur").get<std::string>());
    }
    for (const auto& name : json.at("qualifications")) {
        read.qualifications.insert(parseName<Qualification>(name.get<std::string>()).value());
    }
    return read;
}

std::vector<std::string> noms(const std::vector<PartenaireId>& ids) {
    std::vector<std::string> list;
    for (const auto& id : ids) list.push_back(demo().partenaire(id)->nom);
    return list;
}

}  // namespace

TEST_CASE("the demonstration directory sends every case where it is expected") {
    const auto attendu = readJsonFile("data/demo/attendu.json");
    std::set<std::vector<std::string>> distinct;
    std::size_t payloads = 0;
    std::size_t nobody = 0;
    for (const auto& cas : attendu.at("cas")) {
        INFO(cas.at("nom").get<std::string>());
        const auto affectes = noms(affecter(demo(), dossier(cas.at("dossier")), ModeAffectation::Reelle));
        CHECK(affectes == cas.at("partenaires").get<std::vector<std::string>>());
        nobody += affectes.empty() ? 1 : 0;
        if (cas.at("payload").is_null()) continue;
        ++payloads;
        CHECK_FALSE(affectes.empty());
        CHECK(distinct.insert(affectes).second);
    }
    CHECK(payloads == 9);
    CHECK(nobody > 0);
}

TEST_CASE("the cases made from samples say what the samples say") {
    std::size_t compared = 0;
    // Named: a temporary would be gone before the first turn.
    const auto attendu = readJsonFile("data/demo/attendu.json");
    for (const auto& cas : attendu.at("cas")) {
        if (cas.at("payload").is_null()) continue;
        const auto payload = cas.at("payload").get<std::string>();
        INFO(payload);
        const auto sample = readJsonFile("tests/golden/payloads/" + payload);
        const auto& facts = cas.at("dossier");
        CHECK(sample.at("adresse_logement_adresse_detail_insee") == facts.at("codeInsee"));
        CHECK(sample.at("adresse_logement_adresse_detail_code_postal") == facts.at("codePostal"));
        const auto& position = facts.at("position");
        CHECK(sample.at("adresse_logement_adresse_detail_geoloc_lng") == position.at("longitude"));
        CHECK(sample.at("adresse_logement_adresse_detail_geoloc_lat") == position.at("latitude"));
        auto profil = sample.at("profil").get<std::string>();
        std::transform(profil.begin(), profil.end(), profil.begin(), [](unsigned char c) { return std::toupper(c); });
        CHECK(profil == facts.at("profil").get<std::string>());
        ++compared;
    }
    CHECK(compared == 9);
}

TEST_CASE("the demonstration directory is sound") {
    CHECK(demo().anomalies().empty());
    std::set<std::string> ids;
    for (const auto* list : {"partenaires", "zones", "bailleurs", "regles"}) {
        for (const auto& entry : demoJson().at(list)) {
            const auto id = entry.at("id").get<std::string>();
            INFO(id);
            CHECK(histologe::core::isUuid(id));
            CHECK(ids.insert(id).second);
        }
    }
    std::set<std::string> courriels;
    for (const auto& entry : demoJson().at("partenaires")) {
        const auto courriel = entry.at("courriel").get<std::string>();
        INFO(courriel);
        CHECK(courriel.find("@example.org") != std::string::npos);
        CHECK(courriels.insert(courriel).second);
    }
}

TEST_CASE("the demonstration directory speaks of real, open communes") {
    const auto territoires = Territoires::fromJson(readJsonFile("data/territoires.json").dump());
    const auto communes = Communes::fromCsv(readTextFile("data/communes.csv"));
    std::map<std::string, std::size_t> parTerritoire;
    for (const auto& partenaire : demo().contenu().partenaires) {
        ++parTerritoire[partenaire.territoire->str()];
        const auto* territoire = territoires.find(*partenaire.territoire);
        REQUIRE(territoire != nullptr);
        CHECK(territoire->actif);
        if (!partenaire.communes) continue;
        for (const auto code : *partenaire.communes) {
            INFO(partenaire.nom << " " << code.str());
            CHECK_FALSE(communes.nameOf(code).empty());
            CHECK(territoires.territoireOf(code) == territoire);
        }
    }
    CHECK(parTerritoire.size() == 10);
    for (const auto& epci : demo().contenu().epcis) {
        for (const auto code : epci.communes) CHECK_FALSE(communes.nameOf(code).empty());
    }
    std::size_t cases = 0;
    const auto attendu = readJsonFile("data/demo/attendu.json");
    for (const auto& cas : attendu.at("cas")) {
        const auto& facts = cas.at("dossier");
        INFO(cas.at("nom").get<std::string>());
        const auto insee = CodeInsee::parse(facts.at("codeInsee").get<std::string>()).value();
        const auto postal = CodePostal::parse(facts.at("codePostal").get<std::string>()).value();
        CHECK(communes.find(postal, insee).has_value());
        CHECK(territoires.isOpen(insee));
        CHECK(territoires.territoireOf(insee)->code.str() == facts.at("territoire").get<std::string>());
        ++cases;
    }
    CHECK(cases == 33);
}

TEST_CASE("every territory of the demonstration has somebody to help landlords") {
    for (const auto* code : {"13", "30", "64", "34", "44", "59", "69A", "93", "2A", "974"}) {
        INFO(code);
        DossierAAffecter cas;
        cas.territoire = *CodeTerritoire::parse(code);
        CHECK(localiser(demo(), cas, ModeAffectation::Reelle, Qualification::AideBailleurs).size() == 1);
    }
}

TEST_CASE("a directory that cannot be read names every entry at fault") {
    auto document = demoJson();
    document["partenaires"][1]["type"] = "VOYANT";
    document["regles"][0]["communesExclues"] = Json::array({"1"});
    document["zones"][0].erase("wkt");
    document["epcis"] = "aucun";
    try {
        readAnnuaire(document);
        FAIL("accepted");
    } catch (const histologe::core::Error& error) {
        CHECK(error.code() == "annuaire_illisible");
        std::vector<std::string> champs;
        for (const auto& violation : error.violations()) champs.push_back(violation.champ);
        CHECK(champs ==
              std::vector<std::string>{"partenaires.1.type", "zones.0.wkt", "epcis", "regles.0.communesExclues"});
    }
    CHECK_THROWS_AS(readAnnuaire(Json::array()), histologe::core::Error);
    CHECK(readAnnuaire(Json::object()).partenaires.empty());
}
