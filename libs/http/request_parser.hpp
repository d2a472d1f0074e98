// Bytes to requests, incrementally and strictly: what two readers could understand differently is refused.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "libs/http/message.hpp"

namespace histologe::http {

// A request as it stood on the wire.
struct RawRequest {
    std::string method;
    std::string target;
    Headers headers;
    std::string body;
    bool isHttp11 = true;
    bool keepsAlive = true;  // as the client wishes
    bool hasBody = false;
};

struct ParserLimits {
    std::size_t maxTarget = 8 * 1024;
    std::size_t maxHeaderBytes = 16 * 1024;
    std::size_t maxHeaderFields = 100;
};

// Why a request was refused: the HTTP status, a stable code, a French text.
struct ParseFailure {
    int status = 400;
    const char* code = "requete_illisible";
    const char* detail = "La requête ne respecte pas le protocole HTTP.";
};

// Refused with 400 besides what the grammar of RFC 9112 refuses: bare line feeds, folded header lines, blanks before
// the colon, NUL and control characters, two Content-Length (even equal), Content-Length with Transfer-Encoding, no
// Host or several, chunk sizes that are not plain hexadecimal. Any transfer coding but `chunked` gives 501. After a
// failure the connection cannot be used any more: where the next request starts is unknown.
class RequestParser {
  public:
    enum class Step { NeedMore, HeadDone, Complete, Failed };

    explicit RequestParser(ParserLimits limits);
    ~RequestParser();
    RequestParser(const RequestParser&) = delete;
    RequestParser& operator=(const RequestParser&) = delete;

    // Reads from data, sets how many bytes were used up; the caller presents the rest again, with more after it.
    // HeadDone is returned once, between the headers and a body that follows: the caller may then set the limit of the
    // body.
    Step feed(const char* data, std::size_t size, std::size_t& used);

    // Bytes of body accepted, chunk framing not counted; beyond it the request fails with 413.
    void setBodyLimit(std::size_t bytes);

    [[nodiscard]] RawRequest& request() noexcept;
    [[nodiscard]] const ParseFailure& failure() const noexcept;
    // Forgets the request read: the next one starts.
    void reset();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace histologe::http
