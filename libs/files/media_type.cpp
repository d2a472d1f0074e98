#include "libs/files/media_type.hpp"

#include <magic.h>

#include <array>
#include <memory>
#include <stdexcept>

namespace histologe::files {
namespace {

struct Known {
    std::string_view mediaType;
    std::string_view extension;
    bool photo;
};

constexpr std::array<Known, 13> kKnown = {{
    {"image/jpeg", ".jpg", true},
    {"image/png", ".png", true},
    {"image/gif", ".gif", true},
    {"application/pdf", ".pdf", true},
    {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx", false},
    {"application/vnd.oasis.opendocument.text", ".odt", false},
    {"application/msword", ".doc", false},
    {"text/plain", ".txt", false},
    {"application/vnd.ms-excel", ".xls", false},
    {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx", false},
    {"message/rfc822", ".eml", false},
    {"application/vnd.ms-outlook", ".msg", false},
    {"application/CDFV2", ".msg", false},
}};

const Known* find(std::string_view mediaType) noexcept {
    for (const auto& known : kKnown) {
        if (known.mediaType == mediaType) return &known;
    }
    return nullptr;
}

// libmagic's handle is not safe between threads: one each.
magic_t handle() {
    struct Close {
        void operator()(magic_set* set) const { magic_close(set); }
    };
    thread_local const std::unique_ptr<magic_set, Close> set = [] {
        std::unique_ptr<magic_set, Close> made(magic_open(MAGIC_MIME_TYPE));
        if (!made || magic_load(made.get(), nullptr) != 0) throw std::runtime_error("libmagic cannot load its database");
        return made;
    }();
    return set.get();
}

}  // namespace

std::string detectMediaType(std::string_view firstBytes) {
    const char* found = magic_buffer(handle(), firstBytes.data(), firstBytes.size());
    return found == nullptr ? "application/octet-stream" : found;
}

std::string_view extensionOf(std::string_view mediaType) noexcept {
    const auto* known = find(mediaType);
    return known == nullptr ? std::string_view() : known->extension;
}

bool isPhoto(std::string_view mediaType) noexcept {
    const auto* known = find(mediaType);
    return known != nullptr && known->photo;
}

bool isDocument(std::string_view mediaType) noexcept { return find(mediaType) != nullptr; }

}  // namespace histologe::files
