#include "services/statistics/domain/chiffres_publics.hpp"

#include <algorithm>
#include <functional>
#include <map>

#include "services/statistics/domain/desordres.hpp"
#include "services/statistics/domain/taux.hpp"
#include "services/statistics/domain/vocabulaire.hpp"

namespace histologe::statistics {
namespace {

using Json = nlohmann::ordered_json;

constexpr char kRhone[] = "69";
constexpr char kMetropoleDeLyon[] = "69A";

Json taux(long long partie, long long total) {
    const auto valeur = tauxEnPourcent(partie, total);
    return valeur ? Json(*valeur) : Json("-");
}

Json part(const Part& part, long long nombre) {
    return {{"label", part.libelle}, {"color", part.couleur}, {"count", nombre}};
}

void ajouterNationaux(Json& document, const Releve& releve) {
    long long total = 0, traites = 0, fermes = 0, refuses = 0, importes = 0, resolus = 0;
    for (const auto& effectif : releve.nationaux) {
        if (estExclu(effectif.statut)) continue;
        if (effectif.importe) {
            importes += effectif.nombre;
            continue;
        }
        total += effectif.nombre;
        if (effectif.statut != "NEED_VALIDATION") traites += effectif.nombre;
        if (effectif.statut == "CLOSED") fermes += effectif.nombre;
        if (effectif.statut == "REFUSED") refuses += effectif.nombre;
        if (effectif.statut == "CLOSED" && estResolu(effectif.motif)) resolus += effectif.nombre;
    }
    document["count_signalement_resolus"] = resolus;
    document["count_signalement"] = total;
    document["count_territory"] = std::ranges::count_if(releve.territoires, &Territoire::actif);
    document["percent_validation"] = taux(traites, total);
    document["percent_cloture"] = taux(fermes, total);
    document["percent_refused"] = taux(refuses, total);
    document["count_imported"] = importes;
}

void ajouterTerritoires(Json& document, const Releve& releve) {
    std::map<std::string, std::string> noms;  // in the order of codes
    for (const auto& territoire : releve.territoires) noms[territoire.code] = territoire.nom;
    auto& liste = document["list_territoires"] = Json::object();
    auto actifs = releve.territoires;
    std::ranges::sort(actifs, {}, &Territoire::code);
    for (const auto& territoire : actifs) {
        if (territoire.actif) liste[territoire.code] = territoire.code + " - " + territoire.nom;
    }
    std::map<std::string, long long> comptes;
    for (const auto& effectif : releve.nationaux) {
        if (estExclu(effectif.statut) || effectif.importe || effectif.territoire.empty()) continue;
        comptes[effectif.territoire == kMetropoleDeLyon ? kRhone : effectif.territoire] += effectif.nombre;
    }
    auto& carte = document["signalement_per_territoire"] = Json::object();
    for (const auto& [code, nombre] : comptes) {
        const auto nom = noms.find(code);
        carte[code] = {{"name", nom == noms.end() ? code : nom->second}, {"zip", code}, {"count", nombre}};
    }
}

// Which rows a figure takes: all of them, or those of the current year.
using Periode = std::function<bool(int annee)>;

Json parMois(const Releve& releve, const Periode& periode) {
    std::map<Mois, long long> comptes;
    for (const auto& effectif : releve.effectifs) {
        if (!estExclu(effectif.statut) && periode(effectif.mois.annee)) comptes[effectif.mois] += effectif.nombre;
    }
    auto serie = Json::object();
    for (const auto& [mois, nombre] : serieContinue(comptes)) serie[libelleOf(mois)] = nombre;
    return serie;
}

// Only the monthly series takes other territories than the one asked for.
bool estDeLaSelection(const Releve& releve, const Effectif& effectif) {
    return releve.selection.empty() || effectif.territoire == releve.selection;
}

Json parStatut(const Releve& releve, const Periode& periode) {
    std::map<std::string, long long> comptes;
    for (const auto& effectif : releve.effectifs) {
        if (estDeLaSelection(releve, effectif) && periode(effectif.mois.annee))
            comptes[effectif.statut] += effectif.nombre;
    }
    auto parts = Json::object();
    for (const auto& statut : partsStatut()) {
        const auto nombre = comptes.find(std::string(statut.code));
        if (nombre != comptes.end()) parts[std::string(statut.code)] = part(statut, nombre->second);
    }
    return parts;
}

Json parMotif(const Releve& releve, const Periode& periode) {
    std::map<std::string, long long> comptes;  // in the order of codes
    for (const auto& effectif : releve.effectifs) {
        if (estDeLaSelection(releve, effectif) && effectif.statut == "CLOSED" && !effectif.motif.empty() &&
            periode(effectif.mois.annee)) {
            comptes[effectif.motif] += effectif.nombre;
        }
    }
    auto motifs = Json::object();
    for (const auto& [code, nombre] : comptes) motifs[std::string(libelleMotif(code))] = nombre;
    return motifs;
}

Json parZone(const Releve& releve, const Periode& periode) {
    auto zones = Json::object();
    for (const auto& zone : partsZone()) {
        long long nombre = 0;
        for (const auto& effectif : releve.desordres) {
            if (effectif.zone == zone.code && periode(effectif.annee)) nombre += effectif.nombre;
        }
        zones[std::string(zone.code)] = part(zone, nombre);
    }
    return zones;
}

Json parDesordre(const Releve& releve, const desordres::Catalogue& catalogue, std::string_view zone,
                 const Periode& periode) {
    std::map<std::string, long long> comptes;
    for (const auto& effectif : releve.desordres) {
        if (effectif.retenu && effectif.zone == zone && periode(effectif.annee))
            comptes[effectif.critere] += effectif.nombre;
    }
    auto liste = Json::array();
    auto couleur = couleursPalmares().begin();
    for (const auto& place : palmares(catalogue, comptes)) {
        liste.push_back({{"label", place.libelle}, {"color", *couleur++}, {"count", place.nombre}});
    }
    return liste;
}

}  // namespace

std::vector<std::string> territoiresDeLaSerie(const std::string& code) {
    return code == kRhone ? std::vector<std::string>{kRhone, kMetropoleDeLyon} : std::vector<std::string>{code};
}

Json chiffresPublics(const Releve& releve, const desordres::Catalogue& catalogue) {
    Json document = Json::object();
    document["response"] = "success";
    ajouterNationaux(document, releve);
    ajouterTerritoires(document, releve);

    const Periode toujours = [](int) { return true; };
    const Periode cetteAnnee = [&](int annee) { return annee == releve.anneeCourante; };
    const auto ajouter = [&](const std::string& nom, const auto& compter) {
        document[nom] = compter(toujours);
        document[nom + "_this_year"] = compter(cetteAnnee);
    };
    ajouter("signalement_per_month", [&](const Periode& periode) { return parMois(releve, periode); });
    ajouter("signalement_per_statut", [&](const Periode& periode) { return parStatut(releve, periode); });
    ajouter("signalement_per_motif_cloture", [&](const Periode& periode) { return parMotif(releve, periode); });
    ajouter("signalement_per_desordres_categories", [&](const Periode& periode) { return parZone(releve, periode); });
    ajouter("signalement_per_logement_desordres",
            [&](const Periode& periode) { return parDesordre(releve, catalogue, "LOGEMENT", periode); });
    ajouter("signalement_per_batiment_desordres",
            [&](const Periode& periode) { return parDesordre(releve, catalogue, "BATIMENT", periode); });
    return document;
}

}  // namespace histologe::statistics
