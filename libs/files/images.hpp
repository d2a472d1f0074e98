// Pictures made fit to be shown: without what they tell of the person who took them, upright, in three sizes.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "libs/core/clock.hpp"

namespace histologe::files {

// Longest side of the middle variant, side of the square one, in pixels. (Reference of intake, 4.1.)
inline constexpr int kResizeSide = 1000;
inline constexpr int kThumbSide = 400;
// A larger picture is refused: decoding it would take gigabytes. A telephone's largest has 200 millions.
inline constexpr long long kMostPixels = 220'000'000;

// What was made of a picture, in files named as below.
struct Images {
    std::string mediaType;                // of all three: that of the source, but JPEG for HEIC
    std::optional<std::string> takenAt;  // `2024-05-01T10:11:12`, the camera's local time, when it is plausible
};

// Names of the three pictures in the folder that makeImages() fills.
inline constexpr std::string_view kOriginalName = "original";
inline constexpr std::string_view kResizeName = "resize";
inline constexpr std::string_view kThumbName = "thumb";

// Reads the picture (JPEG, PNG, GIF or HEIC, as its content says) and writes into `folder` the original, one that fits
// 1000 x 1000 and a square of 400 x 400 cut from the middle; none is ever enlarged. All are upright, in sRGB, and without
// EXIF, GPS position, XMP, IPTC or comments. Throws std::runtime_error when it is not a picture that can be read. It
// decodes what strangers sent: to be called in a process of its own (`histologe-images`).
Images makeImages(const std::filesystem::path& picture, const std::filesystem::path& folder, core::Instant now);

// The date of a photograph as EXIF writes it (`2024:05:01 10:11:12`), kept only when it is a day of the calendar with
// 1970 < year <= this year. (User demands, D-122.)
std::optional<std::string> exifDate(std::string_view text, core::Instant now);

}  // namespace histologe::files
