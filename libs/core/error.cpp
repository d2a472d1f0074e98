#include "libs/core/error.hpp"

#include <utility>

namespace histologe::core {

int httpStatus(ErrorKind kind) noexcept {
    switch (kind) {
        case ErrorKind::InvalidInput: return 400;
        case ErrorKind::Unauthenticated: return 401;
        case ErrorKind::Forbidden: return 403;
        case ErrorKind::NotFound: return 404;
        case ErrorKind::MethodNotAllowed: return 405;
        case ErrorKind::Conflict: return 409;
        case ErrorKind::Gone: return 410;
        case ErrorKind::PreconditionFailed: return 412;
        case ErrorKind::PayloadTooLarge: return 413;
        case ErrorKind::UnsupportedMedia: return 415;
        case ErrorKind::Unprocessable: return 422;
        case ErrorKind::TooManyRequests: return 429;
        case ErrorKind::Internal: return 500;
        case ErrorKind::Unavailable: return 503;
        case ErrorKind::Timeout: return 504;
    }
    return 500;
}

Error::Error(ErrorKind kind, std::string code, std::string message, std::vector<Violation> violations,
             const std::string& detailForLog)
    : std::runtime_error(detailForLog.empty() ? code : code + ": " + detailForLog),
      kind_(kind),
      code_(std::move(code)),
      message_(std::move(message)),
      violations_(std::move(violations)) {}

}  // namespace histologe::core
