#include "libs/domain/territoires/territoires.hpp"

#include <algorithm>

#include "libs/core/error.hpp"
#include "libs/core/json.hpp"

namespace histologe::domain {
namespace {

core::Error unreadable(const std::string& detail) {
    return core::Error(core::ErrorKind::Internal, "territoires_illisibles",
                       "La table des territoires ne peut pas être lue.", {}, detail);
}

bool lists(const Territoire& territoire, std::string_view code) {
    const auto& communes = territoire.communesAutorisees;
    const auto place = std::lower_bound(communes.begin(), communes.end(), code,
                                        [](CodeInsee insee, std::string_view text) { return insee.view() < text; });
    return place != communes.end() && place->view() == code;
}

Territoire readTerritoire(const core::Json& json) {
    Territoire territoire;
    const auto code = CodeTerritoire::parse(json.at("code").get<std::string>());
    if (!code) throw unreadable("bad territory code: " + json.at("code").dump());
    territoire.code = *code;
    territoire.nom = json.at("nom").get<std::string>();
    territoire.actif = json.at("actif").get<bool>();
    territoire.fuseau = json.at("fuseau").get<std::string>();
    if (const auto& emprise = json.at("emprise"); !emprise.is_null()) {
        territoire.emprise = Emprise{emprise.at("nord").get<double>(), emprise.at("est").get<double>(),
                                     emprise.at("sud").get<double>(), emprise.at("ouest").get<double>()};
    }
    for (const auto& commune : json.at("communesAutorisees")) {
        const auto insee = CodeInsee::parse(commune.get<std::string>());
        if (!insee) throw unreadable("bad INSEE code: " + commune.dump());
        territoire.communesAutorisees.push_back(*insee);
    }
    territoire.grilleVisiteDesactivee = json.at("grilleVisiteDesactivee").get<bool>();
    // Tables written before the procedure was proposed anywhere do not say it.
    territoire.demarcheAcceleree = json.value("demarcheAcceleree", false);
    return territoire;
}

}  // namespace

Territoires::Territoires(std::vector<Territoire> territoires) : territoires_(std::move(territoires)) {
    std::sort(territoires_.begin(), territoires_.end(),
              [](const Territoire& left, const Territoire& right) { return left.code < right.code; });
    const auto twin =
        std::adjacent_find(territoires_.begin(), territoires_.end(),
                           [](const Territoire& left, const Territoire& right) { return left.code == right.code; });
    if (twin != territoires_.end()) {
        throw core::Error(core::ErrorKind::Internal, "territoire_en_double", "Deux territoires portent le même code.",
                          {}, twin->code.str());
    }
    for (auto& territoire : territoires_) {
        auto& communes = territoire.communesAutorisees;
        std::sort(communes.begin(), communes.end());
        communes.erase(std::unique(communes.begin(), communes.end()), communes.end());
    }
}

Territoires Territoires::fromJson(std::string_view text) {
    const auto document = core::parseJson(text);
    std::vector<Territoire> territoires;
    try {
        for (const auto& json : document.at("territoires")) territoires.push_back(readTerritoire(json));
    } catch (const core::Json::exception& error) {
        throw unreadable(error.what());
    }
    return Territoires(std::move(territoires));
}

const Territoire* Territoires::findByText(std::string_view code) const noexcept {
    const auto place =
        std::lower_bound(territoires_.begin(), territoires_.end(), code,
                         [](const Territoire& t, std::string_view text) { return t.code.view() < text; });
    return place != territoires_.end() && place->code.view() == code ? &*place : nullptr;
}

const Territoire* Territoires::find(CodeTerritoire code) const noexcept {
    return findByText(code.view());
}

const Territoire* Territoires::territoireOfCode(std::string_view code) const noexcept {
    const auto two = code.substr(0, 2);
    const auto three = code.substr(0, 3);
    if (two == "69") {
        const auto* metropole = findByText("69A");
        if (metropole != nullptr && lists(*metropole, code)) return metropole;
    }
    if (three == "200" || three == "201") return findByText("2A");
    if (three == "202" || three == "206") return findByText("2B");
    const bool overseas = (three >= "971" && three <= "978") || (three >= "986" && three <= "988");
    return findByText(overseas ? three : two);
}

const Territoire* Territoires::territoireOf(CodeInsee code) const noexcept {
    return territoireOfCode(code.view());
}

const Territoire* Territoires::territoireOf(CodePostal code) const noexcept {
    return territoireOfCode(code.view());
}

bool Territoires::isOpen(CodeInsee code) const noexcept {
    const auto* territoire = territoireOf(code);
    return territoire != nullptr && territoire->actif &&
           (territoire->communesAutorisees.empty() || lists(*territoire, code.view()));
}

Territoires Territoires::with(Territoire territoire) const {
    auto copy = territoires_;
    const auto place =
        std::find_if(copy.begin(), copy.end(), [&](const Territoire& t) { return t.code == territoire.code; });
    if (place != copy.end()) {
        *place = std::move(territoire);
    } else {
        copy.push_back(std::move(territoire));
    }
    return Territoires(std::move(copy));
}

}  // namespace histologe::domain
