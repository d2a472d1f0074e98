#include "libs/files/images.hpp"

#include <vips/vips.h>

#include <array>
#include <charconv>
#include <memory>
#include <mutex>
#include <stdexcept>

namespace histologe::files {
namespace {

struct Release {
    void operator()(VipsImage* image) const { g_object_unref(image); }
};
using Image = std::unique_ptr<VipsImage, Release>;

[[noreturn]] void unreadable() {
    vips_error_clear();
    throw std::runtime_error("not a picture that can be read");
}

void require(int status) {
    if (status != 0) unreadable();
}

void startVips() {
    static std::once_flag once;
    std::call_once(once, [] {
        if (VIPS_INIT("histologe") != 0) throw std::runtime_error("libvips cannot start");
        vips_block_untrusted_set(TRUE);
        vips_concurrency_set(1);
        vips_cache_set_max(0);
    });
}

std::string loaderType(const std::string& file) {
    const char* loader = vips_foreign_find_load(file.c_str());
    const std::string_view name = loader == nullptr ? "" : loader;
    if (name.starts_with("VipsForeignLoadJpeg")) return "image/jpeg";
    if (name.starts_with("VipsForeignLoadPng")) return "image/png";
    if (name.starts_with("VipsForeignLoadNsgif")) return "image/gif";
    if (name.starts_with("VipsForeignLoadHeif")) return "image/heic";
    unreadable();
}

std::optional<std::string> takenAt(VipsImage* image, core::Instant now) {
    const char* value = nullptr;
    if (vips_image_get_typeof(image, "exif-ifd2-DateTimeOriginal") == 0 ||
        vips_image_get_string(image, "exif-ifd2-DateTimeOriginal", &value) != 0) {
        return std::nullopt;
    }
    return exifDate(std::string_view(value).substr(0, 19), now);
}

// `strip` leaves nothing in the file but the pixels; colours are sRGB by then.
void save(VipsImage* image, const std::string& mediaType, const std::string& target, int quality) {
    if (mediaType == "image/png") {
        require(vips_pngsave(image, target.c_str(), "strip", TRUE, nullptr));
    } else if (mediaType == "image/gif") {
        require(vips_gifsave(image, target.c_str(), "strip", TRUE, nullptr));
    } else {
        require(vips_jpegsave(image, target.c_str(), "Q", quality, "optimize_coding", TRUE, "strip", TRUE, nullptr));
    }
}

Image upright(const std::string& file, const std::string& type) {
    // An animation keeps its frames in the original.
    VipsImage* loaded = type == "image/gif" ? vips_image_new_from_file(file.c_str(), "n", -1, nullptr)
                                            : vips_image_new_from_file(file.c_str(), nullptr);
    if (loaded == nullptr) unreadable();
    Image image(loaded);
    if (static_cast<long long>(vips_image_get_width(image.get())) * vips_image_get_height(image.get()) > kMostPixels) {
        throw std::runtime_error("a picture of too many pixels");
    }
    VipsImage* next = nullptr;
    if (type != "image/gif") {
        require(vips_autorot(image.get(), &next, nullptr));
        image.reset(std::exchange(next, nullptr));
    }
    if (vips_image_get_typeof(image.get(), VIPS_META_ICC_NAME) != 0 &&
        vips_icc_transform(image.get(), &next, "srgb", "embedded", TRUE, nullptr) == 0) {
        image.reset(std::exchange(next, nullptr));
    } else if (vips_image_get_interpretation(image.get()) == VIPS_INTERPRETATION_CMYK) {
        require(vips_colourspace(image.get(), &next, VIPS_INTERPRETATION_sRGB, nullptr));
        image.reset(std::exchange(next, nullptr));
    }
    return image;
}

void variant(const std::string& file, int side, VipsInteresting crop, const std::string& mediaType,
             const std::string& target) {
    VipsImage* made = nullptr;
    require(vips_thumbnail(file.c_str(), &made, side, "height", side, "size", VIPS_SIZE_DOWN, "crop", crop,
                           "export_profile", "srgb", nullptr));
    const Image image(made);
    save(image.get(), mediaType, target, 82);
}

}  // namespace

Images makeImages(const std::filesystem::path& picture, const std::filesystem::path& folder, core::Instant now) {
    startVips();
    const auto type = loaderType(picture);
    Images images;
    images.mediaType = type == "image/heic" ? "image/jpeg" : type;
    const auto image = upright(picture, type);
    images.takenAt = takenAt(image.get(), now);
    const std::string original = folder / kOriginalName;
    save(image.get(), images.mediaType, original, 92);
    variant(original, kResizeSide, VIPS_INTERESTING_NONE, images.mediaType, folder / kResizeName);
    variant(original, kThumbSide, VIPS_INTERESTING_CENTRE, images.mediaType, folder / kThumbName);
    return images;
}

std::optional<std::string> exifDate(std::string_view text, core::Instant now) {
    constexpr std::string_view kShape = "0000:00:00 00:00:00";
    if (text.size() != kShape.size()) return std::nullopt;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool isDigit = text[i] >= '0' && text[i] <= '9';
        if (kShape[i] == '0' ? !isDigit : text[i] != kShape[i]) return std::nullopt;
    }
    const auto number = [text](std::size_t from, std::size_t length) {
        int value = 0;
        std::from_chars(text.data() + from, text.data() + from + length, value);
        return value;
    };
    const std::chrono::year_month_day day{std::chrono::year(number(0, 4)),
                                          std::chrono::month(static_cast<unsigned>(number(5, 2))),
                                          std::chrono::day(static_cast<unsigned>(number(8, 2)))};
    const std::chrono::year_month_day today{std::chrono::floor<std::chrono::days>(now)};
    const bool isTime = number(11, 2) < 24 && number(14, 2) < 60 && number(17, 2) < 60;
    if (!day.ok() || !isTime || day.year() <= std::chrono::year(1970) || day.year() > today.year()) return std::nullopt;
    auto result = std::string(text);
    result[4] = result[7] = '-';
    result[10] = 'T';
    return result;
}

}  // namespace histologe::files
