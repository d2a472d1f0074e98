#include "tools/environment/account.hpp"

#include <algorithm>
#include <stdexcept>

#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

namespace histologe::environment {

std::optional<Account> postgresAccount() {
    if (geteuid() != 0) {
        return std::nullopt;
    }
    const passwd* entry = getpwnam("postgres");
    if (entry == nullptr) {
        throw std::runtime_error("the system user `postgres` is missing: install the package postgresql-15");
    }
    Account account{entry->pw_name, entry->pw_uid, entry->pw_gid, {}};
    int count = 64;
    account.groups.resize(static_cast<std::size_t>(count));
    if (getgrouplist(account.name.c_str(), account.gid, account.groups.data(), &count) < 0) {
        throw std::runtime_error("the groups of the system user `postgres` cannot be read");
    }
    account.groups.resize(static_cast<std::size_t>(count));
    return account;
}

bool canEnter(const Account& account, const std::filesystem::path& folder) {
    std::filesystem::path walked;
    for (const auto& part : folder) {
        walked /= part;
        struct stat entry {};
        if (stat(walked.c_str(), &entry) != 0) {
            return false;
        }
        const bool member =
            std::find(account.groups.begin(), account.groups.end(), entry.st_gid) != account.groups.end();
        const mode_t needed = entry.st_uid == account.uid ? S_IXUSR : member ? S_IXGRP : S_IXOTH;
        if ((entry.st_mode & needed) == 0) {
            return false;
        }
    }
    return true;
}

}  // namespace histologe::environment
