#include "tools/apibundle/yaml_reader.hpp"

#include <charconv>
#include <stdexcept>

#include <yaml-cpp/yaml.h>

namespace histologe::apibundle {
namespace {

class Reader {
  public:
    explicit Reader(std::string path) : path_(std::move(path)) {}

    Json convert(const YAML::Node& node) const {
        switch (node.Type()) {
            case YAML::NodeType::Undefined:
            case YAML::NodeType::Null:
                return nullptr;
            case YAML::NodeType::Scalar:
                return scalar(node);
            case YAML::NodeType::Sequence: {
                auto list = Json::array();
                for (const auto& item : node) list.push_back(convert(item));
                return list;
            }
            case YAML::NodeType::Map: {
                auto object = Json::object();
                for (const auto& entry : node) {
                    const auto key = entry.first.Scalar();
                    if (object.contains(key)) fail(entry.first, "the key " + key + " appears twice");
                    object[key] = convert(entry.second);
                }
                return object;
            }
        }
        return nullptr;
    }

    [[noreturn]] void fail(const YAML::Node& node, const std::string& why) const {
        throw std::runtime_error(path_ + ":" + std::to_string(node.Mark().line + 1) + ": " + why);
    }

  private:
    Json scalar(const YAML::Node& node) const {
        const auto& text = node.Scalar();
        if (node.Tag() == "!" || node.Tag() == "tag:yaml.org,2002:str") return text;  // quoted, or said to be a text
        if (node.Tag() != "?" && !node.Tag().empty()) fail(node, "unknown tag " + node.Tag());
        if (text.empty() || text == "~" || text == "null") return nullptr;
        if (text == "true") return true;
        if (text == "false") return false;
        return number(node, text);
    }

    // A number, or else the text itself.
    Json number(const YAML::Node& node, const std::string& text) const {
        const auto* begin = text.data() + (text.front() == '+' ? 1 : 0);
        const auto* end = text.data() + text.size();
        const auto first = begin + (*begin == '-' ? 1 : 0);
        if (first == end || *first < '0' || *first > '9') return text;
        long long whole = 0;
        if (const auto [stop, error] = std::from_chars(begin, end, whole); error == std::errc() && stop == end) {
            if (*first == '0' && first + 1 != end) fail(node, "a number with a leading zero: quote " + text);
            return whole;
        }
        double real = 0;
        if (const auto [stop, error] = std::from_chars(begin, end, real); error == std::errc() && stop == end)
            return real;
        return text;
    }

    std::string path_;
};

}  // namespace

Json readYaml(const std::string& path) {
    try {
        return Reader(path).convert(YAML::LoadFile(path));
    } catch (const YAML::Exception& error) {
        throw std::runtime_error(path + ":" + std::to_string(error.mark.line + 1) + ": " + error.msg);
    }
}

}  // namespace histologe::apibundle
