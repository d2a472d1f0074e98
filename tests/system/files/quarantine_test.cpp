#include <catch2/catch.hpp>

#include "libs/core/files.hpp"
#include "tests/system/files/bench.hpp"

using namespace histologe;
using namespace histologe::filestest;

TEST_CASE("P-093: nothing of where a photo was taken stays in storage") {
    const auto photo = photograph();
    REQUIRE(photo.find("TelephoneDeTest") != std::string::npos);
    const auto key = upload("signalement[photos]", "cuisine.jpg", photo).json().at("file").get<std::string>();
    REQUIRE(eventually([&] { return stateOf(key) == "DISPONIBLE"; }));
    const auto row = sql().rows("SELECT cle_original, cle_moyenne, cle_vignette, pris_le FROM intake.fichiers WHERE cle = $1", {key})[0];
    for (int i = 0; i < 3; ++i) {
        const auto content = core::readFile(platform().filesFolder() / *row[static_cast<std::size_t>(i)]);
        CHECK(content.find("TelephoneDeTest") == std::string::npos);
        CHECK(content.size() > 1000);
    }
    CHECK(row[3] == "2024-05-01T10:11:12");
    // The received file goes at the next round of cleaning, which a restart brings at once.
    platform().restart("intake-0");
    CHECK(eventually([&] { return !std::filesystem::exists(platform().filesFolder() / key); }));
}

TEST_CASE("D-121: HEIC is taken and becomes JPEG") {
    const auto key = upload("signalement[photos]", "IMG_0001.HEIC", photograph(".heic", 640, 480)).json().at("file").get<std::string>();
    CHECK(key.ends_with(".heic"));
    REQUIRE(eventually([&] { return stateOf(key) == "DISPONIBLE"; }));
    CHECK(sql().rows("SELECT type_mime FROM intake.fichiers WHERE cle = $1", {key})[0][0] == "image/jpeg");
}

TEST_CASE("an infected file is never available; D-125: a doubt about a PDF does not keep it away") {
    const auto bad = upload("signalement[documents]", "note.txt", kInfected).json().at("file").get<std::string>();
    const auto doubtful = upload("signalement[documents]", "bail.pdf", kDoubtful).json().at("file").get<std::string>();
    CHECK(eventually([&] { return stateOf(bad) == "INFECTE"; }));
    CHECK(eventually([&] { return stateOf(doubtful) == "DISPONIBLE"; }));
    CHECK(sql().rows("SELECT virus FROM intake.fichiers WHERE cle = $1", {bad})[0][0] == "Histologe.Essai.UNOFFICIAL");
    CHECK(sql().rows("SELECT virus FROM intake.fichiers WHERE cle = $1", {doubtful})[0][0] == "Histologe.Generic.Doute.UNOFFICIAL");
}

TEST_CASE("without an antivirus files wait in quarantine and are looked at when it is back") {
    platform().kill("antivirus");
    const auto key = upload("signalement[photos]", "salle.jpg", photograph(".jpg", 200, 200)).json().at("file").get<std::string>();
    const auto bad = upload("signalement[documents]", "note.txt", kInfected).json().at("file").get<std::string>();
    REQUIRE(eventually([&] {
        return sql().rows("SELECT prochain_essai > now() FROM intake.fichiers WHERE cle = $1", {key})[0][0] == "t";
    }));
    CHECK(stateOf(key) == "A_EXAMINER");
    platform().restart("antivirus");
    CHECK(eventually([&] { return stateOf(key) == "DISPONIBLE"; }));
    CHECK(eventually([&] { return stateOf(bad) == "INFECTE"; }));
}

TEST_CASE("an instance that is killed in the middle of a look loses nothing") {
    std::vector<std::string> keys;
    const auto photo = photograph(".jpg", 3000, 2000);
    for (int i = 0; i < 8; ++i) keys.push_back(upload("signalement[photos]", "p.jpg", photo, {}, 1).json().at("file").get<std::string>());
    platform().kill("intake-0");
    platform().kill("intake-1");
    const auto uuid = signalement(keys);
    // The leases of the dead, ended early: they last five minutes.
    sql().rows("UPDATE intake.fichiers SET bail_jusqu_a = now() - interval '1 second' WHERE etat = 'EN_COURS'");
    platform().restart("intake-0");
    platform().restart("intake-1");
    for (const auto& key : keys) CHECK(eventually([&] { return stateOf(key) == "DISPONIBLE"; }));
    CHECK(eventually([&] {
        return sql().rows("SELECT count(*) FROM intake.evenements WHERE type = 'fichier.ajoute' AND sujet = $1", {uuid})[0][0] == "8";
    }));
}

TEST_CASE("D-123: what belongs to no report after six months is removed, from storage too") {
    const auto key = upload("signalement[documents]", "oublie.txt", "Du texte.\n").json().at("file").get<std::string>();
    REQUIRE(eventually([&] { return stateOf(key) == "DISPONIBLE"; }));
    REQUIRE(std::filesystem::exists(platform().filesFolder() / key));
    sql().rows("UPDATE intake.fichiers SET recu_le = now() - interval '200 days' WHERE cle = $1", {key});
    platform().restart("intake-1");
    CHECK(eventually([&] { return stateOf(key) == "SUPPRIME"; }));
    CHECK(eventually([&] { return !std::filesystem::exists(platform().filesFolder() / key); }));
}
