#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include <catch2/catch.hpp>

#include "libs/core/error.hpp"
#include "libs/core/json.hpp"
#include "tests/unit/tree/include_walls.hpp"

using histologe::tree::breaches;

namespace {

const std::filesystem::path kRoot = HISTOLOGE_SOURCE_DIR;

std::string read(const std::filesystem::path& path) {
    std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

// Files of the tree's folders with one of the endings, by path from the root.
std::vector<std::string> files(const std::vector<std::string>& folders, const std::set<std::string>& endings) {
    std::vector<std::string> found;
    for (const auto& folder : folders) {
        if (!std::filesystem::exists(kRoot / folder)) {
            continue;
        }
        for (const auto& entry : std::filesystem::recursive_directory_iterator(kRoot / folder)) {
            if (entry.is_regular_file() && endings.count(entry.path().extension()) != 0) {
                found.push_back(std::filesystem::relative(entry.path(), kRoot));
            }
        }
    }
    return found;
}

bool refuses(const std::string& file, const std::string& text) {
    return !breaches(file, text).empty();
}

}  // namespace

TEST_CASE("no file of the tree breaks a wall") {
    const auto sources = files({"libs", "services", "tools", "tests"}, {".cpp", ".hpp"});
    REQUIRE(sources.size() > 40);
    std::string all;
    for (const auto& file : sources) {
        for (const auto& breach : breaches(file, read(kRoot / file))) {
            all += breach + "\n";
        }
    }
    CHECK(all == "");
}

TEST_CASE("at most one file knows the transport") {
    std::vector<std::string> found;
    for (const auto& file : files({"libs", "services", "tools"}, {".cpp", ".hpp"})) {
        if (read(kRoot / file).find("#include <pistache/") != std::string::npos) {
            found.push_back(file);
        }
    }
    CAPTURE(found);
    CHECK(found.size() <= 1);
}

TEST_CASE("the walls stop what they are there for") {
    CHECK(refuses("libs/core/a.cpp", "#include \"libs/http/server.hpp\"\n"));
    CHECK(refuses("libs/domain/a.cpp", "#include \"libs/postgres/pool.hpp\"\n"));
    CHECK(refuses("libs/http/a.cpp", "#include \"services/intake/domain/x.hpp\"\n"));
    CHECK(refuses("libs/http/a.cpp", "#include \"tools/environment/sql.hpp\"\n"));
    CHECK(refuses("services/intake/http/a.cpp", "#include \"services/routing/domain/x.hpp\"\n"));
    CHECK(refuses("services/intake/domain/a.cpp", "#include \"services/intake/store/x.hpp\"\n"));
    CHECK(refuses("services/intake/domain/a.cpp", "  #  include <httplib.h>\n"));
    CHECK(refuses("services/intake/domain/a.cpp", "auto now = std::chrono::system_clock::now();\n"));
    CHECK(refuses("services/intake/store/a.cpp", "#include <pistache/tcp.h>\n"));
    CHECK(refuses("services/intake/store/a.cpp", "#include \"../domain/x.hpp\"\n"));
    CHECK(refuses("services/intake/store/a.cpp", "#include \"tests/unit/x.hpp\"\n"));
    CHECK(refuses("services/intake/http/a.cpp", "const postgres::Statement kUse{\"use\", \"SELECT 1\"};\n"));
    CHECK_FALSE(refuses("services/intake/store/a.cpp", "const postgres::Statement kUse{\"use\", \"SELECT 1\"};\n"));
    CHECK_FALSE(refuses("services/intake/http/a.cpp",
                        "#include \"services/intake/domain/x.hpp\"\n#include \"libs/http/server.hpp\"\n"));
    CHECK_FALSE(
        refuses("services/intake/domain/a.cpp",
                "#include \"services/intake/domain/x.hpp\"\n#include \"libs/domain/y.hpp\"\n#include <string>\n"));
    CHECK_FALSE(refuses("tests/system/a.cpp", "#include \"tools/environment/sql.hpp\"\n"));
}

TEST_CASE("every JSON document of the tree can be read") {
    const auto documents = files({"api", "data", "deploy", "tests"}, {".json"});
    REQUIRE(documents.size() > 5);
    std::string unreadable;
    for (const auto& document : documents) {
        try {
            histologe::core::parseJson(read(kRoot / document));
        } catch (const histologe::core::Error& error) {
            unreadable += document + ": " + error.code() + "\n";
        }
    }
    CHECK(unreadable == "");
}
