// What a handler receives and what it gives back. Nothing here knows of sockets.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "libs/core/json.hpp"

namespace histologe::http {

// Header fields in the order they came; names compare without case. Values are trimmed of blanks at both ends.
class Headers {
  public:
    using Field = std::pair<std::string, std::string>;

    // The first value under the name; nullptr when there is none.
    [[nodiscard]] const std::string* find(std::string_view name) const noexcept;
    // The first value under the name, or the fallback.
    [[nodiscard]] std::string_view get(std::string_view name, std::string_view fallback = {}) const noexcept;
    [[nodiscard]] bool has(std::string_view name) const noexcept { return find(name) != nullptr; }
    // How many fields bear the name.
    [[nodiscard]] std::size_t count(std::string_view name) const noexcept;
    void add(std::string name, std::string value) { fields_.emplace_back(std::move(name), std::move(value)); }
    // Replaces every field of that name by one.
    void set(std::string_view name, std::string value);
    void remove(std::string_view name);
    [[nodiscard]] const std::vector<Field>& all() const noexcept { return fields_; }

  private:
    std::vector<Field> fields_;
};

// True when two ASCII texts are equal but for the case of their letters.
bool equalsIgnoringCase(std::string_view left, std::string_view right) noexcept;

// Named values in order, several of the same name kept: a query string, a form, the variables of a path. Already
// percent-decoded and known to be UTF-8.
class Parameters {
  public:
    using Field = std::pair<std::string, std::string>;

    [[nodiscard]] const std::string* find(std::string_view name) const noexcept;
    // The first value of that name, or the fallback.
    [[nodiscard]] std::string get(std::string_view name, std::string_view fallback = {}) const;
    // The first value of that name; empty when there is none or it is the empty text.
    [[nodiscard]] std::optional<std::string> nonEmpty(std::string_view name) const;
    // Every value of that name, in order.
    [[nodiscard]] std::vector<std::string> values(std::string_view name) const;
    [[nodiscard]] bool has(std::string_view name) const noexcept { return find(name) != nullptr; }
    // The first value as a whole number; empty when absent or not one.
    [[nodiscard]] std::optional<long long> integer(std::string_view name) const;
    // True for `true` and `1`; the fallback when absent.
    [[nodiscard]] bool flag(std::string_view name, bool fallback = false) const;
    void add(std::string name, std::string value) { fields_.emplace_back(std::move(name), std::move(value)); }
    [[nodiscard]] const std::vector<Field>& all() const noexcept { return fields_; }
    [[nodiscard]] bool empty() const noexcept { return fields_.empty(); }

  private:
    std::vector<Field> fields_;
};

// Who is asking, as an Authenticator found out. The authentication library derives its own from it.
struct Principal {
    virtual ~Principal() = default;
    std::string subject;              // stable identifier, never a name or an address
    std::string caller;               // who of those that share the subject; empty when nobody does
    std::vector<std::string> scopes;  // what the bearer may do, as the contract's `x-scope` names it
};

struct Request {
    std::string method;         // upper case
    std::string target;         // as sent: path and query, not decoded
    std::string path;           // decoded, without query
    Parameters pathParameters;  // variables of the contract's path template
    Parameters query;
    Headers headers;
    std::string body;
    // The parsed body when the operation takes JSON or a form (a form becomes an object whose members are converted to
    // the types of the schema); null otherwise.
    core::Json json;
    // Address of the client: the peer's, or the last but trusted hop of X-Forwarded-For when the server is told to
    // trust its gateway. For limits and consent records, never for the log.
    std::string remoteAddress;
    std::string requestId;    // X-Request-Id when it is well-formed, else generated
    std::string traceparent;  // W3C trace context to pass on, always present
    std::string operationId;
    // When the client stops being answered. A handler that waits for something should not wait longer.
    std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
    // Set by the Authenticator; nullptr for an operation without scope that was called anonymously.
    std::shared_ptr<const Principal> principal;
};

struct Response {
    int status = 200;
    Headers headers;
    std::string body;

    // `application/json; charset=utf-8`.
    static Response json(int status, const core::Json& document);
    // 201 with the address of what was created.
    static Response created(const std::string& location, const core::Json& document);
    // 204.
    static Response noContent();
    // Any text with its media type.
    static Response text(int status, std::string contentType, std::string body);
    Response& header(std::string name, std::string value) {
        headers.set(name, std::move(value));
        return *this;
    }
};

}  // namespace histologe::http
