// Where files lie: named objects, written whole or not at all.
#pragma once

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

class ObjectStore {
  public:
    virtual ~ObjectStore() = default;
    // `key` is a relative path of letters, digits, `-`, `_`, `.` and `/`, without a segment that begins with a dot.
    virtual std::unique_ptr<Upload> begin(const std::string& key) = 0;
    // The whole object; throws std::runtime_error when there is none or it cannot be had.
    virtual std::string read(const std::string& key) = 0;
    // An object that is not there is no error. Throws std::runtime_error when the storage fails.
    virtual void remove(const std::string& key) = 0;
};

// Objects as files under a folder; a commit is durable (fsync of the file and of its folder). Any thread.
class FolderStore final : public ObjectStore {
  public:
    // Creates the folder when it is missing. Throws std::filesystem::filesystem_error.
    explicit FolderStore(std::filesystem::path folder);
    std::unique_ptr<Upload> begin(const std::string& key) override;
    std::string read(const std::string& key) override;
    void remove(const std::string& key) override;

  private:
    [[nodiscard]] std::filesystem::path place(const std::string& key) const;
    std::filesystem::path folder_;
};

}  // namespace histologe::files
