#include <catch2/catch.hpp>

#include "libs/files/media_type.hpp"

using namespace histologe;

namespace {

const std::string kPng("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0\x90wS\xde", 33);
const std::string kWebp = std::string("RIFF\x24\0\0\0WEBPVP8 ", 16) + std::string(40, '\0');
const std::string kHeic("\0\0\0\x18" "ftypheic\0\0\0\0mif1heic", 24);

}  // namespace

TEST_CASE("the content tells the type") {
    CHECK(files::detectMediaType(kPng) == "image/png");
    CHECK(files::detectMediaType("\xff\xd8\xff\xe0\0\x10JFIF") == "image/jpeg");
    CHECK(files::detectMediaType("GIF89a\1\0\1\0") == "image/gif");
    CHECK(files::detectMediaType("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n") == "application/pdf");
    CHECK(files::detectMediaType("Le toit fuit.\n") == "text/plain");
    CHECK(files::detectMediaType(std::string("\0\1\2\3", 4)) == "application/octet-stream");
}

TEST_CASE("D-121: a HEIC photo is a photo, and an image to convert") {
    const auto type = files::detectMediaType(kHeic);
    CHECK(type == "image/heic");
    CHECK(files::isPhoto(type));
    CHECK(files::isImage(type));
    CHECK(files::extensionOf(type) == ".heic");
}

TEST_CASE("P-016: an office document is no photo") {
    CHECK_FALSE(files::isPhoto("application/msword"));
    CHECK(files::isDocument("application/msword"));
    CHECK(files::isPhoto("application/pdf"));
    CHECK_FALSE(files::isImage("application/pdf"));
    CHECK_FALSE(files::isDocument("application/octet-stream"));
    CHECK_FALSE(files::isDocument("text/html"));
    CHECK_FALSE(files::isDocument("image/svg+xml"));
}

TEST_CASE("D-120 and P-017: a name that claims another kind of thing contradicts") {
    CHECK(files::detectMediaType(kWebp) == "image/webp");
    CHECK(files::contradicts("a.jpg", "image/webp"));
    CHECK(files::contradicts("a.JPG", "application/pdf"));
    CHECK(files::contradicts("bail.pdf", "text/plain"));
    CHECK(files::contradicts("photo.jpeg", "application/octet-stream"));
    // What telephones and mail programs do is no contradiction.
    CHECK_FALSE(files::contradicts("IMG_0001.jpg", "image/heic"));
    CHECK_FALSE(files::contradicts("IMG_0001.JPEG", "image/jpeg"));
    CHECK_FALSE(files::contradicts("lettre.doc", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"));
    CHECK_FALSE(files::contradicts("sans extension", "application/pdf"));
    CHECK_FALSE(files::contradicts("photo.de.la.cuisine", "image/png"));
}
