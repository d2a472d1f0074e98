#include "services/intake/domain/import_desordres.hpp"

#include <openssl/evp.h>

#include "libs/core/text.hpp"

namespace histologe::intake {
namespace {

// How the field's own labels are told without being repeated.
std::string empreinteDe(std::string_view texte) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned taille = 0;
    if (EVP_Digest(texte.data(), texte.size(), digest, &taille, EVP_sha1(), nullptr) != 1) return {};
    constexpr char kHex[] = "0123456789abcdef";
    std::string hex;
    for (unsigned i = 0; i < taille; ++i) {
        hex += kHex[digest[i] >> 4];
        hex += kHex[digest[i] & 15];
    }
    return hex;
}

std::optional<int> etatDe(std::string_view texte) {
    const auto plie = core::fold(texte);
    if (plie == "etat moyen") return 1;
    if (plie == "mauvais etat") return 2;
    if (plie == "tres mauvais etat") return 3;
    return std::nullopt;
}

}  // namespace

DesordresImportes DesordresImportes::fromJson(const core::Json& json) {
    DesordresImportes desordres;
    for (const auto& un : json.at("criteres")) {
        Critere critere;
        for (const auto& criticite : un.at("criticites")) {
            const int id = criticite.at("id").get<int>();
            critere.parEtat.try_emplace(criticite.at("etat").get<int>(), id);
            desordres.criticiteParLibelle_.try_emplace(core::fold(criticite.at("libelle").get<std::string>()), id);
            desordres.criticiteParLibelle_.try_emplace(criticite.at("empreinte").get<std::string>(), id);
        }
        const auto rang = desordres.criteres_.size();
        desordres.parLibelle_.try_emplace(core::fold(un.at("libelle").get<std::string>()), rang);
        desordres.parLibelle_.try_emplace(un.at("empreinte").get<std::string>(), rang);
        desordres.criteres_.push_back(std::move(critere));
    }
    return desordres;
}

const DesordresImportes::Critere* DesordresImportes::critere(std::string_view libelle) const {
    auto place = parLibelle_.find(empreinteDe(libelle));
    if (place == parLibelle_.end()) place = parLibelle_.find(core::fold(libelle));
    return place == parLibelle_.end() ? nullptr : &criteres_[place->second];
}

std::optional<int> DesordresImportes::find(std::string_view texte) const {
    const auto tout = core::trim(texte);
    // A label may hold a hyphen itself: what stands after the last one is an état only if it is one.
    auto libelle = tout;
    int etat = 2;
    if (const auto tiret = tout.rfind(" - "); tiret != std::string_view::npos) {
        if (const auto dit = etatDe(core::trim(tout.substr(tiret + 3)))) {
            etat = *dit;
            libelle = core::trim(tout.substr(0, tiret));
        }
    }
    if (const auto* trouve = critere(libelle)) {
        if (const auto place = trouve->parEtat.find(etat); place != trouve->parEtat.end()) return place->second;
    }
    for (const auto nom : {tout, libelle}) {
        auto place = criticiteParLibelle_.find(empreinteDe(nom));
        if (place == criticiteParLibelle_.end()) place = criticiteParLibelle_.find(core::fold(nom));
        if (place != criticiteParLibelle_.end()) return place->second;
    }
    return std::nullopt;
}

}  // namespace histologe::intake
