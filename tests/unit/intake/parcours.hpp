// A front that knows nothing but what the service serves: it reads the screens as data, answers what is asked, follows
// the buttons, saves where it is told to. What it does is written in the contract (api/schemas/questionnaire.yaml).
#pragma once

#include <functional>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "libs/core/json.hpp"
#include "services/intake/domain/profil.hpp"

namespace histologe::intake::essais {

using core::Json;

// The screens of a profile: the common ones, its own, those of the désordres.
class Questionnaire {
  public:
    // `source` gives a list by its name: `questions-tous`, `questions-<profil>`, `desordres-<profil>`.
    Questionnaire(Profil profil, const std::function<Json(const std::string&)>& source);

    [[nodiscard]] Profil profil() const { return profil_; }
    // Throws std::runtime_error for a screen that no list has.
    [[nodiscard]] const Json& ecran(const std::string& slug) const;
    [[nodiscard]] bool a(const std::string& slug) const { return ecrans_.count(slug) == 1; }
    [[nodiscard]] const std::map<std::string, Json>& ecrans() const { return ecrans_; }
    // The screens of the désordres, in the order in which they are served.
    [[nodiscard]] const std::vector<std::string>& desordres() const { return desordres_; }

  private:
    Profil profil_;
    std::map<std::string, Json> ecrans_;
    std::vector<std::string> desordres_;
};

// What the front knows besides the questionnaire.
struct Monde {
    int annee = 2026;
    int mois = 8;
    std::set<std::string> territoiresInjonction;  // whose tenants are offered the quick procedure
    bool televersements = true;                   // whether files are added
    std::string marque;                           // put in the e-mails, to tell people of two tests apart
};

// What kind of component it is (`OnlyChoice`).
std::string genreDe(const Json& composant);

// One component of a screen, at any depth; `rang` tells apart those of one slug.
struct Composant {
    std::string nom;  // screen/slug#rang
    const Json* json;
    bool visible;  // with all those it stands in
};

// One person who fills the form in, answering at random (always the same of one seed).
class Parcours {
  public:
    // Called for each save: the screen left and all answers. Returns whether a signalement was made of it, which only
    // the save of the last screen can do.
    using Sauvegarde = std::function<bool(const std::string& ecran, const Json& reponses)>;
    enum class Fin { Envoye, Abandonne, Impasse };

    Parcours(const Questionnaire& questionnaire, Monde monde, unsigned graine);

    // Goes from the first screen to an end; `impasse()` says where there is none. An answer that is imposed is the only
    // one that is given.
    Fin mener(const Sauvegarde& sauvegarde);
    void imposer(const std::string& cle, Json valeur) { imposees_[cle] = std::move(valeur); }
    // How much is said: as it comes, every désordre there is, none of them, or nothing that is not required.
    enum class Humeur { Ordinaire, ToutDeclarer, RienDeclarer, Laconique };
    void etre(Humeur humeur) { humeur_ = humeur; }

    [[nodiscard]] const Json& reponses() const { return reponses_; }
    [[nodiscard]] const std::vector<std::string>& chemin() const { return chemin_; }
    [[nodiscard]] const std::set<std::string>& montres() const { return montres_; }
    [[nodiscard]] const std::set<std::string>& caches() const { return caches_; }
    [[nodiscard]] const std::set<std::string>& choisis() const { return choisis_; }     // `screen/slug=value`
    [[nodiscard]] const std::vector<std::string>& retours() const { return retours_; }  // buttons back that lead astray
    [[nodiscard]] const std::string& impasse() const { return impasse_; }

    // The components of a screen as they stand with the answers so far.
    [[nodiscard]] std::vector<Composant> composants(const std::string& ecran) const;

  private:
    bool vraie(const Json& condition) const;
    bool fonction(const std::string& nom, const Json& arguments) const;
    bool visible(const Json& composant) const;

    void repondre(const std::string& ecran);
    void effacer(const std::string& ecran);
    [[nodiscard]] bool veutRepondre(const Json& composant);
    void repondreA(const Composant& composant);
    void choisir(const std::string& ecran, const Json& composant);
    void cocherPieces(const std::string& ecran, const Json& composant);
    void choisirCategories(const Json& composant);
    void adresse(const std::string& slug);
    void televerser(const Json& composant);
    [[nodiscard]] Json texte(const Json& composant);
    [[nodiscard]] std::string nombre(const Json& composant);
    [[nodiscard]] std::string courriel(std::size_t maximum);
    [[nodiscard]] bool aReponse(const Json& composant) const;
    [[nodiscard]] bool estRequis(const Json& composant) const;

    [[nodiscard]] std::vector<const Json*> sorties(const std::string& ecran) const;
    [[nodiscard]] std::string desordreSuivant(const std::string& ecran) const;
    [[nodiscard]] std::size_t categories(const std::string& zone) const;
    void verifierRetours(const std::string& ecran);

    unsigned tirer(unsigned n) { return static_cast<unsigned>(alea_() % n); }
    bool pile(unsigned centiemes) { return tirer(100) < centiemes; }

    const Questionnaire& questionnaire_;
    Monde monde_;
    std::mt19937 alea_;
    Json reponses_ = Json::object();
    Json imposees_ = Json::object();
    Humeur humeur_ = Humeur::Ordinaire;
    std::string territoire_;
    std::vector<std::string> chemin_;
    std::set<std::string> montres_;
    std::set<std::string> caches_;
    std::set<std::string> choisis_;
    std::vector<std::string> retours_;
    std::string impasse_;
};

}  // namespace histologe::intake::essais
