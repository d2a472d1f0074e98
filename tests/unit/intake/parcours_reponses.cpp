// What the person who fills the form in answers, component by component.
#include <algorithm>
#include <stdexcept>

#include "tests/unit/intake/parcours.hpp"

namespace histologe::intake::essais {
namespace {

std::string texteDe(const Json& valeur) {
    return valeur.is_string() ? valeur.get<std::string>() : valeur.dump();
}

double nombreDe(const Json& valeur) {
    if (valeur.is_number()) return valeur.get<double>();
    return valeur.is_string() && !valeur.get_ref<const std::string&>().empty() ? std::stod(valeur.get<std::string>())
                                                                               : 0;
}

}  // namespace

bool Parcours::estRequis(const Json& composant) const {
    return composant.contains("validate") && composant["validate"].value("required", false);
}

bool Parcours::aReponse(const Json& composant) const {
    const auto it = reponses_.find(composant.at("slug").get<std::string>());
    return it != reponses_.end() && !it->is_null() && *it != "";
}

std::string Parcours::courriel(std::size_t maximum) {
    const std::string fin = monde_.marque + "@exemple.fr";
    if (pile(80)) return "p" + std::to_string(tirer(1000)) + fin;
    return std::string(std::min<std::size_t>(maximum - fin.size(), 40), 'a') + fin;
}

std::string Parcours::nombre(const Json& composant) {
    const Json& regles = composant.at("validate");
    const auto pris = [this](unsigned minimum, unsigned maximum) {
        return std::to_string(pile(10) ? (pile(50) ? minimum : maximum)
                                       : minimum + tirer(std::min(maximum, minimum + 5) - minimum + 1));
    };
    if (const auto it = regles.find("check"); it != regles.end()) {
        if (it->at("rule") == "int_range")
            return pris(it->at("gt").get<unsigned>() + 1, it->at("lt").get<unsigned>() - 1);
        if (it->at("rule") == "le_field") {
            return pris(
                0, static_cast<unsigned>(nombreDe(reponses_.value(it->at("field").get<std::string>(), Json("1")))));
        }
    }
    return pile(90) ? pris(1, 1200) : std::string(regles.at("maxLength").get<unsigned>(), '9');
}

Json Parcours::texte(const Json& composant) {
    const Json& regles = composant.at("validate");
    const auto motif = regles.value("pattern", std::string());
    if (motif.starts_with("^(0[1-9]")) {
        const std::string mois = std::to_string(1 + tirer(7));
        return "0" + mois + (pile(60) ? "/2026" : "/2019");
    }
    if (motif == "^[0-9]{4}$") return std::to_string(1900 + tirer(120));
    if (motif == "^[0-9]*$") return std::to_string(150 + tirer(100));
    if (!motif.empty()) throw std::runtime_error("no text is known of the pattern " + motif);
    const auto maximum = regles.at("maxLength").get<std::size_t>();
    const bool lignes = genreDe(composant) == "Textarea";
    if (lignes && pile(30)) return "Première ligne.\nSeconde ligne.";
    if (pile(80)) return std::string(std::min<std::size_t>(maximum, 4), 'b');
    std::string accents;
    for (std::size_t i = 0; i < std::min<std::size_t>(maximum, 300); ++i) accents += "é";
    return accents;
}

void Parcours::choisir(const std::string& ecran, const Json& composant) {
    const auto slug = composant.at("slug").get<std::string>();
    Json valeur = imposees_.value(slug, Json());
    if (valeur.is_null()) {
        const Json& valeurs = composant.at("values");
        valeur = valeurs.at(tirer(static_cast<unsigned>(valeurs.size()))).at("value");
    }
    reponses_[slug] = valeur;
    choisis_.insert(ecran + '/' + slug + '=' + texteDe(valeur));
}

void Parcours::cocherPieces(const std::string& ecran, const Json& composant) {
    const auto slug = composant.at("slug").get<std::string>();
    std::vector<std::string> offertes;
    for (const Json& piece : composant.at("values")) {
        if (visible(piece)) offertes.push_back(piece.at("value"));
    }
    const auto premiere = tirer(static_cast<unsigned>(offertes.size()));
    reponses_[slug] = 1;
    for (std::size_t i = 0; i < offertes.size(); ++i) {
        if (i != premiere && !pile(40)) continue;
        reponses_[offertes[i]] = 1;
        choisis_.insert(ecran + '/' + slug + '=' + offertes[i]);
    }
}

void Parcours::choisirCategories(const Json& composant) {
    Json choisies = Json::array();
    for (const Json& categorie : composant.at("components").at("body")) {
        if (humeur_ == Humeur::RienDeclarer || !visible(categorie)) continue;
        if (humeur_ == Humeur::ToutDeclarer || pile(35)) choisies.push_back(categorie.at("slug"));
    }
    // `categorieDisorders.<zone>`
    const auto cle = composant.at("stores").at(0).get<std::string>();
    const auto point = cle.find('.');
    reponses_[cle.substr(0, point)][cle.substr(point + 1)] = choisies;
}

void Parcours::adresse(const std::string& slug) {
    struct Lieu {
        const char *voie, *codePostal, *commune, *insee, *territoire;
    };
    static constexpr Lieu kLieux[] = {{"78 Rue de la République", "13002", "Marseille", "13202", "13"},
                                      {"3 Rue du Port", "34000", "Montpellier", "34172", "34"},
                                      {"12 bis Cours Lafayette", "69003", "Lyon", "69383", "69A"}};
    const Lieu& lieu = kLieux[tirer(3)];
    const std::string rue = lieu.voie + monde_.marque;
    reponses_[slug] = rue + ' ' + lieu.codePostal + ' ' + lieu.commune;
    reponses_[slug + "_suggestion"] = rue;
    reponses_[slug + "_detail_numero"] = rue;
    reponses_[slug + "_detail_code_postal"] = lieu.codePostal;
    reponses_[slug + "_detail_commune"] = lieu.commune;
    reponses_[slug + "_detail_insee"] = lieu.insee;
    reponses_[slug + "_detail_manual"] = pile(30) ? Json(1) : Json(nullptr);
    reponses_[slug + "_detail_geoloc_lat"] = 43.3;
    reponses_[slug + "_detail_geoloc_lng"] = 5.4;
    if (slug.starts_with("adresse_logement")) territoire_ = lieu.territoire;
}

void Parcours::televerser(const Json& composant) {
    if (!monde_.televersements || humeur_ == Humeur::Laconique || !pile(30)) return;
    reponses_[composant.at("storedIn").get<std::string>()] = {
        {{"file", "2026/08/essai.jpg"}, {"filePath", "tmp/2026/08/essai.jpg"}, {"titre", "essai.jpg"}}};
}

bool Parcours::veutRepondre(const Json& composant) {
    const auto slug = composant.at("slug").get<std::string>();
    if (estRequis(composant) || imposees_.contains(slug)) return true;
    if (slug.starts_with("desordres_")) return humeur_ == Humeur::ToutDeclarer || pile(45);
    return humeur_ != Humeur::Laconique && pile(65);
}

void Parcours::effacer(const std::string& ecran) {
    for (const auto& composant : composants(ecran)) reponses_.erase(composant.json->at("slug").get<std::string>());
}

void Parcours::repondreA(const Composant& composant) {
    const Json& json = *composant.json;
    const auto slug = json.at("slug").get<std::string>();
    const auto ecran = composant.nom.substr(0, composant.nom.find('/'));
    const auto genre = genreDe(json);
    if (genre == "Button" || genre == "Subscreen" || genre == "DisorderCategoryItem" || aReponse(json)) return;
    if (genre == "DisorderCategoryList") return choisirCategories(json);
    if (genre == "Upload" || genre == "UploadPhotos" || genre == "UploadDocuments") return televerser(json);
    if (!veutRepondre(json)) return;
    if (genre == "OnlyChoice" || genre == "Select") return choisir(ecran, json);
    if (genre == "RoomList") return cocherPieces(ecran, json);
    if (genre == "Checkbox") {
        reponses_[slug] = 1;
        choisis_.insert(ecran + '/' + slug + "=1");
    } else if (genre == "Address") {
        adresse(slug);
    } else if (genre == "Phonefield") {
        reponses_[slug] = pile(80) ? "0639980001" : "3210007";
        reponses_[slug + "_countrycode"] = reponses_[slug] == "0639980001" ? "FR:33" : "KM:269";
        if (pile(30)) reponses_[slug + "_secondaire"] = "0639980002";
        reponses_[slug + "_secondaire_countrycode"] = "FR:33";
    } else if (genre == "Autocomplete") {
        for (const Json& cle : json.at("stores")) reponses_[cle.get<std::string>()] = "Habitat Imaginaire";
        reponses_[slug] = "Habitat Imaginaire";
    } else if (genre == "Emailfield") {
        reponses_[slug] = courriel(json.at("validate").at("maxLength").get<std::size_t>());
    } else if (genre == "Date") {
        reponses_[slug] = std::to_string(1950 + tirer(70)) + "-0" + std::to_string(1 + tirer(9)) + "-28";
    } else if (genre == "Counter") {
        reponses_[slug] = nombre(json);
    } else if (genre == "Textfield" || genre == "Textarea") {
        reponses_[slug] = texte(json);
    } else {
        throw std::runtime_error("no component is called " + genre);
    }
    if (imposees_.contains(slug)) reponses_[slug] = imposees_[slug];
}

void Parcours::repondre(const std::string& ecran) {
    std::set<std::string> proposes;
    // An answer may show another question, before or after.
    for (int fois = 0; fois < 3; ++fois) {
        for (const auto& prevu : composants(ecran)) {
            // What was answered since may have hidden it.
            for (const auto& composant : composants(ecran)) {
                if (composant.nom != prevu.nom) continue;
                if (composant.visible && proposes.insert(composant.nom).second) repondreA(composant);
                const auto slug = composant.json->at("slug").get<std::string>();
                if (composant.json->contains("defaultDisplay") && !aReponse(*composant.json)) {
                    reponses_[slug] = composant.json->at("defaultDisplay");
                }
            }
        }
    }
    for (const auto& composant : composants(ecran)) {
        (composant.visible ? montres_ : caches_).insert(composant.nom);
        const auto genre = genreDe(*composant.json);
        if (composant.visible && genre != "Button" && estRequis(*composant.json) && !aReponse(*composant.json)) {
            impasse_ = composant.nom + " is required and cannot be answered";
        }
    }
}

}  // namespace histologe::intake::essais
