// What the public form does over HTTP, through the gateway: the only file of the demo that speaks HTTP.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "libs/core/json.hpp"

namespace histologe::demo {

// How one report was received.
struct Filing {
    std::string brouillon;             // uuid of the draft
    std::string reference;             // empty when it was refused
    std::string lienSuivi;             // the usager's link
    std::vector<std::string> refused;  // fields refused, when it was
    int photos = 0;
    std::chrono::system_clock::time_point submittedAt;  // just before the final PUT was sent
    double submitMs = 0;                                // how long that PUT took
};

class Front {
  public:
    // `port` is the gateway's, on loopback.
    explicit Front(int port);
    ~Front();
    Front(const Front&) = delete;
    Front& operator=(const Front&) = delete;

    // As the form does: asks whether the dwelling was already reported (which begins a draft), saves the draft, uploads
    // the photos and documents that the answers name, and submits. Throws std::runtime_error with what was answered
    // when an answer is neither success nor a refusal of the answers.
    Filing file(core::Json payload);

    // GET of a JSON document. Throws std::runtime_error when it is not answered with 200.
    core::Json get(const std::string& path);

  private:
    struct Connection;
    std::unique_ptr<Connection> connection_;
};

}  // namespace histologe::demo
