#include "services/intake/domain/validation.hpp"

#include <algorithm>

#include "libs/core/text.hpp"
#include "services/intake/domain/courriel.hpp"
#include "services/intake/domain/fichiers.hpp"
#include "services/intake/domain/lecture.hpp"
#include "services/intake/domain/regles.hpp"
#include "services/intake/domain/telephone.hpp"

namespace histologe::intake {
namespace {

constexpr std::chrono::sys_days k1900 = std::chrono::year(1900) / 1 / 1;

bool tousChiffres(std::string_view texte, std::size_t longueur) noexcept {
    return texte.size() == longueur &&
           std::all_of(texte.begin(), texte.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool codeInseeValide(std::string_view texte) noexcept {
    const auto chiffre = [](char c) { return c >= '0' && c <= '9'; };
    if (texte.size() != 5 || !chiffre(texte[0]) || !tousChiffres(texte.substr(2), 3)) return false;
    const char c = texte[1];
    return chiffre(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// The property of a key that is none of our fields; what no name holds is shown as `?`.
std::string proprieteDeCle(std::string_view cle) {
    std::string propriete = core::toCamelCase(cle);
    for (char& c : propriete) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
    }
    return propriete;
}

// One validation: the answers, what is known besides, and the violations found so far.
class Examen {
  public:
    Examen(const Demande& demande, const Contexte& contexte) : demande_(demande), contexte_(contexte) {}

    std::vector<Violation> mener() {
        for (const Regle& regle : regles()) examiner(regle);
        sujets();
        televersements();
        for (const std::string_view cle : demande_.clesAvecNul()) {
            std::string propriete = proprieteDeCle(cle);
            const bool dejaDit = std::any_of(violations_.begin(), violations_.end(),
                                             [&](const Violation& v) { return v.propriete == propriete; });
            if (dejaDit) continue;
            violations_.push_back({propriete, propriete, Manquement::CaractereInterdit, {}, {}});
        }
        return std::move(violations_);
    }

  private:
    void noter(Champ champ, Manquement manquement, std::optional<std::string_view> valeur = {},
               std::string limite = {}) {
        violations_.push_back(violationSur(champ, manquement, valeur, std::move(limite)));
    }

    bool requis(const Regle& regle) const {
        if (regle.requisToujours) return true;
        const auto profil = demande_.profil();
        if (!profil) return false;
        if (contient(regle.requis, *profil)) return true;
        if (!demande_.etapeFinale()) return false;
        // The form asks the number of rooms of those who have several.
        if (regle.champ == Champ::CompositionLogementNbPieces && demande_.pieceUnique()) return false;
        if (contient(regle.requisALaFin, *profil)) return true;
        return regle.champ == Champ::TravailleurSocialPreavisDepart && preavisRequis();
    }

    // A departure needs its notice, unless the occupant owns the dwelling.
    bool preavisRequis() const {
        return demande_.texte(Champ::TravailleurSocialQuitteLogement) == "oui" &&
               demande_.texte(Champ::SignalementConcerneProfilDetailOccupant) != "bailleur_occupant" &&
               demande_.texte(Champ::SignalementConcerneProfilDetailProfilOccupant) != "bailleur_occupant";
    }

    void examiner(const Regle& regle) {
        if (demande_.typeInvalide(regle.champ)) return noter(regle.champ, Manquement::TypeInvalide);
        if (regle.genre == Genre::Booleen) return consentement(regle.champ);
        const auto texte = demande_.texte(regle.champ);
        // Blanks alone are no name and no address; where nothing is required they are a text like another.
        if ((!texte || core::trim(*texte).empty()) && requis(regle))
            return noter(regle.champ, Manquement::Obligatoire, texte);
        if (!texte) return;
        if (!regle.choix.empty()) {
            if (std::find(regle.choix.begin(), regle.choix.end(), *texte) == regle.choix.end()) {
                noter(regle.champ, Manquement::ChoixInconnu, *texte);
            }
            return;
        }
        if (regle.bornes != nullptr) return nombre(regle, *texte);
        const Mesure mesure = mesurer(*texte);
        if (mesure.interdits || (mesure.sautsDeLigne && !regle.plusieursLignes)) {
            return noter(regle.champ, Manquement::CaractereInterdit);
        }
        if (regle.longueurMax != 0 && mesure.caracteres > regle.longueurMax) {
            noter(regle.champ, Manquement::TropLong, *texte, std::to_string(regle.longueurMax));
        }
        format(regle, *texte);
    }

    void consentement(Champ champ) {
        if (!demande_.etapeFinale() || demande_.coche(champ) || !demande_.profil()) return;
        const bool montres = demande_.consentementsMontres() || contexte_.consentementsToujours;
        const Profil profil = *demande_.profil();
        const bool tiers = !estOccupant(profil);
        bool exige = false;
        switch (champ) {
            case Champ::UtilisationServiceOkCgu:
            case Champ::UtilisationServiceOkVisite:
                exige = montres;
                break;
            case Champ::UtilisationServiceOkPrevenirBailleur:
                exige = montres && profil != Profil::Bailleur && profil != Profil::BailleurOccupant;
                break;
            case Champ::UtilisationServiceOkDemandeLogement:
                exige = montres && !tiers;
                break;
            // Newer boxes: forms that do not know them yet leave them out.
            case Champ::UtilisationServiceOkDonneesSante:
            case Champ::UtilisationServiceOkSignalementTiers:
                exige = demande_.presente(champ);
                break;
            default:
                break;
        }
        if (exige) noter(champ, Manquement::ConsentementRequis);
    }

    void nombre(const Regle& regle, std::string_view texte) {
        const auto lu = nombreDe(texte);
        if (!lu) return noter(regle.champ, Manquement::NombreAttendu, texte);
        const Bornes& bornes = *regle.bornes;
        if (*lu < bornes.minimum || (bornes.minimumExclu && *lu == bornes.minimum)) {
            noter(regle.champ, Manquement::TropPetit, texte, texteDe(bornes.minimum));
        } else if (*lu > bornes.maximum || (bornes.maximumExclu && *lu == bornes.maximum)) {
            noter(regle.champ, Manquement::TropGrand, texte, texteDe(bornes.maximum));
        } else if (regle.champ == Champ::CompositionLogementNombreEnfants) {
            const auto personnes = demande_.texte(Champ::CompositionLogementNombrePersonnes);
            const auto nombreDePersonnes = personnes ? nombreDe(*personnes) : std::nullopt;
            if (nombreDePersonnes && *lu > *nombreDePersonnes)
                noter(regle.champ, Manquement::EnfantsTropNombreux, texte);
        }
    }

    void format(const Regle& regle, std::string_view texte) {
        switch (regle.format) {
            case Format::Libre:
                return;
            case Format::CodePostal:
                if (!tousChiffres(texte, 5)) {
                    noter(regle.champ, Manquement::CodePostalInvalide, texte);
                } else if (regle.champ == Champ::AdresseLogementAdresseDetailCodePostal) {
                    lieu(texte);
                }
                return;
            case Format::CodeInsee:
                if (!codeInseeValide(texte)) noter(regle.champ, Manquement::CodeInseeInvalide, texte);
                return;
            case Format::Courriel:
                if (!courrielValide(texte)) noter(regle.champ, Manquement::CourrielInvalide, texte);
                return;
            case Format::Telephone:
                if (!telephoneValide(texte)) noter(regle.champ, Manquement::TelephoneInvalide, texte);
                return;
            case Format::Annee:
                if (!tousChiffres(texte, 4)) noter(regle.champ, Manquement::AnneeInvalide, texte);
                return;
            case Format::Mois:
                if (*moisDe(texte) >= contexte_.aujourdhui) noter(regle.champ, Manquement::DateNonPassee, texte);
                return;
            case Format::Date:
            case Format::DateDepuis1900:
            case Format::DatePassee:
                return jour(regle, texte);
        }
    }

    void jour(const Regle& regle, std::string_view texte) {
        const auto lu = jourDe(texte);
        if (!lu) return noter(regle.champ, Manquement::DateInvalide, texte);
        if (regle.format == Format::DateDepuis1900 && *lu <= k1900) {
            noter(regle.champ, Manquement::DateTropAncienne, texte, "1900-01-01");
        }
        if (regle.format == Format::DateDepuis1900 && *lu > contexte_.aujourdhui) {
            noter(regle.champ, Manquement::DateNonPassee, texte);
        }
        if (regle.format == Format::DatePassee && *lu >= contexte_.aujourdhui) {
            noter(regle.champ, Manquement::DateNonPassee, texte);
        }
    }

    void lieu(std::string_view codePostal) {
        const auto insee = demande_.texte(Champ::AdresseLogementAdresseDetailInsee);
        if (!contexte_.lieu || !insee || !codeInseeValide(*insee)) return;
        const SituationDuLieu situation = contexte_.lieu(codePostal, *insee);
        const Champ champ = Champ::AdresseLogementAdresseDetailCodePostal;
        if (!situation.territoireOuvert) noter(champ, Manquement::TerritoireFerme, codePostal);
        if (!situation.communeConnue) noter(champ, Manquement::CommuneIncoherente, codePostal);
    }

    // The subjects of the désordres: lists of slugs by zone. Anything else would be read as nothing, and the report
    // lost.
    void sujets() {
        const auto found = demande_.charge().find("categorieDisorders");
        if (found == demande_.charge().end() || found->empty()) return;
        const auto lisible = [](const core::Json& liste) {
            return liste.is_null() ||
                   (liste.is_array() &&
                    std::all_of(liste.begin(), liste.end(), [](const auto& slug) { return slug.is_string(); }));
        };
        if (found->is_object() && std::all_of(found->begin(), found->end(), lisible)) return;
        violations_.push_back({"categorieDisorders", "Désordres", Manquement::TypeInvalide, {}, {}});
    }

    void televersements() {
        for (const Demande::Televersement& televersement : demande_.televersements()) {
            if (televersementLisible(*televersement.valeur)) continue;
            violations_.push_back(
                {proprieteDeCle(televersement.cle), "Fichiers", Manquement::TeleversementInvalide, {}, {}});
        }
    }

    const Demande& demande_;
    const Contexte& contexte_;
    std::vector<Violation> violations_;
};

}  // namespace

std::vector<Violation> valider(const Demande& demande, const Contexte& contexte) {
    return Examen(demande, contexte).mener();
}

}  // namespace histologe::intake
