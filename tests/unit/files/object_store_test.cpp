#include <catch2/catch.hpp>

#include <chrono>
#include <filesystem>
#include <fstream>

#include "libs/core/ids.hpp"
#include "libs/files/object_store.hpp"

using namespace histologe;

TEST_CASE("a folder shows an object whole or not at all, and forgets it when asked") {
    const auto folder = std::filesystem::temp_directory_path() / ("histologe-files-" + core::randomHex(6));
    files::FolderStore store(folder);
    {
        auto abandoned = store.begin("2026/11/a.txt");
        abandoned->write("la moitié");
    }
    CHECK_THROWS_AS(store.read("2026/11/a.txt"), std::runtime_error);
    auto upload = store.begin("2026/11/a.txt");
    upload->write("un ");
    upload->write("fichier");
    CHECK_THROWS_AS(store.read("2026/11/a.txt"), std::runtime_error);
    upload->commit();
    CHECK(store.read("2026/11/a.txt") == "un fichier");
    store.remove("2026/11/a.txt");
    CHECK_THROWS_AS(store.read("2026/11/a.txt"), std::runtime_error);
    CHECK_NOTHROW(store.remove("2026/11/a.txt"));
    CHECK(std::filesystem::is_empty(folder / "2026" / "11"));
    std::filesystem::remove_all(folder);
}

TEST_CASE("what an upload that died has left is swept away once it is old; objects stay") {
    const auto folder = std::filesystem::temp_directory_path() / ("histologe-files-" + core::randomHex(6));
    files::FolderStore store(folder);
    auto kept = store.begin("2026/11/a.txt");
    kept->write("un fichier");
    kept->commit();
    const auto died = folder / ".partiels" / "0a1b";
    const auto fresh = store.begin("2026/11/b.txt");
    fresh->write("en cours");
    std::ofstream(died) << "la moitié";
    const auto longAgo = std::filesystem::file_time_type::clock::now() - std::chrono::hours(2);
    std::filesystem::last_write_time(died, longAgo);
    std::filesystem::last_write_time(folder / "2026" / "11" / "a.txt", longAgo);
    store.sweep(std::chrono::hours(1));
    CHECK_FALSE(std::filesystem::exists(died));
    CHECK(store.read("2026/11/a.txt") == "un fichier");
    fresh->commit();
    CHECK(store.read("2026/11/b.txt") == "en cours");
    files::removeOlder(folder / "nulle-part", std::chrono::hours(1));
    std::filesystem::remove_all(folder);
}

TEST_CASE("a key stays inside the storage") {
    for (const auto* key : {"", "/etc/passwd", "../a", "a/../b", "a//b", ".cache", "a/.b", "a b", "a\\b", "a\nb", "é"}) {
        CHECK_THROWS_AS(files::checkKey(key), std::invalid_argument);
    }
    CHECK_NOTHROW(files::checkKey("2026/11/photo-cuisine-0a1b.jpg"));
}
