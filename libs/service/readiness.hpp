// Whether a service can do its work now: database reached and migrated, Redis reached.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "libs/postgres/migrations.hpp"
#include "libs/service/settings.hpp"

namespace histologe::service {

// Checks on sessions of their own, so that a busy pool does not make a service unready. Any thread; an empty answer means
// all is well.
class Readiness {
  public:
    Readiness(Settings settings, std::vector<postgres::Migration> migrations);
    std::string database();
    std::string redis();

  private:
    Settings settings_;
    std::vector<postgres::Migration> migrations_;
    std::mutex mutex_;
    std::unique_ptr<postgres::Connection> connection_;
    bool migrated_ = false;
};

}  // namespace histologe::service
