#include "services/routing/domain/bailleurs.hpp"

#include <algorithm>

#include "libs/core/text.hpp"
#include "services/routing/domain/index_territoire.hpp"

namespace histologe::routing {

std::optional<BailleurId> bailleurDuLogement(const Annuaire& annuaire, domain::CodeTerritoire territoire,
                                             std::optional<bool> logementSocial, std::string_view denomination) {
    const auto* index = annuaire.index(territoire);
    if (logementSocial != true || index == nullptr) return std::nullopt;
    const auto place = index->bailleurs.find(core::fold(core::trim(denomination)));
    return place == index->bailleurs.end() ? std::nullopt : std::optional(place->second);
}

std::vector<const Bailleur*> bailleursNommes(const Annuaire& annuaire, domain::CodeTerritoire territoire,
                                             std::string_view texte, std::size_t most) {
    std::vector<std::string> mots;
    for (std::string reste = core::fold(texte); !reste.empty();) {
        const auto fin = std::min(reste.find(' '), reste.size());
        if (fin > 0) mots.push_back(reste.substr(0, fin));
        reste.erase(0, fin + 1);
    }
    std::vector<std::pair<std::string, const Bailleur*>> trouves;
    if (mots.empty()) return {};
    for (const Bailleur& bailleur : annuaire.contenu().bailleurs) {
        const auto& siens = bailleur.territoires;
        if (std::find(siens.begin(), siens.end(), territoire) == siens.end()) continue;
        auto nom = core::fold(bailleur.nom);
        const auto raison = core::fold(bailleur.raisonSociale);
        if (std::all_of(mots.begin(), mots.end(),
                        [&](const auto& mot) { return nom.find(mot) != nom.npos || raison.find(mot) != raison.npos; })) {
            trouves.emplace_back(std::move(nom), &bailleur);
        }
    }
    std::sort(trouves.begin(), trouves.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    if (trouves.size() > most) trouves.resize(most);
    std::vector<const Bailleur*> bailleurs;
    bailleurs.reserve(trouves.size());
    for (const auto& trouve : trouves) bailleurs.push_back(trouve.second);
    return bailleurs;
}

std::string nomSansRadiation(std::string_view nom) {
    constexpr std::string_view kRadie = "[Radié(e)]";
    nom = core::trim(nom);
    if (nom.starts_with(kRadie)) nom = core::trim(nom.substr(kRadie.size()));
    return std::string(nom);
}

}  // namespace histologe::routing
