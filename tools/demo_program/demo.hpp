// The demo's commands; each returns the program's exit code and throws std::runtime_error when it cannot go on.
#pragma once

#include <filesystem>

namespace histologe::demo {

struct Options {
    std::filesystem::path sourceFolder;
    std::filesystem::path buildFolder;
    int gatewayPort = 8080;
    int mailboxPort = 8025;
    bool once = false;
};

// Starts what does not run, files the samples, prints what became of them, and leaves everything running. 1 when
// anything is not as expected.
int start(const Options& options);
// The same in an environment of its own that is gone afterwards.
int once(const Options& options);
int stop(const Options& options);
int status(const Options& options);
int clean(const Options& options);

}  // namespace histologe::demo
