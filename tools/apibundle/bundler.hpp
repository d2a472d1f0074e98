// One self-contained OpenAPI document out of a folder of YAML files.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "tools/apibundle/yaml_reader.hpp"

namespace histologe::apibundle {

// The layout:
//   openapi.yaml      info, servers, tags, components
//   paths/*.yaml      each a map from path to path item; all are merged, a method given twice is refused
//   schemas/*.yaml    each a map from name to schema, referred to as `../schemas/file.yaml#/Name`, or one schema,
//   referred to
//                     as `../schemas/file.yaml` and named after the file (`problem-detail.yaml` is ProblemDetail)
//   responses/, parameters/, headers/, examples/, requestBodies/   the same for other components
// In every file `#/components/…` means the root document and `#/Name` the file itself. What is referred to moves under
// `components/<kind>/<Name>`; two different things of the same name are refused.
class Bundler {
  public:
    explicit Bundler(std::filesystem::path root) : root_(std::filesystem::weakly_canonical(root)) {}

    // Throws std::runtime_error that names the file and what is wrong.
    Json bundle();

    // Every file and folder that the document depends on.
    [[nodiscard]] const std::set<std::filesystem::path>& inputs() const { return inputs_; }

  private:
    const Json& load(const std::filesystem::path& file);
    void mergePaths(Json& document);
    void rewrite(Json& node, const std::filesystem::path& file);
    std::string resolve(const std::string& reference, const std::filesystem::path& file);

    std::filesystem::path root_;
    std::map<std::filesystem::path, Json> files_;
    std::set<std::filesystem::path> inputs_;
    std::map<std::string, std::string> sources_;  // component address -> where it came from
    std::map<std::string, Json> moved_;           // component address -> content
};

}  // namespace histologe::apibundle
