// A real PostgreSQL for the tests of libs/postgres.
#pragma once

#include <memory>
#include <string>

#include "libs/postgres/connection.hpp"
#include "tools/environment/environment.hpp"
#include "tools/environment/sql.hpp"

namespace histologe::postgres::test {

// PostgreSQL, started at first use and ended with the program.
environment::Environment& server();

// A database of its own with the services' empty schemas; the tests work in that of intake.
class Base {
  public:
    Base();
    [[nodiscard]] std::string url() const;
    [[nodiscard]] std::unique_ptr<Connection> connect() const { return std::make_unique<Connection>(url(), "intake"); }
    [[nodiscard]] environment::Sql superuser() const;
    // The first column of the first row, asked as superuser.
    [[nodiscard]] std::string one(const std::string& statement) const;
    // Ends every session of intake, as an administrator would; how many there were.
    int endSessions() const;

  private:
    std::string name_;
};

}  // namespace histologe::postgres::test
