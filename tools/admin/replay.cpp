#include <cstdio>
#include <stdexcept>

#include "libs/streams/replay.hpp"
#include "tools/admin/commands.hpp"
#include "tools/admin/services.hpp"

namespace histologe::admin {

int replay(const std::string& service, const std::string& since) {
    const auto instant = core::parseInstant(since);
    if (!instant) throw std::runtime_error("--since takes an instant such as 2026-11-25T08:00:00Z");
    const auto forgotten = streams::forgetReceived(*connect(service), *instant);
    std::int64_t published = 0;
    for (const auto& source : services()) published += streams::publishAgain(*connect(source), *instant);
    std::printf("%s forgets %lld events; %lld are published again\n", service.c_str(),
                static_cast<long long>(forgotten), static_cast<long long>(published));
    return 0;
}

}  // namespace histologe::admin
