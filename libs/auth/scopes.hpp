// What each role may ask for at all: the scopes of the tokens that accounts are given. Whether an operation then concerns
// this dossier or that account is decided by the operation.
#pragma once

#include <string>
#include <vector>

#include "libs/auth/roles.hpp"

namespace histologe::auth {

// The names, as `x-scope` of the contract has them. Usagers and landlords get theirs at their own door: none here.
std::vector<std::string> scopesOf(Role role);

}  // namespace histologe::auth
