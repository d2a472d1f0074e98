// Knowing when a program that was started is ready to serve.
#pragma once

#include <chrono>
#include <functional>
#include <string>

namespace histologe::environment {

class Supervisor;

// Asks `ready` again and again until it says yes. Throws std::runtime_error with the end of the log of the program
// `name` when that program ends, or when `limit` passes.
void waitUntil(const std::function<bool()>& ready, std::chrono::seconds limit, Supervisor& supervisor,
               const std::string& name);

// The status of GET http://127.0.0.1:port/path within 2 s; 0 when there is no answer.
int httpStatus(int port, const std::string& path);

// True when Redis answers PING on 127.0.0.1:port.
bool isRedisServing(int port);

}  // namespace histologe::environment
