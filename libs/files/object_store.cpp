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

std::runtime_error failed(const char* what) { return std::runtime_error(std::string(what) + ": " + std::strerror(errno)); }

void syncFolder(const std::filesystem::path& folder) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) throw failed("cannot open a folder of the storage");
    const bool synced = ::fsync(descriptor) == 0;
    ::close(descriptor);
    if (!synced) throw failed("cannot sync a folder of the storage");
}

// Written under a name of its own, then renamed to its place: readers see all of it or nothing.
class FileUpload final : public Upload {
  public:
    FileUpload(const std::filesystem::path& root, const std::filesystem::path& partials, std::filesystem::path target)
        : root_(root), partial_(partials / core::randomHex(16)), target_(std::move(target)) {
        descriptor_ = ::open(partial_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
        if (descriptor_ < 0) throw failed("cannot create an object");
    }

    ~FileUpload() override {
        if (descriptor_ >= 0) ::close(descriptor_);
        if (!committed_) ::unlink(partial_.c_str());
    }

    void write(std::string_view bytes) override {
        while (!bytes.empty()) {
            const auto written = ::write(descriptor_, bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) throw failed("cannot write an object");
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
    }

    void commit() override {
        if (::fsync(descriptor_) != 0) throw failed("cannot sync an object");
        std::filesystem::create_directories(target_.parent_path());
        if (::rename(partial_.c_str(), target_.c_str()) != 0) throw failed("cannot rename an object");
        committed_ = true;
        // Whoever made a folder of the way, it has to be there after the machine's end.
        for (auto folder = target_.parent_path();; folder = folder.parent_path()) {
            syncFolder(folder);
            if (folder == root_) return;
        }
    }

  private:
    const std::filesystem::path& root_;
    std::filesystem::path partial_;
    std::filesystem::path target_;
    int descriptor_ = -1;
    bool committed_ = false;
};

}  // namespace

FolderStore::FolderStore(const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    folder_ = std::filesystem::canonical(folder);
    partials_ = folder_ / ".partiels";
    std::filesystem::create_directories(partials_);
}

std::filesystem::path FolderStore::place(const std::string& key) const {
    checkKey(key);
    return folder_ / key;
}

std::unique_ptr<Upload> FolderStore::begin(const std::string& key) {
    return std::make_unique<FileUpload>(folder_, partials_, place(key));
}

std::string FolderStore::read(const std::string& key) {
    const auto file = place(key);
    try {
        return core::readFile(file);
    } catch (const std::runtime_error&) {
        throw failed("cannot read an object");  // its own words name the file
    }
}

void FolderStore::remove(const std::string& key) {
    const auto file = place(key);
    if (::unlink(file.c_str()) != 0 && errno != ENOENT) throw failed("cannot remove an object");
}

void FolderStore::sweep(std::chrono::seconds age) noexcept { removeOlder(partials_, age); }

void removeOlder(const std::filesystem::path& folder, std::chrono::seconds age) noexcept {
    std::error_code none;
    const auto before = std::filesystem::file_time_type::clock::now() - age;
    for (std::filesystem::directory_iterator at(folder, none), end; at != end; at.increment(none)) {
        const auto written = std::filesystem::last_write_time(at->path(), none);
        if (!none && written < before) std::filesystem::remove_all(at->path(), none);
    }
}

void checkKey(const std::string& key) {
    for (const auto& segment : core::split(key, '/')) {
        if (segment.empty() || segment.front() == '.' ||
            segment.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.") !=
                std::string::npos) {
            throw std::invalid_argument("not an object key");
        }
    }
}

}  // namespace histologe::files
