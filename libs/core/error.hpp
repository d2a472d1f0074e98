// The one exception type that crosses a transaction boundary, and the one table from its kind to an HTTP status.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

namespace histologe::core {

// What went wrong, in terms that every protocol has an answer for.
enum class ErrorKind {
    InvalidInput,        // 400: the request cannot be understood or breaks a rule
    Unauthenticated,     // 401
    Forbidden,           // 403
    NotFound,            // 404
    MethodNotAllowed,    // 405
    Conflict,            // 409: the state refuses it
    Gone,                // 410
    PreconditionFailed,  // 412: stale ETag
    PayloadTooLarge,     // 413
    UnsupportedMedia,    // 415
    Unprocessable,       // 422: an Idempotency-Key reused with another body
    TooManyRequests,     // 429
    Internal,            // 500: our fault
    Unavailable,         // 503: try again later
    Timeout,             // 504: the deadline passed
};

// Promises the HTTP status of each kind (the comments above).
int httpStatus(ErrorKind kind) noexcept;

// One broken rule on one field. `message` is French, for people; `code` is stable, for programs.
struct Violation {
    std::string champ;
    std::string code;
    std::string message;
    friend bool operator==(const Violation&, const Violation&) = default;
};

// Thrown by stores and handlers, answered as problem+json. `code` is stable and in snake_case (`brouillon_introuvable`);
// `message` is French and may be shown to people; what() is for the log and never leaves the process.
class Error : public std::runtime_error {
  public:
    Error(ErrorKind kind, std::string code, std::string message, std::vector<Violation> violations = {},
          const std::string& detailForLog = {});

    [[nodiscard]] ErrorKind kind() const noexcept { return kind_; }
    [[nodiscard]] const std::string& code() const noexcept { return code_; }
    [[nodiscard]] const std::string& message() const noexcept { return message_; }
    [[nodiscard]] const std::vector<Violation>& violations() const noexcept { return violations_; }

  private:
    ErrorKind kind_;
    std::string code_;
    std::string message_;
    std::vector<Violation> violations_;
};

}  // namespace histologe::core
