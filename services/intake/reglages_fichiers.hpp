// Where files lie, who looks at them, and what signs their links.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "libs/core/config.hpp"
#include "libs/files/antivirus.hpp"
#include "libs/files/s3_store.hpp"

namespace histologe::intake {

struct ReglagesFichiers {
    std::filesystem::path dossier;           // the storage, or the spool of an S3 storage
    std::optional<files::S3Settings> s3;     // where files lie instead of the folder
    std::optional<files::Antivirus> antivirus;
    std::filesystem::path programmeImages;
    std::filesystem::path programmePdf;
    std::filesystem::path atelier;           // where pictures lie while they are made
    std::vector<std::string> secretsDesLiens;
    std::uint32_t parHeure = 0;
    int fils = 1;

    // The storage. Throws when it is a folder that cannot be made.
    [[nodiscard]] std::unique_ptr<files::ObjectStore> ouvrir() const;
};

// Reads the variables of files. Throws core::ConfigError.
ReglagesFichiers lireReglagesFichiers(core::Config& config);

}  // namespace histologe::intake
