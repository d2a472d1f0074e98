// The program that makes PDFs.
#include "libs/files/pdf_program.hpp"

#include <fstream>

#include <catch2/catch.hpp>

#include "libs/core/error.hpp"
#include "libs/core/ids.hpp"

using namespace histologe;
using files::PdfProgram;

namespace {

struct Folder {
    std::filesystem::path path = std::filesystem::temp_directory_path() / ("pdf-" + core::randomHex(8));
    ~Folder() {
        std::error_code none;
        std::filesystem::remove_all(path, none);
    }
    [[nodiscard]] std::filesystem::path script(const std::string& text) const {
        std::filesystem::create_directories(path);
        const auto file = path / "program";
        std::ofstream(file) << "#!/bin/sh\n" << text;
        std::filesystem::permissions(file, std::filesystem::perms::owner_all);
        return file;
    }
    [[nodiscard]] std::size_t papers() const {
        std::size_t count = 0;
        for (const auto& one : std::filesystem::directory_iterator(path)) count += one.path().extension() != "" ? 1 : 0;
        return count;
    }
};

std::string codeOf(const PdfProgram& program) {
    try {
        static_cast<void>(program.make("<p>x</p>"));
    } catch (const core::Error& error) {
        CHECK(error.kind() == core::ErrorKind::Unavailable);
        return error.code();
    }
    return "";
}

}  // namespace

TEST_CASE("a document becomes a PDF that screen readers can read, and leaves no paper behind") {
    const Folder folder;
    const PdfProgram program("/usr/bin/weasyprint", folder.path);
    const auto pdf = program.make("<!DOCTYPE html><html lang=\"fr\"><head><meta charset=\"utf-8\"><title>Récapitulatif"
                                  "</title></head><body><h1>Élévation</h1><p>Été</p></body></html>");
    CHECK(pdf.starts_with("%PDF-"));
    // Tagged, with a language, and declared as PDF/UA.
    for (const auto* mark : {"/MarkInfo", "/StructTreeRoot", "/Lang", "pdfuaid"}) {
        CAPTURE(mark);
        CHECK(pdf.find(mark) != std::string::npos);
    }
    CHECK(folder.papers() == 0);
}

TEST_CASE("a program that is not there, that fails, or that takes too long is said, and nothing is left of it") {
    const Folder folder;
    CHECK(codeOf(PdfProgram("/nowhere/weasyprint", folder.path)) == "pdf_indisponible");
    CHECK(codeOf(PdfProgram(folder.script("exit 3\n"), folder.path)) == "pdf_interrompu");
    const auto begun = std::chrono::steady_clock::now();
    CHECK(codeOf(PdfProgram(folder.script("exec sleep 30\n"), folder.path, std::chrono::seconds(1))) == "pdf_interrompu");
    CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(10));
    CHECK(folder.papers() == 0);
}
