// makeImages() in a process of its own.
#pragma once

#include <chrono>
#include <filesystem>

#include "libs/files/images.hpp"

namespace histologe::files {

class ImageProgram {
  public:
    // `program` is `histologe-images`; `patience` is how long one picture may take.
    explicit ImageProgram(std::filesystem::path program, std::chrono::seconds patience = std::chrono::seconds(60));

    // As makeImages(), which may take no more than a bounded memory and time. Throws core::Error: InvalidInput
    // (`image_illisible`) when the picture cannot be read; Unavailable when the program cannot be run at all
    // (`images_indisponibles`), or was killed over the picture (`image_interrompue`), which may be the picture's fault.
    [[nodiscard]] Images make(const std::filesystem::path& picture, const std::filesystem::path& folder) const;

  private:
    std::filesystem::path program_;
    std::chrono::seconds patience_;
};

}  // namespace histologe::files
