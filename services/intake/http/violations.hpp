// Refused answers, in one body that both the public form and any other client can read.
#pragma once

#include <vector>

#include "libs/http/message.hpp"
#include "services/intake/domain/violation.hpp"

namespace histologe::intake {

// 400 application/problem+json: RFC 9457 members with `code` and violations {champ, code, message}, each violation also
// carrying the members that the front of the public form reads (propertyPath, title, template, parameters, type).
http::Response refuse(const std::vector<Violation>& violations);

}  // namespace histologe::intake
