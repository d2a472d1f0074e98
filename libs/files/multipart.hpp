// A form with files (RFC 7578), read as it arrives: nothing of it is ever held but the few bytes that may begin a
// boundary.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace histologe::files {

// The boundary of a Content-Type of `multipart/form-data`; empty when it is of another type, or its boundary is
// missing, longer than 70 characters or made of others than RFC 2046 allows.
std::optional<std::string> multipartBoundary(std::string_view contentType);

class MultipartReader {
  public:
    // One field of the form.
    struct Part {
        std::string name;
        std::string fileName;  // as the client says, to be trusted in nothing; empty for a field that is no file
    };

    // Is told what comes, in order: begin, any number of pieces, end, for each part. `data` is only good for the call.
    class Sink {
      public:
        virtual ~Sink() = default;
        virtual void begin(const Part& part) = 0;
        virtual void data(std::string_view bytes) = 0;
        virtual void end() = 0;
    };

    // Largest block of headers of one part, most parts of a form: more is malformed.
    static constexpr std::size_t kMostHeaders = 16 * 1024;
    static constexpr int kMostParts = 100;

    MultipartReader(const std::string& boundary, Sink& sink);

    // Takes the next bytes, cut anywhere. False once the form is malformed; what comes then is not looked at.
    bool feed(std::string_view bytes);
    // True when the closing boundary was read: the form is whole. What follows it is ignored.
    [[nodiscard]] bool isWhole() const noexcept { return state_ == State::Done; }

  private:
    enum class State { Preamble, Boundary, Headers, Body, Done, Malformed };
    void toDelimiter(std::string_view& bytes);
    void give(std::string_view bytes);
    void found();
    void readBoundaryLine(std::string_view& bytes);
    void readHeaders(std::string_view& bytes);
    bool beginPart();

    std::string delimiter_;  // CRLF, two dashes, the boundary
    Sink& sink_;
    State state_ = State::Preamble;
    std::string held_;  // beginning of a delimiter, of a boundary's line, or of headers
    int parts_ = 0;
};

}  // namespace histologe::files
