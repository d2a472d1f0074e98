// Structured log: one JSON object a line on standard error. Never personal data: log identifiers, counts and codes.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace histologe::core::log {

enum class Level { Debug, Info, Warning, Error };

using Value = std::variant<std::string_view, long long, unsigned long long, double, bool>;

// A named fact beside the message. Holds a view: build it in the call.
struct Field {
    std::string_view name;
    Value value;
    Field(std::string_view n, std::string_view v) : name(n), value(v) {}
    Field(std::string_view n, const char* v) : name(n), value(std::string_view(v)) {}
    Field(std::string_view n, const std::string& v) : name(n), value(std::string_view(v)) {}
    Field(std::string_view n, int v) : name(n), value(static_cast<long long>(v)) {}
    Field(std::string_view n, long v) : name(n), value(static_cast<long long>(v)) {}
    Field(std::string_view n, long long v) : name(n), value(v) {}
    Field(std::string_view n, unsigned v) : name(n), value(static_cast<unsigned long long>(v)) {}
    Field(std::string_view n, unsigned long v) : name(n), value(static_cast<unsigned long long>(v)) {}
    Field(std::string_view n, double v) : name(n), value(v) {}
    Field(std::string_view n, bool v) : name(n), value(v) {}
};

// Names the process in every line and sets the lowest level written. To be called once, before any thread starts.
void start(std::string_view service, Level level);

// Changes the lowest level written, at any time, from any thread.
void setLevel(Level level);
Level level();

// Reads `debug`, `info`, `warning`, `error`; false when the text is none of them.
bool parseLevel(std::string_view text, Level& level);
std::string_view name(Level level);

// Writes one line, whole, from any thread. `event` is a stable snake_case name that can be searched for. While a
// TraceScope is alive on the calling thread its trace id is added.
void write(Level level, std::string_view event, std::initializer_list<Field> fields = {});

inline void debug(std::string_view event, std::initializer_list<Field> fields = {}) { write(Level::Debug, event, fields); }
inline void info(std::string_view event, std::initializer_list<Field> fields = {}) { write(Level::Info, event, fields); }
inline void warning(std::string_view event, std::initializer_list<Field> fields = {}) { write(Level::Warning, event, fields); }
inline void error(std::string_view event, std::initializer_list<Field> fields = {}) { write(Level::Error, event, fields); }

// Ties the lines written by this thread to a W3C trace id (32 hexadecimal digits) until it is destroyed.
class TraceScope {
  public:
    explicit TraceScope(std::string traceId);
    ~TraceScope();
    TraceScope(const TraceScope&) = delete;
    TraceScope& operator=(const TraceScope&) = delete;

  private:
    std::string previous_;
};

}  // namespace histologe::core::log
