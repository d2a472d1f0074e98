#include <catch2/catch.hpp>

#include <atomic>
#include <thread>

#include "libs/core/ids.hpp"
#include "tests/system/files/bench.hpp"

using namespace histologe;
using namespace histologe::filestest;

TEST_CASE("D-120 and P-017: a name that says another thing than the content is refused, in words") {
    const std::string webp = std::string("RIFF\x24\0\0\0WEBPVP8 ", 16) + std::string(40, '\0');
    for (const auto& [name, content] : std::vector<std::pair<std::string, std::string>>{
             {"a.jpg", webp}, {"a.jpg", kDoubtful}, {"bail.pdf", "Du texte.\n"}}) {
        const auto refused = upload("signalement[documents]", name, content);
        CHECK(refused.status == 400);
        CHECK(refused.json().at("code") == "contenu_different_du_nom");
        CHECK(refused.json().at("error").is_string());
    }
}

TEST_CASE("P-016: a document is refused where photos are asked for") {
    CHECK(upload("signalement[photos]", "lettre.txt", "Du texte.\n").json().at("code") == "type_de_fichier_refuse");
}

TEST_CASE("P-018: a file over the limit is refused and nothing of it is stored") {
    const auto before = sql().rows("SELECT count(*) FROM intake.fichiers")[0][0];
    CHECK(upload("signalement[documents]", "long.txt", std::string(10 * 1024 * 1024 + 1, 'a')).status == 413);
    CHECK(sql().rows("SELECT count(*) FROM intake.fichiers")[0][0] == before);
    for (const auto& entry : std::filesystem::recursive_directory_iterator(platform().filesFolder())) {
        if (entry.is_regular_file()) CHECK(entry.file_size() <= 10 * 1024 * 1024);
    }
}

TEST_CASE("P-118: characters that a file system does not take are not in a title") {
    const auto kept = upload("signalement[documents]", "a:b*c?d<e>f|g.txt", "Du texte.\n");
    REQUIRE(kept.status == 200);
    CHECK(kept.json().at("titre") == "abcdefg.txt");
}

TEST_CASE("P-024: files sent at the same time to both instances are all kept, each told of once") {
    std::vector<std::string> keys(6);
    std::vector<std::thread> clients;
    for (int i = 0; i < 6; ++i) {
        clients.emplace_back([i, &keys] {
            const auto kept = upload("signalement[photos]", "p.jpg", photograph(".jpg", 300 + i, 200), {}, i % 2);
            if (kept.status == 200) keys[static_cast<std::size_t>(i)] = kept.json().at("file").get<std::string>();
        });
    }
    for (auto& client : clients) client.join();
    const auto uuid = signalement(keys);
    for (const auto& key : keys) CHECK(eventually([&] { return stateOf(key) == "DISPONIBLE"; }));
    const auto told = [&] {
        return sql().rows("SELECT count(*), count(DISTINCT donnees->>'fichierId') FROM intake.evenements "
                          "WHERE type = 'fichier.ajoute' AND sujet = $1", {uuid})[0];
    };
    CHECK(eventually([&] { return told()[0] == "6"; }));
    std::this_thread::sleep_for(std::chrono::seconds(2));
    CHECK(told()[0] == "6");
    CHECK(told()[1] == "6");
}

TEST_CASE("a draft takes a hundred files") {
    const auto draft = core::uuidV4();
    CHECK(upload("signalement[documents]", "a.txt", "Du texte.\n", "?brouillon=" + draft).status == 200);
    sql().rows("INSERT INTO intake.fichiers (cle, titre, type_mime, octets, recu_le, brouillon, etat) "
               "SELECT 'essai/' || i, '', '', 1, now(), $1, 'DISPONIBLE' FROM generate_series(1, 99) i", {draft});
    const auto refused = upload("signalement[documents]", "a.txt", "Du texte.\n", "?brouillon=" + draft);
    CHECK(refused.status == 400);
    CHECK(refused.json().at("code") == "brouillon_plein");
    sql().rows("UPDATE intake.fichiers SET etat = 'SUPPRIME' WHERE cle IN ('essai/1', 'essai/2', 'essai/3')");
    // Room for three; ten come at once, to both instances, and nothing is left of the other seven.
    const int before = countFiles(platform().filesFolder());
    std::atomic<int> kept{0};
    std::vector<std::thread> clients;
    for (int i = 0; i < 10; ++i) {
        clients.emplace_back([&, i] {
            const auto answer = upload("signalement[documents]", "a.txt", "Du texte.\n", "?brouillon=" + draft, i % 2);
            kept += answer.status == 200 ? 1 : 0;
        });
    }
    for (auto& client : clients) client.join();
    CHECK(kept == 3);
    CHECK(countFiles(platform().filesFolder()) == before + 3);
    CHECK(upload("signalement[documents]", "a.txt", "Du texte.\n", "?brouillon=x").json().at("code") == "brouillon_illisible");
}

TEST_CASE("what an upload is refused for, and what it is kept as") {
    CHECK(upload("signalement[documents]", "vide.txt", "").json().at("code") == "fichier_vide");
    CHECK(upload("signalement[documents]", "programme", std::string("\x7f""ELF\x02\x01\x01", 7) + std::string(64, '\0'))
              .json().at("code") == "type_de_fichier_refuse");
    CHECK(upload("signalement[documents]", "", "Du texte.\n").json().at("code") == "fichier_absent");
    const auto largest = upload("signalement[documents]", "Été à Sète (2).TXT", std::string(10 * 1024 * 1024, 'a'));
    REQUIRE(largest.status == 200);
    CHECK(largest.json().at("titre") == "Été à Sète (2).txt");
    const auto key = largest.json().at("file").get<std::string>();
    CHECK_THAT(key, Catch::Matches("20[0-9]{2}/[01][0-9]/ete-a-sete-2-[0-9a-f]{32}\\.txt"));
    CHECK(largest.json().at("filePath") == "tmp/" + key);
}
