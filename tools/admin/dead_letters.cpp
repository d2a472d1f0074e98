#include "libs/streams/dead_letters.hpp"

#include <cstdio>

#include "tools/admin/commands.hpp"
#include "tools/admin/services.hpp"

namespace histologe::admin {
namespace {

int done(bool isDone, std::int64_t rank, const char* what) {
    if (isDone) {
        std::printf("%lld %s\n", static_cast<long long>(rank), what);
        return 0;
    }
    std::fprintf(stderr, "no dead letter %lld that can be %s\n", static_cast<long long>(rank), what);
    return 1;
}

}  // namespace

int listDeadLetters(const std::string& service) {
    const auto letters = streams::listDeadLetters(*connect(service));
    std::printf("%-8s %-10s %-6s %-28s %-36s %-8s %s\n", "rank", "status", "tries", "type", "subject", "behind", "error");
    for (const auto& letter : letters) {
        std::printf("%-8lld %-10s %-6d %-28s %-36s %-8d %s\n", static_cast<long long>(letter.rank),
                    letter.status.c_str(), letter.tries, letter.type.c_str(), letter.subject.c_str(),
                    letter.waitingBehind, letter.error.c_str());
    }
    std::printf("%zu in all\n", letters.size());
    return 0;
}

int showDeadLetter(const std::string& service, std::int64_t rank) {
    const auto envelope = streams::showDeadLetter(*connect(service), rank);
    if (!envelope) return done(false, rank, "shown");
    std::printf("%s\n", envelope->dump(2, ' ', false, core::Json::error_handler_t::replace).c_str());
    return 0;
}

int replayDeadLetter(const std::string& service, std::int64_t rank) {
    return done(streams::replayDeadLetter(*connect(service), rank, core::SystemClock().now()), rank, "replayed");
}

int dropDeadLetter(const std::string& service, std::int64_t rank) {
    return done(streams::dropDeadLetter(*connect(service), rank), rank, "dropped");
}

}  // namespace histologe::admin
