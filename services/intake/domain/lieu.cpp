#include "services/intake/domain/lieu.hpp"

#include "libs/domain/territoires/desserte.hpp"

namespace histologe::intake {

SituationDuLieu situationDuLieu(const domain::Territoires& territoires, const domain::Communes& communes,
                                std::string_view codePostal, std::string_view codeInsee) {
    const auto postal = domain::CodePostal::parse(codePostal);
    const auto insee = domain::CodeInsee::parse(codeInsee);
    if (!postal || !insee) return {.communeConnue = false, .territoireOuvert = true};
    const domain::CodeInsee commune = domain::normaliseInsee(*postal, *insee);
    // Both rules are told, each on its own: an unknown pair may also stand in a closed territoire.
    return {.communeConnue = communes.find(*postal, commune).has_value(),
            .territoireOuvert = territoires.isOpen(commune)};
}

std::optional<std::string> territoireDe(const domain::Territoires& territoires, std::string_view codePostal,
                                        std::string_view codeInsee) {
    const auto insee = domain::CodeInsee::parse(codeInsee);
    if (!insee) return std::nullopt;
    const auto postal = domain::CodePostal::parse(codePostal);
    const domain::Territoire* territoire =
        territoires.territoireOf(postal ? domain::normaliseInsee(*postal, *insee) : *insee);
    return territoire != nullptr ? std::optional(territoire->code.str()) : std::nullopt;
}

}  // namespace histologe::intake
