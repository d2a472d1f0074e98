#include "libs/http/message.hpp"

#include <algorithm>
#include <charconv>

namespace histologe::http {
namespace {

char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

}  // namespace

bool equalsIgnoringCase(std::string_view left, std::string_view right) noexcept {
    return left.size() == right.size() &&
           std::equal(left.begin(), left.end(), right.begin(), [](char a, char b) { return lower(a) == lower(b); });
}

const std::string* Headers::find(std::string_view name) const noexcept {
    for (const auto& [fieldName, value] : fields_) {
        if (equalsIgnoringCase(fieldName, name)) return &value;
    }
    return nullptr;
}

std::string_view Headers::get(std::string_view name, std::string_view fallback) const noexcept {
    const auto* value = find(name);
    return value == nullptr ? fallback : std::string_view(*value);
}

std::size_t Headers::count(std::string_view name) const noexcept {
    return static_cast<std::size_t>(std::count_if(
        fields_.begin(), fields_.end(), [&](const Field& field) { return equalsIgnoringCase(field.first, name); }));
}

void Headers::set(std::string_view name, std::string value) {
    remove(name);
    fields_.emplace_back(std::string(name), std::move(value));
}

void Headers::remove(std::string_view name) {
    std::erase_if(fields_, [&](const Field& field) { return equalsIgnoringCase(field.first, name); });
}

const std::string* Parameters::find(std::string_view name) const noexcept {
    for (const auto& [fieldName, value] : fields_) {
        if (fieldName == name) return &value;
    }
    return nullptr;
}

std::optional<std::string> Parameters::nonEmpty(std::string_view name) const {
    const auto* value = find(name);
    return value == nullptr || value->empty() ? std::nullopt : std::optional(*value);
}

std::string Parameters::get(std::string_view name, std::string_view fallback) const {
    const auto* value = find(name);
    return value == nullptr ? std::string(fallback) : *value;
}

std::vector<std::string> Parameters::values(std::string_view name) const {
    std::vector<std::string> found;
    for (const auto& [fieldName, value] : fields_) {
        if (fieldName == name) found.push_back(value);
    }
    return found;
}

std::optional<long long> Parameters::integer(std::string_view name) const {
    const auto* value = find(name);
    if (value == nullptr) return std::nullopt;
    long long number = 0;
    const auto [end, error] = std::from_chars(value->data(), value->data() + value->size(), number);
    if (error != std::errc() || end != value->data() + value->size()) return std::nullopt;
    return number;
}

bool Parameters::flag(std::string_view name, bool fallback) const {
    const auto* value = find(name);
    return value == nullptr ? fallback : *value == "true" || *value == "1";
}

Response Response::json(int status, const core::Json& document) {
    return text(status, "application/json; charset=utf-8", core::dumpJson(document));
}

Response Response::created(const std::string& location, const core::Json& document) {
    return json(201, document).header("Location", location);
}

Response Response::noContent() {
    Response response;
    response.status = 204;
    return response;
}

Response Response::text(int status, std::string contentType, std::string body) {
    Response response;
    response.status = status;
    response.headers.add("Content-Type", std::move(contentType));
    response.body = std::move(body);
    return response;
}

}  // namespace histologe::http
