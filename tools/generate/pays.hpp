// An invented country of dossiers, as large as one likes and as uneven as the real one: nobody in it exists.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/core/json.hpp"
#include "libs/domain/territoires/communes.hpp"
#include "libs/domain/territoires/territoires.hpp"
#include "tools/generate/hasard.hpp"

namespace histologe::generate {

struct Affectation {
    std::string partenaire;
    std::string statut;
};
struct Suivi {
    std::string auteur;
    std::string categorie;
    core::Instant le{};
};

// A dossier: the parts of the event that declares it, and what became of it.
struct Dossier {
    std::string uuid;
    core::Json data;
    core::Json personnel;
    core::Json qualifications;
    double score = 0;
    std::string statut;
    core::Instant deposeLe{};
    std::vector<Affectation> affectations;
    std::vector<Suivi> suivis;  // in the order of time
};

// Unevenness: territoire 13 holds 9 % of the dossiers, its first partner 2 % of the whole country's, 1.5 % of the buildings
// 30 % of the dossiers; one dossier in a thousand has more than 20 affectations and 200 suivis.
class Pays {
  public:
    // Reads communes.csv and territoires.json of `donnees`. Territoires are all open.
    Pays(const std::filesystem::path& donnees, std::size_t dossiers, std::uint64_t graine);

    [[nodiscard]] std::size_t taille() const { return taille_; }
    // The entry of that number in [0, taille()): always the same.
    [[nodiscard]] Dossier dossier(std::size_t numero) const;
    // The directory: territoires, then partners in the form of data/README.md.
    [[nodiscard]] const core::Json& territoires() const { return territoires_; }
    [[nodiscard]] core::Json partenaires() const;

    // True for a partner that is a commune.
    [[nodiscard]] static bool estCommune(const std::string& partenaire);

    // The partner of Marseille that has 2 % of the dossiers.
    static std::string grandPartenaire();

  private:
    struct Lieu {
        std::string insee;
        std::string codePostal;
        std::string nom;
        double longitude = 0;
        double latitude = 0;
    };
    struct Territoire {
        std::string code;
        double poids = 0;  // of this one and those before it, in [0, 1]
        std::vector<Lieu> lieux;
    };

    [[nodiscard]] const Territoire& territoireDe(double part) const;
    void declarer(Dossier& dossier, const Territoire& territoire, const Lieu& lieu, std::size_t immeuble, Hasard& hasard,
                  std::size_t numero) const;
    void vivre(Dossier& dossier, const Territoire& territoire, Hasard& hasard, bool estLourd) const;

    std::size_t taille_;
    std::uint64_t graine_;
    core::Json territoires_;
    std::vector<Territoire> liste_;
    std::vector<std::string> noms_;
    std::vector<std::string> rues_;
};

}  // namespace histologe::generate
