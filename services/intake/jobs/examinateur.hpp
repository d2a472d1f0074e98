// One received file, from quarantine to its end: looked at by the antivirus, cleaned, made in three sizes.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "libs/files/antivirus.hpp"
#include "libs/files/image_program.hpp"
#include "libs/files/object_store.hpp"
#include "services/intake/store/fichiers.hpp"

namespace histologe::intake {

// What a look ended with.
struct Constat {
    enum class Fin { Disponible, Infecte, PlusTard };
    Fin fin = Fin::PlusTard;
    Examen examen;      // for Disponible
    std::string virus;  // for Infecte
    std::string erreur; // for PlusTard, for the log
};

// Any thread.
class Examinateur {
  public:
    // Without an antivirus, files are not looked at by one: for places where another one watches the storage.
    Examinateur(files::ObjectStore& store, std::optional<files::Antivirus> antivirus, files::ImageProgram images,
                std::filesystem::path atelier);

    // Never throws for a reason of the file, of the antivirus or of the storage. The objects that it makes bear names
    // that depend on the file and the lease alone, so that two instances never write the same one. A picture that cannot
    // be read is kept as it came, as something to download: it is no reason to lose what a usager sent.
    [[nodiscard]] Constat examiner(const FichierBaille& baille) const;

    // Removes what looks and uploads that died an hour ago or more have left on the disk.
    void balayer() const noexcept;

    // Removes what was made in vain.
    void defaire(const Examen& examen, const std::string& recu) const noexcept;

  private:
    [[nodiscard]] Examen preparer(const FichierBaille& baille, const std::string& contenu) const;
    std::int64_t garder(const std::string& cle, const std::filesystem::path& fichier) const;

    files::ObjectStore& store_;
    std::optional<files::Antivirus> antivirus_;
    files::ImageProgram images_;
    std::filesystem::path atelier_;
};

}  // namespace histologe::intake
