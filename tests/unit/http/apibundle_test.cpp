#include <filesystem>
#include <fstream>

#include <catch2/catch.hpp>
#include <unistd.h>

#include "tools/apibundle/bundler.hpp"

using namespace histologe::apibundle;
namespace fs = std::filesystem;

namespace {

// A folder that lives as long as the test.
struct Folder {
    Folder() : path(fs::temp_directory_path() / ("apibundle-" + std::to_string(getpid()))) {
        fs::create_directories(path);
    }
    ~Folder() { fs::remove_all(path); }
    void write(const std::string& name, const std::string& text) const {
        fs::create_directories((path / name).parent_path());
        std::ofstream(path / name) << text;
    }
    [[nodiscard]] Json bundle() const { return Bundler(path / "openapi.yaml").bundle(); }
    [[nodiscard]] std::string refusal() const {
        try {
            (void)bundle();
        } catch (const std::runtime_error& error) {
            return error.what();
        }
        return "accepted";
    }
    fs::path path;
};

}  // namespace

TEST_CASE("YAML scalars keep the type they were written with") {
    Folder folder;
    folder.write("a.yaml",
                 "a: '13001'\nb: 13001\nc: yes\nd: true\ne: ~\nf: 1.5\ng: 2026-01-01\nh: \"true\"\ni: -3\nj: 1.0.0\nk: "
                 "''\nl:\n");
    const auto read = readYaml((folder.path / "a.yaml").string());
    CHECK(
        read ==
        Json::parse(
            R"({"a":"13001","b":13001,"c":"yes","d":true,"e":null,"f":1.5,"g":"2026-01-01","h":"true","i":-3,"j":"1.0.0","k":"","l":null})"));
    folder.write("b.yaml", "code: 01300\n");
    CHECK_THROWS(readYaml((folder.path / "b.yaml").string()));
    folder.write("c.yaml", "a: 1\na: 2\n");
    CHECK_THROWS(readYaml((folder.path / "c.yaml").string()));
    folder.write("d.yaml", "a: [1\n");
    CHECK_THROWS(readYaml((folder.path / "d.yaml").string()));
}

TEST_CASE("files become one document with stable names") {
    Folder folder;
    folder.write("openapi.yaml", "openapi: 3.1.0\ncomponents:\n  responses:\n    Probleme: {description: non}\n");
    folder.write("paths/fiches.yaml",
                 "/fiches:\n  get:\n    responses:\n      '200': {content: {application/json: {schema: {$ref: "
                 "'../schemas/fiche.yaml#/Fiche'}}}}\n"
                 "      '400': {$ref: '#/components/responses/Probleme'}\n");
    folder.write("paths/autres.yaml",
                 "/fiches:\n  post:\n    schema: {$ref: '../schemas/petit-objet.yaml'}\n    example: {$ref: donnee}\n");
    folder.write("schemas/fiche.yaml",
                 "Fiche:\n  properties:\n    parent: {$ref: '#/Fiche'}\n    objet: {$ref: 'petit-objet.yaml'}\n");
    folder.write("schemas/petit-objet.yaml", "type: object\n");
    const auto document = folder.bundle();
    CHECK(document["paths"]["/fiches"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]["$ref"] ==
          "#/components/schemas/Fiche");
    CHECK(document["paths"]["/fiches"]["get"]["responses"]["400"]["$ref"] == "#/components/responses/Probleme");
    CHECK(document["paths"]["/fiches"]["post"]["schema"]["$ref"] == "#/components/schemas/PetitObjet");
    CHECK(document["paths"]["/fiches"]["post"]["example"]["$ref"] == "donnee");
    CHECK(document["components"]["schemas"]["Fiche"]["properties"]["parent"]["$ref"] == "#/components/schemas/Fiche");
    CHECK(document["components"]["schemas"]["PetitObjet"]["type"] == "object");
}

TEST_CASE("what cannot be bundled is refused with its place") {
    Folder folder;
    folder.write("openapi.yaml", "openapi: 3.1.0\n");
    folder.write("paths/a.yaml", "/a:\n  get: {x: {$ref: '../schemas/none.yaml#/A'}}\n");
    CHECK(folder.refusal().find("no such file") != std::string::npos);
    folder.write("schemas/none.yaml", "B: {}\n");
    CHECK(folder.refusal().find("reference to nothing") != std::string::npos);
    folder.write("schemas/none.yaml", "A: {}\n");
    CHECK(folder.refusal() == "accepted");
    folder.write("schemas/other.yaml", "A: {type: string}\n");
    folder.write("paths/b.yaml", "/b:\n  get: {x: {$ref: '../schemas/other.yaml#/A'}}\n");
    CHECK(folder.refusal().find("two components are named A") != std::string::npos);
    folder.write("paths/b.yaml", "/a:\n  get: {}\n");
    CHECK(folder.refusal().find("two definitions of get") != std::string::npos);
    folder.write("paths/b.yaml", "/c:\n  get: {x: {$ref: '#/components/schemas/Z'}}\n");
    CHECK(folder.refusal().find("reference to nothing") != std::string::npos);
}
