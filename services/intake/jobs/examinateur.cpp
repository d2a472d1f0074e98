#include "services/intake/jobs/examinateur.hpp"

#include <fstream>
#include <utility>

#include "libs/core/error.hpp"
#include "libs/core/files.hpp"
#include "libs/core/ids.hpp"
#include "libs/files/media_type.hpp"

namespace histologe::intake {
namespace {

// So many times a picture over which the program was killed is tried again.
constexpr int kEssaisInterrompus = 3;

// A folder that is gone when the look is over.
class Atelier {
  public:
    explicit Atelier(const std::filesystem::path& dans) : dossier_(dans / ("examen-" + core::randomHex(8))) {
        std::filesystem::create_directories(dossier_);
    }
    ~Atelier() {
        std::error_code none;
        std::filesystem::remove_all(dossier_, none);
    }
    Atelier(const Atelier&) = delete;
    Atelier& operator=(const Atelier&) = delete;
    [[nodiscard]] const std::filesystem::path& dossier() const { return dossier_; }

  private:
    std::filesystem::path dossier_;
};

// `2026/11/photo-<hex>.heic` under the lease `b` -> `2026/11/photo-<hex>-b`.
std::string souche(const FichierBaille& baille) {
    const auto point = baille.cle.rfind('.');
    return baille.cle.substr(0, point) + "-" + baille.bail.substr(0, 12);
}

// A generic rule met by a PDF: most often a harmless one, which is handed out as a suspect. (User demands, D-125.)
bool estSoupcon(const std::string& typeMime, const std::string& virus) {
    return typeMime == "application/pdf" &&
           (virus.starts_with("Heuristics.") || virus.find("Generic") != std::string::npos);
}

}  // namespace

Examinateur::Examinateur(files::ObjectStore& store, std::optional<files::Antivirus> antivirus,
                         files::ImageProgram images, std::filesystem::path atelier)
    : store_(store), antivirus_(std::move(antivirus)), images_(std::move(images)), atelier_(std::move(atelier)) {}

Constat Examinateur::examiner(const FichierBaille& baille) const {
    Constat constat;
    try {
        const auto contenu = store_.read(baille.cle);
        if (antivirus_) {
            constexpr std::size_t kPiece = 256 * 1024;
            const auto verdict = antivirus_->scan([&contenu](const auto& take) {
                for (std::size_t at = 0; at < contenu.size(); at += kPiece) {
                    take(std::string_view(contenu).substr(at, kPiece));
                }
            });
            if (verdict.virus && estSoupcon(baille.typeMime, *verdict.virus)) {
                constat.examen.soupcon = verdict.virus;
            } else if (verdict.virus) {
                constat.fin = Constat::Fin::Infecte;
                constat.virus = *verdict.virus;
                return constat;
            }
        }
        const auto soupcon = constat.examen.soupcon;
        constat.examen = preparer(baille, contenu);
        constat.examen.soupcon = soupcon;
        constat.fin = Constat::Fin::Disponible;
    } catch (const core::Error& error) {
        constat.erreur = error.code();
    } catch (const std::exception& error) {
        constat.erreur = error.what();
    }
    return constat;
}

Examen Examinateur::preparer(const FichierBaille& baille, const std::string& contenu) const {
    Examen examen{baille.typeMime, baille.cle, {}, {}, {}, static_cast<std::int64_t>(contenu.size()), {}};
    if (!files::isImage(baille.typeMime)) return examen;
    const Atelier atelier(atelier_);
    const auto recu = atelier.dossier() / "recu";
    std::ofstream(recu, std::ios::binary).write(contenu.data(), static_cast<std::streamsize>(contenu.size()));
    files::Images images;
    try {
        images = images_.make(recu, atelier.dossier());
    } catch (const core::Error& error) {
        // A machine without memory kills over good pictures too: these keep their traces, and wait for a better moment.
        const bool isItsFault = error.kind() == core::ErrorKind::InvalidInput ||
                                (error.code() == "image_interrompue" && baille.essais >= kEssaisInterrompus);
        if (!isItsFault) throw;
        // Not shown, only handed out as it came.
        examen.typeMime = "application/octet-stream";
        return examen;
    }
    const auto extension = std::string(files::extensionOf(images.mediaType));
    const auto nom = souche(baille);
    examen.typeMime = images.mediaType;
    examen.prisLe = images.takenAt;
    examen.cleOriginal = nom + extension;
    examen.cleMoyenne = nom + "_resize" + extension;
    examen.cleVignette = nom + "_thumb" + extension;
    examen.octets = garder(examen.cleOriginal, atelier.dossier() / files::kOriginalName);
    garder(*examen.cleMoyenne, atelier.dossier() / files::kResizeName);
    garder(*examen.cleVignette, atelier.dossier() / files::kThumbName);
    return examen;
}

std::int64_t Examinateur::garder(const std::string& cle, const std::filesystem::path& fichier) const {
    const auto contenu = core::readFile(fichier);
    auto upload = store_.begin(cle);
    upload->write(contenu);
    upload->commit();
    return static_cast<std::int64_t>(contenu.size());
}

void Examinateur::balayer() const noexcept {
    store_.sweep(std::chrono::hours(1));
    files::removeOlder(atelier_, std::chrono::hours(1));
}

void Examinateur::defaire(const Examen& examen, const std::string& recu) const noexcept {
    for (const auto& cle : {std::optional(examen.cleOriginal), examen.cleMoyenne, examen.cleVignette}) {
        if (!cle || cle->empty() || *cle == recu) continue;
        try {
            store_.remove(*cle);
        } catch (const std::exception&) {
            // It stays in storage, named by nobody.
        }
    }
}

}  // namespace histologe::intake
