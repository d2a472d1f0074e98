#include "libs/files/media_type.hpp"

#include <magic.h>

#include <algorithm>
#include <array>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <utility>

#include "libs/core/text.hpp"

namespace histologe::files {
namespace {

enum class Family { Image, Pdf, Office, Text };

struct Known {
    std::string_view mediaType;
    std::string_view extension;
    Family family;
};

constexpr std::array<Known, 16> kKnown = {{
    {"image/jpeg", ".jpg", Family::Image},
    {"image/png", ".png", Family::Image},
    {"image/gif", ".gif", Family::Image},
    {"image/heic", ".heic", Family::Image},
    {"image/heif", ".heic", Family::Image},
    {"application/pdf", ".pdf", Family::Pdf},
    {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx", Family::Office},
    {"application/vnd.oasis.opendocument.text", ".odt", Family::Office},
    {"application/msword", ".doc", Family::Office},
    {"application/vnd.ms-excel", ".xls", Family::Office},
    {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx", Family::Office},
    {"application/vnd.ms-outlook", ".msg", Family::Office},
    {"application/CDFV2", ".msg", Family::Office},
    {"text/plain", ".txt", Family::Text},
    {"text/csv", ".csv", Family::Text},
    {"message/rfc822", ".eml", Family::Text},
}};

const Known* find(std::string_view mediaType) noexcept {
    for (const auto& known : kKnown) {
        if (known.mediaType == mediaType) return &known;
    }
    return nullptr;
}

struct Close {
    void operator()(magic_set* set) const { magic_close(set); }
};

}  // namespace

// libmagic's handle is not safe between threads, and each takes nine MiB: all take turns at one, for a millisecond at most.
std::string detectMediaType(std::string_view firstBytes) {
    static std::mutex mutex;
    static std::unique_ptr<magic_set, Close> set;
    const std::lock_guard lock(mutex);
    if (!set) {
        std::unique_ptr<magic_set, Close> made(magic_open(MAGIC_MIME_TYPE));
        if (!made || magic_load(made.get(), nullptr) != 0) throw std::runtime_error("libmagic cannot load its database");
        set = std::move(made);
    }
    const char* found = magic_buffer(set.get(), firstBytes.data(), firstBytes.size());
    return found == nullptr ? "application/octet-stream" : found;
}

std::string_view extensionOf(std::string_view mediaType) noexcept {
    const auto* known = find(mediaType);
    return known == nullptr ? std::string_view() : known->extension;
}

bool isPhoto(std::string_view mediaType) noexcept {
    const auto* known = find(mediaType);
    return known != nullptr && (known->family == Family::Image || known->family == Family::Pdf);
}

bool isImage(std::string_view mediaType) noexcept {
    const auto* known = find(mediaType);
    return known != nullptr && known->family == Family::Image;
}

bool isDocument(std::string_view mediaType) noexcept { return find(mediaType) != nullptr; }

bool contradicts(std::string_view fileName, std::string_view mediaType) {
    const auto dot = fileName.rfind('.');
    if (dot == std::string_view::npos) return false;
    auto claimed = core::fold(fileName.substr(dot));
    if (claimed == ".jpeg") claimed = ".jpg";
    if (claimed == ".heif") claimed = ".heic";
    const auto named = std::ranges::find(kKnown, std::string_view(claimed), &Known::extension);
    if (named == kKnown.end()) return false;
    const auto* held = find(mediaType);
    return held == nullptr || held->family != named->family;
}

}  // namespace histologe::files
