// The registers of addresses (BAN) and of buildings (RNB) as a test wants them: knowing, wrong, late or down, on the
// loopback.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "libs/core/json.hpp"

namespace histologe::test {

// An address as the BAN knows it.
struct AdresseConnue {
    double score = 0.97;
    std::string id;
    std::string numero;
    std::string voie;
    std::string codePostal;
    std::string commune;
    std::string codeInsee;
    double lat = 0;
    double lng = 0;
};

enum class Humeur {
    Bonne,     // answers what it knows
    Erreur,    // 503
    Absurde,   // 200 and a page of HTML
    Refus,     // 400
    Muette,    // takes the question and answers after the delay
    Raccroche  // answers a part and closes
};

class FauxRegistres {
  public:
    FauxRegistres();
    ~FauxRegistres();
    FauxRegistres(const FauxRegistres&) = delete;
    FauxRegistres& operator=(const FauxRegistres&) = delete;

    [[nodiscard]] std::string ban() const;  // base URL of each
    [[nodiscard]] std::string rnb() const;

    // The BAN answers `adresse` to questions that contain `morceau`; of several the longest counts. Others find
    // nothing.
    void connait(const std::string& morceau, const AdresseConnue& adresse);
    // The buildings of a BAN key: identifier, latitude, longitude.
    void bati(const std::string& cle, const std::string& batiment, double lat, double lng);

    void ban(Humeur humeur, std::chrono::milliseconds delai = std::chrono::milliseconds(0));
    void rnb(Humeur humeur, std::chrono::milliseconds delai = std::chrono::milliseconds(0));
    // Nobody listens any more; then again, on the same port.
    void ferme();
    void ouvre();

    // The `q` of every search, in their order; how many questions the register of buildings had.
    [[nodiscard]] std::vector<std::string> questions() const;
    [[nodiscard]] int questionsRnb() const;

  private:
    struct Serveur;
    struct Etat {
        Humeur humeur = Humeur::Bonne;
        std::chrono::milliseconds delai{0};
    };
    mutable std::mutex mutex_;
    Etat ban_;
    Etat rnb_;
    std::map<std::string, AdresseConnue> adresses_;
    std::map<std::string, core::Json> batiments_;  // by BAN key: a list
    std::vector<std::string> questions_;
    int questionsRnb_ = 0;
    int port_ = 0;
    std::unique_ptr<Serveur> serveur_;
    std::thread fil_;
};

}  // namespace histologe::test
