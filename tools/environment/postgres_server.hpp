// A private PostgreSQL 15 under a run folder, with the roles and schemas of the services.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "tools/environment/account.hpp"
#include "tools/environment/supervisor.hpp"

namespace histologe::environment {

struct PostgresSettings {
    // Off, a commit does not wait for the disk: for tests only, whose data may be lost with the machine.
    bool fsync = true;
    std::map<std::string, std::string> options;  // server settings by name
    std::filesystem::path rolesScript;           // deploy/postgres/roles.sql
};

// Its data are kept between runs until remove(). Run by root, the server is the system user `postgres`; where that user
// cannot reach the run folder, the data stand under /var/tmp and the run folder has a link to them.
class PostgresServer {
  public:
    PostgresServer(Supervisor& supervisor, PostgresSettings settings);

    // Prepares the data on the first run, starts the server, waits until it serves, and makes sure that the database
    // `histologe` exists with its roles. Throws std::runtime_error with the end of the server's log.
    void start();

    // A clean end, or an immediate one without checkpoint (the next start recovers, as after a power cut).
    void stop(bool immediate = false);
    // SIGKILL to the server and all its backends.
    void kill();

    // A new database with the services' empty schemas, as `histologe` has them; throws when it exists.
    void createDatabase(const std::string& name);
    void dropDatabase(const std::string& name);

    // postgresql://... of a service's role, through the Unix socket where its path is short enough.
    [[nodiscard]] std::string url(const std::string& role, const std::string& database = "histologe") const;
    // The same through TCP on 127.0.0.1; `port` 0 is the server's own (another one: a gate before it).
    [[nodiscard]] std::string tcpUrl(const std::string& role, int port = 0,
                                     const std::string& database = "histologe") const;
    [[nodiscard]] std::string superuserUrl(const std::string& database = "histologe") const;
    [[nodiscard]] int port() const { return port_; }

    // Ends the server and removes its data.
    void remove();

  private:
    void prepareFolder();
    void prepareData();
    void prepareRoles();
    [[nodiscard]] std::string password() const;
    [[nodiscard]] bool overSocket() const;

    Supervisor& supervisor_;
    PostgresSettings settings_;
    std::optional<Account> account_;
    std::filesystem::path base_;  // holds data/ and the socket
    int port_ = 0;
};

}  // namespace histologe::environment
