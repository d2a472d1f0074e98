#include "tools/apibundle/bundler.hpp"

#include <algorithm>
#include <stdexcept>
#include <vector>

namespace histologe::apibundle {
namespace {

namespace fs = std::filesystem;

// Places whose content is an example of data, where `$ref` would be data too.
const std::set<std::string> kData = {"example", "examples", "default", "enum", "const"};
const std::set<std::string> kKinds = {"schemas", "responses", "parameters", "headers", "examples", "requestBodies"};

// `problem-detail.yaml` -> `ProblemDetail`
std::string nameOfFile(const fs::path& file) {
    std::string name;
    bool isStart = true;
    for (const char c : file.stem().string()) {
        if (c == '-' || c == '_' || c == '.') {
            isStart = true;
        } else {
            name += isStart && c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
            isStart = false;
        }
    }
    return name;
}

std::string kindOfFile(const fs::path& file) {
    const auto folder = file.parent_path().filename().string();
    return kKinds.contains(folder) ? folder : "schemas";
}

}  // namespace

const Json& Bundler::load(const fs::path& file) {
    const auto place = files_.find(file);
    if (place != files_.end()) return place->second;
    if (!fs::exists(file)) throw std::runtime_error(file.string() + ": no such file");
    inputs_.insert(file);
    return files_.emplace(file, readYaml(file.string())).first->second;
}

void Bundler::mergePaths(Json& document) {
    const auto folder = root_.parent_path() / "paths";
    if (!document.contains("paths") || document["paths"].is_null()) document["paths"] = Json::object();
    if (!fs::exists(folder)) return;
    inputs_.insert(folder);
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() == ".yaml") found.push_back(entry.path());
    }
    std::sort(found.begin(), found.end());
    for (const auto& file : found) {
        auto items = load(file);
        if (!items.is_object()) throw std::runtime_error(file.string() + ": a map from path to path item is expected");
        rewrite(items, file);
        for (auto& [path, item] : items.items()) {
            if (!path.starts_with('/')) throw std::runtime_error(file.string() + ": not a path: " + path);
            auto& merged = document["paths"][path];
            if (merged.is_null()) merged = Json::object();
            for (auto& [member, content] : item.items()) {
                if (merged.contains(member)) {
                    throw std::runtime_error(file.string() + ": " + path + " has two definitions of " + member);
                }
                merged[member] = std::move(content);
            }
        }
    }
}

void Bundler::rewrite(Json& node, const fs::path& file) {
    if (node.is_array()) {
        for (auto& item : node) rewrite(item, file);
        return;
    }
    if (!node.is_object()) return;
    for (auto& [key, value] : node.items()) {
        if (key == "$ref" && value.is_string()) {
            value = resolve(value.get<std::string>(), file);
        } else if (key == "mapping" && value.is_object() && node.contains("propertyName")) {
            for (auto& [name, reference] : value.items()) reference = resolve(reference.get<std::string>(), file);
        } else if (key == "responses" && value.is_object()) {
            for (auto& [status, response] : value.items()) rewrite(response, file);  // `default` is a response here
        } else if (!kData.contains(key)) {
            rewrite(value, file);
        }
    }
}

// The address inside the bundle of what the reference means in that file.
std::string Bundler::resolve(const std::string& reference, const fs::path& file) {
    const auto mark = reference.find('#');
    const auto filePart = reference.substr(0, mark);
    const auto pointer = mark == std::string::npos ? std::string() : reference.substr(mark + 1);
    const auto target = filePart.empty() ? file : fs::weakly_canonical(file.parent_path() / filePart);
    if (target == root_ || (filePart.empty() && pointer.starts_with("/components/"))) {
        if (!load(root_).contains(Json::json_pointer(pointer)) && !moved_.contains("#" + pointer)) {
            throw std::runtime_error(file.string() + ": reference to nothing: " + reference);
        }
        return "#" + pointer;
    }
    const auto& content = load(target);
    const auto name = pointer.empty() ? nameOfFile(target) : pointer.substr(pointer.rfind('/') + 1);
    const auto address = "#/components/" + kindOfFile(target) + "/" + name;
    const auto source = target.string() + "#" + pointer;
    const auto [known, isNew] = sources_.emplace(address, source);
    if (!isNew) {
        if (known->second != source) {
            throw std::runtime_error(file.string() + ": two components are named " + name + ": " + known->second +
                                     " and " + source);
        }
        return address;
    }
    if (!content.contains(Json::json_pointer(pointer))) {
        throw std::runtime_error(file.string() + ": reference to nothing: " + reference);
    }
    auto moved = content.at(Json::json_pointer(pointer));
    rewrite(moved, target);
    moved_[address] = std::move(moved);
    return address;
}

Json Bundler::bundle() {
    auto document = load(root_);
    rewrite(document, root_);
    mergePaths(document);
    for (auto& [address, content] : moved_) {
        const Json::json_pointer pointer(address.substr(1));
        if (document.contains(pointer) && document.at(pointer) != content) {
            throw std::runtime_error("two components are at " + address + ": one in openapi.yaml, one from " +
                                     sources_[address]);
        }
        document[pointer] = std::move(content);
    }
    return document;
}

}  // namespace histologe::apibundle
