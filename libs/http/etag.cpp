#include "libs/http/etag.hpp"

#include "libs/core/error.hpp"
#include "libs/core/text.hpp"

namespace histologe::http {
namespace {

// True when a list of entity tags names this one, or any (`*`). Weak marks are ignored when `isWeakEnough`.
bool names(std::string_view list, const std::string& tag, bool isWeakEnough) {
    for (const auto& item : core::split(list, ',')) {
        auto one = core::trim(item);
        if (one == "*") return true;
        if (isWeakEnough && one.starts_with("W/")) one.remove_prefix(2);
        if (one == tag) return true;
    }
    return false;
}

}  // namespace

std::string etag(std::string_view version) {
    return '"' + std::string(version) + '"';
}
std::string etag(long long version) {
    return etag(std::string_view(std::to_string(version)));
}

void requireMatch(const Request& request, std::string_view current, bool isRequired) {
    const auto* sent = request.headers.find("If-Match");
    if (sent == nullptr) {
        if (!isRequired) return;
        throw core::Error(core::ErrorKind::InvalidInput, "if_match_requis",
                          "Indiquez la version que vous modifiez dans l'en-tête If-Match.");
    }
    if (names(*sent, etag(current), false)) return;
    throw core::Error(core::ErrorKind::PreconditionFailed, "version_perimee",
                      "Cette fiche a changé depuis que vous l'avez lue. Relisez-la, puis refaites votre modification.");
}

bool isNotModified(const Request& request, std::string_view current) {
    const auto* sent = request.headers.find("If-None-Match");
    return sent != nullptr && names(*sent, etag(current), true);
}

Response notModified(std::string_view current) {
    Response response;
    response.status = 304;
    response.headers.add("ETag", etag(current));
    return response;
}

}  // namespace histologe::http
