// HTML made into a PDF by a program of its own (WeasyPrint).
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>

namespace histologe::files {

class PdfProgram {
  public:
    // `program` is `weasyprint`; `folder` holds the two files of a rendering and is made when it is missing; `patience`
    // is how long one rendering may take.
    PdfProgram(std::filesystem::path program, std::filesystem::path folder,
               std::chrono::seconds patience = std::chrono::seconds(60));

    // The PDF of a whole HTML document (UTF-8), tagged so that screen readers read it (PDF/UA-1). It may refer to
    // nothing outside of it. Throws core::Error (Unavailable): `pdf_indisponible` when the program cannot be run,
    // `pdf_interrompu` when it failed or took too long.
    [[nodiscard]] std::string make(std::string_view html) const;

  private:
    std::filesystem::path program_;
    std::filesystem::path folder_;
    std::chrono::seconds patience_;
};

}  // namespace histologe::files
