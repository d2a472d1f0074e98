#include "tools/environment/probe.hpp"

#include <stdexcept>
#include <thread>

#include <hiredis/hiredis.h>
#include <httplib.h>

#include "tools/environment/supervisor.hpp"

namespace histologe::environment {

void waitUntil(const std::function<bool()>& ready, std::chrono::seconds limit, Supervisor& supervisor,
               const std::string& name) {
    const auto end = std::chrono::steady_clock::now() + limit;
    auto pause = std::chrono::milliseconds(5);
    // In this order: somebody else may answer where the program does not run.
    while (true) {
        const bool isReady = ready();
        if (!supervisor.isRunning(name)) {
            throw std::runtime_error(name + " ended while it was starting:" + lastLines(supervisor.log(name), 15));
        }
        if (isReady) {
            return;
        }
        if (std::chrono::steady_clock::now() > end) {
            throw std::runtime_error(name + " is not ready after " + std::to_string(limit.count()) +
                                     " s:" + lastLines(supervisor.log(name), 15));
        }
        std::this_thread::sleep_for(pause);
        pause = std::min(pause * 2, std::chrono::milliseconds(100));
    }
}

int httpStatus(int port, const std::string& path) {
    httplib::Client client("127.0.0.1", port);
    client.set_connection_timeout(2);
    client.set_read_timeout(2);
    client.set_write_timeout(2);
    const auto answer = client.Get(path);
    return answer ? answer->status : 0;
}

bool isRedisServing(int port) {
    redisContext* context = redisConnectWithTimeout("127.0.0.1", port, {1, 0});
    bool serving = false;
    if (context != nullptr && context->err == 0) {
        redisSetTimeout(context, {1, 0});
        auto* reply = static_cast<redisReply*>(redisCommand(context, "PING"));
        serving = reply != nullptr && reply->type == REDIS_REPLY_STATUS;
        freeReplyObject(reply);
    }
    redisFree(context);
    return serving;
}

}  // namespace histologe::environment
