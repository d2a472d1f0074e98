#include "services/intake/domain/fichiers.hpp"

#include "libs/core/text.hpp"

#include "services/intake/domain/lecture.hpp"

namespace histologe::intake {
namespace {

using core::Json;

constexpr std::size_t kCleMax = 255;
constexpr std::size_t kDescriptionMax = 255;

std::optional<std::string_view> champTexte(const Json& objet, const char* nom) {
    const auto it = objet.find(nom);
    if (it == objet.end() || !it->is_string()) return std::nullopt;
    const std::string_view texte = it->get_ref<const std::string&>();
    if (texte.empty()) return std::nullopt;
    return texte;
}

bool cleAcceptable(std::string_view cle) noexcept {
    const Mesure mesure = mesurer(cle);
    if (mesure.caracteres > kCleMax || mesure.interdits || mesure.sautsDeLigne) return false;
    return cle.front() != '/' && cle.find("..") == std::string_view::npos;
}

std::optional<std::string_view> cleDeReponse(const Json& reponse) {
    if (!reponse.is_object()) return std::nullopt;
    auto cle = champTexte(reponse, "filePath");
    if (!cle) cle = champTexte(reponse, "file");
    if (!cle || !cleAcceptable(*cle)) return std::nullopt;
    return cle;
}

// The first characters of a text, never cutting one in two.
std::string couper(std::string_view texte, std::size_t caracteres) {
    std::size_t lus = 0;
    for (std::size_t i = 0; i < texte.size(); ++i) {
        if ((static_cast<unsigned char>(texte[i]) & 0xc0) == 0x80) continue;
        if (lus++ == caracteres) return std::string(texte.substr(0, i));
    }
    return std::string(texte);
}

}  // namespace

std::string titreDuFichier(std::string_view nomRecu) {
    constexpr std::string_view kJamais = "\\/:*?\"<>|";
    constexpr std::string_view kBlancs = " \t\r\n";
    constexpr std::size_t kMax = 200;
    const auto dossier = nomRecu.find_last_of("/\\");
    auto nom = dossier == std::string_view::npos ? nomRecu : nomRecu.substr(dossier + 1);
    if (const auto point = nom.rfind('.'); point != std::string_view::npos && point > 0) nom = nom.substr(0, point);
    if (!core::isUtf8(nom)) return {};
    std::string titre;
    bool blanc = false;
    for (const char c : nom) {
        if (kBlancs.find(c) != std::string_view::npos) {
            blanc = !titre.empty();
            continue;
        }
        const auto octet = static_cast<unsigned char>(c);
        if (octet < 0x20 || octet == 0x7f || kJamais.find(c) != std::string_view::npos) continue;
        if (blanc) titre += ' ';
        blanc = false;
        titre += c;
    }
    if (titre.size() > kMax) {
        // No character is cut in two.
        std::size_t fin = kMax;
        while (fin > 0 && (static_cast<unsigned char>(titre[fin]) & 0xc0) == 0x80) --fin;
        titre.resize(fin);
        while (titre.ends_with(' ')) titre.pop_back();
    }
    return titre;
}

std::string_view typeDeDocument(std::string_view slug) noexcept {
    const auto contient = [slug](std::string_view mot) { return slug.find(mot) != std::string_view::npos; };
    if (slug.starts_with("desordres_logement_securite_plomb_details_diagnostique"))
        return "SITUATION_DIAGNOSTIC_PLOMB_AMIANTE";
    if (slug.starts_with("desordres_")) return "PHOTO_SITUATION";
    if (contient("dpe_bail")) return "SITUATION_FOYER_BAIL";
    if (contient("dpe_dpe")) return "SITUATION_FOYER_DPE";
    if (contient("dpe_etat_des_lieux")) return "SITUATION_FOYER_ETAT_DES_LIEUX";
    return "AUTRE";
}

bool televersementLisible(const Json& valeur) {
    if (!valeur.is_array()) return false;
    for (const Json& reponse : valeur) {
        if (!cleDeReponse(reponse)) return false;
    }
    return true;
}

std::vector<FichierDepose> fichiersDe(const Demande& demande) {
    std::vector<FichierDepose> fichiers;
    for (const Demande::Televersement& televersement : demande.televersements()) {
        if (!televersement.valeur->is_array()) continue;
        const std::string_view type = typeDeDocument(televersement.slug);
        for (const Json& reponse : *televersement.valeur) {
            const auto cle = cleDeReponse(reponse);
            if (!cle) continue;
            const std::string_view nom = cle->substr(cle->rfind('/') + 1);
            FichierDepose& fichier = fichiers.emplace_back();
            fichier.cle = *cle;
            fichier.titre = couper(champTexte(reponse, "titre").value_or(nom), kCleMax);
            fichier.typeDocument = type;
            if (type == "PHOTO_SITUATION") fichier.desordreSlug = televersement.slug;
            if (const auto description = champTexte(reponse, "description")) {
                fichier.description = couper(*description, kDescriptionMax);
            }
        }
    }
    return fichiers;
}

}  // namespace histologe::intake
