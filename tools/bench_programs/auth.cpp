// bench-auth [SECONDS]: how many access tokens one core checks in a second, as services do it for each request, beside
// the least it could be: hashing the same bytes.
#include <chrono>
#include <cmath>
#include <cstdio>
#include <iostream>

#include "libs/auth/authenticator.hpp"
#include "libs/core/ids.hpp"

namespace {

using namespace histologe;
using Clock = std::chrono::steady_clock;

// The best of three runs: what disturbs a run from outside only ever slows it down.
template <typename Work>
double perSecond(double seconds, Work work) {
    double best = 0;
    for (int run = 0; run < 3; ++run) {
        long long count = 0;
        const auto start = Clock::now();
        double elapsed = 0;
        do {
            for (int i = 0; i < 100; ++i) work();
            count += 100;
            elapsed = std::chrono::duration<double>(Clock::now() - start).count();
        } while (elapsed < seconds / 3);
        best = std::max(best, static_cast<double>(count) / elapsed);
    }
    return best;
}

}  // namespace

int main(int argc, char** argv) {
    const double seconds = argc > 1 ? std::stod(argv[1]) : 3;
    const core::SystemClock clock;
    const auto key = auth::SigningKey::generate("bench");
    const auto set = "{\"keys\":[" + key.toPublicJwk() + "]}";
    auth::KeyRing ring(set, "", clock);
    core::Metrics metrics;
    auth::BearerAuthenticator authenticator(ring, {}, clock, metrics);

    // The agents of a busy hour, each with a token of his own.
    constexpr std::size_t kBearers = 5000;
    std::vector<http::Request> requests(kBearers);
    std::vector<std::string> tokens(kBearers);
    for (std::size_t i = 0; i < kBearers; ++i) {
        auth::Claims claims;
        claims.id = core::uuidV4();
        claims.subject = core::uuidV4();
        claims.territoires = {"13"};
        claims.partenaires = {core::uuidV4(), core::uuidV4()};
        claims.scopes = {"signalements:read", "signalements:write", "imports:write"};
        claims.issuedAt = std::chrono::floor<std::chrono::seconds>(clock.now());
        claims.expiresAt = claims.issuedAt + std::chrono::hours(1);
        tokens[i] = auth::signToken(claims, {}, key);
        requests[i].headers.add("Authorization", "Bearer " + tokens[i]);
    }
    std::size_t next = 0;
    std::size_t accepted = 0;
    const auto served = perSecond(seconds, [&] {
        accepted += authenticator.authenticate(requests[next], "signalements:read") != nullptr ? 1 : 0;
        next = (next + 1) % kBearers;
    });
    const auto keys = ring.current();
    const auto fresh = perSecond(seconds, [&] {
        accepted += auth::verifyToken(tokens[next], *keys, {}, clock.now()).claims ? 1 : 0;
        next = (next + 1) % kBearers;
    });
    const auth::TokenCache cache;
    const auto limit = perSecond(seconds, [&] {
        accepted += cache.digest(tokens[next])[0] != 0 ? 1 : 0;
        next = (next + 1) % kBearers;
    });
    std::printf("tokens of %zu bytes, %zu bearers in turn (%zu accepted)\n", tokens[0].size(), kBearers, accepted);
    std::printf("%-46s %10.0f a second\n", "a request's token, as a service checks it", served);
    std::printf("%-46s %10.0f a second\n", "a token seen for the first time", fresh);
    std::printf("%-46s %10.0f a second\n", "limit: hashing the token once", limit);
    const core::Json line{{"bench", "auth"},
                          {"per_second", std::llround(served)},
                          {"first_per_second", std::llround(fresh)},
                          {"limit", std::llround(limit)},
                          {"value", std::llround(served)},
                          {"ratio", std::round(served / limit * 1000) / 1000}};
    std::cout << line.dump() << std::endl;
    return served >= 50'000 ? 0 : 1;
}
