// Equality of an expected answer and ours, as far as the format of golden vectors means it.
#pragma once

#include "libs/core/json.hpp"

namespace histologe::golden {

// Numbers agree within 1e-9. Lists under `precisions` and `criteres` are compared without their order, which follows
// the order in which a form was filled in; all other lists, and all objects, must agree wholly.
bool sameAnswer(const core::Json& expected, const core::Json& actual);

}  // namespace histologe::golden
