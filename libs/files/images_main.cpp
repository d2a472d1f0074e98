// `histologe-images PICTURE FOLDER`: makes the pictures of one file and ends. Decoders meet hostile files here, in a
// process that can take neither much memory nor much time, and whose fall harms nobody.
#include <sys/resource.h>

#include <cstdio>
#include <exception>

#include "libs/core/json.hpp"
#include "libs/files/images.hpp"

namespace {

void limit(int resource, rlim_t value) {
    const rlimit both{value, value};
    ::setrlimit(static_cast<__rlimit_resource>(resource), &both);
}

}  // namespace

int main(int argc, char** argv) {
    using namespace histologe;
    if (argc != 3) return 2;
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_CPU, 60);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)  // which reserve terabytes
    limit(RLIMIT_AS, 3UL << 30);
#endif
    limit(RLIMIT_FSIZE, 200UL << 20);
    limit(RLIMIT_NOFILE, 64);
    try {
        const auto images = files::makeImages(argv[1], argv[2], core::SystemClock().now());
        core::Json said = {{"mediaType", images.mediaType}};
        if (images.takenAt) said["takenAt"] = *images.takenAt;
        std::puts(core::dumpJson(said).c_str());
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
