// Uploads of the public form: streamed multipart, on a private port of their own behind the gateway.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "libs/service/process.hpp"
#include "services/intake/http/reception.hpp"

namespace histologe::intake {

struct UploadServerSettings {
    std::string host;
    std::uint16_t port = 0;
    std::vector<std::string> frontOrigins;  // from which a browser may read the answers
    int loops = 2;                          // threads that read
    int keepers = 6;                        // threads that wait for storage and database once a file is there
    int connections = 1000;                 // more wait to be accepted
};

// Answers `POST /signalement/handle`: one file in `signalement[photos]` or any other field (a document). The file goes
// to storage as it arrives, in pieces of 64 KiB: an upload in hand holds little more memory than that, and no thread
// while its bytes are awaited. `?brouillon=<uuid>` counts it for a draft. What is refused is still read to its end, so
// that the client gets the answer. A client that is silent for thirty seconds, or needs ten minutes for a file, is
// left.
class UploadServer final : public service::Worker {
  public:
    UploadServer(UploadContext context, UploadServerSettings settings);
    ~UploadServer() override;
    // Throws std::runtime_error when the port cannot be had.
    void start() override;
    // Stops accepting, gives the uploads in hand eight seconds.
    void stop() override;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace histologe::intake
