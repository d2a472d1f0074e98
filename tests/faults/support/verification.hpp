// The invariants, read from the tables of all services, from the mailbox and from the public statistics.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "libs/core/json.hpp"
#include "tests/faults/support/clients.hpp"
#include "tools/environment/sql.hpp"

namespace histologe::faults {

struct Verdict {
    std::vector<std::string> problems;  // one line each, the first hundred
    int courriels = 0;                  // owed and taken
    int repeats = 0;                    // taken again under the same Message-ID
};

// `received`: how often the mail server took each Message-ID. `statistiques`: the answer of the public statistics.
Verdict verify(environment::Sql& sql, const std::vector<Accepted>& accepted, const std::map<std::string, int>& received,
               const core::Json& statistiques);

}  // namespace histologe::faults
