// One upload, as it arrives: told from its content, written to storage, entered in the table; or refused with a reason.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "libs/core/clock.hpp"
#include "libs/files/multipart.hpp"
#include "libs/files/object_store.hpp"
#include "libs/http/message.hpp"
#include "libs/postgres/pool.hpp"

namespace histologe::intake {

// Largest file taken, in bytes; one byte more is refused. (Reference of intake, 4.1.)
inline constexpr std::int64_t kLargestFile = 10 * 1024 * 1024;
// A draft may have as many files, and as many bytes in them; the one that goes over is the last.
inline constexpr std::int64_t kMostFiles = 100;
inline constexpr std::int64_t kMostBytes = 300LL * 1024 * 1024;

// What the uploads need; all of it outlives the server.
struct UploadContext {
    files::ObjectStore& store;
    postgres::Pool& pool;
    const core::Clock& clock;
    std::uint32_t perHour;           // files taken from one address in an hour
    std::function<void()> received;  // called after each file that was kept
};

// A reason for which an upload is not kept, with its answer.
struct Refusal {
    int status;
    const char* code;
    const char* message;  // for people
};

namespace refusals {
extern const Refusal kNoFile, kEmpty, kTooLarge, kNotPhoto, kNotDocument, kContradiction, kTooMany, kDraftFull,
    kBadDraft, kMalformed, kOurFault;
}

// The problem document, with the member `error` that the front of the public form reads.
http::Response refused(const Refusal& refusal, const std::string& requestId);

// Takes the first file of a form; the other parts are read and dropped. Nothing is kept of an upload that keep() did
// not accept. One thread at a time.
class Reception final : public files::MultipartReader::Sink {
  public:
    // `draft` is the uuid of the draft that it is for, when the client said so.
    Reception(const UploadContext& context, std::optional<std::string> draft)
        : context_(context), draft_(std::move(draft)) {}

    // All three throw what the storage throws.
    void begin(const files::MultipartReader::Part& part) override;
    void data(std::string_view bytes) override;
    void end() override;

    // The whole form was read: makes the file durable and known. Nothing, or why it is not kept. Throws what the
    // storage and the database throw; then, too, nothing is kept.
    const Refusal* keep();

    // What the form keeps in its answers, once keep() has accepted.
    [[nodiscard]] core::Json answer() const;

  private:
    void open();
    const Refusal* enter();
    void takeBack() noexcept;

    const UploadContext& context_;
    std::optional<std::string> draft_;
    bool isTaking_ = false;
    bool isDone_ = false;
    bool isPhoto_ = false;
    std::string fileName_;
    std::string title_;
    // Storage needs the key, and the key the type, which is in the first bytes: they are held back until it is known.
    std::string head_;
    std::string mediaType_;
    std::string key_;
    std::int64_t size_ = 0;
    std::unique_ptr<files::Upload> upload_;
    bool mayBeKnown_ = false;  // its row was sent
    const Refusal* refusal_ = nullptr;
};

}  // namespace histologe::intake
