// Reading a table that an operator gives, whole and streamed, with a report of every refusal.
#pragma once

#include <fstream>
#include <functional>
#include <string>
#include <vector>

namespace histologe::admin {

// Where each remark goes: counted, and written to a CSV file when there is one. A refusal keeps everything from being
// written.
class Rapport {
  public:
    // Throws std::runtime_error when the file cannot be written. An empty name: remarks are only counted, and refusals
    // printed (the first twenty).
    explicit Rapport(const std::string& fichier);

    // `ligne` is that of the file, 0 for the file as a whole.
    void refuser(std::size_t ligne, const std::string& colonne, const std::string& code, const std::string& raison,
                 const std::string& valeur = {});
    void avertir(std::size_t ligne, const std::string& colonne, const std::string& code, const std::string& raison,
                 const std::string& valeur = {});

    [[nodiscard]] std::size_t refus() const { return refus_; }
    [[nodiscard]] std::size_t avertissements() const { return avertissements_; }

  private:
    void dire(std::size_t ligne, const std::string& colonne, bool estUnRefus, const std::string& code,
              const std::string& raison, const std::string& valeur);

    std::ofstream fichier_;
    std::size_t refus_ = 0;
    std::size_t avertissements_ = 0;
};

// A row: its line in the file, and its fields in the order of the columns that were asked for.
struct LigneDeTableau {
    std::size_t ligne = 0;
    std::vector<std::string> champs;
    std::vector<bool> presents;  // false where the file has no such column
};

struct Colonne {
    std::string nom;                  // as the report names it
    std::vector<std::string> autres;  // other names under which it may stand
    bool obligatoire = true;
};

// Reads a CSV file row by row. The header names the columns, in any order and case; with `parPlace` they are the first
// ones whatever the header calls them. A missing column, a row of another length and a last line that is not ended (a
// file that was cut) are refused. What is no CSV at all is a refusal too. Returns the number of rows.
std::size_t lireTableau(const std::string& fichier, const std::vector<Colonne>& colonnes, Rapport& rapport,
                        const std::function<void(const LigneDeTableau&)>& prendre, bool parPlace = false);

}  // namespace histologe::admin
