// Everything the product needs, running on this machine's loopback: what the demo, the tests and the benches start.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "libs/auth/claims.hpp"
#include "tools/environment/postgres_server.hpp"
#include "tools/environment/supervisor.hpp"

namespace histologe::environment {

// The five services, in the order in which they are started.
const std::vector<std::string>& services();

struct Settings {
    std::filesystem::path sourceFolder;  // the checkout
    std::filesystem::path buildFolder;   // build/<preset>: programs in bin/, contract in api/
    std::filesystem::path runFolder;     // everything that is written

    // False: everything ends with this object and with this process, however it ends, and data that were made for it
    // are removed. True: it lives on, and a later Environment on the same run folder finds it again.
    bool detached = false;
    bool keepRunFolder = false;  // of an owned environment, to read its logs afterwards

    bool fsync = false;  // off loses the last commits with the machine, never with a program
    int partitions = 16;
    std::string logLevel = "info";
    std::map<std::string, std::string> postgresOptions;
    std::vector<std::string> redisOptions;  // further arguments of redis-server

    // How many instances of a service start() starts; one where nothing is said, none where 0 is.
    std::map<std::string, int> instances;
    // Further variables, or other values, by service; "*" for all. They win over the table of variables.cpp.
    std::map<std::string, std::map<std::string, std::string>> variables;

    int gatewayPort = 0;  // asked for first; 0: any
    int mailboxPort = 0;  // of the mailbox's page, likewise
    // Requests a second and at once from one address that the gateway lets through: high enough for benches.
    int gatewayRate = 100000;
    int gatewayConnections = 10000;
    // A real clamd that knows the signatures of tools/environment/clamav, and no others: it finds our own test files.
    bool antivirus = false;
    std::string frontOrigin = "http://localhost:3000";
};

// Names of what runs: "postgres", "redis", "mailbox", "antivirus", "gateway", "<service>-<instance>" as in "intake-0".
class Environment {
  public:
    explicit Environment(Settings settings);
    ~Environment();
    Environment(const Environment&) = delete;
    Environment& operator=(const Environment&) = delete;

    // All of it, in order: what already runs from an earlier run and is up to date is left alone. Throws
    // std::runtime_error saying what did not start, with the end of its log.
    void start();
    // The parts of start(), for tests that need less. Each returns when its program is ready.
    void startPostgres();
    void startRedis();
    void startMailbox();
    void startAntivirus();
    void startGateway();
    // `<program> migrate`, then the program with its number; on other ports when somebody else has taken one of its own.
    void startService(const std::string& service, int instance = 0);
    // Only `<program> migrate`.
    void migrate(const std::string& service);

    // Runs a program of the build to its end, for at most five minutes. Throws with the end of its output unless it
    // exits 0.
    void runTool(const std::string& program, const std::vector<std::string>& arguments,
                 const std::map<std::string, std::string>& variables = {});

    // Puts the territories and the demonstration directory into routing, which has to be migrated; what is there
    // already is replaced.
    void loadReference();

    // Writes the services' variables to `operator.env` of the run folder, readable by its owner alone: what the operator's
    // command line needs to reach them.
    void writeOperatorFile();

    // An access token that the services believe, signed with the key of this environment: for tests, and for a demo
    // before there are accounts. Fills in what is empty of identifier, subject and times (an hour from now).
    [[nodiscard]] std::string token(auth::Claims claims);

    // The polite end (services: SIGTERM, all in hand is finished).
    void stop(const std::string& name);
    // Any signal: SIGKILL ends it as a crash would, SIGSTOP and SIGCONT freeze and wake it.
    void kill(const std::string& name, int signal = SIGKILL);
    // Ends what is left of it and starts it again, on the same ports. The same for every name.
    void restart(const std::string& name);
    void stopPostgres(bool immediate = false);
    void killPostgres();
    void killRedis();
    // Empties Redis, as its loss without any file would.
    void flushAll();
    // Ends everything.
    void stopAll();
    // Ends everything and removes the data, PostgreSQL's included; logs stay.
    void removeData();

    [[nodiscard]] bool isRunning(const std::string& name) const;
    [[nodiscard]] std::vector<std::string> running() const;
    [[nodiscard]] ProcessId process(const std::string& name) const;

    [[nodiscard]] PostgresServer& postgres();
    // URL of a service's role, as the services get it.
    [[nodiscard]] std::string databaseUrl(const std::string& service) const;
    [[nodiscard]] std::string superuserUrl() const;
    [[nodiscard]] std::string redisUrl();
    [[nodiscard]] std::string smtpUrl();
    [[nodiscard]] std::string gatewayUrl();
    [[nodiscard]] std::string mailboxUrl();

    // Ports on 127.0.0.1; they stay the same over restarts, as long as nobody else takes one.
    [[nodiscard]] int redisPort();
    [[nodiscard]] int gatewayPort();
    [[nodiscard]] int mailboxPort();
    [[nodiscard]] int smtpPort();
    [[nodiscard]] int servicePort(const std::string& service, int instance = 0);
    [[nodiscard]] int adminPort(const std::string& service, int instance = 0);
    [[nodiscard]] int uploadPort(int instance = 0);

    [[nodiscard]] std::filesystem::path log(const std::string& name) const;
    [[nodiscard]] std::filesystem::path filesFolder() const;
    // As the antivirus' clients are told it: `unix:/path`.
    [[nodiscard]] std::string antivirusAddress() const;
    [[nodiscard]] const Settings& settings() const { return settings_; }
    // Settings that hold for what is started from here on.
    [[nodiscard]] Settings& settings() { return settings_; }

  private:
    [[nodiscard]] static std::string instanceName(const std::string& service, int instance);
    [[nodiscard]] std::map<std::string, std::string> variablesOf(const std::string& service, int instance);
    [[nodiscard]] std::filesystem::path program(const std::string& service) const;
    [[nodiscard]] int instancesOf(const std::string& service) const;
    void makeKeys();
    [[nodiscard]] std::string linkSecret();
    [[nodiscard]] std::filesystem::path signingKeyFile() const;
    [[nodiscard]] std::filesystem::path publicKeysFile() const;
    [[nodiscard]] std::filesystem::path accessKeyFile() const;
    void leaveIfCurrent(const std::string& name);

    Settings settings_;
    // Removes an owned run folder after everything that stands in it is gone.
    struct Cleaner {
        std::filesystem::path folder;
        ~Cleaner();
    } cleaner_;
    std::unique_ptr<Supervisor> supervisor_;
    std::unique_ptr<PostgresServer> postgres_;
};

// The settings of a test or bench program of this build: run folder `.run/<name>-<pid>`, owned, without fsync. Removes
// what killed programs left. HISTOLOGE_KEEP_RUN, set to anything, keeps the run folder.
Settings ownedSettings(const std::filesystem::path& sourceFolder, const std::filesystem::path& buildFolder,
                       const std::string& name);

}  // namespace histologe::environment
