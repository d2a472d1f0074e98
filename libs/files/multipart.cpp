#include "libs/files/multipart.hpp"

#include <cstring>

#include "libs/core/text.hpp"

namespace histologe::files {
namespace {

constexpr std::string_view kBreak = "\r\n";
constexpr std::size_t kLongestBoundaryLine = 256;

bool isBoundary(std::string_view text) {
    constexpr std::string_view kAllowed = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'()+_,-./:=? ";
    return !text.empty() && text.size() <= 70 && text.back() != ' ' &&
           text.find_first_not_of(kAllowed) == std::string_view::npos;
}

// Reads `; name=value; name="value"`, one at each call. False at the end, or when it cannot be read.
bool nextParameter(std::string_view& text, std::string& name, std::string& value) {
    const auto from = text.find_first_not_of("; \t");
    if (from == std::string_view::npos) return false;
    text.remove_prefix(from);
    const auto equals = text.find('=');
    if (equals == std::string_view::npos) return false;
    name = core::fold(core::trim(text.substr(0, equals)));
    text.remove_prefix(equals + 1);
    value.clear();
    if (!text.starts_with('"')) {
        const auto end = std::min(text.find(';'), text.size());
        value = core::trim(text.substr(0, end));
        text.remove_prefix(end);
        return true;
    }
    for (std::size_t i = 1; i < text.size(); ++i) {
        // Browsers escape nothing but the quote; elsewhere a backslash stands for itself, as in a path of Windows.
        if (text[i] == '\\' && i + 1 < text.size() && text[i + 1] == '"') {
            value += text[++i];
        } else if (text[i] == '"') {
            text.remove_prefix(i + 1);
            return true;
        } else {
            value += text[i];
        }
    }
    return false;
}

// How browsers write what cannot stand in a quoted name.
std::string unescaped(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto code = text.substr(i, 3);
        if (code == "%22") {
            result += '"';
        } else if (code == "%0D" || code == "%0A") {
            result += ' ';
        } else {
            result += text[i];
            continue;
        }
        i += 2;
    }
    return result;
}

}  // namespace

std::optional<std::string> multipartBoundary(std::string_view contentType) {
    const auto end = std::min(contentType.find(';'), contentType.size());
    if (core::fold(core::trim(contentType.substr(0, end))) != "multipart/form-data") return std::nullopt;
    contentType.remove_prefix(end);
    std::string name;
    std::string value;
    while (nextParameter(contentType, name, value)) {
        if (name == "boundary") return isBoundary(value) ? std::optional(value) : std::nullopt;
    }
    return std::nullopt;
}

// The form may begin with its first boundary: the line break that goes before it is then taken as read.
MultipartReader::MultipartReader(const std::string& boundary, Sink& sink)
    : delimiter_(std::string(kBreak) + "--" + boundary), sink_(sink), held_(kBreak) {}

bool MultipartReader::feed(std::string_view bytes) {
    while (!bytes.empty() && state_ != State::Done && state_ != State::Malformed) {
        switch (state_) {
            case State::Preamble:
            case State::Body:
                toDelimiter(bytes);
                break;
            case State::Boundary:
                readBoundaryLine(bytes);
                break;
            default:
                readHeaders(bytes);
        }
    }
    return state_ != State::Malformed;
}

void MultipartReader::give(std::string_view bytes) {
    if (state_ == State::Body && !bytes.empty()) sink_.data(bytes);
}

void MultipartReader::found() {
    if (state_ == State::Body) sink_.end();
    state_ = State::Boundary;
    held_.clear();
}

void MultipartReader::toDelimiter(std::string_view& bytes) {
    const auto most = delimiter_.size() - 1;
    if (!held_.empty()) {
        // As much as decides whether a delimiter begins within what is held.
        const auto taken = std::min(bytes.size(), most);
        const auto before = held_.size();
        held_.append(bytes.substr(0, taken));
        if (const auto at = held_.find(delimiter_); at != std::string::npos) {
            bytes.remove_prefix(at + delimiter_.size() - before);
            give(std::string_view(held_).substr(0, at));
            return found();
        }
        if (taken < most) {
            bytes = {};
            if (held_.size() > most) {
                give(std::string_view(held_).substr(0, held_.size() - most));
                held_.erase(0, held_.size() - most);
            }
            return;
        }
        held_.resize(before);
        give(held_);
        held_.clear();
    }
    const auto* at =
        static_cast<const char*>(::memmem(bytes.data(), bytes.size(), delimiter_.data(), delimiter_.size()));
    if (at != nullptr) {
        const auto length = static_cast<std::size_t>(at - bytes.data());
        give(bytes.substr(0, length));
        bytes.remove_prefix(length + delimiter_.size());
        return found();
    }
    // Of the last bytes only those from which a delimiter can still begin.
    auto from = bytes.size() - std::min(most, bytes.size());
    for (; from < bytes.size(); ++from) {
        from = std::min(bytes.find('\r', from), bytes.size());
        if (std::string_view(delimiter_).starts_with(bytes.substr(from))) break;
    }
    from = std::min(from, bytes.size());
    give(bytes.substr(0, from));
    held_.assign(bytes.substr(from));
    bytes = {};
}

// What follows a boundary: two dashes end the form, a line break begins a part, blanks before it are padding.
void MultipartReader::readBoundaryLine(std::string_view& bytes) {
    while (!bytes.empty()) {
        held_ += bytes.front();
        bytes.remove_prefix(1);
        if (held_ == "--") {
            state_ = State::Done;
            return;
        }
        if (held_.ends_with(kBreak)) {
            const bool isPadding = held_.find_first_not_of(" \t") == held_.size() - 2;
            state_ = isPadding && ++parts_ <= kMostParts ? State::Headers : State::Malformed;
            held_.clear();
            return;
        }
        if (held_.size() > kLongestBoundaryLine) {
            state_ = State::Malformed;
            return;
        }
    }
}

void MultipartReader::readHeaders(std::string_view& bytes) {
    while (!bytes.empty()) {
        const auto line = std::min(bytes.find('\n'), bytes.size() - 1) + 1;
        if (held_.size() + line > kMostHeaders) {
            state_ = State::Malformed;
            return;
        }
        held_.append(bytes.substr(0, line));
        bytes.remove_prefix(line);
        if (held_ == kBreak || held_.ends_with("\r\n\r\n")) {
            state_ = beginPart() ? State::Body : State::Malformed;
            held_.clear();
            return;
        }
    }
}

bool MultipartReader::beginPart() {
    for (const auto& line : core::split(held_, '\n')) {
        const auto colon = line.find(':');
        if (colon == std::string::npos ||
            core::fold(core::trim(std::string_view(line).substr(0, colon))) != "content-disposition") {
            continue;
        }
        auto rest = std::string_view(line).substr(colon + 1);
        if (rest.ends_with('\r')) rest.remove_suffix(1);
        const auto end = std::min(rest.find(';'), rest.size());
        if (core::fold(core::trim(rest.substr(0, end))) != "form-data") return false;
        rest.remove_prefix(end);
        Part part;
        std::string name;
        std::string value;
        while (nextParameter(rest, name, value)) {
            if (name == "name") part.name = unescaped(value);
            if (name == "filename") part.fileName = unescaped(value);
        }
        sink_.begin(part);
        return true;
    }
    return false;
}

}  // namespace histologe::files
