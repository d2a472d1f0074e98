// Uploads of the public form: streamed multipart, on a private port of their own behind the gateway.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "libs/core/clock.hpp"
#include "libs/files/object_store.hpp"
#include "libs/postgres/pool.hpp"
#include "libs/service/process.hpp"

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

// Answers `POST /signalement/handle`: one file in `signalement[photos]` or any other field (a document). The file goes to
// storage as it arrives, its type is told from its content, and the answer names the key that the form sends back with
// its answers. `?brouillon=<uuid>` counts it for a draft. A server of its own, because it holds a thread for each upload
// in hand.
class UploadServer final : public service::Worker {
  public:
    UploadServer(UploadContext context, std::string host, std::uint16_t port);
    ~UploadServer() override;
    void start() override;
    void stop() override;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace histologe::intake
