#include "services/intake/domain/lecteur_csv.hpp"

#include <algorithm>
#include <exception>

#include <csv.h>

#include "libs/core/error.hpp"
#include "libs/core/text.hpp"

namespace histologe::intake {
namespace {

constexpr std::string_view kBom = "\xEF\xBB\xBF";
// The first line is kept until its end is seen, to choose the separator.
constexpr std::size_t kPremiereLigneMax = 1'000'000;

// The state of the library's parser between two rows.
constexpr int kRowNotBegun = 0;

unsigned char separateurDe(std::string_view ligne) {
    const auto combien = [&](char c) { return std::count(ligne.begin(), ligne.end(), c); };
    char choisi = ';';
    for (const char autre : {',', '\t'}) {
        if (combien(autre) > combien(choisi)) choisi = autre;
    }
    return static_cast<unsigned char>(choisi);
}

}  // namespace

struct LecteurCsv::Etat {
    std::function<void(LigneCsv&&)> rendre;
    csv_parser analyseur{};
    std::string debut;  // until the separator is known
    bool estCommence = false;
    LigneCsv ligne;
    std::size_t numero = 1;    // of the line being read
    std::exception_ptr echec;  // thrown in a callback of the library, which must not be crossed by an exception

    [[noreturn]] void refuser(const std::string& pourquoi) const {
        throw core::Error(core::ErrorKind::InvalidInput, "csv_illisible",
                          "Ligne " + std::to_string(numero) + " : " + pourquoi);
    }

    void champ(const char* texte, std::size_t taille) noexcept {
        if (echec) return;
        try {
            if (taille > kChampCsvMax) refuser("une cellule est trop longue.");
            if (ligne.champs.size() >= kColonnesCsvMax) refuser("il y a trop de colonnes.");
            std::string valeur(texte == nullptr ? "" : texte, taille);
            if (!core::isUtf8(valeur)) refuser("le fichier n'est pas en UTF-8.");
            if (valeur.find('\0') != std::string::npos) refuser("un caractère nul s'y trouve.");
            ligne.champs.push_back(std::move(valeur));
        } catch (...) {
            echec = std::current_exception();
        }
    }

    void fin() noexcept {
        if (echec) return;
        try {
            // A line without anything is one empty field.
            const bool estVide = ligne.champs.empty() || (ligne.champs.size() == 1 && ligne.champs[0].empty());
            auto lue = std::move(ligne);
            ligne = {};
            if (lue.ligne == 0) lue.ligne = numero;
            if (!estVide) rendre(std::move(lue));
        } catch (...) {
            echec = std::current_exception();
        }
    }

    static void surChamp(void* texte, std::size_t taille, void* moi) {
        static_cast<Etat*>(moi)->champ(static_cast<const char*>(texte), taille);
    }
    static void surFin(int /*caractere*/, void* moi) { static_cast<Etat*>(moi)->fin(); }

    // One line at a time, so that the number of the line is known when a row ends.
    void analyser(std::string_view octets) {
        while (!octets.empty()) {
            const auto saut = octets.find('\n');
            const auto partie = octets.substr(0, saut == std::string_view::npos ? octets.size() : saut + 1);
            if (analyseur.pstate == kRowNotBegun) ligne.ligne = numero;
            const auto lus = csv_parse(&analyseur, partie.data(), partie.size(), &surChamp, &surFin, this);
            if (echec) std::rethrow_exception(echec);
            if (lus != partie.size()) refuser("un guillemet n'est pas à sa place.");
            if (csv_get_buffer_size(&analyseur) > kChampCsvMax * 2) refuser("une cellule est trop longue.");
            if (saut != std::string_view::npos) ++numero;
            octets.remove_prefix(partie.size());
        }
    }

    void commencer() {
        std::string_view texte = debut;
        if (texte.starts_with(kBom)) texte.remove_prefix(kBom.size());
        csv_set_delim(&analyseur, separateurDe(texte.substr(0, texte.find_first_of("\r\n"))));
        estCommence = true;
        analyser(texte);
        debut.clear();
    }
};

LecteurCsv::LecteurCsv(std::function<void(LigneCsv&&)> ligne) : etat_(std::make_unique<Etat>()) {
    etat_->rendre = std::move(ligne);
    if (csv_init(&etat_->analyseur, CSV_STRICT | CSV_STRICT_FINI) != 0) throw std::bad_alloc();
}

LecteurCsv::~LecteurCsv() {
    csv_free(&etat_->analyseur);
}

void LecteurCsv::lire(std::string_view octets) {
    if (etat_->estCommence) return etat_->analyser(octets);
    etat_->debut.append(octets);
    if (octets.find_first_of("\r\n") != std::string_view::npos) return etat_->commencer();
    if (etat_->debut.size() > kPremiereLigneMax) etat_->refuser("la première ligne ne finit pas.");
}

void LecteurCsv::finir() {
    if (!etat_->estCommence) etat_->commencer();
    const bool estLue = csv_fini(&etat_->analyseur, &Etat::surChamp, &Etat::surFin, etat_.get()) == 0;
    if (etat_->echec) std::rethrow_exception(etat_->echec);
    if (!estLue) etat_->refuser("un guillemet n'est pas refermé.");
}

}  // namespace histologe::intake
