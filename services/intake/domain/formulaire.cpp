#include "services/intake/domain/formulaire.hpp"

#include <array>

#include "services/intake/domain/section.hpp"

namespace histologe::intake {
namespace {

using core::Json;

constexpr std::array<std::string_view, 13> kNatures = {"texte",     "lignes",     "choix",     "entier", "nombre",
                                                       "annee",     "jour",       "jourPasse", "mois",   "courriel",
                                                       "telephone", "codePostal", "codeInsee"};
static_assert(kNatures.size() == static_cast<std::size_t>(Nature::CodeInsee) + 1);

Json profils(ProfilMask masque) {
    Json liste = Json::array();
    for (const auto profil : {Profil::Locataire, Profil::BailleurOccupant, Profil::TiersParticulier, Profil::TiersPro,
                              Profil::Bailleur, Profil::ServiceSecours}) {
        if (contient(masque, profil)) liste.push_back(codeDe(profil));
    }
    return liste;
}

Json decrire(const ChampDeSection& champ) {
    Json json = {{"nom", champ.nom},
                 {"libelle", champ.libelle},
                 {"nature", kNatures[static_cast<std::size_t>(champ.nature)]},
                 {"requisPour", profils(champ.requis)}};
    if (champ.pour != 0) json["pour"] = profils(champ.pour);
    if (champ.minimum != 0 ||
        (champ.maximum != 0 && (champ.nature == Nature::Entier || champ.nature == Nature::Nombre))) {
        json["minimum"] = champ.minimum;
    }
    if (champ.maximum != 0) json["maximum"] = champ.maximum;
    for (const auto choix : champ.choix) json["choix"].push_back(choix);
    return json;
}

}  // namespace

std::optional<Json> formulaire(std::string_view nom) {
    std::span<const Section> sections;
    if (nom == "saisie") {
        sections = etapesDeSaisie();
    } else if (nom == "modifications") {
        sections = sectionsModifiables();
    } else if (nom == "secours") {
        sections = etapesDesSecours();
    } else if (nom == "usager") {
        sections = sectionsDesUsagers();
    } else {
        return std::nullopt;
    }
    Json json = {{"formulaire", nom}, {"sections", Json::array()}};
    for (const auto& section : sections) {
        Json champs = Json::array();
        for (const auto& champ : section.champs) champs.push_back(decrire(champ));
        json["sections"].push_back({{"nom", section.nom}, {"libelle", section.libelle}, {"champs", std::move(champs)}});
    }
    return json;
}

}  // namespace histologe::intake
