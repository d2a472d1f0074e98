#include "libs/domain/territoires/desserte.hpp"

namespace histologe::domain {
namespace {

Desserte ofCommune(const Territoires& territoires, CodeInsee insee) {
    const auto* territoire = territoires.territoireOf(insee);
    if (territoire == nullptr) return {};
    return {territoires.isOpen(insee) ? EtatDesserte::Ouvert : EtatDesserte::Ferme, territoire->code};
}

}  // namespace

CodeInsee normaliseInsee(CodePostal codePostal, CodeInsee codeInsee) noexcept {
    if (codePostal.view() == "13001" && codeInsee.view() == "13055") return *CodeInsee::parse("13201");
    if (codePostal.view() == "69001" && codeInsee.view() == "69123") return *CodeInsee::parse("69381");
    return codeInsee;
}

CodeInsee codeActuel(const Communes& communes, CodePostal codePostal, CodeInsee codeInsee) noexcept {
    return communes.actuelle(normaliseInsee(codePostal, codeInsee));
}

Territoires codesActuels(Territoires territoires, const Communes& communes) {
    if (!communes.hasFusions()) return territoires;
    auto list = territoires.all();
    for (auto& territoire : list) {
        for (auto& code : territoire.communesAutorisees) code = communes.actuelle(code);
    }
    return Territoires(std::move(list));
}

Desserte desserteOf(const Territoires& territoires, const Communes& communes, CodePostal codePostal,
                    std::optional<CodeInsee> codeInsee) {
    if (codeInsee) {
        const auto insee = codeActuel(communes, codePostal, *codeInsee);
        if (!communes.find(codePostal, insee)) return {EtatDesserte::CommuneInconnue, std::nullopt};
        return ofCommune(territoires, insee);
    }
    Desserte first;
    for (const auto& commune : communes.ofPostal(codePostal)) {
        const auto desserte = ofCommune(territoires, commune.codeInsee);
        if (desserte.etat == EtatDesserte::Ouvert) return desserte;
        if (!first.territoire) first = desserte;
    }
    return first;
}

}  // namespace histologe::domain
