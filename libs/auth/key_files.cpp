#include "libs/auth/key_files.hpp"

#include <fstream>
#include <stdexcept>

#include <fcntl.h>
#include <unistd.h>

#include "libs/core/files.hpp"
#include "libs/core/json.hpp"
#include "libs/core/log.hpp"

namespace histologe::auth {
namespace {

using core::Json;

// Never over an existing file, never readable by others, not even for a moment.
void writeSecret(const std::filesystem::path& file, const std::string& text) {
    const int descriptor = open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) throw std::runtime_error("cannot make " + file.string() + " (it must not exist)");
    const bool isWritten = write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    if (close(descriptor) != 0 || !isWritten) throw std::runtime_error("cannot write " + file.string());
}

// In one step: a service that reads it sees the old set or the new one.
void replaceFile(const std::filesystem::path& file, const std::string& text) {
    auto fresh = file;
    fresh += ".new";
    {
        std::ofstream stream(fresh, std::ios::trunc);
        stream << text << "\n";
        if (!stream.flush()) throw std::runtime_error("cannot write " + fresh.string());
    }
    std::filesystem::rename(fresh, file);
}

}  // namespace

SigningKey createKey(const std::string& kid, const std::filesystem::path& secretFile,
                     const std::filesystem::path& publicFile, const std::vector<Role>& roles) {
    auto key = SigningKey::generate(kid);
    Json set = {{"keys", Json::array()}};
    if (std::filesystem::exists(publicFile)) {
        const auto text = core::readFile(publicFile);
        if (KeySet::fromJwks(text).find(kid) != nullptr) {
            throw std::runtime_error(publicFile.string() + " holds a key " + kid + " already");
        }
        set = Json::parse(text);
    }
    set["keys"].push_back(Json::parse(key.toPublicJwk(roles)));
    writeSecret(secretFile, key.toJwk());
    replaceFile(publicFile, set.dump(1));
    return key;
}

SigningKey readSigningKey(const std::filesystem::path& secretFile) {
    try {
        return SigningKey::fromJwk(core::readFile(secretFile));
    } catch (const std::exception& error) {
        throw std::runtime_error(secretFile.string() + ": " + error.what());
    }
}

KeyRing::KeyRing(const std::string& keySet, std::filesystem::path file, const core::Clock& clock)
    : file_(std::move(file)), clock_(clock), lookedAt_(clock.now()) {
    if (!keySet.empty()) fixed_ = KeySet::fromJwks(keySet);
    stamp_ = stampOfFile();
    keys_ = readAll();
}

KeyRing::Stamp KeyRing::stampOfFile() const {
    Stamp stamp;
    std::error_code none;
    if (file_.empty()) return stamp;
    stamp.time = std::filesystem::last_write_time(file_, none);
    stamp.size = std::filesystem::file_size(file_, none);
    return stamp;
}

std::shared_ptr<const KeySet> KeyRing::readAll() const {
    auto all = std::make_shared<KeySet>(fixed_);
    if (!file_.empty()) {
        try {
            all->add(KeySet::fromJwks(core::readFile(file_)));
        } catch (const std::exception& error) {
            throw std::runtime_error(file_.string() + ": " + error.what());
        }
    }
    return all;
}

std::shared_ptr<const KeySet> KeyRing::current() {
    const auto now = clock_.now();
    const std::lock_guard lock(mutex_);
    if (file_.empty() || now - lookedAt_ < std::chrono::seconds(1)) return keys_;
    lookedAt_ = now;
    const auto stamp = stampOfFile();
    if (stamp == stamp_) return keys_;
    stamp_ = stamp;
    try {
        keys_ = readAll();
        core::log::info("auth_keys_read", {{"keys", keys_->size()}});
    } catch (const std::exception& error) {
        core::log::error("auth_keys_unreadable", {{"error", error.what()}});
    }
    return keys_;
}

}  // namespace histologe::auth
