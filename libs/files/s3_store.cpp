#include "libs/files/s3_store.hpp"

#include <curl/curl.h>
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <mutex>
#include <stdexcept>

namespace histologe::files {
namespace {

// One request, from its preparation to its answer.
class S3Request {
  public:
    S3Request(const S3Settings& settings, const std::string& key) : key_(key) {
        static std::once_flag once;
        std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
        curl_.reset(curl_easy_init());
        if (!curl_) throw std::runtime_error("libcurl cannot start");
        set(CURLOPT_URL, (settings.endpoint + "/" + settings.bucket + "/" + key).c_str());
        set(CURLOPT_AWS_SIGV4, ("aws:amz:" + settings.region + ":s3").c_str());
        set(CURLOPT_USERPWD, (settings.accessKey + ":" + settings.secretKey).c_str());
        set(CURLOPT_NOSIGNAL, 1L);
        set(CURLOPT_CONNECTTIMEOUT, 3L);
        set(CURLOPT_TIMEOUT, static_cast<long>(settings.patience.count()));
        // This version of libcurl does not add it, and servers want it; the transport protects the content.
        add("x-amz-content-sha256: UNSIGNED-PAYLOAD");
        add("Expect:");
    }

    template <typename Value>
    void set(CURLoption option, Value value) {
        if (curl_easy_setopt(curl_.get(), option, value) != CURLE_OK) throw std::runtime_error("libcurl lacks an option");
    }

    // The status. Throws when there was no whole answer.
    long perform() {
        set(CURLOPT_HTTPHEADER, headers_.get());
        const auto result = curl_easy_perform(curl_.get());
        if (result != CURLE_OK) throw std::runtime_error("storage, " + key_ + ": " + curl_easy_strerror(result));
        long status = 0;
        curl_easy_getinfo(curl_.get(), CURLINFO_RESPONSE_CODE, &status);
        return status;
    }

  private:
    void add(const char* header) {
        auto* longer = curl_slist_append(headers_.get(), header);
        if (longer == nullptr) throw std::bad_alloc();
        static_cast<void>(headers_.release());
        headers_.reset(longer);
    }
    struct Close {
        void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
        void operator()(curl_slist* list) const { curl_slist_free_all(list); }
    };
    std::string key_;
    std::unique_ptr<CURL, Close> curl_;
    std::unique_ptr<curl_slist, Close> headers_;
};

std::size_t drop(char*, std::size_t size, std::size_t count, void*) { return size * count; }

std::size_t gather(char* data, std::size_t size, std::size_t count, void* into) {
    static_cast<std::string*>(into)->append(data, size * count);
    return size * count;
}

std::runtime_error refused(const std::string& key, long status) {
    return std::runtime_error("storage, " + key + ": status " + std::to_string(status));
}

class S3Upload final : public Upload {
  public:
    S3Upload(const S3Settings& settings, std::string key)
        : settings_(settings), key_(std::move(key)),
          descriptor_(::open(settings.spool.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600)) {
        if (descriptor_ < 0) throw std::runtime_error(std::string("cannot spool: ") + std::strerror(errno));
    }
    ~S3Upload() override { ::close(descriptor_); }

    void write(std::string_view bytes) override {
        while (!bytes.empty()) {
            const auto written = ::write(descriptor_, bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) throw std::runtime_error(std::string("cannot spool: ") + std::strerror(errno));
            bytes.remove_prefix(static_cast<std::size_t>(written));
            size_ += written;
        }
    }

    void commit() override {
        S3Request request(settings_, key_);
        offset_ = 0;
        request.set(CURLOPT_UPLOAD, 1L);
        request.set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(size_));
        request.set(CURLOPT_READFUNCTION, &S3Upload::give);
        request.set(CURLOPT_READDATA, static_cast<void*>(this));
        request.set(CURLOPT_SEEKFUNCTION, &S3Upload::seek);
        request.set(CURLOPT_SEEKDATA, static_cast<void*>(this));
        request.set(CURLOPT_WRITEFUNCTION, &drop);
        if (const auto status = request.perform(); status != 200 && status != 201) throw refused(key_, status);
    }

  private:
    static std::size_t give(char* into, std::size_t size, std::size_t count, void* self) {
        auto& upload = *static_cast<S3Upload*>(self);
        const auto got = ::pread(upload.descriptor_, into, size * count, upload.offset_);
        if (got < 0) return CURL_READFUNC_ABORT;
        upload.offset_ += got;
        return static_cast<std::size_t>(got);
    }
    static int seek(void* self, curl_off_t offset, int origin) {
        if (origin != SEEK_SET) return CURL_SEEKFUNC_CANTSEEK;
        static_cast<S3Upload*>(self)->offset_ = offset;
        return CURL_SEEKFUNC_OK;
    }

    const S3Settings& settings_;
    std::string key_;
    int descriptor_;
    off_t size_ = 0;
    off_t offset_ = 0;
};

}  // namespace

S3Store::S3Store(S3Settings settings) : settings_(std::move(settings)) {
    std::filesystem::create_directories(settings_.spool);
}

std::unique_ptr<Upload> S3Store::begin(const std::string& key) {
    checkKey(key);
    return std::make_unique<S3Upload>(settings_, key);
}

std::string S3Store::read(const std::string& key) {
    checkKey(key);
    S3Request request(settings_, key);
    std::string content;
    request.set(CURLOPT_WRITEFUNCTION, &gather);
    request.set(CURLOPT_WRITEDATA, static_cast<void*>(&content));
    if (const auto status = request.perform(); status != 200) throw refused(key, status);
    return content;
}

void S3Store::remove(const std::string& key) {
    checkKey(key);
    S3Request request(settings_, key);
    request.set(CURLOPT_CUSTOMREQUEST, "DELETE");
    request.set(CURLOPT_WRITEFUNCTION, &drop);
    if (const auto status = request.perform(); status != 200 && status != 204 && status != 404) {
        throw refused(key, status);
    }
}

}  // namespace histologe::files
