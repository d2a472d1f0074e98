#include "tools/environment/postgres_server.hpp"

#include <cstdint>
#include <fstream>
#include <stdexcept>
#include <vector>

#include <sys/stat.h>
#include <unistd.h>

#include "libs/core/ids.hpp"
#include "tools/environment/probe.hpp"
#include "tools/environment/sql.hpp"

namespace histologe::environment {
namespace {

const std::filesystem::path kPrograms = "/usr/lib/postgresql/15/bin";
// From which every database is copied: roles.sql has run in it.
constexpr auto kModel = "histologe_modele";

std::string fingerprint(const std::string& text) {
    std::uint64_t hash = 14695981039346656037ULL;
    for (const unsigned char byte : text) {
        hash = (hash ^ byte) * 1099511628211ULL;
    }
    char digits[17];
    std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(hash));
    return digits;
}

void writeSecret(const std::filesystem::path& path, const std::string& text) {
    std::filesystem::remove(path);
    const auto former = umask(0077);
    std::ofstream file(path);
    umask(former);
    file << text;
    if (!file.flush()) {
        throw std::runtime_error("cannot write " + path.string());
    }
}

void giveTo(const std::optional<Account>& account, const std::filesystem::path& path) {
    if (account && chown(path.c_str(), account->uid, account->gid) != 0) {
        throw std::runtime_error("cannot give " + path.string() + " to the user " + account->name);
    }
}

}  // namespace

PostgresServer::PostgresServer(Supervisor& supervisor, PostgresSettings settings)
    : supervisor_(supervisor), settings_(std::move(settings)), account_(postgresAccount()) {
    const auto link = supervisor_.folder() / "postgres";
    base_ = link;
    if (account_ && !canEnter(*account_, supervisor_.folder())) {
        base_ = "/var/tmp/histologe-" + fingerprint(supervisor_.folder());
    }
}

std::string PostgresServer::password() const {
    std::ifstream file(supervisor_.folder() / "postgres.password");
    std::string text;
    std::getline(file, text);
    return text;
}

// sockaddr_un holds 107 characters.
bool PostgresServer::overSocket() const {
    return base_.string().size() + sizeof("/.s.PGSQL.12345") < 107;
}

std::string PostgresServer::tcpUrl(const std::string& role, int port, const std::string& database) const {
    return "postgresql://" + role + ":" + password() + "@127.0.0.1:" + std::to_string(port == 0 ? port_ : port) + "/" +
           database;
}

std::string PostgresServer::url(const std::string& role, const std::string& database) const {
    if (!overSocket()) {
        return tcpUrl(role, 0, database);
    }
    return "postgresql://" + role + ":" + password() + "@/" + database + "?host=" + base_.string() +
           "&port=" + std::to_string(port_);
}

std::string PostgresServer::superuserUrl(const std::string& database) const {
    return url("superviseur", database);
}

void PostgresServer::prepareFolder() {
    const auto link = supervisor_.folder() / "postgres";
    if (base_ != link && !std::filesystem::is_symlink(link)) {
        std::filesystem::create_directory_symlink(base_, link);
    }
    // Data of which the password is lost, or that were never finished, are of no use.
    if (!std::filesystem::exists(supervisor_.folder() / "postgres.password") ||
        !std::filesystem::exists(base_ / "data" / "PG_VERSION")) {
        std::filesystem::remove_all(base_);
    }
    if (std::filesystem::create_directory(base_)) {
        std::filesystem::permissions(base_, std::filesystem::perms::owner_all);
        giveTo(account_, base_);
    }
}

void PostgresServer::prepareData() {
    if (std::filesystem::exists(base_ / "data" / "PG_VERSION")) {
        return;
    }
    writeSecret(supervisor_.folder() / "postgres.password", core::randomHex(16) + "\n");
    const auto secret = base_ / "password";
    writeSecret(secret, password() + "\n");
    giveTo(account_, secret);
    Command initdb;
    initdb.arguments = {kPrograms / "initdb", "--pgdata=" + (base_ / "data").string(), "--username=superviseur",
                        "--auth=scram-sha-256", "--pwfile=" + secret.string(), "--encoding=UTF8", "--locale=C.UTF-8",
                        "--no-instructions",
                        // A machine that dies in this very moment leaves data that are made again.
                        "--no-sync"};
    initdb.workingFolder = base_;
    initdb.account = account_;
    initdb.log = supervisor_.log("postgres");
    const int code = supervisor_.run(initdb, std::chrono::seconds(120));
    std::filesystem::remove(secret);
    if (code != 0) {
        std::filesystem::remove_all(base_ / "data");
        throw std::runtime_error("initdb failed:" + lastLines(initdb.log, 15));
    }
}

void PostgresServer::start() {
    port_ = supervisor_.port("postgres.port");
    if (supervisor_.isRunning("postgres")) {
        return;
    }
    prepareFolder();
    prepareData();
    Command server;
    server.arguments = {kPrograms / "postgres", "-D", (base_ / "data").string()};
    std::map<std::string, std::string> options{
        {"listen_addresses", "127.0.0.1"},
        {"port", std::to_string(port_)},
        {"unix_socket_directories", overSocket() ? base_.string() : ""},
        {"max_connections", "300"},
        {"fsync", settings_.fsync ? "on" : "off"},
        {"full_page_writes", settings_.fsync ? "on" : "off"},
        {"timezone", "UTC"},
        {"log_timezone", "UTC"},
        {"logging_collector", "off"},
        // Values of statements are people's names and addresses.
        {"log_parameter_max_length_on_error", "0"},
    };
    for (const auto& [name, value] : settings_.options) {
        options[name] = value;
    }
    for (const auto& [name, value] : options) {
        server.arguments.push_back("-c");
        server.arguments.push_back(name + "=" + value);
    }
    server.workingFolder = base_;
    server.account = account_;
    // An immediate end: it takes the backends along and releases the shared memory, which SIGKILL would not.
    server.deathSignal = SIGQUIT;
    // Owned data are removed next: no checkpoint for them.
    supervisor_.start("postgres", server, supervisor_.detached() ? SIGINT : SIGQUIT, std::chrono::seconds(30));
    waitUntil([this] { return isServing(superuserUrl("postgres")); }, std::chrono::seconds(60), supervisor_,
              "postgres");
    prepareRoles();
}

void PostgresServer::prepareRoles() {
    Sql sql(superuserUrl("postgres"));
    const auto exists = [&sql](const std::string& name) {
        return !sql.rows("SELECT 1 FROM pg_database WHERE datname = $1", {name}).empty();
    };
    if (exists("histologe")) {
        return;
    }
    if (!exists(kModel)) {
        sql.run(std::string("CREATE DATABASE ") + kModel);
    }
    Command script;
    script.arguments = {kPrograms / "psql",
                        "--no-psqlrc",
                        "--quiet",
                        "--output=/dev/null",
                        "-d",
                        superuserUrl(kModel),
                        "-f",
                        settings_.rolesScript.string()};
    for (const auto* role : {"intake", "scoring", "routing", "notification", "statistics"}) {
        script.arguments.push_back("-v");
        script.arguments.push_back(std::string(role) + "=" + password());
    }
    script.log = supervisor_.log("postgres");
    if (supervisor_.run(script, std::chrono::seconds(60)) != 0) {
        throw std::runtime_error(settings_.rolesScript.string() + " failed:" + lastLines(script.log, 15));
    }
    createDatabase("histologe");
}

void PostgresServer::createDatabase(const std::string& name) {
    Sql(superuserUrl("postgres")).run("CREATE DATABASE \"" + name + "\" TEMPLATE " + kModel);
}

void PostgresServer::dropDatabase(const std::string& name) {
    Sql(superuserUrl("postgres")).run("DROP DATABASE IF EXISTS \"" + name + "\" WITH (FORCE)");
}

void PostgresServer::stop(bool immediate) {
    supervisor_.stopWith("postgres", immediate ? SIGQUIT : SIGINT);
}

void PostgresServer::kill() {
    // Each backend leads a process group of its own. They would leave by themselves soon after the server, but the next
    // start refuses while one is left.
    const auto server = supervisor_.process("postgres");
    std::vector<ProcessId> backends;
    std::ifstream children("/proc/" + std::to_string(server.pid) + "/task/" + std::to_string(server.pid) + "/children");
    for (pid_t pid = 0; children >> pid;) {
        if (const auto backend = identify(pid)) {
            backends.push_back(*backend);
        }
    }
    supervisor_.kill("postgres");
    for (const auto& backend : backends) {
        killProcess(backend);
    }
}

void PostgresServer::remove() {
    stop(true);
    std::filesystem::remove_all(base_);
    std::filesystem::remove(supervisor_.folder() / "postgres");
    std::filesystem::remove(supervisor_.folder() / "postgres.password");
}

}  // namespace histologe::environment
