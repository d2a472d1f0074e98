#include "services/intake/reglages_fichiers.hpp"

#include "libs/core/text.hpp"

namespace histologe::intake {
namespace {

std::string besideThisProgram(const char* name) {
    std::error_code none;
    return std::filesystem::read_symlink("/proc/self/exe", none).parent_path() / name;
}

std::vector<std::string> secrets(const std::string& text) {
    auto list = core::split(text, ',');
    for (const auto& secret : list) {
        if (secret.size() < 32) {
            throw core::ConfigError("HISTOLOGE_INTAKE_LINK_SECRETS: each secret has 32 characters or more");
        }
    }
    return list;
}

std::optional<files::Antivirus> antivirus(const std::string& address) {
    if (address == "none") return std::nullopt;
    try {
        return files::Antivirus(address);
    } catch (const std::invalid_argument& error) {
        throw core::ConfigError(std::string("HISTOLOGE_INTAKE_ANTIVIRUS: ") + error.what() + ", or none");
    }
}

}  // namespace

ReglagesFichiers lireReglagesFichiers(core::Config& config) {
    ReglagesFichiers reglages;
    reglages.dossier = config.text("HISTOLOGE_INTAKE_FILES_DIR", "folder in which files are kept; their spool when they are in S3");
    files::S3Settings s3;
    s3.endpoint = config.text("HISTOLOGE_INTAKE_S3_ENDPOINT", "S3 server in which files are kept, as https://host; none: the folder", "");
    s3.bucket = config.text("HISTOLOGE_INTAKE_S3_BUCKET", "its bucket", "histologe");
    s3.region = config.text("HISTOLOGE_INTAKE_S3_REGION", "its region", "us-east-1");
    s3.accessKey = config.text("HISTOLOGE_INTAKE_S3_ACCESS_KEY", "access key of the bucket", "");
    s3.secretKey = config.secret("HISTOLOGE_INTAKE_S3_SECRET_KEY", "secret key of the bucket", "");
    s3.spool = reglages.dossier / "spool";
    if (!s3.endpoint.empty()) {
        if (s3.accessKey.empty() || s3.secretKey.empty()) {
            throw core::ConfigError("HISTOLOGE_INTAKE_S3_ENDPOINT: the bucket needs its two keys");
        }
        reglages.s3 = s3;
    }
    reglages.antivirus = antivirus(config.text("HISTOLOGE_INTAKE_ANTIVIRUS",
                                               "clamd, as unix:/path or host:port; none: files are not looked at by us"));
    reglages.programmeImages = config.text("HISTOLOGE_INTAKE_IMAGES_PROGRAM", "program that makes the pictures",
                                           besideThisProgram("histologe-images"));
    reglages.programmePdf =
        config.text("HISTOLOGE_INTAKE_PDF_PROGRAM", "program that makes PDFs (WeasyPrint)", "/usr/bin/weasyprint");
    reglages.atelier = reglages.dossier / "atelier";
    reglages.secretsDesLiens = secrets(config.secret(
        "HISTOLOGE_INTAKE_LINK_SECRETS", "sign the links of files: 32 characters or more each, between commas, the first signs"));
    reglages.parHeure = static_cast<std::uint32_t>(config.integer(
        "HISTOLOGE_INTAKE_UPLOADS_PER_HOUR", "files taken from one address in an hour, by each instance", 600, 1, 1000000000));
    reglages.fils = static_cast<int>(config.integer("HISTOLOGE_INTAKE_SCANS", "files looked at together", 1, 1, 64));
    return reglages;
}

std::unique_ptr<files::ObjectStore> ReglagesFichiers::ouvrir() const {
    if (s3) return std::make_unique<files::S3Store>(*s3);
    return std::make_unique<files::FolderStore>(dossier);
}

}  // namespace histologe::intake
