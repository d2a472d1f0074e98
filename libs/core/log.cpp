#include "libs/core/log.hpp"

#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>

#include <atomic>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <mutex>

#include "libs/core/clock.hpp"

namespace histologe::core::log {
namespace {

// spdlog's own flushes after every line: one system call for each request.
class LineSink final : public spdlog::sinks::base_sink<std::mutex> {
    void sink_it_(const spdlog::details::log_msg& message) override {
        std::fwrite(message.payload.data(), 1, message.payload.size(), stderr);
        std::fputc('\n', stderr);
    }
    void flush_() override { std::fflush(stderr); }
};

std::atomic<Level> lowest{Level::Info};
std::string serviceName = "histologe";  // NOLINT: set once by start(), before threads
thread_local std::string currentTrace;

// Writes whole lines; its own pattern adds nothing, since the lines are already JSON. A line that only informs may wait up
// to a second for others, a warning or worse leaves at once with all before it.
spdlog::logger& sink() {
    static const auto logger = [] {
        std::setvbuf(stderr, nullptr, _IOFBF, 64UL * 1024);
        auto made = std::make_shared<spdlog::logger>("histologe", std::make_shared<LineSink>());
        made->set_pattern("%v");
        made->set_level(spdlog::level::trace);
        made->flush_on(spdlog::level::warn);
        spdlog::register_logger(made);
        spdlog::flush_every(std::chrono::seconds(1));
        return made;
    }();
    return *logger;
}

void appendString(std::string& line, std::string_view text) {
    constexpr char kHex[] = "0123456789abcdef";
    line += '"';
    for (const char c : text) {
        switch (c) {
            case '"': line += "\\\""; break;
            case '\\': line += "\\\\"; break;
            case '\n': line += "\\n"; break;
            case '\r': line += "\\r"; break;
            case '\t': line += "\\t"; break;
            default:
                if (static_cast<unsigned char>(c) < 0x20) {
                    line += "\\u00";
                    line += kHex[(c >> 4) & 0xf];
                    line += kHex[c & 0xf];
                } else {
                    line += c;
                }
        }
    }
    line += '"';
}

template <typename Number>
void appendNumber(std::string& line, Number number) {
    char text[32];
    const auto end = std::to_chars(text, text + sizeof text, number).ptr;
    line.append(text, end);
}

void appendValue(std::string& line, const Value& value) {
    std::visit(
        [&](const auto& held) {
            using Held = std::decay_t<decltype(held)>;
            if constexpr (std::is_same_v<Held, std::string_view>) {
                appendString(line, held);
            } else if constexpr (std::is_same_v<Held, bool>) {
                line += held ? "true" : "false";
            } else if constexpr (std::is_same_v<Held, double>) {
                if (std::isfinite(held)) {
                    appendNumber(line, held);
                } else {
                    line += "null";
                }
            } else {
                appendNumber(line, held);
            }
        },
        value);
}

}  // namespace

void start(std::string_view service, Level level) {
    serviceName = service;
    lowest = level;
    sink();
}

void setLevel(Level level) { lowest = level; }
Level level() { return lowest; }

bool parseLevel(std::string_view text, Level& level) {
    for (const Level candidate : {Level::Debug, Level::Info, Level::Warning, Level::Error}) {
        if (text == name(candidate)) {
            level = candidate;
            return true;
        }
    }
    return false;
}

std::string_view name(Level level) {
    switch (level) {
        case Level::Debug: return "debug";
        case Level::Info: return "info";
        case Level::Warning: return "warning";
        case Level::Error: return "error";
    }
    return "info";
}

void write(Level level, std::string_view event, std::initializer_list<Field> fields) {
    if (level < lowest.load(std::memory_order_relaxed)) return;
    std::string line;
    line.reserve(256);
    line += R"({"time":")";
    line += toRfc3339(SystemClock().now());
    line += R"(","level":")";
    line += name(level);
    line += R"(","service":)";
    appendString(line, serviceName);
    line += R"(,"event":)";
    appendString(line, event);
    if (!currentTrace.empty()) {
        line += R"(,"traceId":)";
        appendString(line, currentTrace);
    }
    for (const auto& field : fields) {
        line += ',';
        appendString(line, field.name);
        line += ':';
        appendValue(line, field.value);
    }
    line += '}';
    sink().log(level >= Level::Warning ? spdlog::level::warn : spdlog::level::info,
               spdlog::string_view_t(line.data(), line.size()));
}

TraceScope::TraceScope(std::string traceId) : previous_(std::exchange(currentTrace, std::move(traceId))) {}
TraceScope::~TraceScope() { currentTrace = std::move(previous_); }

}  // namespace histologe::core::log
