#include "tools/admin/import_fiches.hpp"

#include <stdexcept>

#include "libs/core/text.hpp"
#include "services/routing/store/annuaire.hpp"
#include "tools/admin/services.hpp"

namespace histologe::admin {

using core::Json;

domain::Territoires territoiresActuels() {
    const auto session = connect("routing");
    return domain::Territoires::fromJson(core::dumpJson({{"territoires", routing::loadTerritoires(*session)}}));
}

std::string territoireVise(const domain::Territoires& territoires, const std::string& code) {
    const auto lu = domain::CodeTerritoire::parse(code);
    if (!lu || territoires.find(*lu) == nullptr) throw std::runtime_error("there is no territoire " + code);
    return lu->str();
}

Json textesDe(const std::string& cellule, const char* separateurs) {
    auto textes = Json::array();
    for (std::size_t debut = 0; debut <= cellule.size();) {
        const auto fin = std::min(cellule.find_first_of(separateurs, debut), cellule.size());
        const auto un = core::trim(std::string_view(cellule).substr(debut, fin - debut));
        if (!un.empty() && un != "/") textes.push_back(un);
        debut = fin + 1;
    }
    return textes;
}

Json codesDe(const std::string& cellule) {
    return textesDe(cellule, ", \n");
}

void rapporter(Rapport& rapport, std::size_t ligne, const routing::Refus& refus,
               const std::vector<std::pair<std::string, std::string>>& colonnes) {
    for (const auto& un : refus) {
        auto colonne = un.champ;
        for (const auto& [champ, nom] : colonnes) {
            if (champ == un.champ) colonne = nom;
        }
        rapport.refuser(ligne, colonne, un.code, un.message);
    }
}

}  // namespace histologe::admin
