// Keys on disk: made by operators, read again when they change, so that a rotation needs no restart.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>

#include "libs/auth/keys.hpp"
#include "libs/core/clock.hpp"

namespace histologe::auth {

// Makes a key: its secret in `secretFile` (readable by its owner alone, must not exist), its public part added to the
// key set in `publicFile` (made when it does not exist). Throws std::runtime_error when either cannot be written or
// read.
SigningKey createKey(const std::string& kid, const std::filesystem::path& secretFile,
                     const std::filesystem::path& publicFile, const std::vector<Role>& roles = {});

// Throws std::runtime_error naming the file when it cannot be read or holds no key.
SigningKey readSigningKey(const std::filesystem::path& secretFile);

// The public keys a service believes: those of its configuration, and those of a file that is looked at again every
// second. A file that became unreadable or wrong is reported and changes nothing. Any thread.
class KeyRing {
  public:
    // `keySet` is a JSON Web Key Set or empty; `file` a path or empty. Throws std::runtime_error when either is wrong.
    KeyRing(const std::string& keySet, std::filesystem::path file, const core::Clock& clock);

    // The keys that count now. Two calls give the same object as long as nothing changed.
    std::shared_ptr<const KeySet> current();

  private:
    struct Stamp {
        std::filesystem::file_time_type time{};
        std::uintmax_t size = 0;
        friend bool operator==(const Stamp&, const Stamp&) = default;
    };
    [[nodiscard]] Stamp stampOfFile() const;
    [[nodiscard]] std::shared_ptr<const KeySet> readAll() const;

    const std::filesystem::path file_;
    const core::Clock& clock_;
    KeySet fixed_;
    std::mutex mutex_;
    std::shared_ptr<const KeySet> keys_;
    Stamp stamp_;
    core::Instant lookedAt_;
};

}  // namespace histologe::auth
