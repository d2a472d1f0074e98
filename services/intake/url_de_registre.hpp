// The address of a national register, as a variable gives it.
#pragma once

#include <string>

#include "libs/core/config.hpp"

namespace histologe::intake {

struct UrlDecoupee {
    std::string base;    // `https://host`
    std::string chemin;  // without a last `/`
};
UrlDecoupee decouperUrl(const std::string& url);

// Declares and reads the variable; empty by default. Throws core::ConfigError when it is no http(s) address.
std::string lireUrlDeRegistre(core::Config& config, const char* nom, const char* description);

}  // namespace histologe::intake
