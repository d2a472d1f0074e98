// A PostgreSQL connection for tools: one statement at a time, everything as text.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace histologe::environment {

class Sql {
  public:
    using Row = std::vector<std::optional<std::string>>;

    // Connects within 5 s. Throws std::runtime_error with the server's message.
    explicit Sql(const std::string& url);
    ~Sql();
    Sql(Sql&&) noexcept;
    Sql& operator=(Sql&&) noexcept;

    // Runs one statement with parameters $1, $2...: its rows. Throws std::runtime_error with the server's message.
    std::vector<Row> rows(const std::string& statement, const std::vector<std::string>& parameters = {});

    // Runs a text of any number of statements without parameters, in one transaction unless it says otherwise.
    void run(const std::string& statements);

  private:
    struct Connection;
    std::unique_ptr<Connection> connection_;
};

// True when the server at `url` takes connections.
bool isServing(const std::string& url);

}  // namespace histologe::environment
