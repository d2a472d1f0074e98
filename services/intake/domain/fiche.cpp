#include "services/intake/domain/fiche.hpp"

#include <algorithm>

#include "services/intake/domain/adresse.hpp"
#include "services/intake/domain/evenement.hpp"
#include "services/intake/domain/lecture.hpp"
#include "services/intake/domain/signalement.hpp"

namespace histologe::intake {
namespace {

using core::Json;

const Json* trouver(const Json& contenu, std::string_view chemin) {
    const Json::json_pointer pointeur{std::string(chemin)};
    return contenu.contains(pointeur) ? &contenu.at(pointeur) : nullptr;
}

std::string enMajuscules(std::string_view texte) {
    std::string resultat(texte);
    for (char& c : resultat) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    return resultat;
}

Json nombreJson(const std::string& texte) {
    const auto nombre = nombreDe(texte);
    if (!nombre) return nullptr;
    const auto entier = static_cast<long long>(*nombre);
    if (static_cast<double>(entier) == *nombre) return entier;
    return *nombre;
}

Json gardee(const ChampDeSection& champ, const std::optional<std::string>& valeur) {
    if (!valeur) return nullptr;
    switch (champ.garde) {
        case Garde::Texte:
            return *valeur;
        case Garde::Nombre:
            return nombreJson(*valeur);
        case Garde::Booleen:
            return *valeur == "oui" ? Json(true) : *valeur == "non" ? Json(false) : Json(nullptr);
        case Garde::Mois:
            if (const auto jour = moisDe(*valeur)) return texteDe(*jour);
            return nullptr;
        case Garde::Majuscules:
            return enMajuscules(*valeur);
        case Garde::Allocataire:
            return *valeur == "oui" ? "1" : *valeur == "non" ? "0" : enMajuscules(*valeur);
        case Garde::Non:
            break;
    }
    return nullptr;
}

std::optional<std::string> enTexte(const ChampDeSection& champ, const Json& valeur) {
    if (valeur.is_boolean()) return valeur.get<bool>() ? "oui" : "non";
    if (valeur.is_number()) return texteDe(valeur.get<double>());
    if (!valeur.is_string()) return std::nullopt;
    auto texte = valeur.get<std::string>();
    if (texte.empty()) return std::nullopt;
    if (champ.garde == Garde::Mois) {
        // A document may hold another day of the month than the first: it is the month that counts.
        if (const auto jour = jourDe(texte)) {
            const std::chrono::year_month_day date(*jour);
            texte = texteDe(std::chrono::sys_days(date.year() / date.month() / 1));
            return texte.substr(5, 2) + "/" + texte.substr(0, 4);
        }
        return std::nullopt;
    }
    if (champ.garde == Garde::Allocataire) return texte == "1" ? "oui" : texte == "0" ? "non" : texte;
    return texte;
}

}  // namespace

Fiche ficheVide() {
    Fiche fiche;
    fiche.contenu = enJson(Signalement{});
    fiche.contenu["profilDeclarant"] = nullptr;
    fiche.contenu["declarePourAutrui"] = nullptr;
    return fiche;
}

std::optional<std::string> lireChamp(const ChampDeSection& champ, const Json& contenu) {
    if (!champ.chemin.empty()) {
        if (const auto* valeur = trouver(contenu, champ.chemin)) {
            if (auto texte = enTexte(champ, *valeur)) return texte;
        }
    }
    if (champ.objet.empty() || champ.cle.empty()) return std::nullopt;
    const auto objet = contenu.find(champ.objet);
    if (objet == contenu.end() || !objet->is_object()) return std::nullopt;
    const auto valeur = objet->find(champ.cle);
    return valeur == objet->end() ? std::nullopt : enTexte(champ, *valeur);
}

void garderReponse(std::string_view objet, std::string_view cle, const std::optional<std::string>& valeur,
                   Fiche& fiche) {
    const std::string nom(cle);
    if (!objet.empty()) {
        auto& copie = fiche.contenu[std::string(objet)];
        if (!copie.is_object()) copie = Json::object();
        if (valeur) {
            copie[nom] = *valeur;
        } else {
            copie.erase(nom);
        }
    }
    if (!estLueParEvaluation(cle)) return;
    if (valeur) {
        fiche.reponses[nom] = *valeur;
    } else {
        fiche.reponses.erase(nom);
    }
}

void garderChamp(const ChampDeSection& champ, const std::optional<std::string>& valeur, Fiche& fiche) {
    if (champ.garde == Garde::Non) return;
    if (!champ.chemin.empty()) fiche.contenu[Json::json_pointer(std::string(champ.chemin))] = gardee(champ, valeur);
    if (!champ.cle.empty()) garderReponse(champ.objet, champ.cle, valeur, fiche);
}

std::optional<std::string> texteEn(const Json& contenu, std::string_view chemin) {
    const auto* valeur = trouver(contenu, chemin);
    if (valeur == nullptr || !valeur->is_string()) return std::nullopt;
    return valeur->get<std::string>();
}

std::string cleAdresseDe(const Json& contenu) {
    return cleAdresse(texteEn(contenu, "/adresse/voie").value_or(""),
                      texteEn(contenu, "/adresse/codePostal").value_or(""),
                      texteEn(contenu, "/adresse/codeInsee").value_or(""));
}

std::optional<Profil> profilDuDeclarant(const Json& contenu) {
    const auto code = texteEn(contenu, "/profilDeclarant");
    if (!code) return std::nullopt;
    for (const auto profil : {Profil::Locataire, Profil::BailleurOccupant, Profil::TiersParticulier, Profil::TiersPro,
                              Profil::Bailleur, Profil::ServiceSecours}) {
        if (codeDe(profil) == *code) return profil;
    }
    return std::nullopt;
}

}  // namespace histologe::intake
