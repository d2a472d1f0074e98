// A form means the same wherever the network cuts it, and gives out nothing that did not come in.
#include "libs/files/multipart.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "libs/files/media_type.hpp"

using namespace histologe;

namespace {

struct Form final : files::MultipartReader::Sink {
    std::vector<std::string> said;
    std::size_t given = 0;
    bool isOpen = false;
    void begin(const files::MultipartReader::Part& part) override {
        if (isOpen) std::abort();
        isOpen = true;
        said.push_back(part.name + "\n" + part.fileName + "\n");
    }
    void data(std::string_view bytes) override {
        if (!isOpen || bytes.empty()) std::abort();
        given += bytes.size();
        said.back() += bytes;
    }
    void end() override {
        if (!isOpen) std::abort();
        isOpen = false;
        said.back() += "\n.";
    }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 1) return 0;
    const std::size_t step = data[0] % 64 + 1;
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);

    Form whole;
    files::MultipartReader reader("lim", whole);
    const bool isGood = reader.feed(bytes);
    Form cut;
    files::MultipartReader piecewise("lim", cut);
    bool isStillGood = true;
    for (std::size_t at = 0; at < bytes.size() && isStillGood; at += step)
        isStillGood = piecewise.feed(bytes.substr(at, step));
    if (isGood != isStillGood || reader.isWhole() != piecewise.isWhole() || whole.given > bytes.size()) std::abort();
    if (reader.isWhole() && (whole.said != cut.said || whole.isOpen)) std::abort();

    const auto boundary = files::multipartBoundary(bytes);
    if (boundary && (boundary->empty() || boundary->size() > 70)) std::abort();
    files::contradicts(bytes.substr(0, 200), "image/png");
    return 0;
}
