#include <catch2/catch.hpp>

#include <filesystem>

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

TEST_CASE("a key stays inside the storage") {
    for (const auto* key : {"", "/etc/passwd", "../a", "a/../b", "a//b", ".cache", "a/.b", "a b", "a\\b", "a\nb", "é"}) {
        CHECK_THROWS_AS(files::checkKey(key), std::invalid_argument);
    }
    CHECK_NOTHROW(files::checkKey("2026/11/photo-cuisine-0a1b.jpg"));
}
