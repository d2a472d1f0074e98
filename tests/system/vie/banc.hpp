// Routing's operations on dossiers' lives, called as the server calls them, over a database of their own.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "libs/auth/principal.hpp"
#include "libs/core/json.hpp"
#include "libs/http/router.hpp"
#include "libs/postgres/pool.hpp"

namespace histologe::routing::test {

struct Reponse {
    int status = 0;
    std::string code;  // of a problem
    core::Json corps;
    std::string etag;
    [[nodiscard]] bool ok() const { return status >= 200 && status < 300; }
};

// The directory: territoire 13 with p1 (COMMUNE_SCHS), p2 (ARS), p3 (CAF_MSA, helps landlords), p4 (archived), p5…p9; 30
// with q1. No rule.
class Banc {
  public:
    Banc();

    // A dossier of 13 in that status, with these affectations.
    std::string dossier(const std::string& statut, const std::vector<std::pair<std::string, std::string>>& affectations = {},
                        const std::string& territoire = "13", bool vacant = false);
    // An open account; its id.
    std::string compte(const std::string& role, const std::vector<std::string>& partenaires, bool repartit = false);

    Reponse appeler(const std::string& operation, const auth::Principal& qui, const std::string& uuid = {},
                    const core::Json& corps = nullptr, const std::string& version = {},
                    const std::vector<std::pair<std::string, std::string>>& requete = {});
    // The same with the version of now.
    Reponse agir(const auth::Principal& qui, const std::string& uuid, const core::Json& corps);
    Reponse repondre(const auth::Principal& qui, const std::string& uuid, const std::string& partenaire, const core::Json& corps);
    Reponse repartir(const auth::Principal& qui, const std::string& uuid, const std::vector<std::string>& ajouter,
                     const std::vector<std::string>& retirer = {});

    std::string statut(const std::string& uuid);
    // `p1:NOUVEAU p2:EN_COURS`, by partner.
    std::string affectations(const std::string& uuid);
    std::string affectation(const std::string& uuid, const std::string& partenaire);  // its id
    std::string version(const std::string& uuid);
    // The first column, rows separated by line feeds.
    std::string lignes(const std::string& sql);
    std::string une(const std::string& sql);
    void executer(const std::string& sql);
    void avancer(std::chrono::seconds duree);
    // Events of routing about the dossier, the oldest first: {type, data, personnel}.
    std::vector<core::Json> evenements(const std::string& uuid);

    // The rule of 13 that gives everything to the partners of type AUTRE counts, or not.
    void regler(bool active);
    void orienter(const std::string& uuid);
    // Tells of the suivis whose time has come; how many.
    int direLesEchus();

    [[nodiscard]] postgres::Pool& pool() { return *pool_; }

  private:
    struct Rouages;
    std::unique_ptr<postgres::Pool> pool_;
    std::shared_ptr<Rouages> rouages_;
    http::Router router_;
    int numero_ = 0;
};

Banc& banc();

auth::Principal personne(auth::Role role, std::vector<std::string> territoires = {}, std::vector<std::string> partenaires = {},
                         const std::string& compte = "essai");
auth::Principal admin();
auth::Principal responsable();  // of 13
auth::Principal membre(const std::string& partenaire);
auth::Principal logiciel(const std::string& partenaire);

inline constexpr char kTexte[] = "Une explication assez longue.";

}  // namespace histologe::routing::test
