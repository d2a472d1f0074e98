#include "libs/files/object_store.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

#include "libs/core/files.hpp"
#include "libs/core/ids.hpp"
#include "libs/core/text.hpp"

namespace histologe::files {
namespace {

std::runtime_error failed(const char* what, const std::filesystem::path& file) {
    return std::runtime_error(std::string(what) + " " + file.string() + ": " + std::strerror(errno));
}

void syncFolder(const std::filesystem::path& folder) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) throw failed("cannot open", folder);
    const bool synced = ::fsync(descriptor) == 0;
    ::close(descriptor);
    if (!synced) throw failed("cannot sync", folder);
}

// Written beside its place under a name of its own, then renamed: readers see all of it or nothing.
class FileUpload final : public Upload {
  public:
    explicit FileUpload(std::filesystem::path target) : target_(std::move(target)) {
        std::filesystem::create_directories(target_.parent_path());
        partial_ = target_.parent_path() / ("." + core::randomHex(8) + ".partiel");
        descriptor_ = ::open(partial_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
        if (descriptor_ < 0) throw failed("cannot create", partial_);
    }

    ~FileUpload() override {
        if (descriptor_ >= 0) ::close(descriptor_);
        if (!committed_) ::unlink(partial_.c_str());
    }

    void write(std::string_view bytes) override {
        while (!bytes.empty()) {
            const auto written = ::write(descriptor_, bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) throw failed("cannot write", partial_);
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
    }

    void commit() override {
        if (::fsync(descriptor_) != 0) throw failed("cannot sync", partial_);
        if (::rename(partial_.c_str(), target_.c_str()) != 0) throw failed("cannot rename", partial_);
        committed_ = true;
        syncFolder(target_.parent_path());
    }

  private:
    std::filesystem::path target_;
    std::filesystem::path partial_;
    int descriptor_ = -1;
    bool committed_ = false;
};

}  // namespace

FolderStore::FolderStore(std::filesystem::path folder) : folder_(std::move(folder)) {
    std::filesystem::create_directories(folder_);
}

std::filesystem::path FolderStore::place(const std::string& key) const {
    checkKey(key);
    return folder_ / key;
}

std::unique_ptr<Upload> FolderStore::begin(const std::string& key) { return std::make_unique<FileUpload>(place(key)); }
std::string FolderStore::read(const std::string& key) { return core::readFile(place(key)); }

void FolderStore::remove(const std::string& key) {
    const auto file = place(key);
    if (::unlink(file.c_str()) != 0 && errno != ENOENT) throw failed("cannot remove", file);
}

void checkKey(const std::string& key) {
    for (const auto& segment : core::split(key, '/')) {
        if (segment.empty() || segment.front() == '.' ||
            segment.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.") !=
                std::string::npos) {
            throw std::invalid_argument("not an object key: " + key);
        }
    }
}

}  // namespace histologe::files
