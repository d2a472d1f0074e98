// Errors as clients see them: RFC 9457 `application/problem+json`, in French for people, with stable codes for
// programs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libs/core/error.hpp"
#include "libs/http/message.hpp"

namespace histologe::http {

// {type, title, status, detail, code, violations, instance}: `instance` is `urn:histologe:requete:<request id>`, by
// which a person who writes to the support can be traced in the log. `violations` is left out when empty.
Response problem(int status, const std::string& code, const std::string& detail, const std::string& requestId,
                 const std::vector<core::Violation>& violations = {});

Response problem(const core::Error& error, const std::string& requestId);

// The short French title of an HTTP status.
std::string_view titleOfStatus(int status) noexcept;

}  // namespace histologe::http
