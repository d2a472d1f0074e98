#include "services/intake/domain/recapitulatif.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "libs/core/text.hpp"
#include "services/intake/domain/section_examen.hpp"

namespace histologe::intake {
namespace {

using core::Json;

constexpr std::string_view kStyle = R"(
@page { size: A4; margin: 20mm 18mm; @bottom-right { content: "Page " counter(page) " sur " counter(pages); font-size: 9pt; } }
body { font-family: "DejaVu Sans", sans-serif; font-size: 10.5pt; line-height: 1.45; color: #1a1a1a; }
h1 { font-size: 17pt; margin: 0 0 4mm; }
h2 { font-size: 13pt; margin: 7mm 0 2mm; border-bottom: 1px solid #555; break-after: avoid; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 1.2mm 3mm 1.2mm 0; overflow-wrap: anywhere; }
th { width: 38%; font-weight: bold; }
li { margin-bottom: 1.5mm; }
)";

constexpr std::pair<std::string_view, std::string_view> kMots[] = {
    {"oui", "Oui"},
    {"non", "Non"},
    {"nsp", "Ne sait pas"},
    {"indetermine", "Ne sait pas"},
    {"appartement", "Appartement"},
    {"maison", "Maison"},
    {"autre", "Autre"},
    {"RDC", "Rez-de-chaussée"},
    {"DERNIER_ETAGE", "Dernier étage"},
    {"SOUSSOL", "Sous-sol"},
    {"AUTRE", "Autre étage"},
    {"LOCATAIRE", "Locataire"},
    {"BAILLEUR_OCCUPANT", "Propriétaire qui occupe son logement"},
    {"logement_vacant", "Logement vacant"},
};

// 2026-11-25 -> 25/11/2026; anything else as it is.
std::string jour(const std::string& texte) {
    if (texte.size() != 10 || texte[4] != '-' || texte[7] != '-') return texte;
    return texte.substr(8, 2) + "/" + texte.substr(5, 2) + "/" + texte.substr(0, 4);
}

// What was answered, as people read it; empty when nothing was.
std::string valeurLue(const ChampDeSection& champ, const Json& valeur) {
    if (valeur.is_null()) return {};
    const auto texte = valeur.is_string() ? valeur.get<std::string>()
                       : valeur.is_boolean() ? std::string(valeur.get<bool>() ? "oui" : "non")
                                             : core::dumpJson(valeur);
    if (champ.nature == Nature::JourPasse || champ.nature == Nature::JourLibre) return jour(texte);
    if (champ.nature != Nature::Choix && !valeur.is_boolean()) return texte;
    const auto* mot = std::find_if(std::begin(kMots), std::end(kMots), [&](const auto& un) { return un.first == texte; });
    return mot == std::end(kMots) ? texte : std::string(mot->second);
}

std::string ligne(std::string_view libelle, const std::string& valeur) {
    return "<tr><th scope=\"row\">" + core::escapeHtml(libelle) + "</th><td>" + core::escapeHtml(valeur) + "</td></tr>\n";
}

// A heading and what stands under it; nothing when nothing does.
std::string partie(std::string_view titre, const std::string& lignes) {
    if (lignes.empty()) return {};
    return "<h2>" + core::escapeHtml(titre) + "</h2>\n<table>\n" + lignes + "</table>\n";
}

std::string rubrique(const Section& section, const Json& contenu) {
    const auto valeurs = valeursDe(section, contenu);
    std::string lignes;
    for (const auto& champ : section.champs) {
        const auto place = valeurs.find(std::string(champ.nom));
        if (place == valeurs.end()) continue;
        if (const auto lue = valeurLue(champ, *place); !lue.empty()) lignes += ligne(champ.libelle, lue);
    }
    // How many live there is kept as one number.
    if (section.id == SectionId::SecoursOccupant) {
        const Json::json_pointer occupants("/logement/nbOccupants");
        if (contenu.contains(occupants) && contenu.at(occupants).is_number()) {
            lignes += ligne("Nombre de personnes", core::dumpJson(contenu.at(occupants)));
        }
    }
    return partie(section.libelle, lignes);
}

std::string desordres(const desordres::Catalogue& catalogue, const DeclarationARecapituler& declaration) {
    std::string liste;
    const auto libres = declaration.contenu.value("precisionsLibres", Json::object());
    const auto choisies = declaration.reponses.value("precisionsChoisies", Json::array());
    for (const auto& slug : choisies) {
        const auto index = slug.is_string() ? catalogue.findPrecision(slug.get<std::string>()) : std::nullopt;
        if (!index) continue;
        const auto& critere = catalogue.critere(catalogue.precision(*index).critere);
        liste += "<li>" + core::escapeHtml(critere.libelle);
        for (const auto& cle : {critere.slug, slug.get<std::string>()}) {
            const auto mots = libres.find(cle);
            if (mots == libres.end() || !mots->is_string()) continue;
            liste += " : " + core::escapeHtml(mots->get<std::string>());
            break;
        }
        liste += "</li>\n";
    }
    return liste.empty() ? std::string() : "<h2>Ce qui a été constaté</h2>\n<ul>\n" + liste + "</ul>\n";
}

}  // namespace

std::string recapitulatifHtml(const desordres::Catalogue& catalogue, const DeclarationARecapituler& declaration) {
    const auto titre = "Signalement " + declaration.reference + " : récapitulatif";
    std::string entete = ligne("Numéro", declaration.reference) + ligne("Déclaré par", declaration.service) +
                         ligne("Déclaré le", declaration.deposeLe);
    if (declaration.fichiers > 0) entete += ligne("Fichiers joints", std::to_string(declaration.fichiers));
    std::string html = "<!DOCTYPE html>\n<html lang=\"fr\">\n<head>\n<meta charset=\"utf-8\">\n<title>" +
                       core::escapeHtml(titre) + "</title>\n<meta name=\"author\" content=\"Histologe\">\n<style>" +
                       std::string(kStyle) + "</style>\n</head>\n<body>\n<h1>" + core::escapeHtml(titre) +
                       "</h1>\n<table>\n" + entete + "</table>\n";
    for (const auto& section : etapesDesSecours()) html += rubrique(section, declaration.contenu);
    html += desordres(catalogue, declaration);
    html += "<p>Ce document contient des informations personnelles : gardez-le pour votre service.</p>\n</body>\n</html>\n";
    return html;
}

}  // namespace histologe::intake
