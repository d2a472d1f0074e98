// The configuration each service is started with.
#pragma once

#include <map>
#include <string>

namespace histologe::environment {

// The HISTOLOGE_* variables of `service`, from the table in variables.cpp. `facts` gives what the table's {names} stand
// for; throws std::runtime_error when the table asks for a fact that is not given.
std::map<std::string, std::string> serviceVariables(const std::string& service,
                                                    const std::map<std::string, std::string>& facts);

}  // namespace histologe::environment
