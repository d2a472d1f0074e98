// Optimistic concurrency over HTTP: ETag on what is read, If-Match on what is changed.
#pragma once

#include <string>
#include <string_view>

#include "libs/http/message.hpp"

namespace histologe::http {

// A strong validator made of a version (a row's counter, a hash): `"<version>"`.
std::string etag(std::string_view version);
std::string etag(long long version);

// Throws core::Error unless the request's If-Match names `current` or `*`: PreconditionFailed `version_perimee` (412)
// when it names another, InvalidInput `if_match_requis` (400) when the header is missing and `isRequired`.
void requireMatch(const Request& request, std::string_view current, bool isRequired = true);

// True when If-None-Match names `current`: the answer is then notModified(current).
bool isNotModified(const Request& request, std::string_view current);
Response notModified(std::string_view current);

}  // namespace histologe::http
