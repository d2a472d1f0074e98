// The imports of EPCI and of territoires.
#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>

#include "libs/core/text.hpp"
#include "libs/core/zone.hpp"
#include "services/routing/store/annuaire.hpp"
#include "tools/admin/chantier.hpp"
#include "tools/admin/services.hpp"

namespace histologe::admin {
namespace {

using core::Json;
using domain::CodeInsee;
using routing::Ecart;

std::optional<bool> ouiNon(const std::string& texte) {
    const auto plie = core::fold(texte);
    if (plie == "oui" || plie == "1" || plie == "true" || plie == "vrai") return true;
    if (plie == "non" || plie == "0" || plie == "false" || plie == "faux") return false;
    return std::nullopt;
}

std::optional<double> degres(const std::string& texte, double bornes) {
    double valeur = 0;
    const auto [fin, erreur] = std::from_chars(texte.data(), texte.data() + texte.size(), valeur);
    if (erreur != std::errc{} || fin != texte.data() + texte.size() || !(valeur >= -bornes && valeur <= bornes))
        return std::nullopt;
    return valeur;
}

// One row of the file of territoires, over what is known of it. Null when it is refused.
Json territoireDe(const LigneDeTableau& ligne, const Json& connu, Rapport& rapport) {
    const auto avant = rapport.refus();
    const auto code = domain::CodeTerritoire::parse(ligne.champs[0]);
    if (!code)
        rapport.refuser(ligne.ligne, "code", "code_invalide", "Ce code de territoire est mal formé.", ligne.champs[0]);
    Json t = connu.is_object()
                 ? connu
                 : Json{{"emprise", nullptr}, {"communesAutorisees", Json::array()}, {"grilleVisiteDesactivee", false}};
    if (code) t["code"] = code->view();
    t["nom"] = ligne.champs[1];
    if (ligne.champs[1].empty() || ligne.champs[1].size() > kNomMax) {
        rapport.refuser(ligne.ligne, "nom", "nom_invalide", "Le nom manque ou est trop long.", ligne.champs[1]);
    }
    const auto actif = ouiNon(ligne.champs[2]);
    if (!actif) rapport.refuser(ligne.ligne, "actif", "oui_ou_non", "Répondez par oui ou non.", ligne.champs[2]);
    t["actif"] = actif.value_or(false);
    t["fuseau"] = ligne.champs[3];
    if (!core::Zone::find(ligne.champs[3])) {
        rapport.refuser(ligne.ligne, "fuseau", "fuseau_inconnu", "Ce fuseau horaire n'existe pas.", ligne.champs[3]);
    }
    constexpr std::array<const char*, 4> kBords = {"nord", "est", "sud", "ouest"};
    Json emprise = Json::object();
    std::size_t vides = 0;
    bool presents = false;
    for (std::size_t i = 0; i < kBords.size(); ++i) {
        const auto& texte = ligne.champs[4 + i];
        presents = presents || ligne.presents[4 + i];
        vides += texte.empty() ? 1 : 0;
        if (texte.empty()) continue;
        const auto valeur = degres(texte, i % 2 == 0 ? 90 : 180);
        if (!valeur)
            rapport.refuser(ligne.ligne, kBords.at(i), "degres_invalides", "Un nombre de degrés est attendu.", texte);
        emprise[kBords.at(i)] = valeur.value_or(0);
    }
    if (vides != 0 && vides != kBords.size()) {
        rapport.refuser(ligne.ligne, "nord", "emprise_incomplete", "Donnez les quatre bords de l'emprise, ou aucun.");
    }
    if (presents) t["emprise"] = vides == 0 ? emprise : Json(nullptr);
    if (ligne.presents[8]) {
        std::set<std::string> codes;
        for (const auto& un : core::split(ligne.champs[8], ' ')) {
            if (core::trim(un).empty()) continue;
            const auto insee = CodeInsee::parse(un);
            if (!insee)
                rapport.refuser(ligne.ligne, "communes_autorisees", "code_insee_invalide",
                                "Ce code INSEE est mal formé.", un);
            if (insee) codes.insert(insee->str());
        }
        t["communesAutorisees"] = codes;
    }
    if (ligne.presents[9]) {
        const auto desactivee = ouiNon(ligne.champs[9]);
        if (!desactivee)
            rapport.refuser(ligne.ligne, "grille_visite_desactivee", "oui_ou_non", "Répondez par oui ou non.",
                            ligne.champs[9]);
        t["grilleVisiteDesactivee"] = desactivee.value_or(false);
    }
    if (ligne.presents[10]) {
        const auto acceleree = ouiNon(ligne.champs[10]);
        if (!acceleree)
            rapport.refuser(ligne.ligne, "demarche_acceleree", "oui_ou_non", "Répondez par oui ou non.",
                            ligne.champs[10]);
        t["demarcheAcceleree"] = acceleree.value_or(false);
    }
    return rapport.refus() == avant ? t : Json(nullptr);
}

}  // namespace

int importEpcis(const TableWish& wish) {
    Rapport rapport(wish.report);
    std::vector<std::string> ordre;
    std::map<std::string, Json> epcis;
    std::map<std::string, std::string> epciDe;  // by commune
    const auto lues = lireTableau(
        wish.file,
        {{"code_epci", {"siren"}, true}, {"nom_epci", {}, true}, {"code_insee", {"codeCommune", "codeInsee"}, true}},
        rapport, [&](const LigneDeTableau& ligne) {
            const auto& code = ligne.champs[0];
            const auto& nom = ligne.champs[1];
            const bool estSiren = code.size() == 9 && code.find_first_not_of("0123456789") == std::string::npos;
            const auto insee = CodeInsee::parse(ligne.champs[2]);
            if (!estSiren)
                rapport.refuser(ligne.ligne, "code_epci", "siren_invalide",
                                "Un EPCI a un numéro SIREN de neuf chiffres.", code);
            if (!insee)
                rapport.refuser(ligne.ligne, "code_insee", "code_insee_invalide", "Ce code INSEE est mal formé.",
                                ligne.champs[2]);
            if (nom.empty() || nom.size() > 255)
                rapport.refuser(ligne.ligne, "nom_epci", "nom_invalide", "Le nom manque ou est trop long.", nom);
            if (!estSiren || !insee || nom.empty()) return;
            const auto [epci, estNeuf] =
                epcis.try_emplace(code, Json{{"code", code}, {"nom", nom}, {"communes", Json::array()}});
            if (estNeuf) ordre.push_back(code);
            if (epci->second.at("nom") != nom)
                rapport.refuser(ligne.ligne, "nom_epci", "nom_different", "Cet EPCI est là sous deux noms.", nom);
            const auto [dans, estSeul] = epciDe.try_emplace(insee->str(), code);
            if (estSeul) {
                epci->second["communes"].push_back(insee->view());
            } else if (dans->second == code) {
                rapport.avertir(ligne.ligne, "", "ligne_en_double", "Cette ligne est là deux fois.", insee->str());
            } else {
                rapport.refuser(ligne.ligne, "code_insee", "deux_epci", "Une commune est dans un seul EPCI.",
                                insee->str());
            }
        });
    if (rapport.refus() > 0) return conclure(rapport, lues, nullptr, wish.isDryRun);
    auto liste = Json::array();
    for (const auto& code : ordre) {
        auto& communes = epcis.at(code)["communes"];
        std::sort(communes.begin(), communes.end());
        liste.push_back(epcis.at(code));
    }
    Chantier chantier;
    const auto ecart = routing::remplacerEpcis(chantier.transaction, liste);
    refuserPertes(rapport, ecart, wish);
    if (rapport.refus() == 0 && !wish.isDryRun && !ecart.estVide()) {
        routing::avancerVersion(chantier.transaction);
        chantier.transaction.commit();
    }
    return conclure(rapport, lues, &ecart, wish.isDryRun);
}

int importTerritoires(const TableWish& wish) {
    Rapport rapport(wish.report);
    std::map<std::string, Json> connus;
    {
        const auto session = connect("routing");
        for (auto& un : routing::loadTerritoires(*session)) {
            auto code = un.at("code").get<std::string>();
            connus[code] = std::move(un);
        }
    }
    auto liste = Json::array();
    std::set<std::string> vus;
    const auto lues = lireTableau(wish.file,
                                  {{"code", {}, true},
                                   {"nom", {}, true},
                                   {"actif", {}, true},
                                   {"fuseau", {}, true},
                                   {"nord", {}, false},
                                   {"est", {}, false},
                                   {"sud", {}, false},
                                   {"ouest", {}, false},
                                   {"communes_autorisees", {"communesAutorisees"}, false},
                                   {"grille_visite_desactivee", {"grilleVisiteDesactivee"}, false},
                                   {"demarche_acceleree", {"demarcheAcceleree"}, false}},
                                  rapport, [&](const LigneDeTableau& ligne) {
                                      const auto code = domain::CodeTerritoire::parse(ligne.champs[0]);
                                      const auto connu = code ? connus.find(code->str()) : connus.end();
                                      auto territoire = territoireDe(
                                          ligne, connu == connus.end() ? Json(nullptr) : connu->second, rapport);
                                      if (code && !vus.insert(code->str()).second) {
                                          rapport.refuser(ligne.ligne, "code", "territoire_en_double",
                                                          "Ce territoire est là deux fois.", code->str());
                                      }
                                      if (territoire.is_object()) liste.push_back(std::move(territoire));
                                  });
    if (rapport.refus() > 0) return conclure(rapport, lues, nullptr, wish.isDryRun);
    Ecart ecart;
    Chantier chantier;
    const auto changes = routing::saveTerritoires(chantier.transaction, liste);
    std::vector<streams::Event> events;
    for (const auto& un : changes) {
        const auto code = un.at("code").get<std::string>();
        ++(connus.contains(code) ? ecart.modifies : ecart.ajoutes);
        events.push_back(chantier.outbox.make("annuaire.territoire_modifie", "territoire:" + code, un));
    }
    ecart.inchanges = liste.size() - changes.size();
    if (!wish.isDryRun && !ecart.estVide()) {
        chantier.outbox.add(chantier.transaction, events);
        chantier.transaction.commit();
    }
    return conclure(rapport, lues, &ecart, wish.isDryRun);
}

}  // namespace histologe::admin
