// What the statistics service is made of.
#pragma once

#include <functional>

#include "libs/core/config.hpp"
#include "libs/service/process.hpp"

namespace histologe::statistics {

// Reads the service's own variables and returns what builds it on a process: consumers and operations.
std::function<void(service::Process&)> configure(core::Config& config);

}  // namespace histologe::statistics
