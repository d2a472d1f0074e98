#include "services/intake/domain/lieu.hpp"

#include "libs/domain/territoires/desserte.hpp"

namespace histologe::intake {

SituationDuLieu situationDuLieu(const domain::Territoires& territoires, const domain::Communes& communes,
                                std::string_view codePostal, std::string_view codeInsee) {
    const auto postal = domain::CodePostal::parse(codePostal);
    const auto insee = domain::CodeInsee::parse(codeInsee);
    if (!postal || !insee) return {.communeConnue = false, .territoireOuvert = true};
    const domain::CodeInsee commune = domain::codeActuel(communes, *postal, *insee);
    // Both rules are told, each on its own: an unknown pair may also stand in a closed territoire.
    return {.communeConnue = communes.find(*postal, commune).has_value(),
            .territoireOuvert = territoires.isOpen(commune)};
}

std::string inseeActuel(const domain::Communes& communes, std::string_view codePostal, std::string_view codeInsee) {
    const auto insee = domain::CodeInsee::parse(codeInsee);
    if (!insee) return std::string(codeInsee);
    const auto postal = domain::CodePostal::parse(codePostal);
    return (postal ? domain::codeActuel(communes, *postal, *insee) : communes.actuelle(*insee)).str();
}

std::optional<std::string> territoireDe(const domain::Territoires& territoires, const domain::Communes& communes,
                                        std::string_view codePostal, std::string_view codeInsee) {
    const auto insee = domain::CodeInsee::parse(inseeActuel(communes, codePostal, codeInsee));
    const domain::Territoire* territoire = insee ? territoires.territoireOf(*insee) : nullptr;
    return territoire != nullptr ? std::optional(territoire->code.str()) : std::nullopt;
}

}  // namespace histologe::intake
