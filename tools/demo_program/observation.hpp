// What became of a report, read from the services' tables: the only file of the demo that knows them.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "libs/core/clock.hpp"
#include "tools/environment/sql.hpp"

namespace histologe::demo {

struct Observation {
    std::string signalement;  // uuid
    std::string territoire;
    std::string statut;  // of the dossier
    std::optional<double> score;
    std::vector<std::string> qualifications;  // sorted
    bool oriente = false;                     // routing has done its part
    std::vector<std::string> partenaires;     // names, sorted
    int courriels = 0;                        // owed
    int courrielsPartenaires = 0;             // of those, to partners about their affectation
    int courrielsEnAttente = 0;               // owed and not yet taken by the mail server
    std::vector<std::string> messageIds;      // of all of them
};

class Observer {
  public:
    // `url` is the superuser's: the tables belong to five services.
    explicit Observer(const std::string& url) : sql_(url) {}

    // The report that the draft became.
    Observation observe(const std::string& brouillon);

    // Files of reports that are not to be had yet.
    int filesInQuarantine();

    // What the directory and the map hold: territories, of which open, partners, rules, zones.
    std::map<std::string, int> reference();

  private:
    environment::Sql sql_;
};

}  // namespace histologe::demo
