// A small country of dossiers, written as events write it, and what each of them is: what lists are held against.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "libs/auth/principal.hpp"
#include "libs/core/json.hpp"
#include "libs/http/router.hpp"
#include "libs/postgres/pool.hpp"
#include "libs/streams/event.hpp"

namespace histologe::routing::test {

struct Affecte {
    std::string partenaire;
    std::string statut;
};
struct Suivi {
    std::string auteur;
    core::Instant le{};
    std::string categorie = "MESSAGE";
    bool visible = true;
    std::string compte{};  // of who wrote it, when he has one
};
struct Soupcon {
    std::string qualification;
    std::string statut;
    bool postVisite = false;
};

// A dossier as it was told, before anything was made of it.
struct Modele {
    std::string uuid;
    std::string reference;
    std::string territoire;
    std::string insee;
    std::string codePostal;
    std::string commune;
    std::optional<std::pair<double, double>> position;  // longitude, latitude
    std::optional<bool> social;
    std::optional<std::string> allocataire;
    std::string profil;
    std::optional<std::string> source;
    bool importe = false;
    std::optional<std::string> enfants;
    std::string motif;
    std::string denomination;
    std::string statut;
    core::Instant deposeLe{};
    std::vector<Soupcon> soupcons;
    std::string nom;
    std::string prenom;
    std::string courriel;
    std::string voie;
    std::vector<Affecte> affectations;
    std::vector<Suivi> suivis;
    bool abandon = false;                // the usager asked to stop
    bool vacant = false;
    bool injonction = false;             // it was one, once
    std::optional<std::string> bail;     // the answer: oui, non, nsp
    std::vector<std::string> abonnes{};  // accounts
    std::optional<core::Instant> luLe{}; // until when the account `compte` has read
};

// What the accounts named here are: the people of partners who may follow a dossier.
std::string compteDe(const std::string& partenaire);

using Requete = std::vector<std::pair<std::string, std::string>>;

// The database, the directory and the operations; made once for the program.
class Monde {
  public:
    Monde();

    [[nodiscard]] const std::vector<Modele>& dossiers() const { return dossiers_; }
    [[nodiscard]] postgres::Pool& pool() { return *pool_; }
    // When the operations are called.
    [[nodiscard]] core::Instant maintenant() const;

    // Writes one more, by the handlers of its events; it is then one of dossiers().
    void ecrire(const Modele& modele);
    void redire(const Modele& modele);  // `signalement.modifie`
    // `signalement.localise`.
    void localiser(const std::string& uuid, const std::string& codePostal, const std::string& commune, const std::string& insee,
                   double longitude, double latitude);
    void executer(const std::string& sql);
    // The one column of text that a statement answers, each row ended by a line feed.
    std::string lignes(const std::string& sql);

    // The operation, as the server calls it.
    http::Response appeler(const std::string& operation, const auth::Principal& qui, const Requete& requete = {},
                           const std::string& uuid = {}, const core::Json& corps = nullptr,
                           const std::string& version = {});
    // All pages of the list, in order.
    std::vector<core::Json> lister(const auth::Principal& qui, Requete requete, long long limite = 100);
    long long compter(const auth::Principal& qui, const Requete& requete);

  private:
    void inventer();
    std::vector<Modele> dossiers_;
    std::unique_ptr<postgres::Pool> pool_;
    http::Router router_;
    struct Rouages;
    std::shared_ptr<Rouages> rouages_;
};

Monde& monde();

auth::Principal lecteur(auth::Role role, std::vector<std::string> territoires = {}, std::vector<std::string> partenaires = {});
// One of each kind: the country, one or two territoires, agents of one or several partners, a system.
const std::vector<auth::Principal>& lecteurs();

core::Instant instant(const std::string& rfc3339);
std::string nouvelUuid(int numero);

}  // namespace histologe::routing::test
