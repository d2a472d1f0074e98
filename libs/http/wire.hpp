// Answers to bytes.
#pragma once

#include <string>

#include "libs/http/message.hpp"

namespace histologe::http {

struct WireOptions {
    bool isHead = false;  // same headers, no body
    bool closes = false;
    bool isHttp11 = true;
};

// The whole answer. Content-Length, Connection and Date are set here whatever the headers say; line breaks in header
// values become blanks. 204 and 304 have no body.
std::string toWire(const Response& response, const WireOptions& options);

}  // namespace histologe::http
