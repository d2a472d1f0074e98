// The import of a territory's auto-affectation rules.
#include <algorithm>
#include <map>

#include "libs/core/ids.hpp"
#include "libs/core/text.hpp"
#include "tools/admin/import_fiches.hpp"

namespace histologe::admin {
namespace {

using core::Json;
using routing::Genre;

const std::vector<std::pair<std::string, std::string>> kColonnes = {{"typePartenaire", "Type de partenaire"},
                                                                    {"profil", "Profil déclarant"},
                                                                    {"parc", "Parc"},
                                                                    {"allocataire", "Allocataire"},
                                                                    {"communesIncluses", "Code insee inclus"},
                                                                    {"communesExclues", "Code insee exclus"},
                                                                    {"partenairesExclus", "Id partenaires exclus"},
                                                                    {"procedures", "Procédures suspectées"}};

struct Lue {
    std::size_t ligne = 0;
    Json regle;
};

std::vector<Lue> lireFichier(const TableWish& wish, const std::string& territoire,
                             const domain::Territoires& territoires, Rapport& rapport, std::size_t& lignes) {
    std::vector<Lue> lues;
    std::vector<Colonne> colonnes = {{"Territoire", {}, false}, {"Statut", {}, true}};
    for (const auto& [champ, nom] : kColonnes) colonnes.push_back({nom, {}, true});
    lignes = lireTableau(wish.file, colonnes, rapport, [&](const LigneDeTableau& ligne) {
        const auto& c = ligne.champs;
        const auto code = domain::CodeTerritoire::parse(territoire);
        const auto* sien = code ? territoires.find(*code) : nullptr;
        const bool estDIci =
            c[0].empty() || c[0] == territoire || (sien != nullptr && core::fold(c[0]) == core::fold(sien->nom));
        if (!estDIci)
            rapport.refuser(ligne.ligne, "Territoire", "autre_territoire", "Cette ligne est d'un autre territoire.",
                            c[0]);
        const auto statut = core::fold(c[1]);
        if (statut != "active" && statut != "archived") {
            rapport.refuser(ligne.ligne, "Statut", "statut_inconnu", "Le statut est ACTIVE ou ARCHIVED.", c[1]);
        } else if (statut == "archived") {
            rapport.avertir(ligne.ligne, "Statut", "regle_archivee", "Une règle archivée n'est pas reprise.");
            return;
        }
        const auto ouRien = [](const std::string& cellule) { return cellule == "/" ? std::string() : cellule; };
        lues.push_back({ligne.ligne,
                        {{"territoire", territoire},
                         {"active", true},
                         {"typePartenaire", ouRien(c[2])},
                         {"profil", ouRien(c[3])},
                         {"parc", ouRien(c[4])},
                         {"allocataire", ouRien(c[5])},
                         {"communesIncluses", codesDe(c[6])},
                         {"communesExclues", codesDe(c[7])},
                         {"partenairesExclus", textesDe(c[8])},
                         {"procedures", textesDe(c[9])}}});
    });
    return lues;
}

void verifier(postgres::Transaction& transaction, const domain::Territoires& territoires, std::vector<Lue>& lues,
              Rapport& rapport) {
    std::vector<Json> fiches;
    for (const auto& une : lues) fiches.push_back(une.regle);
    const auto connus = routing::referencesDe(transaction, fiches);
    std::map<std::string, std::size_t> vues;
    for (auto& une : lues) {
        const auto refus = routing::lireRegle(une.regle, territoires, connus);
        rapporter(rapport, une.ligne, refus, kColonnes);
        if (!refus.empty()) continue;
        const auto [vue, estNeuve] = vues.try_emplace(core::dumpJson(une.regle), une.ligne);
        if (!estNeuve) {
            rapport.refuser(une.ligne, "", "ligne_en_double",
                            "Cette règle est déjà à la ligne " + std::to_string(vue->second) + ".");
        }
    }
}

Json sansId(Json regle) {
    regle.erase("id");
    return regle;
}

}  // namespace

int importRegles(const TableWish& wish) {
    Rapport rapport(wish.report);
    const auto territoires = territoiresActuels();
    const auto territoire = territoireVise(territoires, wish.territoire);
    std::size_t lignes = 0;
    auto lues = lireFichier(wish, territoire, territoires, rapport, lignes);
    Chantier chantier;
    auto& transaction = chantier.transaction;
    verifier(transaction, territoires, lues, rapport);
    if (rapport.refus() > 0) return conclure(rapport, lignes, nullptr, wish.isDryRun);

    routing::FiltreFiches actives;
    actives.territoire = territoire;
    actives.limite = 1'000'000;
    routing::Ecart ecart;
    const auto now = chantier.clock.now();
    for (const auto& avant : routing::listerFiches(transaction, Genre::Regle, actives)) {
        const auto place =
            std::find_if(lues.begin(), lues.end(), [&](const Lue& une) { return une.regle == sansId(avant.contenu); });
        if (place != lues.end()) {
            lues.erase(place);
            ++ecart.inchanges;
            continue;
        }
        auto contenu = avant.contenu;
        contenu["active"] = false;
        routing::changerFiche(transaction, Genre::Regle, avant, contenu, true, kAuteurImport, now);
        ++ecart.retires;
    }
    for (const auto& une : lues) {
        routing::creerFiche(transaction, Genre::Regle, core::uuidV7(now), une.regle, kAuteurImport, now);
        ++ecart.ajoutes;
    }
    if (!wish.isDryRun && !ecart.estVide()) transaction.commit();
    return conclure(rapport, lignes, &ecart, wish.isDryRun);
}

}  // namespace histologe::admin
