// Under which user a program runs: PostgreSQL refuses to be root, so root starts it as the system's `postgres` user.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace histologe::environment {

struct Account {
    std::string name;
    uid_t uid = 0;
    gid_t gid = 0;
    std::vector<gid_t> groups;
};

// The account PostgreSQL must run under: the system user `postgres` when this process is root, none (ourselves)
// otherwise. Throws std::runtime_error when we are root and that user does not exist.
std::optional<Account> postgresAccount();

// True when `account` may enter every folder of the absolute path `folder`, which must exist.
bool canEnter(const Account& account, const std::filesystem::path& folder);

}  // namespace histologe::environment
