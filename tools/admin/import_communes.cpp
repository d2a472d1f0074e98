// The imports of communes and of their mergers.
#include <cstdlib>
#include <map>
#include <stdexcept>

#include "tools/admin/chantier.hpp"

namespace histologe::admin {
namespace {

using domain::CodeInsee;
using domain::CodePostal;
using routing::LigneCommune;

std::string donneesLivrees() {
    const char* folder = std::getenv("HISTOLOGE_DATA_DIR");
    if (folder == nullptr) throw std::runtime_error("HISTOLOGE_DATA_DIR is not set");
    return std::string(folder) + "/communes.csv";
}

std::vector<LigneCommune> lireCommunes(const std::string& fichier, Rapport& rapport) {
    std::vector<LigneCommune> lignes;
    std::map<std::pair<std::string, std::string>, std::string> vues;
    lireTableau(fichier,
                {{"code_postal", {"codePostal"}, true},
                 {"code_insee", {"codeCommune", "codeInsee"}, true},
                 {"nom", {"nomCommune"}, true}},
                rapport, [&](const LigneDeTableau& ligne) {
                    const auto& [postal, insee, nom] = std::tie(ligne.champs[0], ligne.champs[1], ligne.champs[2]);
                    const auto codePostal = CodePostal::parse(postal);
                    const auto codeInsee = CodeInsee::parse(insee);
                    if (!codePostal)
                        rapport.refuser(ligne.ligne, "code_postal", "code_postal_invalide",
                                        "Ce code postal est mal formé.", postal);
                    if (!codeInsee)
                        rapport.refuser(ligne.ligne, "code_insee", "code_insee_invalide",
                                        "Ce code INSEE est mal formé.", insee);
                    if (nom.empty() || nom.size() > kNomMax) {
                        rapport.refuser(ligne.ligne, "nom", "nom_invalide",
                                        "Le nom de la commune manque ou est trop long.", nom);
                    }
                    if (!codePostal || !codeInsee || nom.empty()) return;
                    const auto [vue, estNeuve] = vues.try_emplace({codePostal->str(), codeInsee->str()}, nom);
                    if (estNeuve) {
                        lignes.push_back({codePostal->str(), codeInsee->str(), nom});
                    } else if (vue->second == nom) {
                        rapport.avertir(ligne.ligne, "", "ligne_en_double", "Cette ligne est là deux fois.", insee);
                    } else {
                        rapport.refuser(ligne.ligne, "nom", "commune_en_double", "Cette commune est là sous deux noms.",
                                        nom);
                    }
                });
    return lignes;
}

}  // namespace

int importCommunes(const TableWish& wish) {
    Rapport rapport(wish.report);
    const auto lignes = lireCommunes(wish.file, rapport);
    if (rapport.refus() > 0) return conclure(rapport, lignes.size(), nullptr, wish.isDryRun);
    Chantier chantier;
    const auto ecart = routing::remplacerCommunes(chantier.transaction, lignes);
    refuserPertes(rapport, ecart, wish);
    if (rapport.refus() == 0 && !wish.isDryRun && !ecart.estVide()) {
        chantier.direLesCommunes();
        chantier.transaction.commit();
    }
    return conclure(rapport, lignes.size(), &ecart, wish.isDryRun);
}

int importFusions(const TableWish& wish) {
    Rapport rapport(wish.report);
    std::vector<domain::Fusion> fusions;
    std::vector<domain::Fusion> renommees;
    std::map<CodeInsee, std::size_t> vues;
    const auto lues = lireTableau(
        wish.file, {{"code_insee_nouveau", {}, true}, {"nom_nouveau", {}, true}, {"code_insee_ancien", {}, true}},
        rapport,
        [&](const LigneDeTableau& ligne) {
            const auto nouveau = CodeInsee::parse(ligne.champs[0]);
            const auto ancien = CodeInsee::parse(ligne.champs[2]);
            const auto& nom = ligne.champs[1];
            if (!nouveau)
                rapport.refuser(ligne.ligne, "code_insee_nouveau", "code_insee_invalide",
                                "Ce code INSEE est mal formé.", ligne.champs[0]);
            if (!ancien)
                rapport.refuser(ligne.ligne, "code_insee_ancien", "code_insee_invalide", "Ce code INSEE est mal formé.",
                                ligne.champs[2]);
            if (nom.empty() || nom.size() > kNomMax) {
                rapport.refuser(ligne.ligne, "nom_nouveau", "nom_invalide",
                                "Le nom de la commune manque ou est trop long.", nom);
            }
            if (!nouveau || !ancien || nom.empty()) return;
            if (*ancien == *nouveau) {
                renommees.push_back({*ancien, *nouveau, nom});
                return;
            }
            const auto [vue, estNeuve] = vues.try_emplace(*ancien, fusions.size());
            if (estNeuve) {
                fusions.push_back({*ancien, *nouveau, nom});
            } else if (fusions[vue->second].nouveau != *nouveau) {
                rapport.refuser(ligne.ligne, "code_insee_ancien", "fusion_en_double",
                                "Cette commune ne peut pas devenir deux communes.", ligne.champs[2]);
            }
        },
        true);
    const auto toutes = domain::Communes().withFusions(fusions);
    for (const auto& fusion : fusions) {
        if (toutes.actuelle(fusion.ancien) == fusion.ancien) {
            rapport.refuser(0, "code_insee_ancien", "fusion_circulaire", "Ces fusions tournent en rond.",
                            fusion.ancien.str());
        }
    }
    if (rapport.refus() > 0) return conclure(rapport, lues, nullptr, wish.isDryRun);
    Chantier chantier;
    if (!routing::aDesCommunes(chantier.transaction)) {
        routing::remplacerCommunes(chantier.transaction, lireCommunes(donneesLivrees(), rapport));
    }
    auto ecart = routing::ajouterFusions(chantier.transaction, fusions);
    const auto noms = routing::renommerCommunes(chantier.transaction, renommees);
    ecart.modifies += noms;
    ecart.inchanges += renommees.size() - noms;
    if (rapport.refus() == 0 && !wish.isDryRun && !ecart.estVide()) {
        chantier.direLesCommunes();
        chantier.transaction.commit();
    }
    return conclure(rapport, lues, &ecart, wish.isDryRun);
}

}  // namespace histologe::admin
