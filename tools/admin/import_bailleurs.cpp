// The import of the national list of social landlords.
#include <map>
#include <set>

#include "libs/core/ids.hpp"
#include "libs/core/text.hpp"
#include "tools/admin/import_fiches.hpp"

namespace histologe::admin {
namespace {

using core::Json;
using routing::Genre;

// What two rows of one landlord have in common.
using Cle = std::pair<std::string, std::string>;  // name folded, SIRET

struct Lu {
    std::size_t ligne = 0;
    Json fiche;
    std::set<std::string> territoires;
};

// `1` and `01`, `2A`, `971`; the Rhône is also the part of it that is run apart.
std::vector<std::string> territoiresDuDepartement(std::string dep) {
    if (dep.size() == 1) dep.insert(0, 1, '0');
    if (dep == "69") return {"69", "69A"};
    return {dep};
}

std::map<Cle, Lu> lireFichier(const TableWish& wish, const domain::Territoires& territoires, Rapport& rapport,
                              std::size_t& lignes) {
    std::map<Cle, Lu> lus;
    lignes = lireTableau(
        wish.file,
        {{"DEP", {"Département"}, true}, {"Enseigne", {}, true}, {"SIRET", {}, true}, {"Raison sociale", {}, true}},
        rapport, [&](const LigneDeTableau& ligne) {
            Json fiche = {{"nom", ligne.champs[1]},
                          {"siret", ligne.champs[2]},
                          {"raisonSociale", ligne.champs[3]},
                          {"territoires", territoiresDuDepartement(ligne.champs[0])}};
            const auto refus = routing::lireBailleur(fiche, territoires);
            rapporter(
                rapport, ligne.ligne, refus,
                {{"nom", "Enseigne"}, {"siret", "SIRET"}, {"raisonSociale", "Raison sociale"}, {"territoires", "DEP"}});
            if (!refus.empty()) return;
            const Cle cle{core::fold(fiche.at("nom").get_ref<const std::string&>()),
                          fiche.at("siret").get<std::string>()};
            const auto [lu, estNeuf] = lus.try_emplace(cle, Lu{ligne.ligne, fiche, {}});
            if (lu->second.fiche.at("raisonSociale") != fiche.at("raisonSociale")) {
                rapport.refuser(ligne.ligne, "Raison sociale", "bailleur_en_double",
                                "Ce bailleur est là sous deux raisons sociales, ligne " +
                                    std::to_string(lu->second.ligne) + " aussi.");
            }
            bool estNouveau = false;
            for (const auto& code : fiche.at("territoires")) {
                estNouveau = lu->second.territoires.insert(code.get<std::string>()).second || estNouveau;
            }
            if (!estNeuf && !estNouveau)
                rapport.avertir(ligne.ligne, "", "ligne_en_double", "Cette ligne est là deux fois.");
        });
    for (auto& [cle, lu] : lus) lu.fiche["territoires"] = lu.territoires;
    return lus;
}

}  // namespace

int importBailleurs(const TableWish& wish) {
    Rapport rapport(wish.report);
    const auto territoires = territoiresActuels();
    std::size_t lignes = 0;
    auto lus = lireFichier(wish, territoires, rapport, lignes);
    if (rapport.refus() > 0) return conclure(rapport, lignes, nullptr, wish.isDryRun);
    Chantier chantier;
    auto& transaction = chantier.transaction;
    const auto now = chantier.clock.now();
    routing::FiltreFiches tous;
    tous.limite = 1'000'000;
    routing::Ecart ecart;
    for (const auto& avant : routing::listerFiches(transaction, Genre::Bailleur, tous)) {
        const auto nom = core::fold(avant.contenu.value("nom", ""));
        auto place = lus.find({nom, avant.contenu.value("siret", "")});
        // One that was known by its name alone is the first of that name.
        if (place == lus.end() && avant.contenu.value("siret", "").empty()) {
            place = lus.lower_bound({nom, ""});
            if (place != lus.end() && place->first.first != nom) place = lus.end();
        }
        auto contenu = avant.contenu;
        if (place == lus.end()) {
            // Gone from the list: a partner may still be this landlord, which then has no territory.
            contenu["territoires"] = Json::array();
            const bool archive = !routing::bailleurUtilise(transaction, avant.id);
            if (contenu == avant.contenu && !archive) {
                ++ecart.inchanges;
                continue;
            }
            routing::changerFiche(transaction, Genre::Bailleur, avant, contenu, archive, kAuteurImport, now);
            ++ecart.retires;
            continue;
        }
        contenu.update(place->second.fiche);
        lus.erase(place);
        if (contenu == avant.contenu) {
            ++ecart.inchanges;
            continue;
        }
        routing::changerFiche(transaction, Genre::Bailleur, avant, contenu, false, kAuteurImport, now);
        ++ecart.modifies;
    }
    for (const auto& [cle, lu] : lus) {
        routing::creerFiche(transaction, Genre::Bailleur, core::uuidV7(now), lu.fiche, kAuteurImport, now);
        ++ecart.ajoutes;
    }
    refuserPertes(rapport, ecart, wish);
    if (rapport.refus() == 0 && !wish.isDryRun && !ecart.estVide()) transaction.commit();
    return conclure(rapport, lignes, &ecart, wish.isDryRun);
}

}  // namespace histologe::admin
