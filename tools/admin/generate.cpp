#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "tools/admin/commands.hpp"
#include "tools/admin/services.hpp"
#include "tools/generate/generer.hpp"

namespace histologe::admin {

int generateDossiers(const GenerateWish& wish) {
    auto data = wish.data;
    if (const char* set = std::getenv("HISTOLOGE_DATA_DIR"); data.empty() && set != nullptr) data = set;
    if (data.empty()) throw std::runtime_error("HISTOLOGE_DATA_DIR is not set, and no --data is given");
    const auto start = std::chrono::steady_clock::now();
    const generate::Pays pays(data, generate::dossiersDe(wish.size), wish.seed);
    generate::generer(databaseUrl("routing"), pays, [&](const std::string& step) {
        const auto elapsed = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        std::printf("%7.1f s  %s\n", elapsed, step.c_str());
        std::fflush(stdout);
    });
    std::printf("%zu dossiers\n", pays.taille());
    return 0;
}

}  // namespace histologe::admin
