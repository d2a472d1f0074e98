// Any bytes as a historical file: the reader gives rows or says why not, and every row is read or refused with reasons.
// The first byte says how the rest is cut into blocks; the rows must not depend on it.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "libs/core/error.hpp"
#include "libs/core/text.hpp"
#include "services/intake/domain/import_ligne.hpp"

using namespace histologe;
using namespace histologe::intake;

namespace {

struct Lu {
    std::vector<LigneCsv> lignes;
    std::string refus;
};

Lu lire(std::string_view texte, std::size_t bloc) {
    Lu lu;
    LecteurCsv lecteur([&](LigneCsv&& ligne) { lu.lignes.push_back(std::move(ligne)); });
    try {
        for (std::size_t i = 0; i < texte.size(); i += bloc) lecteur.lire(texte.substr(i, bloc));
        lecteur.finir();
    } catch (const core::Error& erreur) {
        lu.refus = erreur.code();
    }
    return lu;
}

void exiger(bool vrai) {
    if (!vrai) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t taille) {
    if (taille == 0) return 0;
    const std::string_view texte(reinterpret_cast<const char*>(octets) + 1, taille - 1);
    const auto entier = lire(texte, texte.size() + 1);
    const auto coupe = lire(texte, octets[0] % 61 + 1U);
    exiger(entier.refus == coupe.refus);
    if (entier.refus.empty()) {
        exiger(entier.lignes.size() == coupe.lignes.size());
        for (std::size_t i = 0; i < entier.lignes.size(); ++i) {
            exiger(entier.lignes[i].champs == coupe.lignes[i].champs);
            exiger(entier.lignes[i].ligne == coupe.lignes[i].ligne);
        }
    }
    if (entier.lignes.empty()) return 0;

    static const auto kDesordres = loadShippedDesordresImportes();
    ContexteDImport contexte;
    contexte.territoire = "13";
    contexte.aujourdhui = std::chrono::year(2026) / 11 / 25;
    contexte.desordres = &kDesordres;
    contexte.partenaires = {{"ville", "p-1"}};
    std::vector<Remarque> remarques;
    const EnteteDImport entete(entier.lignes.front(), remarques);
    for (std::size_t i = 1; i < entier.lignes.size(); ++i) {
        remarques.clear();
        const auto lu = lireLigne(entier.lignes[i], entete, contexte, remarques);
        if (!lu) continue;
        exiger(lu->numero > 0 && (lu->statut == "ACTIVE" || lu->statut == "CLOSED"));
        for (const auto& remarque : remarques) exiger(!remarque.estUnRefus);
        exiger(core::isUtf8(lu->contenu.dump()));
    }
    return 0;
}
