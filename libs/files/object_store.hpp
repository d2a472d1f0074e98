// Where files lie: named objects, written whole or not at all.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace histologe::files {

// An object being received. Nothing is visible under its key until commit() returns; destroyed before, it leaves nothing.
class Upload {
  public:
    virtual ~Upload() = default;
    // Throws std::runtime_error when the storage does not take it.
    virtual void write(std::string_view bytes) = 0;
    virtual void commit() = 0;
};

// Throws std::invalid_argument unless the key is one, as ObjectStore says.
void checkKey(const std::string& key);

// What its errors say never quotes a key: a file's own name stands in it, which may be a person's.
class ObjectStore {
  public:
    virtual ~ObjectStore() = default;
    // `key` is a relative path of letters, digits, `-`, `_`, `.` and `/`, without a segment that begins with a dot.
    virtual std::unique_ptr<Upload> begin(const std::string& key) = 0;
    // The whole object; throws std::runtime_error when there is none or it cannot be had.
    virtual std::string read(const std::string& key) = 0;
    // An object that is not there is no error. Throws std::runtime_error when the storage fails.
    virtual void remove(const std::string& key) = 0;
    // Removes what is left of uploads whose process died, once it is as old as that. Never throws.
    virtual void sweep(std::chrono::seconds age) noexcept = 0;
};

// Removes what lies in a folder and was last written to so long ago. Never throws: what cannot be removed stays.
void removeOlder(const std::filesystem::path& folder, std::chrono::seconds age) noexcept;

// Objects as files under a folder; a commit is durable (fsync of the file and of the folders that lead to it). Any thread.
class FolderStore final : public ObjectStore {
  public:
    // Creates the folder when it is missing. Throws std::filesystem::filesystem_error.
    explicit FolderStore(const std::filesystem::path& folder);
    std::unique_ptr<Upload> begin(const std::string& key) override;
    std::string read(const std::string& key) override;
    void remove(const std::string& key) override;
    void sweep(std::chrono::seconds age) noexcept override;

  private:
    [[nodiscard]] std::filesystem::path place(const std::string& key) const;
    std::filesystem::path folder_;
    std::filesystem::path partials_;  // where objects lie while they are received; no key leads there
};

}  // namespace histologe::files
