#include "tools/admin/tableau.hpp"

#include <algorithm>
#include <cstdio>
#include <optional>
#include <stdexcept>

#include "libs/core/error.hpp"
#include "libs/core/text.hpp"
#include "services/intake/domain/lecteur_csv.hpp"
#include "services/intake/import.hpp"

namespace histologe::admin {
namespace {

constexpr std::size_t kBloc = 64 * 1024;
constexpr std::size_t kMontres = 20;

// Where each column stands in the file; empty when it does not.
using Places = std::vector<std::optional<std::size_t>>;

Places placesDe(const std::vector<std::string>& entete, const std::vector<Colonne>& colonnes, bool parPlace,
                Rapport& rapport) {
    Places places;
    for (std::size_t rang = 0; rang < colonnes.size(); ++rang) {
        const auto& colonne = colonnes[rang];
        std::optional<std::size_t> place;
        if (parPlace) {
            if (rang < entete.size()) place = rang;
        } else {
            auto noms = colonne.autres;
            noms.push_back(colonne.nom);
            for (std::size_t i = 0; i < entete.size(); ++i) {
                const bool estLa = std::any_of(noms.begin(), noms.end(), [&](const std::string& nom) {
                    return core::fold(nom) == core::fold(core::trim(entete[i]));
                });
                if (estLa && !place) place = i;
            }
        }
        if (!place && colonne.obligatoire) {
            rapport.refuser(1, colonne.nom, "colonne_absente", "Cette colonne est obligatoire.");
        }
        places.push_back(place);
    }
    return places;
}

}  // namespace

Rapport::Rapport(const std::string& fichier) {
    if (fichier.empty()) return;
    fichier_.open(fichier, std::ios::binary | std::ios::trunc);
    fichier_ << intake::enLigneDeRapport({"ligne", "colonne", "gravité", "code", "raison", "valeur"});
    if (!fichier_) throw std::runtime_error("cannot write " + fichier);
}

void Rapport::refuser(std::size_t ligne, const std::string& colonne, const std::string& code, const std::string& raison,
                      const std::string& valeur) {
    ++refus_;
    dire(ligne, colonne, true, code, raison, valeur);
}

void Rapport::avertir(std::size_t ligne, const std::string& colonne, const std::string& code, const std::string& raison,
                      const std::string& valeur) {
    ++avertissements_;
    dire(ligne, colonne, false, code, raison, valeur);
}

void Rapport::dire(std::size_t ligne, const std::string& colonne, bool estUnRefus, const std::string& code,
                   const std::string& raison, const std::string& valeur) {
    if (fichier_.is_open()) {
        fichier_ << intake::enLigneDeRapport(
            {std::to_string(ligne), colonne, estUnRefus ? "refus" : "avertissement", code, raison, valeur});
    } else if (estUnRefus && refus_ <= kMontres) {
        std::printf("line %zu, %s: %s %s\n", ligne, colonne.c_str(), raison.c_str(), valeur.c_str());
    }
}

std::size_t lireTableau(const std::string& fichier, const std::vector<Colonne>& colonnes, Rapport& rapport,
                        const std::function<void(const LigneDeTableau&)>& prendre, bool parPlace) {
    std::ifstream flux(fichier, std::ios::binary);
    if (!flux) throw std::runtime_error("cannot read " + fichier);
    std::optional<Places> places;
    std::size_t largeur = 0;
    std::size_t lignes = 0;
    std::size_t derniere = 0;
    intake::LecteurCsv lecteur([&](intake::LigneCsv&& ligne) {
        derniere = ligne.ligne;
        if (!places) {
            largeur = ligne.champs.size();
            places = placesDe(ligne.champs, colonnes, parPlace, rapport);
            return;
        }
        ++lignes;
        if (ligne.champs.size() != largeur) {
            rapport.refuser(ligne.ligne, "", "colonnes", "Cette ligne n'a pas autant de cellules que l'en-tête.",
                            std::to_string(ligne.champs.size()));
            return;
        }
        LigneDeTableau lue{ligne.ligne, {}, {}};
        for (const auto& place : *places) {
            lue.champs.emplace_back(place ? core::trim(ligne.champs[*place]) : std::string_view{});
            lue.presents.push_back(place.has_value());
        }
        prendre(lue);
    });
    char fin = '\n';
    try {
        std::vector<char> bloc(kBloc);
        while (flux.read(bloc.data(), static_cast<std::streamsize>(bloc.size())) || flux.gcount() > 0) {
            const auto lus = static_cast<std::size_t>(flux.gcount());
            lecteur.lire(std::string_view(bloc.data(), lus));
            fin = bloc[lus - 1];
        }
        lecteur.finir();
    } catch (const core::Error& error) {
        if (error.code() != "csv_illisible") throw;
        rapport.refuser(derniere, "", error.code(), error.message());
        return lignes;
    }
    if (flux.bad()) throw std::runtime_error("cannot read " + fichier);
    if (!places) rapport.refuser(0, "", "fichier_vide", "Ce fichier est vide.");
    if (fin != '\n' && fin != '\r') {
        rapport.refuser(derniere, "", "fichier_coupe",
                        "La dernière ligne n'est pas finie : le fichier est peut-être coupé.");
    }
    return lignes;
}

}  // namespace histologe::admin
