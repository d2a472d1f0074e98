// Runs a fuzz target over the files of its corpus, where there is no libFuzzer: what was found once stays mended.
#include <cstdint>
#include <filesystem>

#include <catch2/catch.hpp>

#include "libs/core/files.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

TEST_CASE("every input of the corpus is borne") {
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(HISTOLOGE_CORPUS)) {
        const auto content = histologe::core::readFile(entry.path());
        CHECK(LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(content.data()), content.size()) == 0);
        ++files;
    }
    CHECK(files > 0);
}
