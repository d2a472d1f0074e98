#include <catch2/catch.hpp>
#include <vips/vips.h>

#include <filesystem>
#include <fstream>

#include "libs/core/error.hpp"
#include "libs/core/files.hpp"
#include "libs/core/ids.hpp"
#include "libs/files/image_program.hpp"
#include "libs/files/media_type.hpp"

using namespace histologe;

namespace {

const auto kNow = core::parseInstant("2026-11-25T08:00:00Z").value();
const std::filesystem::path kProgram = HISTOLOGE_BINARY_DIR "/bin/histologe-images";

struct Folder {
    std::filesystem::path path = std::filesystem::temp_directory_path() / ("histologe-images-" + core::randomHex(6));
    Folder() { std::filesystem::create_directories(path); }
    ~Folder() { std::filesystem::remove_all(path); }
};

// A photograph as a telephone makes it: a position, a date, a maker, lying on its side.
void photograph(const std::filesystem::path& file, int width, int height) {
    REQUIRE(VIPS_INIT("unit_files") == 0);
    VipsImage* black = nullptr;
    REQUIRE(vips_black(&black, width, height, "bands", 3, nullptr) == 0);
    VipsImage* image = nullptr;
    REQUIRE(vips_copy(black, &image, "interpretation", VIPS_INTERPRETATION_sRGB, nullptr) == 0);
    vips_image_set_string(image, "exif-ifd0-Make", "TelephoneDeTest");
    vips_image_set_string(image, "exif-ifd2-DateTimeOriginal", "2024:05:01 10:11:12");
    vips_image_set_string(image, "exif-ifd3-GPSLatitude", "43/1 17/1 4735/100");
    vips_image_set_string(image, "exif-ifd3-GPSLatitudeRef", "N");
    vips_image_set_int(image, "orientation", 6);
    REQUIRE(vips_image_write_to_file(image, file.c_str(), nullptr) == 0);
    g_object_unref(image);
    g_object_unref(black);
}

struct Seen {
    int width = 0;
    int height = 0;
    int metadata = 0;  // how many fields of EXIF, XMP, IPTC
};

Seen look(const std::filesystem::path& file) {
    VipsImage* image = vips_image_new_from_file(file.c_str(), nullptr);
    REQUIRE(image != nullptr);
    Seen seen{vips_image_get_width(image), vips_image_get_height(image), 0};
    char** fields = vips_image_get_fields(image);
    for (char** field = fields; *field != nullptr; ++field) {
        const std::string_view name(*field);
        // Written by the library itself for the pixels' density.
        if (name.starts_with("exif-") || name.starts_with("xmp-") || name.starts_with("iptc-")) ++seen.metadata;
    }
    g_strfreev(fields);
    g_object_unref(image);
    return seen;
}

}  // namespace

TEST_CASE("P-093: position, date and maker are gone from every picture, which stands upright") {
    const Folder folder;
    const auto file = folder.path / "photo.jpg";
    photograph(file, 3000, 1500);
    REQUIRE(core::readFile(file).find("TelephoneDeTest") != std::string::npos);
    REQUIRE(look(file).metadata > 0);

    const auto made = files::ImageProgram(kProgram).make(file, folder.path);
    CHECK(made.mediaType == "image/jpeg");
    CHECK(made.takenAt == "2024-05-01T10:11:12");
    for (const auto name : {files::kOriginalName, files::kResizeName, files::kThumbName}) {
        const auto content = core::readFile(folder.path / name);
        CHECK(files::detectMediaType(content) == "image/jpeg");
        CHECK(content.find("TelephoneDeTest") == std::string::npos);
        CHECK(content.find("Exif") == std::string::npos);
        CHECK(look(folder.path / name).metadata == 0);
    }
    const auto original = look(folder.path / files::kOriginalName);
    CHECK(original.width == 1500);
    CHECK(original.height == 3000);
    const auto resized = look(folder.path / files::kResizeName);
    CHECK(resized.width == 500);
    CHECK(resized.height == 1000);
    const auto thumb = look(folder.path / files::kThumbName);
    CHECK(thumb.width == 400);
    CHECK(thumb.height == 400);
}

TEST_CASE("D-121: HEIC becomes JPEG; PNG and GIF stay what they are, and nothing is enlarged") {
    const Folder folder;
    for (const auto& [extension, type] : std::vector<std::pair<std::string, std::string>>{
             {".heic", "image/jpeg"}, {".png", "image/png"}, {".gif", "image/gif"}}) {
        const auto file = folder.path / ("photo" + extension);
        photograph(file, 320, 240);
        const auto made = files::ImageProgram(kProgram).make(file, folder.path);
        CHECK(made.mediaType == type);
        CHECK(files::detectMediaType(core::readFile(folder.path / files::kOriginalName)) == type);
        const auto resized = look(folder.path / files::kResizeName);
        CHECK(std::max(resized.width, resized.height) == 320);
        CHECK(look(folder.path / files::kOriginalName).metadata == 0);
    }
}

TEST_CASE("what is no picture is said to be unreadable, whatever becomes of the program") {
    const Folder folder;
    const auto file = folder.path / "photo.jpg";
    std::ofstream(file) << "\xff\xd8\xff\xe0 ceci n'est pas une photo";
    try {
        static_cast<void>(files::ImageProgram(kProgram).make(file, folder.path));
        FAIL("pictures were made of nothing");
    } catch (const core::Error& error) {
        CHECK(error.code() == "image_illisible");
    }
    CHECK_THROWS_AS(files::ImageProgram("/bin/false").make(file, folder.path), core::Error);
    // Killed by the program itself, and by us when the time is over.
    const auto script = folder.path / "tue";
    for (const auto* what : {"kill -9 $$", "exec sleep 20"}) {
        std::ofstream(script) << "#!/bin/sh\n" << what << "\n";
        std::filesystem::permissions(script, std::filesystem::perms::owner_all);
        try {
            static_cast<void>(files::ImageProgram(script, std::chrono::seconds(1)).make(file, folder.path));
            FAIL("a killed program has made pictures");
        } catch (const core::Error& error) {
            CHECK(error.code() == "image_interrompue");
        }
    }
    try {
        static_cast<void>(files::ImageProgram("/nonexistent/program").make(file, folder.path));
        FAIL("a program that is not there has run");
    } catch (const core::Error& error) {
        CHECK(error.code() == "images_indisponibles");
    }
}

TEST_CASE("D-122: a date of EXIF counts only when it is a day that can be") {
    CHECK(files::exifDate("2024:02:29 23:59:59", kNow) == "2024-02-29T23:59:59");
    CHECK(files::exifDate("2026:12:31 00:00:00", kNow) == "2026-12-31T00:00:00");
    CHECK(files::exifDate("1971:01:01 00:00:00", kNow).has_value());
    for (const auto* text : {"0000:00:00 00:00:00", "2099:01:01 00:00:00", "2027:01:01 00:00:00", "1970:06:01 00:00:00",
                             "2023:02:29 00:00:00", "2024:13:01 00:00:00", "2024:01:01 24:00:00", "2024-01-01 00:00:00",
                             "2024:01:01", "", "aaaa:bb:cc dd:ee:ff"}) {
        CHECK_FALSE(files::exifDate(text, kNow).has_value());
    }
}
