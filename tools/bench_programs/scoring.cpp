// bench-scoring [PAYLOAD] [SECONDS]: how many evaluations of one payload a core makes in a second, beside the least
// that any evaluation has to do: visit each answer of the same document once.
#include <chrono>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "libs/core/error.hpp"
#include "libs/core/json.hpp"
#include "services/scoring/domain/evaluation.hpp"

namespace {

using histologe::core::Json;
using Clock = std::chrono::steady_clock;

// Kept by the compiler although nobody reads it.
volatile std::size_t sink = 0;

struct Rate {
    double perSecond = 0;
    double nanoseconds = 0;
};

// The best of five runs: what disturbs a run from outside only ever slows it down.
template <class Work>
Rate measure(double seconds, Work&& work) {
    constexpr int kRuns = 5;
    constexpr int kBatch = 200;
    Rate best;
    for (int run = 0; run < kRuns; ++run) {
        long long count = 0;
        const auto start = Clock::now();
        double elapsed = 0;
        do {
            for (int at = 0; at < kBatch; ++at) work();
            count += kBatch;
            elapsed = std::chrono::duration<double>(Clock::now() - start).count();
        } while (elapsed < seconds / kRuns);
        if (static_cast<double>(count) / elapsed > best.perSecond) {
            best = {static_cast<double>(count) / elapsed, elapsed * 1e9 / static_cast<double>(count)};
        }
    }
    return best;
}

// Visits each answer and touches both ends of its name: no evaluation can look at less.
std::size_t walk(const Json& document) {
    std::size_t seen = 0;
    for (const auto& [name, value] : *document.get_ptr<const Json::object_t*>()) {
        if (!name.empty()) seen += static_cast<unsigned char>(name.front()) + static_cast<unsigned char>(name.back());
        seen += name.size() + static_cast<std::size_t>(value.type());
    }
    return seen;
}

std::string readFile(const std::string& path) {
    std::ifstream input(path);
    std::stringstream text;
    text << input.rdbuf();
    return text.str();
}

void print(const char* what, const Rate& rate) {
    std::printf("%-46s %10.0f a second  %8.0f ns each\n", what, rate.perSecond, rate.nanoseconds);
}

}  // namespace

int main(int argc, char** argv) {
    const std::string path = argc > 1 ? argv[1] : "tests/golden/payloads/locataire_all_in.json";
    const double seconds = argc > 2 ? std::stod(argv[2]) : 3.0;
    const auto text = readFile(path);
    if (text.empty()) {
        std::cerr << "cannot read " << path << "\n";
        return 2;
    }
    try {
        const auto startOfLoading = Clock::now();
        const auto catalogue = histologe::desordres::loadShippedCatalogue();
        const double loading = std::chrono::duration<double, std::milli>(Clock::now() - startOfLoading).count();
        const auto payload = histologe::core::parseJson(text);
        const auto evaluation = histologe::scoring::evaluate(catalogue, payload);
        std::printf("catalogue %s loaded in %.1f ms\n", catalogue.version().c_str(), loading);
        std::printf("%s: %zu bytes, %zu answers, %zu critères, %zu précisions, score %.4f\n", path.c_str(), text.size(),
                    payload.size(), evaluation.criteres.size(), evaluation.precisions.size(), evaluation.score.score);

        const auto value =
            measure(seconds, [&] { sink = histologe::scoring::evaluate(catalogue, payload).qualifications.size(); });
        const auto limit = measure(seconds, [&] { sink = walk(payload); });
        const auto parsing = measure(seconds, [&] {
            sink = histologe::scoring::evaluate(catalogue, histologe::core::parseJson(text)).criteres.size();
        });
        // Reports come one after the other: their documents are not in the processor's caches.
        const std::vector<Json> copies(500, payload);
        std::size_t next = 0;
        const auto cold = measure(seconds, [&] {
            sink = histologe::scoring::evaluate(catalogue, copies[next]).qualifications.size();
            next = (next + 1) % copies.size();
        });
        print("evaluation of the parsed payload, one core", value);
        print("the same, 500 documents in turn", cold);
        print("limit: visiting each answer once", limit);
        print("from the text: parsing, then the evaluation", parsing);
        const Json line{{"bench", "scoring"},
                        {"per_second", std::llround(value.perSecond)},
                        {"limit", std::llround(limit.perSecond)},
                        {"value", std::llround(value.perSecond)},
                        {"ratio", std::round(value.perSecond / limit.perSecond * 1000) / 1000}};
        std::cout << line.dump() << std::endl;
    } catch (const histologe::core::Error& error) {
        std::cerr << path << ": " << error.what() << "\n";
        return 2;
    }
    return 0;
}
