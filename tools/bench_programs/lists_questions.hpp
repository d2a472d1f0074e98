// What agents ask of the lists all day: the questions of bench-lists.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "libs/auth/principal.hpp"

namespace histologe::bench {

using Query = std::vector<std::pair<std::string, std::string>>;

struct Reader {
    const char* name;
    auth::Principal principal;
};
// An agent of the partner that has 2 % of all dossiers, a manager of the largest territoire, a super admin.
std::vector<Reader> readers();

struct Question {
    const char* name;
    const char* operation;
    double limitMs;             // of the 99th percentile
    std::vector<Query> asked;   // in turn
};
std::vector<Question> questions();

}  // namespace histologe::bench
