#include "services/intake/domain/rial.hpp"

#include <algorithm>
#include <array>

#include "libs/core/error.hpp"
#include "libs/core/json.hpp"
#include "libs/core/text.hpp"

namespace histologe::intake {
namespace {

using core::Json;

core::Error illisible(const std::string& detail) {
    return {core::ErrorKind::Unavailable, "rial_illisible", "La réponse d'un registre national est illisible.", {}, detail};
}

// What `lire` finds in the document.
template <typename Lire>
auto lu(std::string_view texte, Lire lire) {
    try {
        return lire(core::parseJson(texte));
    } catch (const Json::exception& error) {
        throw illisible(error.what());
    } catch (const core::Error& error) {
        throw illisible(error.code());
    }
}

bool estAlphanumerique(std::string_view texte) {
    return std::all_of(texte.begin(), texte.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    });
}

}  // namespace

std::optional<AdresseFiscale> adresseFiscale(std::string_view banId) {
    const auto parties = core::split(std::string(banId), '_');
    if (parties.size() != 3 && parties.size() != 4) return std::nullopt;
    const auto& insee = parties[0];
    const auto& numero = parties[2];
    const bool estEntier = !numero.empty() && numero.find_first_not_of("0123456789") == std::string::npos;
    if (insee.size() != 5 || parties[1].size() != 4 || !estEntier) return std::nullopt;
    if (!std::all_of(parties.begin(), parties.end(), estAlphanumerique)) return std::nullopt;
    const std::size_t coupe = insee.starts_with("97") ? 3 : 2;
    const auto premier = std::min(numero.find_first_not_of('0'), numero.size() - 1);
    return AdresseFiscale{insee.substr(0, coupe), insee.substr(coupe), parties[1], numero.substr(premier),
                          parties.size() == 4 ? parties[3] : std::string()};
}

std::vector<std::string> lireLocaux(std::string_view texte) {
    return lu(texte, [](const Json& json) {
        std::vector<std::string> locaux;
        for (const auto& un : json.at("listeIdentifiantsFiscaux")) locaux.push_back(un.get<std::string>());
        return locaux;
    });
}

bool estUnLogement(std::string_view texte) {
    constexpr std::array<std::string_view, 4> kNatures = {"AP", "MA", "MP", "ME"};
    return lu(texte, [&](const Json& json) {
        const auto nature = json.at(0).at("descriptifGeneralLocal").at("codeNatureLocal").get<std::string>();
        return std::find(kNatures.begin(), kNatures.end(), nature) != kNatures.end();
    });
}

std::string lireJetonRial(std::string_view texte) {
    return lu(texte, [](const Json& json) { return json.at("access_token").get<std::string>(); });
}

}  // namespace histologe::intake
