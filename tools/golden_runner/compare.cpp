#include "tools/golden_runner/compare.hpp"

#include <algorithm>
#include <cmath>

namespace histologe::golden {
namespace {

using core::Json;

constexpr double kTolerance = 1e-9;

bool isUnordered(const std::string& name) {
    return name == "precisions" || name == "criteres";
}

Json sorted(Json list) {
    std::sort(list.begin(), list.end());
    return list;
}

}  // namespace

bool sameAnswer(const Json& expected, const Json& actual) {
    if (expected.is_number() && actual.is_number()) {
        return std::abs(expected.get<double>() - actual.get<double>()) <= kTolerance;
    }
    if (expected.type() != actual.type() || expected.size() != actual.size()) return false;
    if (expected.is_array()) {
        return std::equal(expected.begin(), expected.end(), actual.begin(), sameAnswer);
    }
    if (!expected.is_object()) return expected == actual;
    for (const auto& [name, value] : expected.items()) {
        const auto found = actual.find(name);
        if (found == actual.end()) return false;
        const bool lists = value.is_array() && found->is_array() && isUnordered(name);
        if (!(lists ? sorted(value) == sorted(*found) : sameAnswer(value, *found))) return false;
    }
    return true;
}

}  // namespace histologe::golden
