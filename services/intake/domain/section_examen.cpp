#include "services/intake/domain/section_examen.hpp"

#include <algorithm>

#include "libs/core/text.hpp"
#include "services/intake/domain/courriel.hpp"
#include "services/intake/domain/lecture.hpp"
#include "services/intake/domain/section_listes.hpp"
#include "services/intake/domain/section_regles.hpp"
#include "services/intake/domain/telephone.hpp"

namespace histologe::intake {
namespace {

using core::Json;

constexpr std::chrono::sys_days k1900 = std::chrono::year(1900) / 1 / 1;

bool tousChiffres(std::string_view texte) noexcept {
    return !texte.empty() && std::all_of(texte.begin(), texte.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool estCodeInsee(std::string_view texte) noexcept {
    return texte.size() == 5 && texte[0] >= '0' && texte[0] <= '9' &&
           ((texte[1] >= '0' && texte[1] <= '9') || (texte[1] >= 'A' && texte[1] <= 'Z') ||
            (texte[1] >= 'a' && texte[1] <= 'z')) &&
           tousChiffres(texte.substr(2));
}

// One field: its JSON value read as text and held against its rule.
class ExamenDeChamp {
  public:
    ExamenDeChamp(const ChampDeSection& champ, const ContexteDeSection& contexte,
                  std::vector<core::Violation>& violations)
        : champ_(champ), contexte_(contexte), violations_(violations) {}

    std::optional<std::string> lire(const Json& valeur) {
        auto texte = texteDeJson(valeur);
        if (!texte || texte->empty()) return std::nullopt;
        if (champ_.pour != 0 && contexte_.profil && !contient(champ_.pour, *contexte_.profil)) {
            violations_.push_back({std::string(champ_.nom), "sans_objet",
                                   std::string(champ_.libelle) + " : cette question ne concerne pas ce déclarant."});
            return std::nullopt;
        }
        const Mesure mesure = mesurer(*texte);
        if (mesure.interdits || !core::isUtf8(*texte) || (mesure.sautsDeLigne && champ_.nature != Nature::Lignes)) {
            noter(Manquement::CaractereInterdit);
            return std::nullopt;
        }
        verifier(*texte, mesure.caracteres);
        return texte;
    }

  private:
    void noter(Manquement quoi, std::string limite = {}) {
        violations_.push_back(manquement(champ_, quoi, std::move(limite)));
    }

    std::optional<std::string> texteDeJson(const Json& valeur) {
        if (valeur.is_null()) return std::nullopt;
        if (valeur.is_string()) return std::string(core::trim(valeur.get_ref<const std::string&>()));
        if (valeur.is_boolean() && champ_.nature == Nature::Choix) return valeur.get<bool>() ? "oui" : "non";
        if (valeur.is_number() && champ_.nature != Nature::Choix) return texteDe(valeur.get<double>());
        noter(Manquement::TypeInvalide);
        return std::nullopt;
    }

    void verifier(std::string& texte, std::size_t caracteres) {
        switch (champ_.nature) {
            case Nature::Texte:
            case Nature::Lignes:
                return longueur(caracteres);
            case Nature::Choix:
                if (std::find(champ_.choix.begin(), champ_.choix.end(), texte) == champ_.choix.end()) {
                    noter(Manquement::ChoixInconnu);
                }
                return;
            case Nature::Entier:
                if (!tousChiffres(texte) || texte.size() > 10) return noter(Manquement::NombreAttendu);
                return bornes(texte);
            case Nature::Nombre:
                return bornes(texte);
            case Nature::Annee:
                if (texte.size() != 4 || !tousChiffres(texte)) noter(Manquement::AnneeInvalide);
                return;
            case Nature::JourLibre:
            case Nature::JourPasse:
                return jour(texte);
            case Nature::Mois:
                if (const auto lu = moisDe(texte); !lu) {
                    noter(Manquement::DateInvalide);
                } else if (*lu > contexte_.aujourdhui) {
                    noter(Manquement::DateNonPassee);
                }
                return;
            case Nature::Courriel:
                if (!courrielValide(texte)) noter(Manquement::CourrielInvalide);
                return longueur(caracteres);
            case Nature::Telephone:
                // 00 and + say the same.
                if (!telephoneValide(texte) && !(texte.starts_with("00") && telephoneValide("+" + texte.substr(2)))) {
                    return noter(Manquement::TelephoneInvalide);
                }
                texte = telephoneNormalise(texte, "FR:33");
                return;
            case Nature::CodePostal:
                if (texte.size() != 5 || !tousChiffres(texte)) noter(Manquement::CodePostalInvalide);
                return;
            case Nature::CodeInsee:
                if (!estCodeInsee(texte)) noter(Manquement::CodeInseeInvalide);
                return;
        }
    }

    void longueur(std::size_t caracteres) {
        if (champ_.maximum != 0 && static_cast<double>(caracteres) > champ_.maximum) {
            noter(Manquement::TropLong, texteDe(champ_.maximum));
        } else if (static_cast<double>(caracteres) < champ_.minimum) {
            violations_.push_back(
                {std::string(champ_.nom), "trop_court",
                 std::string(champ_.libelle) + " : " + texteDe(champ_.minimum) + " caractères au moins."});
        }
    }

    void bornes(const std::string& texte) {
        const auto lu = nombreDe(texte);
        if (!lu) return noter(Manquement::NombreAttendu);
        if (*lu < champ_.minimum) return noter(Manquement::TropPetit, texteDe(champ_.minimum));
        if (champ_.maximum != 0 && *lu > champ_.maximum) noter(Manquement::TropGrand, texteDe(champ_.maximum));
    }

    void jour(const std::string& texte) {
        const auto lu = jourDe(texte);
        if (!lu) return noter(Manquement::DateInvalide);
        if (champ_.nature == Nature::JourLibre) return;
        if (*lu <= k1900) return noter(Manquement::DateTropAncienne);
        if (*lu > contexte_.aujourdhui) noter(Manquement::DateNonPassee);
    }

    const ChampDeSection& champ_;
    const ContexteDeSection& contexte_;
    std::vector<core::Violation>& violations_;
};

// The fields that were sent, read; what is no field of the section is a violation.
Valeurs lireCorps(const Section& section, const Json& corps, const ContexteDeSection& contexte,
                  std::vector<core::Violation>& violations) {
    Valeurs valeurs;
    if (!corps.is_object()) {
        violations.push_back({"", "type_invalide", "Le contenu doit être un objet JSON."});
        return valeurs;
    }
    for (const auto& [nom, valeur] : corps.items()) {
        const auto* champ = champNomme(section, nom);
        if (champ == nullptr) {
            violations.push_back({nom, "champ_inconnu", "Cette rubrique n'a pas de champ de ce nom."});
            continue;
        }
        valeurs[nom] = ExamenDeChamp(*champ, contexte, violations).lire(valeur);
    }
    return valeurs;
}

bool estRequis(const ChampDeSection& champ, const ContexteDeSection& contexte) {
    if (!contexte.exigences) return false;
    if (champ.requis == tables::kTous) return true;
    return contexte.profil && contient(champ.requis, *contexte.profil);
}

bool estDejaDit(const std::vector<core::Violation>& violations, std::string_view nom) {
    return std::any_of(violations.begin(), violations.end(), [&](const core::Violation& v) { return v.champ == nom; });
}

}  // namespace

ContexteDeSection contexteDe(const Json& contenu, std::chrono::sys_days aujourdhui) {
    ContexteDeSection contexte;
    contexte.aujourdhui = aujourdhui;
    contexte.profil = profilDuDeclarant(contenu);
    contexte.appartement = texteEn(contenu, "/logement/nature") == "appartement";
    const Json::json_pointer vacant("/logement/vacant");
    contexte.vacant = contenu.contains(vacant) && contenu.at(vacant) == true;
    return contexte;
}

Modification modifier(const Section& section, const Json& corps, const Fiche& fiche,
                      const ContexteDeSection& contexte) {
    Modification modification;
    auto& violations = modification.violations;
    const auto envoyees = lireCorps(section, corps, contexte, violations);
    Valeurs avant;
    for (const auto& champ : section.champs) avant[std::string(champ.nom)] = lireChamp(champ, fiche.contenu);
    auto apres = avant;
    for (const auto& [nom, valeur] : envoyees) apres[nom] = valeur;
    for (const auto& champ : section.champs) {
        const auto envoyee = envoyees.find(champ.nom);
        const bool estVidee = envoyee != envoyees.end() && !envoyee->second;
        if (estVidee && estRequis(champ, contexte) && !estDejaDit(violations, champ.nom)) {
            violations.push_back(manquement(champ, Manquement::Obligatoire));
        }
    }
    // What is sent as it was breaks no rule that it did not break before.
    Valeurs changees;
    for (const auto& [nom, valeur] : envoyees) {
        if (valeur != avant[nom]) changees[nom] = valeur;
    }
    if (violations.empty()) reglesCroisees({section, apres, contexte, false, changees}, violations);
    if (!violations.empty()) return modification;

    modification.fiche = fiche;
    for (const auto& champ : section.champs) {
        const auto envoyee = envoyees.find(champ.nom);
        if (envoyee == envoyees.end() || envoyee->second == avant[std::string(champ.nom)]) continue;
        garderChamp(champ, envoyee->second, modification.fiche);
    }
    const bool estPareille =
        std::all_of(envoyees.begin(), envoyees.end(), [&](const auto& une) { return une.second == avant[une.first]; });
    if (estPareille) return modification;
    deriver(section.id, avant, apres, modification.fiche);
    for (const auto& champ : section.champs) {
        const auto& ancienne = avant[std::string(champ.nom)];
        auto nouvelle = lireChamp(champ, modification.fiche.contenu);
        if (nouvelle != ancienne)
            modification.changements.push_back({std::string(champ.nom), ancienne, std::move(nouvelle)});
    }
    return modification;
}

std::vector<core::Violation> examinerEtape(const Section& section, const Json& corps, const ContexteDeSection& contexte,
                                           Valeurs& valeurs) {
    std::vector<core::Violation> violations;
    valeurs = lireCorps(section, corps, contexte, violations);
    for (const auto& champ : section.champs) {
        const auto& valeur = valeurs.try_emplace(std::string(champ.nom)).first->second;
        if (!valeur && estRequis(champ, contexte) && !estDejaDit(violations, champ.nom)) {
            violations.push_back(manquement(champ, Manquement::Obligatoire));
        }
    }
    if (violations.empty()) reglesCroisees({section, valeurs, contexte, true, valeurs}, violations);
    return violations;
}

void appliquerEtape(const Section& section, const Valeurs& valeurs, Fiche& fiche) {
    for (const auto& champ : section.champs) {
        const auto valeur = valeurs.find(champ.nom);
        if (valeur != valeurs.end()) garderChamp(champ, valeur->second, fiche);
    }
    deriver(section.id, {}, valeurs, fiche);
}

Json valeursDe(const Section& section, const Json& contenu) {
    Json valeurs = Json::object();
    for (const auto& champ : section.champs) {
        const auto valeur = lireChamp(champ, contenu);
        valeurs[std::string(champ.nom)] = valeur ? Json(*valeur) : Json(nullptr);
    }
    return valeurs;
}

}  // namespace histologe::intake
